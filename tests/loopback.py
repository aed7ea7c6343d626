"""A provider on 127.0.0.1 that behaves as a test tells it to: well, slowly, wrongly, or not at all.

Belongs here: the server, the answers it can give, and a client without waiting times. Does not
belong here: the protocol of any provider (the test of its connector plays that).

A test writes one function per route; the function sees what was asked and returns a `Reply`:

    with Provider({"/list": lambda asked: json_reply([1, 2])}) as provider:
        answer = quick_client().answer(Request(url=provider.base + "/list"))
        assert provider.asked[0].method == "GET"
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import orjson

from pipelines.http import Manners, PoliteClient
from pipelines.secrets import Secrets


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One request as the provider saw it; header names are lower case."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    @property
    def form(self) -> dict[str, str]:
        """The body as a form."""
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return orjson.loads(self.body)


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What the provider sends. `declared_size` lies about the length; `cut_after` hangs up early."""

    content: bytes = b""
    status: int = 200
    content_type: str | None = "application/octet-stream"
    headers: Mapping[str, str] = field(default_factory=dict)
    delay_seconds: float = 0.0
    declared_size: int | None = None
    cut_after: int | None = None


Route = Callable[[Asked], Reply]


def json_reply(value: object, **given: Any) -> Reply:
    """A JSON answer."""
    return Reply(content=orjson.dumps(value), content_type="application/json", **given)


def zip_reply(content: bytes, **given: Any) -> Reply:
    """A ZIP answer."""
    return Reply(content=content, content_type="application/zip", **given)


def html_error_page(_asked: Asked) -> Reply:
    """The classic: an error page with status 200."""
    return Reply(content=b"<!DOCTYPE html><html><body>Wartung</body></html>", content_type="text/html")


def down(_asked: Asked) -> Reply:
    """The provider has a problem of its own."""
    return Reply(status=503, content=b"down", content_type="text/plain")


def redirect(target: str, status: int = 302) -> Route:
    """A route that leads elsewhere."""
    return lambda _asked: Reply(status=status, headers={"Location": target}, content_type=None)


def in_turn(*replies: Reply) -> Route:
    """A route that gives these answers one after the other; the last one stays."""
    left = list(replies)
    return lambda _asked: left.pop(0) if len(left) > 1 else left[0]


def with_etag(reply: Callable[[], Reply], etag: str = '"v1"') -> Route:
    """A route that answers 304 to whoever already has this version."""

    def route(asked: Asked) -> Reply:
        if asked.headers.get("if-none-match") == etag:
            return Reply(status=304, headers={"ETag": etag}, content_type=None)
        made = reply()
        return Reply(content=made.content, content_type=made.content_type, headers={"ETag": etag})

    return route


class Provider:
    """The server. Routes are found by exact path, then by the longest path that ends in `*`."""

    def __init__(self, routes: Mapping[str, Route]) -> None:
        self.routes = dict(routes)
        self.asked: list[Asked] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign] # a client may hang up
        self._closed = False
        self._thread = threading.Thread(
            target=lambda: self._server.serve_forever(poll_interval=0.02), daemon=True
        )

    @property
    def base(self) -> str:
        """Address of the server, without a slash at the end."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def paths(self) -> list[str]:
        """The paths asked for, in order."""
        return [asked.path for asked in self.asked]

    def reply(self, asked: Asked) -> Reply:
        """What this server says to a request."""
        self.asked.append(asked)
        if asked.path in self.routes:
            return self.routes[asked.path](asked)
        open_ended = [path for path in self.routes if path.endswith("*") and asked.path.startswith(path[:-1])]
        if not open_ended:
            return Reply(status=404, content=b"no such path", content_type="text/plain")
        return self.routes[max(open_ended, key=len)](asked)

    def close(self) -> None:
        """Stop listening: from now on the provider is down."""
        if not self._closed:
            self._closed = True
            self._server.shutdown()
            self._server.server_close()

    def __enter__(self) -> Provider:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # else every answer waits 40 ms for an acknowledgement

        def _answer(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            address = urlsplit(self.path)
            asked = Asked(
                method=self.command,
                path=address.path,
                query=dict(parse_qsl(address.query, keep_blank_values=True)),
                headers={name.lower(): value for name, value in self.headers.items()},
                body=self.rfile.read(size) if size else b"",
            )
            self._send(provider.reply(asked))

        do_GET = do_POST = do_HEAD = _answer  # noqa: N815 - names given by the standard library

        def _send(self, reply: Reply) -> None:
            if reply.delay_seconds:
                time.sleep(reply.delay_seconds)
            self.send_response_only(reply.status)
            if "Date" not in reply.headers:
                self.send_header("Date", self.date_time_string())
            if reply.content_type:
                self.send_header("Content-Type", reply.content_type)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            declared = len(reply.content) if reply.declared_size is None else reply.declared_size
            self.send_header("Content-Length", str(declared))
            cut = reply.cut_after is not None or declared != len(reply.content)
            if cut:
                self.send_header("Connection", "close")
                self.close_connection = True
            self.end_headers()
            if self.command != "HEAD" and reply.status != 304:
                self.wfile.write(reply.content[: reply.cut_after])

        def log_message(self, format: str, *args: Any) -> None:
            """Tests read `asked` instead."""

    return Handler


def quick_client(
    folder: Path | None = None, secrets: Mapping[str, tuple[str, str]] | None = None, **manners: Any
) -> PoliteClient:
    """A client that may talk to loopback, waits hardly at all and gives up after three attempts.

    Args:
        folder: the snapshots, where validators for conditional requests are kept.
        secrets: name to username and password.
        manners: fields of `Manners` to replace.
    """
    defaults: dict[str, Any] = {
        "allow_loopback": True,
        "interval_seconds": 0.0,
        "first_wait_seconds": 0.001,
        "longest_wait_seconds": 0.01,
        "attempts": 3,
        "read_seconds": 2.0,
        "connect_seconds": 2.0,
        "total_seconds": 5.0,
        "longest_pause_seconds": 0.01,
    }
    return PoliteClient(
        manners=Manners(**{**defaults, **manners}),
        snapshots=folder,
        secrets=Secrets(sets=dict(secrets or {})),
    )


def requests_of(provider: Provider, path: str) -> Sequence[Asked]:
    """The requests for one path."""
    return [asked for asked in provider.asked if asked.path == path]
