"""What every provider of the GENESIS family is asked in the same way (REST 2020).

Belongs here: status codes, one request by POST with credentials in headers, what metadata say.
Does not belong here: which tables are wanted and how they are delivered (`genesis.py` for the
Regionaldatenbank, `nrw_payments.py` for the Landesdatenbank NRW).
"""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping
from typing import TypeAlias

from sources.genesis_reading import message_of, status_of
from sources.json_answers import parsed, taken
from sources.live import Answer, Delivery, Occasion, Pause, Request
from sources.source import SourceChanged

OK, ADJUSTED, NOTHING_NEWER, NOT_FOUND, TOO_LARGE, JOB_STARTED, NO_MATCH = 0, 22, 50, 90, 98, 99, 104
ABSENT = (NOT_FOUND, NO_MATCH)
POLL_SECONDS = 20.0
AS_JSON = ("application/json",)
AS_FILE = ("application/zip", "application/octet-stream", "application/x-zip", *AS_JSON)

Asking: TypeAlias = Generator[Request | Pause, Answer | None, Answer]
Getting: TypeAlias = Generator[Request | Pause, Answer | None, list[Delivery]]


def post(
    occasion: Occasion,
    path: str,
    form: Mapping[str, str],
    *,
    credentials: str,
    expect: tuple[str, ...] = AS_JSON,
    repeatable: bool = True,
) -> Asking:
    """One request; `credentials` is the name under which username and password are kept."""
    answer = yield Request(
        url=f"{occasion.base}/{path}",
        method="POST",
        form={**form, "language": "de"},
        credentials=credentials,
        expect=expect,
        repeatable=repeatable,
    )
    if answer is None:
        raise TypeError("a request is answered with an answer, not with a pause")
    return answer


def refused(code: str, content: bytes) -> SourceChanged:
    """The problem where a status says neither that there is a table nor that there is none."""
    return SourceChanged(
        f"GENESIS does not deliver {code}",
        cause=f"Status {status_of(code, content)}: {message_of(code, content)[:200]}",
        remedy="Look the status up in the provider's description; check the credentials",
    )


def job_named(code: str, content: bytes) -> str:
    """The name of the job the provider has started for a table.

    Raises:
        SourceChanged: it names none.
    """
    found = re.search(rf"{re.escape(code)}_\d+", message_of(code, content))
    if found is None:
        raise SourceChanged(
            f"GENESIS started a job for {code} without naming it",
            cause=message_of(code, content)[:200],
            remedy="Compare the provider's description of jobs",
        )
    return found.group()


def updated(metadata: Delivery) -> str:
    """When the provider last changed the table, in its own words ("31.03.2025 11:18:07h")."""
    described = taken(metadata.name, parsed(metadata.name, metadata.content), "Object", dict)
    return taken(metadata.name, described, "Updated", str)


def years_offered(metadata: Delivery, first_wanted: int) -> tuple[int, int]:
    """First and last year to ask for: what the provider offers, not before the year wanted.

    Raises:
        SourceChanged: the metadata do not say.
    """
    described = taken(metadata.name, parsed(metadata.name, metadata.content), "Object", dict)
    offered = taken(metadata.name, described, "Time", dict)
    ends = [re.search(r"\d{4}$", str(offered.get(end) or "")) for end in ("From", "To")]
    if ends[0] is None or ends[1] is None:
        raise SourceChanged(f"{metadata.name} does not say which years there are", cause=str(offered))
    return max(int(ends[0].group()), first_wanted), int(ends[1].group())
