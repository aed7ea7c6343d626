"""Showing the published pages on loopback.

Belongs here: a file server bound to 127.0.0.1. Does not belong here: serving a public site, which
is a web server's job.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

LOOPBACK = "127.0.0.1"
NOWHERE = ".nothing"


class _Quiet(SimpleHTTPRequestHandler):
    """Files below one folder; no request log, no guessing of types by browsers."""

    def log_message(self, format: str, *args: object) -> None:
        del format, args

    def translate_path(self, path: str) -> str:
        """The file asked for, if it lies in the release: the link to the downloads stays inside it."""
        found = super().translate_path(path)
        site = Path(self.directory).resolve()
        if Path(found).resolve().is_relative_to(site.parent if site.name == "site" else site):
            return found
        return str(site / NOWHERE)

    def end_headers(self) -> None:
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Content-Security-Policy", "default-src 'self'")
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()


def make_server(folder: Path, port: int) -> ThreadingHTTPServer:
    """A server of one folder on loopback; port 0 lets the system choose."""
    return ThreadingHTTPServer((LOOPBACK, port), partial(_Quiet, directory=str(folder)))


def serve_site(folder: Path, port: int, say: Callable[[str], None]) -> None:
    """Serve until interrupted."""
    with make_server(folder, port) as server:
        say(f"http://{LOOPBACK}:{server.server_port}/  (Ctrl+C ends)")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            say("ended")
