"""The status that follows a released row into every figure made of it.

Belongs here: how good a figure may be that rests on a row a person released. Does not belong here: releasing
it (`applying.py`). Pure.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from quality.decisions.entry import Decision
from quality.status import from_rank_expr, rank_expr

REASON = "released_by_decision"
"""Reason code of a figure that would carry none but for the released row behind it."""

BEST_STATUS: Mapping[str, str] = dict.fromkeys(
    ("ambiguous_unit", "ags_known", "not_a_municipality", "no_date", "date_readable", "repeated"), "E"
)
"""Best status of what rests on a row released against a rule: where only unit or day were missing and a
person found them, an estimate; see `OTHERWISE` for the rest."""
OTHERWISE = "U"
"""Best status for every other rule: the row said something its contract forbids."""


def best_status(decision: Decision) -> str:
    """The best status a figure may carry that rests on the row."""
    each = pl.Series([BEST_STATUS.get(rule, OTHERWISE) for rule in decision.rules])
    return str(pl.select(from_rank_expr(rank_expr(pl.lit(each)).max())).item())


def no_better(column: str, best: pl.Expr) -> pl.Expr:
    """The status in a column, or the best one allowed where that is weaker."""
    return from_rank_expr(pl.max_horizontal(rank_expr(pl.col(column)), rank_expr(best)))


def followed(inputs: pl.DataFrame, trace: pl.DataFrame) -> pl.DataFrame:
    """Inputs of measures with the status and note of the decisions that released their rows.

    Args:
        inputs: rows of `measure_input`.
        trace: rows of `decision`.
    """
    released = trace.filter(pl.col("state") == "applied", pl.col("action") == "release")
    if released.is_empty():
        return inputs
    best = released.select("snapshot_id", "locator", "best_status", "decision_id").unique(
        ["snapshot_id", "locator"]
    )
    beside = inputs.join(best, on=["snapshot_id", "locator"], how="left", maintain_order="left")
    is_released = pl.col("decision_id").is_not_null()
    note = pl.concat_str(
        pl.col("note"), pl.format("decision {}", "decision_id"), separator="; ", ignore_nulls=True
    )
    return beside.with_columns(
        obs_status=pl.when(is_released)
        .then(no_better("obs_status", pl.col("best_status").fill_null("A")))
        .otherwise("obs_status"),
        reason=pl.when(is_released).then(pl.coalesce("reason", pl.lit(REASON))).otherwise("reason"),
        note=pl.when(is_released).then(note).otherwise("note"),
    ).select(inputs.columns)
