"""Bringing a source in as it came in when a release was built: from snapshots, never from an origin.

Belongs here: reading what a manifest names. Does not belong here: the ordinary way in
(`pipelines/intake.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import polars as pl

from pipelines.intake import Intake, nothing, read_kept, source_row
from pipelines.snapshots import kept
from quality.corrections.entry import Entries
from quality.decisions.entry import Decisions
from sources.source import Source

COMPARED = ("rows_before", "change", "setback")
"""Columns of table `source` that speak of the release before."""

READ = ("read", "stale")
"""States in which the rows of a source came from its files."""


def recorded_sources(manifest: Path) -> Mapping[str, Any]:
    """Source id to its files and state, as a manifest names them."""
    found: Mapping[str, Any] = orjson.loads(manifest.read_bytes())["decided_by"]["sources"]
    return found


def replayed(
    source: Source,
    recorded: Mapping[str, Any] | None,
    *,
    snapshots: Path,
    needs: Mapping[str, pl.DataFrame],
    corrections: Entries,
    decisions: Decisions | None = None,
) -> Intake:
    """What the source brought to the release: the same files, or the same reason for none.

    Args:
        source: the reader as it is today.
        recorded: state, problem and files; null where the source did not exist then.
        snapshots: folder of original bytes.
        needs: tables the source asks for.
        corrections: entries in force.
        decisions: those about rows in quarantine.
    """
    if recorded is None or recorded["state"] not in READ:
        state, problem = (recorded["state"], recorded["problem"]) if recorded else (None, None)
        return nothing(source, state=state, problem=problem)
    files = [kept(file["snapshot_id"], file["name"], source.id, snapshots) for file in recorded["files"]]
    intake, _ = read_kept(source, files, needs, corrections, decisions)
    row = source_row(source, recorded["state"], recorded["problem"], intake.accepted, intake.rejected.height)
    return replace(intake, source=row)


def compared_then(source: pl.DataFrame, recorded: Mapping[str, Any]) -> pl.DataFrame:
    """The table `source` with what it said then about the release before, which need not be kept any more."""
    said = pl.DataFrame(
        [
            {"source_id": name, **{column: each.get(column) for column in COMPARED}}
            for name, each in recorded.items()
        ],
        schema={"source_id": pl.String, **{column: source.schema[column] for column in COMPARED}},
    )
    beside = source.drop(COMPARED).join(said, on="source_id", how="left", maintain_order="left")
    return beside.select(source.columns)
