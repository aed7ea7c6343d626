"""The published database as the next night reads it: whole, or what stands in for it where it is damaged.

Belongs here: telling that the file is no longer what its manifest says, and putting together what the next
release needs of it. Does not belong here: comparing a whole release (`verifying.py`), going back to an earlier
one (`withdrawal.py`).

A damaged file must neither stop every night to come nor begin a new history in silence. Each table a night
asks for is taken where it is proven by the hash in the manifest: from the damaged file itself, else from the
copy among the tables of the last run. Without the history nothing is published: going back to the release
before, or a backup, is a person's decision.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from pipelines.file_hashes import file_hash
from pipelines.release import DATABASE, read_manifest
from pipelines.selecting import selected
from pipelines.settings import Settings
from pipelines.store import Store, content_hash
from quality.contracts import CONTRACTS

NEEDED = ("release_history", "observation_history", "revision", "quarantine_history")
"""Nothing can be published without these: they hold what earlier releases said."""
WELCOME = ("snapshot", "correction", "quarantine", "measure_input")
"""Tables that make causes of revisions exact; what is lost of them is only told less exactly."""
STAND_IN = "published.duckdb"


class HistoryLost(RuntimeError):
    """The published database is damaged, and its history stands nowhere else."""


def is_damaged(settings: Settings) -> bool:
    """Whether something is published whose database is gone or has other bytes than its manifest says."""
    manifest = read_manifest(settings)
    file = settings.current / DATABASE
    return manifest is not None and not (file.exists() and file_hash(file) == manifest["database"]["sha256"])


def stand_in(settings: Settings) -> Path:
    """Put together, beside the tables of the run, what is proven of a damaged published database.

    Raises:
        HistoryLost: a part of the history is not.
    """
    manifest = read_manifest(settings) or {}
    declared = {**manifest.get("tables", {}), **manifest.get("recorded", {})}
    found = {
        name: frame
        for name in (*NEEDED, *WELCOME)
        if name in declared and (frame := _proven(name, declared[name]["sha256"], settings)) is not None
    }
    lost = [name for name in NEEDED if name in declared and name not in found]
    if lost:
        raise HistoryLost(
            f"The published database {settings.current / DATABASE} is damaged, and {', '.join(lost)} cannot be "
            "read from it. Nothing is published, so that no earlier figure is forgotten. "
            'Go back to the release before (sdg17 rollback --reason "damaged", then sdg17 rollback --resume), '
            "or restore a backup (sdg17 restore)."
        )
    found.setdefault("snapshot", _snapshots(manifest))
    path = settings.tables / STAND_IN
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as connection:
        for name in (*NEEDED, *WELCOME):
            connection.register("given", found.get(name, CONTRACTS[name].empty()).to_arrow())
            connection.execute(f"CREATE TABLE {name} AS FROM given")  # our own names
            connection.unregister("given")
    return path


def _proven(name: str, sha256: str, settings: Settings) -> pl.DataFrame | None:
    """A table with the rows its release was published with, from whichever copy still has them."""
    for frame in _copies(name, settings):
        if content_hash(frame, CONTRACTS[name]) == sha256:
            return frame
    return None


def _copies(name: str, settings: Settings) -> Iterator[pl.DataFrame]:
    columns = list(CONTRACTS[name].columns)
    try:
        with duckdb.connect(str(settings.current / DATABASE), read_only=True) as connection:
            yield selected(connection, f"SELECT {', '.join(columns)} FROM {name}")  # noqa: S608 - our own names
    except duckdb.Error:
        pass
    store = Store(folder=settings.tables)
    if store.path("house", name).exists():
        try:
            yield store.read("house", name).select(columns)
        except (OSError, pl.exceptions.PolarsError):
            return


def _snapshots(manifest: Mapping[str, Any]) -> pl.DataFrame:
    """Which files a release was made from, as its manifest says."""
    sources: Mapping[str, Any] = manifest.get("decided_by", {}).get("sources", {})
    rows = [
        {"source_id": source, "snapshot_id": file["snapshot_id"], "name": file["name"]}
        for source, each in sources.items()
        for file in each["files"]
    ]
    schema = CONTRACTS["snapshot"].schema
    frame = pl.DataFrame(rows, schema={name: schema[name] for name in ("source_id", "snapshot_id", "name")})
    others = [pl.lit(None, kind).alias(name) for name, kind in schema.items() if name not in frame.columns]
    return frame.with_columns(others).select(list(schema))
