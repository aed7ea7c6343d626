"""Original bytes, kept under their fingerprint with a sidecar that says where they came from.

Belongs here: keeping and finding snapshots, and which of them were the last good reading of a
source. Does not belong here: reading their content.

Unchanged bytes add nothing: the first sidecar stays, so `retrieved_at` is the time these bytes
were first seen, and everything downstream of equal bytes is equal.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from pipelines.files import write_atomically
from pipelines.fingerprints import fingerprint, told_size
from pipelines.origins import Found
from pipelines.settings import OriginKind
from sources.live import Delivery
from sources.source import Raw, Source

LATEST = "latest"


@dataclass(frozen=True, kw_only=True)
class LastGood:
    """The files of the last reading of a source that succeeded."""

    read_at: datetime
    files: Sequence[Found]
    rows: int | None = None
    """Rows that kept their contract; null where that was not noted yet."""

    def is_of(self, raws: Sequence[Raw]) -> bool:
        """Whether these are the very files: then only the program or a correction reads them otherwise."""
        return {(raw.name, raw.content) for raw in raws} == {(each.name, each.content) for each in self.files}

    @property
    def by_name(self) -> dict[str, Delivery]:
        """The files as a dialogue may know them."""
        return {
            found.name: Delivery(name=found.name, content=found.content, url=found.url or "")
            for found in self.files
        }


def keep(found: Found, source: Source, folder: Path, now: datetime) -> tuple[Raw, dict[str, Any]]:
    """Store the bytes if they are new; return the raw file and its row of the `snapshot` table."""
    digest = fingerprint(found.content, folder, keyed=source.keyed)
    raw = Raw(name=found.name, content=found.content, snapshot_id=digest)
    place = folder / digest[:2] / digest
    if not place.exists() or place.read_bytes() != found.content:  # damaged on disk: the bytes are at hand
        write_atomically(place, found.content)
    sidecar = place.with_name(f"{digest}.{source.id}.json")
    if sidecar.exists():
        # A provider may send equal bytes under two names (the same answer about two tables).
        row: dict[str, Any] = {"url": None, **orjson.loads(sidecar.read_bytes()), "name": found.name}
    else:
        row = {
            "snapshot_id": digest,
            "source_id": source.id,
            "name": found.name,
            "origin": found.origin,
            "url": found.url,
            "retrieved_at": now.isoformat(timespec="seconds"),
            "size_bytes": told_size(found.content, keyed=source.keyed),
            "licence": (source.licence_in and source.licence_in(raw)) or source.licence,
            "attribution": source.attribution,
        }
        write_atomically(sidecar, orjson.dumps(row, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS))
    return raw, row


def kept(digest: str, name: str, source_id: str, folder: Path) -> tuple[Raw, dict[str, Any]]:
    """A file kept earlier, under the name it was read by, and its row of the `snapshot` table.

    Raises:
        FileNotFoundError: bytes or sidecar are gone.
    """
    place = folder / digest[:2] / digest
    sidecar = orjson.loads(place.with_name(f"{digest}.{source_id}.json").read_bytes())
    row: dict[str, Any] = {"url": None, **sidecar, "name": name}
    return Raw(name=name, content=place.read_bytes(), snapshot_id=digest), row


def remember(
    source: Source,
    kind: OriginKind,
    raws: Sequence[Raw],
    folder: Path,
    now: datetime,
    *,
    rows: int | None = None,
) -> None:
    """Note that these files were read without a problem, and how many rows of them kept their contract."""
    note = {
        "read_at": now.isoformat(timespec="seconds"),
        "rows": rows,
        "files": [{"name": raw.name, "snapshot_id": raw.snapshot_id} for raw in raws],
    }
    write_atomically(_note(source.id, kind, folder), orjson.dumps(note, option=orjson.OPT_INDENT_2))


def read_at(source_id: str, kind: OriginKind, folder: Path) -> datetime | None:
    """When a source was last read without a problem from this origin."""
    note = _noted(source_id, kind, folder)
    return datetime.fromisoformat(note["read_at"]) if note else None


def vintages(source_id: str, kind: OriginKind, folder: Path) -> list[dict[str, Any]]:
    """What is known about each file of the last good reading, newest first: since when, which licence."""
    found = []
    for entry in _noted(source_id, kind, folder).get("files", ()):
        digest = entry["snapshot_id"]
        sidecar = folder / digest[:2] / f"{digest}.{source_id}.json"
        if sidecar.exists():
            found.append(orjson.loads(sidecar.read_bytes()))
    return sorted(found, key=lambda row: str(row["retrieved_at"]), reverse=True)


def last_good(source: Source, kind: OriginKind, folder: Path) -> LastGood | None:
    """The files of the last good reading, or null where there is none or a file is gone or damaged."""
    note = _noted(source.id, kind, folder)
    if not note:
        return None
    files = []
    for entry in note["files"]:
        digest = entry["snapshot_id"]
        place = folder / digest[:2] / digest
        sidecar = place.with_name(f"{digest}.{source.id}.json")
        if not (place.exists() and sidecar.exists()):
            return None
        content = place.read_bytes()
        if hashlib.sha256(content).hexdigest() != digest:
            return None
        url = orjson.loads(sidecar.read_bytes()).get("url")
        files.append(Found(name=entry["name"], origin=kind, content=content, url=url))
    return LastGood(read_at=datetime.fromisoformat(note["read_at"]), files=files, rows=note.get("rows"))


def _note(source_id: str, kind: OriginKind, folder: Path) -> Path:
    return folder / LATEST / f"{kind}.{source_id}"


def _noted(source_id: str, kind: OriginKind, folder: Path) -> dict[str, Any]:
    try:
        found = orjson.loads(_note(source_id, kind, folder).read_bytes())
    except (OSError, orjson.JSONDecodeError):
        return {}
    return found if isinstance(found, dict) else {}
