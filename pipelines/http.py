"""One polite client for every provider, and the carrying out of a source's dialogue.

Belongs here: sending, receiving, limits, politeness. Does not belong here: what is asked and what
the answers mean (`sources/`), keeping files (`pipelines/snapshots.py`), finding credentials
(`pipelines/secrets.py`).

Proxies and certificate authorities come from the environment (HTTPS_PROXY, NO_PROXY,
SSL_CERT_FILE), as httpx reads them. Nothing is asked in offline mode.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

import httpx
import orjson
import tenacity

from pipelines.http_address import PeerCheck, check_address, redirected
from pipelines.http_answer import LATER, check_kind, check_status, place, receive
from pipelines.http_retry import TryAgain, waiting
from pipelines.http_validators import Validators
from pipelines.secrets import Secrets
from sources.live import Answer, Delivery, Dialogue, Pause, Request
from sources.source import SourceChanged, SourceUnavailable

LOG = logging.getLogger("sdg17.http")


@dataclass(frozen=True, kw_only=True)
class Manners:
    """How politely, how long and where to a client may ask."""

    contact: str | None = None
    offline: bool = False
    allow_loopback: bool = False
    interval_seconds: float = 1.0
    """Least time between two requests to one host."""
    connect_seconds: float = 10.0
    read_seconds: float = 120.0
    total_seconds: float = 900.0
    """Longest time one answer may take altogether."""
    dialogue_seconds: float = 3600.0
    """Longest time one source may take altogether."""
    attempts: int = 5
    first_wait_seconds: float = 2.0
    longest_wait_seconds: float = 60.0
    longest_retry_after_seconds: float = 300.0
    """Where a provider asks for more patience than this, the night goes on without it."""
    longest_pause_seconds: float = 300.0
    redirects: int = 5


@dataclass(kw_only=True)
class PoliteClient:
    """Answers requests of dialogues. One per run: it knows when each host was asked last."""

    manners: Manners = field(default_factory=Manners)
    snapshots: Path | None = None
    secrets: Secrets = field(default_factory=Secrets)
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    _asked_at: dict[str, float] = field(default_factory=dict, repr=False)
    _http: httpx.Client | None = field(default=None, repr=False)

    def answer(self, request: Request) -> Answer:
        """Send a request, again where it may be, and return the answer.

        Raises:
            SourceUnavailable: no answer, or one that may be better later.
            SourceChanged: an answer that trying again will not make better.
        """
        if self.manners.offline:
            raise SourceUnavailable(
                "The provider was not asked",
                cause="Offline mode is on (SDG17_OFFLINE)",
                remedy="Unset SDG17_OFFLINE to use the network",
            )
        retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception_type(TryAgain),
            stop=tenacity.stop_after_attempt(self.manners.attempts if request.repeatable else 1),
            wait=waiting(self.manners.first_wait_seconds, self.manners.longest_wait_seconds),
            sleep=self.sleep,
            before_sleep=lambda state: LOG.warning(
                "attempt %s failed: %s", state.attempt_number, _why(state)
            ),
            reraise=True,
        )
        return retrying(self._attempt, request)

    def _attempt(self, request: Request) -> Answer:
        try:
            url = httpx.URL(request.url)
        except httpx.InvalidURL as error:
            raise SourceChanged(
                "An address cannot be read", cause=str(error), remedy="Correct the setting bases"
            ) from None
        url = url.copy_merge_params(request.query) if request.query else url
        validators, key = Validators(self.snapshots), f"{request.method} {url}"
        headers = self._headers(request, url)
        if request.conditional and request.method == "GET":
            headers |= validators.headers(key)
        check_address(url, allow_loopback=self.manners.allow_loopback)
        answer = self._follow(request, url, headers)
        if answer.status == httpx.codes.NOT_MODIFIED:
            content = validators.content(key)
            if content is None:
                raise TryAgain(
                    f"{url.host} answered 'unchanged' without being asked for changes", after_seconds=None
                )
            return Answer(status=304, headers=answer.headers, content=content, url=str(url), unchanged=True)
        if request.conditional and answer.status == httpx.codes.OK:
            validators.remember(
                key,
                answer.content,
                etag=answer.headers.get("etag"),
                last_modified=answer.headers.get("last-modified"),
            )
        return answer

    def _headers(self, request: Request, url: httpx.URL) -> dict[str, str]:
        contact = f" (+{self.manners.contact})" if self.manners.contact else ""
        headers = {"User-Agent": f"sdg17/{metadata.version('sdg17')}{contact}", **request.headers}
        if request.credentials is None:
            return headers
        if url.scheme != "https" and not (self.manners.allow_loopback and url.host == "127.0.0.1"):
            raise SourceChanged(
                f"Credentials are not sent to {url.host}",
                cause="The connection is not encrypted",
                remedy="Set an address that starts with https:// in bases",
            )
        return headers | self.secrets.headers(request.credentials)

    def _follow(self, request: Request, url: httpx.URL, headers: dict[str, str]) -> Answer:
        """Send, and follow redirects within limits; credentials never follow to another host."""
        host = url.host
        for _ in range(self.manners.redirects + 1):
            answer, location = self._exchange(request, url, headers)
            if location is None:
                return answer
            url = redirected(
                url,
                location,
                method=request.method,
                status=answer.status,
                allow_loopback=self.manners.allow_loopback,
            )
            if url.host != host:
                headers = self._headers(Request(url=request.url, headers=request.headers), url)
        raise SourceChanged(
            f"{host} redirects more than {self.manners.redirects} times",
            remedy="Check the provider's new address and set bases",
        )

    def _exchange(
        self, request: Request, url: httpx.URL, headers: dict[str, str]
    ) -> tuple[Answer, str | None]:
        """One request and its answer; the second value is where a redirect leads."""
        self._be_patient(url.host)
        body = orjson.dumps(request.json) if request.json is not None else None
        peer = PeerCheck(url=url, allow_loopback=self.manners.allow_loopback)
        if body is not None:
            headers = {"Content-Type": "application/json", **headers}
        try:
            with self._client().stream(
                request.method,
                url,
                headers=headers,
                data=request.form,
                content=body,
                extensions={"trace": peer},
            ) as response:
                if response.has_redirect_location:
                    bare = Answer(status=response.status_code, headers={}, content=b"", url=str(url))
                    return bare, response.headers["location"]
                longest = self.manners.longest_retry_after_seconds
                check_status(request, url, response, longest_retry_after=longest, now=self.clock())
                content = receive(request, url, response, total_seconds=self.manners.total_seconds)
        except httpx.TimeoutException as error:
            raise TryAgain(
                f"{url.host} did not answer in time",
                cause=type(error).__name__,
                remedy=LATER,
                after_seconds=None,
            ) from None
        except httpx.LocalProtocolError:  # its message may quote a header
            raise SourceChanged(f"A request to {url.host} cannot be sent as it is") from None
        except httpx.TransportError as error:
            raise TryAgain(
                f"{url.host} could not be read",
                cause=self.secrets.scrub(f"{type(error).__name__}: {error}"),
                remedy=LATER,
                after_seconds=None,
            ) from None
        except httpx.DecodingError as error:
            raise TryAgain(
                f"{url.host} sent a broken compression", cause=str(error), remedy=LATER, after_seconds=None
            ) from None
        LOG.info("%s %s: %s, %s bytes", request.method, place(url), response.status_code, len(content))
        if request.credentials and self.secrets.repeated_in(content, request.credentials):
            raise SourceChanged(f"{url.host} repeats the password in its answer", cause="It is not kept")
        check_kind(request, url, response)
        found = {name.lower(): value for name, value in response.headers.items()}
        return Answer(status=response.status_code, headers=found, content=content, url=str(url)), None

    def _be_patient(self, host: str) -> None:
        """Wait until this host may be asked again."""
        now = time.monotonic()
        earliest = self._asked_at.get(host, -float("inf")) + self.manners.interval_seconds
        if earliest > now:
            self.sleep(earliest - now)
        self._asked_at[host] = time.monotonic()

    def _client(self) -> httpx.Client:
        if self._http is None:
            timeout = httpx.Timeout(self.manners.read_seconds, connect=self.manners.connect_seconds)
            try:
                self._http = httpx.Client(timeout=timeout, follow_redirects=False, trust_env=True)
            except (OSError, ValueError, ImportError, httpx.InvalidURL) as error:
                raise SourceUnavailable(
                    "The network cannot be used as the environment describes it",
                    cause=type(error).__name__,
                    remedy="Check HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, SSL_CERT_FILE and SSL_CERT_DIR",
                ) from None
        self._http.cookies.clear()
        return self._http


def run_dialogue(dialogue: Dialogue, client: PoliteClient) -> list[Delivery]:
    """Carry a dialogue out; problems are first told to the dialogue, which may know another way.

    Raises:
        SourceUnavailable: the provider does not answer, or takes too long altogether.
        SourceChanged: an answer is not what the dialogue describes.
    """
    started = time.monotonic()
    try:
        step = next(dialogue)
        while True:
            if time.monotonic() - started > client.manners.dialogue_seconds:
                raise SourceUnavailable("The provider takes too long altogether", remedy=LATER)
            if isinstance(step, Pause):
                client.sleep(min(step.seconds, client.manners.longest_pause_seconds))
                step = dialogue.send(None)
                continue
            try:
                answer = client.answer(step)
            except (SourceUnavailable, SourceChanged) as problem:
                step = dialogue.throw(problem)
            else:
                step = dialogue.send(answer)
    except StopIteration as end:
        return list(end.value)
    finally:
        dialogue.close()


def _why(state: tenacity.RetryCallState) -> str:
    return str(state.outcome.exception()) if state.outcome else ""
