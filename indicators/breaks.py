"""Where a series begins anew: another census base, another accounting system.

Belongs here: flags that need the whole series of a unit, set after its values are known. Does not
belong here: values and the flags of single years (`indicators/formula.py`).

The first value that stands on another census base than the value before carries status B, reason
`census_break`. The first value from another accounting system carries D, reason `accounting_break`;
a value made of lines of several systems carries D, reason `accounting_mixed`. The first value another
provider computed, or the first of ours after one of his, carries D, reason `provider_break`. Where a stronger flag
stands already it stays, and the break is among the further reasons: it is a break all the same, and
readers of series ask `quality.status.begins_anew`.
"""

from __future__ import annotations

import polars as pl

from quality.status import CASCADE, rank_expr

SEVERAL = ", "
"""Between the names of accounting systems where lines of several made one value."""


def with_breaks(
    observed: pl.DataFrame, accounting: pl.DataFrame | None = None, *, of_two_origins: bool = False
) -> pl.DataFrame:
    """Observations of one indicator and phase, with breaks marked.

    Args:
        observed: what `observe` returns; all years of all units of one indicator.
        accounting: columns ags, year, accounting, where values rest on budget lines.
        of_two_origins: whether some values are another provider's and others ours; only ours name a
            denominator.

    Returns:
        The same rows and columns; only obs_status, reason and further_reasons differ.
    """
    base = pl.col("denominator_id").str.split("/").list.get(1, null_on_oob=True)
    marked = _marked(observed, _changed(observed, base), status="B", reason="census_break")
    if of_two_origins:
        whose = pl.when(pl.col("denominator_id").is_null()).then(pl.lit("provider")).otherwise(pl.lit("own"))
        marked = _marked(marked, _changed(marked, whose), status="D", reason="provider_break")
    if accounting is None or accounting.is_empty():
        return marked
    known = marked.join(accounting, on=["ags", "year"], how="left")
    several = known.select(
        "ags", "year", flag=pl.col("accounting").str.contains(SEVERAL, literal=True) & _has_value()
    ).filter("flag")
    changed = _changed(known, pl.col("accounting"))
    marked = _marked(marked, several, status="D", reason="accounting_mixed")
    return _marked(marked, changed.join(several, on=["ags", "year"], how="anti"), "D", "accounting_break")


def accounting_of(inputs: pl.LazyFrame, lines: pl.LazyFrame) -> pl.DataFrame:
    """The accounting systems the lines of each unit and year were booked in, several joined by a comma.

    Args:
        inputs: rows of `measure_input` of one indicator and phase.
        lines: table `budget_line`.
    """
    used = inputs.filter(pl.col("input_table") == "budget_line").select(
        "ags", "year", budget_line_id="input_id"
    )
    booked = lines.select("budget_line_id", "accounting")
    return (
        used.join(booked, on="budget_line_id", how="inner")
        .group_by("ags", "year")
        .agg(accounting=pl.col("accounting").unique().sort().str.join(SEVERAL))
        .collect()
    )


def _has_value() -> pl.Expr:
    return pl.col("value").is_not_null()


def _changed(observed: pl.DataFrame, standing: pl.Expr) -> pl.DataFrame:
    """Unit and year of each value whose standing differs from that of the value before it."""
    known = observed.select("ags", "year", "value", standing=standing).filter(
        _has_value(), pl.col("standing").is_not_null()
    )
    before = pl.col("standing").shift(1).over("ags", order_by="year")
    return known.filter(pl.col("standing") != before).select("ags", "year", flag=pl.lit(True))


def _marked(observed: pl.DataFrame, rows: pl.DataFrame, status: str, reason: str) -> pl.DataFrame:
    """Set a flag on some rows; where a stronger or equal one stands, the reason is added to the further ones."""
    if rows.is_empty():
        return observed
    flagged = pl.col("flag").fill_null(False)
    stronger = flagged & (rank_expr(pl.col("obs_status")) < CASCADE.index(status))
    added = pl.when(stronger).then(pl.col("reason")).otherwise(pl.lit(reason))
    names = pl.concat_list(pl.col("further_reasons").str.split(SEVERAL).fill_null([]), pl.concat_list(added))
    names = names.list.filter(pl.element().is_not_null()).list.unique().list.sort()
    text = pl.when(names.list.len() > 0).then(names.list.join(SEVERAL))
    columns = observed.columns
    return (
        observed.join(
            rows.select("ags", "year", "flag"), on=["ags", "year"], how="left", maintain_order="left"
        )
        .with_columns(
            obs_status=pl.when(stronger).then(pl.lit(status)).otherwise("obs_status"),
            reason=pl.when(stronger).then(pl.lit(reason)).otherwise("reason"),
            further_reasons=pl.when(flagged).then(text).otherwise("further_reasons"),
        )
        .select(columns)
    )
