"""How a reader reports records it could not turn into a row.

Belongs here: bringing such records into the form of the `quarantine` table. Does not belong here:
rules on finished rows, which the contracts enforce (`quality/contract.py`).
"""

from __future__ import annotations

import polars as pl

from quality.contract import QUARANTINE_SCHEMA


def reject(
    records: pl.DataFrame,
    *,
    source_id: str,
    table: str,
    rule: str,
    reason: str | pl.Expr,
    remedy: str,
    value: pl.Expr | None = None,
    column: str | None = None,
) -> pl.DataFrame:
    """Quarantine rows for `records`, which must have snapshot_id, locator and raw_text."""
    return records.select(
        source_id=pl.lit(source_id),
        table_name=pl.lit(table),
        rule=pl.lit(rule),
        column_name=pl.lit(column, pl.String),
        value=(pl.lit(None) if value is None else value).cast(pl.String),
        reason=pl.lit(reason) if isinstance(reason, str) else reason,
        remedy=pl.lit(remedy),
        snapshot_id=pl.col("snapshot_id"),
        locator=pl.col("locator"),
        raw_text=pl.col("raw_text"),
    ).select(list(QUARANTINE_SCHEMA))
