"""Reading the files of a source only where something decides otherwise than the last time.

Belongs here: what decides a reading (files, tables it needs, corrections, the program), and leaving its
tables for the next night. Does not belong here: finding files (`origins.py`) or reading them (`intake.py`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from pipelines.intake import Intake, read_kept, source_row
from pipelines.keeping import Keeper, WatchedStore
from pipelines.store import Store
from quality.contracts import CONTRACTS
from quality.corrections.entry import Entries
from quality.decisions.entry import Decisions
from sources.source import Raw, Source

STAGE = "source"
"""Stage of the tables sources bring."""
CORRECTION_STAGE = "correction"
"""What corrections did to the rows of each source."""
QUARANTINE_STAGE = "quarantine"
DECIDED_STAGE = "decision"
"""What persons decided about rows of each source that wait."""


@dataclass(kw_only=True)
class RememberingReader:
    """A reader for one source in one night."""

    keeper: Keeper
    store: WatchedStore
    """The store the needed tables were read from."""
    of_program: bool
    """Whether the source ships with the program; what an operator described may change without it, and
    is therefore read every night."""
    _decided: Any = None
    _as_before: bool = False
    _read: bool = field(default=False)

    def __call__(
        self,
        source: Source,
        kept: Sequence[tuple[Raw, dict[str, Any]]],
        needs: Mapping[str, pl.DataFrame],
        corrections: Entries,
        decisions: Decisions | None = None,
    ) -> tuple[Intake, list[Raw]]:
        """What the files bring: the tables of the last reading, where that would come to the same."""
        self._decided = _decides(source, kept, corrections, decisions)
        self._as_before = self._read = False
        if self.of_program and self.keeper.kept(_step(source), self._decided) is not None:
            self._as_before = True
            return _again(source, kept, self.store), [raw for raw, _ in kept]
        intake = read_kept(source, kept, needs, corrections, decisions)
        self._read = True
        return intake

    def leave(self, source: Source, intake: Intake) -> None:
        """Write the tables, and what decided them; nothing where they lie there already."""
        if self._as_before:
            return
        leave_tables(source, intake, self.store)
        if self._read:
            self.keeper.carried_out(_step(source), self.store, {}, self._decided)


def leave_tables(source: Source, intake: Intake, store: Store) -> None:
    """Write what a source brought."""
    for table, frame in intake.tables.items():
        store.write(STAGE, f"{source.id}.{table}", frame)
    store.write(QUARANTINE_STAGE, source.id, intake.rejected)
    store.write(CORRECTION_STAGE, source.id, intake.corrections)
    store.write(DECIDED_STAGE, source.id, intake.decisions)


def _again(source: Source, kept: Sequence[tuple[Raw, dict[str, Any]]], store: Store) -> Intake:
    tables = {table: store.read(STAGE, f"{source.id}.{table}") for table in source.tables}
    rejected = store.read(QUARANTINE_STAGE, source.id)
    accepted = sum(frame.height for frame in tables.values())
    return Intake(
        tables=tables,
        rejected=rejected,
        snapshots=pl.DataFrame([row for _, row in kept], schema=CONTRACTS["snapshot"].schema),
        source=source_row(source, "read", None, accepted, rejected.height),
        corrections=store.read(CORRECTION_STAGE, source.id),
        decisions=store.read(DECIDED_STAGE, source.id),
    )


def _decides(
    source: Source,
    kept: Sequence[tuple[Raw, dict[str, Any]]],
    corrections: Entries,
    decisions: Decisions | None,
) -> Any:
    entries = [repr(corrections.of(source.id, table)) for table in source.tables]
    return {
        "files": [[raw.name, raw.snapshot_id] for raw, _ in kept],
        "decisions": [
            repr(each) for table in source.tables for each in (decisions or Decisions()).of(source.id, table)
        ],
        "corrections": hashlib.sha256("\n".join(entries).encode()).hexdigest(),
    }


def _step(source: Source) -> str:
    return f"{STAGE}/{source.id}"
