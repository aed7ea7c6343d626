"""One answer: its status, its size, its kind.

Belongs here: what is accepted and what each refusal says. Does not belong here: sending and trying
again (`pipelines/http.py`).
"""

from __future__ import annotations

import tempfile
import time
from datetime import datetime

import httpx

from pipelines.http_retry import RETRIABLE, TryAgain, retry_after
from sources.live import Request
from sources.source import SourceChanged, SourceUnavailable

LATER = "Nothing needs to be done unless it stays so for days"
NOT_ALLOWED = frozenset({401, 403})


def check_status(
    request: Request, url: httpx.URL, response: httpx.Response, *, longest_retry_after: float, now: datetime
) -> None:
    """Let good and tolerated statuses pass.

    Raises:
        TryAgain: the problem may pass within this run.
        SourceUnavailable: it may pass later.
        SourceChanged: it will not pass.
    """
    status = response.status_code
    if status in (200, 304) or status in request.tolerated:
        return
    if status in RETRIABLE:
        asked = retry_after(response.headers.get("retry-after"), now)
        problem = f"{url.host} answered {status}"
        if asked is not None and asked > longest_retry_after:
            raise SourceUnavailable(
                problem,
                cause=f"It asks to wait {asked:,.0f} seconds, longer than {longest_retry_after:,.0f}",
                remedy=LATER,
            )
        raise TryAgain(problem, cause=f"Address {place(url)}", remedy=LATER, after_seconds=asked)
    if status in NOT_ALLOWED:
        raise SourceUnavailable(
            f"{url.host} refuses access ({status})",
            cause=f"Address {place(url)}"
            + (f", credentials {request.credentials}" if request.credentials else ""),
            remedy="Check the credentials and whether the provider has blocked this machine",
        )
    raise SourceChanged(
        f"{url.host} answered {status}",
        cause=f"Address {place(url)}",
        remedy="The provider has moved or changed this address; compare its documentation",
    )


def receive(request: Request, url: httpx.URL, response: httpx.Response, *, total_seconds: float) -> bytes:
    """The body, streamed to disk, so that an oversize answer never fills the memory.

    Raises:
        TryAgain: it takes too long.
        SourceChanged: it is larger than accepted, as declared, as sent or as unpacked.
    """
    started = time.monotonic()
    declared = response.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > request.size_limit:
        raise _too_large(url, int(declared), request.size_limit)
    size = 0
    with tempfile.TemporaryFile() as part:
        for chunk in response.iter_bytes():  # as it arrives: a drop at a time is seen as slow
            size += len(chunk)
            if size > request.size_limit:
                raise _too_large(url, size, request.size_limit)
            if time.monotonic() - started > total_seconds:
                raise TryAgain(
                    f"{url.host} sends too slowly",
                    cause=f"{size:,} bytes in {total_seconds:,.0f} seconds",
                    remedy=LATER,
                    after_seconds=None,
                )
            part.write(chunk)
        part.seek(0)
        return part.read()


def check_kind(request: Request, url: httpx.URL, response: httpx.Response) -> None:
    """Refuse a good status with another kind of content than expected.

    Raises:
        SourceChanged: such as a page about maintenance.
    """
    if response.status_code != httpx.codes.OK or not request.expect:
        return
    kind = response.headers.get("content-type", "").lower()
    if not kind.startswith(tuple(kind.lower() for kind in request.expect)):
        raise SourceChanged(
            f"{url.host} sent {kind.partition(';')[0] or 'no content type'}",
            cause=f"Expected {' or '.join(request.expect)} from {place(url)}; often a page about maintenance",
            remedy="Open the address in a browser; if the form has changed for good, the source module must follow",
        )


def place(url: httpx.URL) -> str:
    """An address without its query, as messages show it."""
    return f"{url.scheme}://{url.netloc.decode('ascii')}{url.path}"


def _too_large(url: httpx.URL, size: int, limit: int) -> SourceChanged:
    return SourceChanged(
        f"{url.host} sends more than accepted",
        cause=f"{size:,} bytes, limit {limit:,}",
        remedy="If the provider's file has really grown, raise the limit in the source module",
    )
