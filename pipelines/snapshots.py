"""Original bytes, kept under their SHA-256 with a sidecar that says where they came from.

Belongs here: keeping and finding snapshots. Does not belong here: reading their content.

Unchanged bytes add nothing: the first sidecar stays, so `retrieved_at` is the time these bytes
were first seen, and everything downstream of equal bytes is equal.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from pipelines.files import write_atomically
from pipelines.origins import Found
from sources.source import Raw, Source


def keep(found: Found, source: Source, folder: Path, now: datetime) -> tuple[Raw, dict[str, Any]]:
    """Store the bytes if they are new; return the raw file and its row of the `snapshot` table."""
    digest = hashlib.sha256(found.content).hexdigest()
    place = folder / digest[:2] / digest
    if not place.exists():
        write_atomically(place, found.content)
    sidecar = place.with_name(f"{digest}.{source.id}.json")
    if sidecar.exists():
        row: dict[str, Any] = orjson.loads(sidecar.read_bytes())
    else:
        row = {
            "snapshot_id": digest,
            "source_id": source.id,
            "name": found.name,
            "origin": found.origin,
            "retrieved_at": now.isoformat(timespec="seconds"),
            "size_bytes": len(found.content),
            "licence": source.licence,
            "attribution": source.attribution,
        }
        write_atomically(sidecar, orjson.dumps(row, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS))
    return Raw(name=found.name, content=found.content, snapshot_id=digest), row
