"""What is remembered of an address between two nights, so that unchanged content is not sent again.

Belongs here: ETag and Last-Modified by address, in one small file beside the snapshots. Does not
belong here: the content itself, which is a snapshot; where it is gone, nothing is remembered.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import orjson

from pipelines.files import write_atomically

FILE = "validators.json"


class Validators:
    """The memory of one snapshot folder; without a folder it remembers nothing."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def headers(self, key: str) -> dict[str, str]:
        """Conditions to send; none where the content of last time is no longer kept."""
        entry = self._read().get(key)
        if not entry or self.content(key) is None:
            return {}
        named = {"If-None-Match": entry.get("etag"), "If-Modified-Since": entry.get("last_modified")}
        return {name: value for name, value in named.items() if value}

    def content(self, key: str) -> bytes | None:
        """The content of last time, if it is still kept and still what it was."""
        entry = self._read().get(key)
        if self._folder is None or not entry:
            return None
        digest = entry["snapshot_id"]
        place = self._folder / digest[:2] / digest
        if not place.exists():
            return None
        content = place.read_bytes()
        return content if hashlib.sha256(content).hexdigest() == digest else None

    def remember(self, key: str, content: bytes, *, etag: str | None, last_modified: str | None) -> None:
        """Keep what the provider said about this content."""
        if self._folder is None or not (etag or last_modified):
            return
        entries = self._read()
        entries[key] = {
            "etag": etag,
            "last_modified": last_modified,
            "snapshot_id": hashlib.sha256(content).hexdigest(),
        }
        options = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS
        write_atomically(self._folder / FILE, orjson.dumps(entries, option=options))

    def _read(self) -> dict[str, Any]:
        if self._folder is None:
            return {}
        try:
            entries = orjson.loads((self._folder / FILE).read_bytes())
        except (OSError, orjson.JSONDecodeError):
            return {}
        return entries if isinstance(entries, dict) else {}
