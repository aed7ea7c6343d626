"""What became of rows in quarantine from one release to the next: nothing leaves it silently.

Belongs here: counting, and why a row is no longer there. Does not belong here: reading tables or files.

A row that waited in the last release and waits no longer was decided by a person, corrected, comes from a
file that is no longer read, or was accepted: a row of its table stands at its place in the same file. What
is none of these has vanished, and a rule of the audit (`quality/rules/quarantine.py`) stops the release.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from quality.contracts import CONTRACTS

HISTORY = CONTRACTS["quarantine_history"]
_ROW = ["source_id", "table_name", "row_hash", "snapshot_id", "locator"]
_GROUP = ["source_id", "table_name", "rule"]


@dataclass(frozen=True, kw_only=True)
class Explained:
    """What may explain that a row waits no longer."""

    decision: pl.DataFrame
    """Table `decision` of the new release."""
    correction: pl.DataFrame
    """Table `correction` of the new release."""
    files: pl.Series
    """Files the new release was read from (snapshot_id)."""
    accepted: pl.DataFrame
    """Columns table_name, snapshot_id, locator: places of rows that were accepted, of the rows in question."""


def gone(before: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    """Rows of the quarantine before that wait no longer under any rule, one row per rule broken then."""
    return before.join(now, on=["source_id", "table_name", "row_hash"], how="anti")


def counted(before: pl.DataFrame, now: pl.DataFrame, why: Explained, release_id: str) -> pl.DataFrame:
    """Rows of `quarantine_history` of one release.

    Args:
        before: table `quarantine` of the release before; empty for the first.
        now: the same of the new release.
        why: what may explain that a row is gone.
        release_id: the new release.
    """
    left = _explained(gone(before, now), why)
    came = now.join(before, on=["source_id", "table_name", "row_hash"], how="anti")
    reasons = ("decided", "corrected", "file_gone", "accepted", "unexplained")
    parts = [
        now.select(*_GROUP, what=pl.lit("rows")),
        now.filter(pl.col("decision_id").is_not_null()).select(*_GROUP, what=pl.lit("rejected")),
        came.select(*_GROUP, what=pl.lit("came")),
        left.select(*_GROUP, what=pl.format("gone_{}", "why")),
    ]
    names = ["rows", "rejected", "came", *(f"gone_{reason}" for reason in reasons)]
    return (
        pl.concat(parts)
        .group_by(_GROUP)
        .agg((pl.col("what") == name).sum().cast(pl.Int64).alias(name) for name in names)
        .with_columns(release_id=pl.lit(release_id))
        .select(list(HISTORY.columns))
        .sort(list(HISTORY.sort))
    )


def _explained(rows: pl.DataFrame, why: Explained) -> pl.DataFrame:
    """Rows with the first explanation that holds in the column `why`."""
    decided = why.decision.select("source_id", "table_name", "row_hash").drop_nulls().unique()
    corrected = (
        why.correction.filter(pl.col("state") == "applied")
        .select("snapshot_id", "locator")
        .drop_nulls()
        .unique()
    )
    marked = (
        rows.join(decided.with_columns(a=True), on=["source_id", "table_name", "row_hash"], how="left")
        .join(corrected.with_columns(b=True), on=["snapshot_id", "locator"], how="left")
        .join(
            why.accepted.unique().with_columns(c=True),
            on=["table_name", "snapshot_id", "locator"],
            how="left",
        )
    )
    kept = pl.col("snapshot_id").is_in(why.files.unique().implode())
    return marked.with_columns(
        why=pl.when(pl.col("a"))
        .then(pl.lit("decided"))
        .when(pl.col("b"))
        .then(pl.lit("corrected"))
        .when(pl.col("snapshot_id").is_not_null() & ~kept)
        .then(pl.lit("file_gone"))
        .when(pl.col("c"))
        .then(pl.lit("accepted"))
        .otherwise(pl.lit("unexplained"))
    )
