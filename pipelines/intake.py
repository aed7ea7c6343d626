"""From a source to tables that keep their contracts, with everything that did not pass kept aside.

Belongs here: the steps every source goes through alike (find, keep, read, enforce). Does not
belong here: formats (`sources/`), files of the run (`pipelines/store.py`), Dagster.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.origins import applies, fetch
from pipelines.settings import OriginKind
from pipelines.snapshots import keep
from quality.contract import enforce, no_rejects
from quality.contracts import CONTRACTS
from sources.source import Source, SourceChanged, SourceUnavailable


@dataclass(frozen=True, kw_only=True)
class Intake:
    """What one source brought to one run."""

    tables: Mapping[str, pl.DataFrame]
    rejected: pl.DataFrame
    snapshots: pl.DataFrame
    source: pl.DataFrame
    """One row of the `source` table, or none where the source has no part in this origin."""

    @property
    def accepted(self) -> int:
        """Rows that kept their contracts."""
        return sum(table.height for table in self.tables.values())


def take_in(
    source: Source,
    *,
    kind: OriginKind,
    archive: Path | None,
    snapshots: Path,
    now: datetime,
    needs: Mapping[str, pl.DataFrame],
) -> Intake:
    """Bring one source in. A dead or changed source costs only itself: it comes back empty, with cause."""
    if not applies(source, kind):
        return _nothing(source, state=None, problem=None)
    try:
        kept = [keep(found, source, snapshots, now) for found in fetch(source, kind, archive)]
        reading = source.read([raw for raw, _ in kept], needs)
    except SourceUnavailable as error:
        return _nothing(source, state="absent", problem=str(error))
    except SourceChanged as error:
        return _nothing(source, state="failed", problem=str(error))
    tables: dict[str, pl.DataFrame] = {}
    rejected = [reading.rejected]
    for name in source.tables:
        frame = reading.tables.get(name)
        outcome = enforce(
            CONTRACTS[name].empty() if frame is None else frame, CONTRACTS[name], source_id=source.id
        )
        tables[name] = outcome.good
        rejected.append(outcome.rejected)
    quarantine = pl.concat(rejected)
    accepted = sum(table.height for table in tables.values())
    return Intake(
        tables=tables,
        rejected=quarantine,
        snapshots=pl.DataFrame([row for _, row in kept], schema=CONTRACTS["snapshot"].schema),
        source=_row(source, "read", None, accepted, quarantine.height),
    )


def _nothing(source: Source, *, state: str | None, problem: str | None) -> Intake:
    row = CONTRACTS["source"].empty() if state is None else _row(source, state, problem, 0, 0)
    return Intake(
        tables={name: CONTRACTS[name].empty() for name in source.tables},
        rejected=no_rejects(),
        snapshots=CONTRACTS["snapshot"].empty(),
        source=row,
    )


def _row(source: Source, state: str, problem: str | None, accepted: int, quarantined: int) -> pl.DataFrame:
    values: dict[str, Any] = {
        "source_id": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "licence": source.licence,
        "attribution": source.attribution,
        "homepage": source.homepage,
        "state": state,
        "problem": problem,
        "rows_accepted": accepted,
        "rows_quarantined": quarantined,
    }
    return pl.DataFrame([values], schema=CONTRACTS["source"].schema)
