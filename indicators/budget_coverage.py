"""What of each budget is told apart by purpose, and what stays open.

Belongs here: one row per budget file as an account of how much of it the spending rules speak of.
Does not belong here: measures (`indicators/measures/spending.py`) or the rules (a source table).

Amounts with a sign instead of a figure are unknown: a sum over such a line is null, and the number of
these lines stands beside it.
"""

from __future__ import annotations

import polars as pl

from indicators.spending_knowledge import SINGLE_FIGURES
from quality.contracts import CONTRACTS
from quality.levies import is_levy

SPENDING_TAGS = (
    "development_abroad",
    "development_domestic",
    "fair_trade",
    "international_partnership",
    "unattributable",
)


def coverage(budget_line: pl.LazyFrame, line_tag: pl.LazyFrame) -> pl.DataFrame:
    """Rows of `budget_coverage`.

    Args:
        budget_line: table `budget_line`.
        line_tag: table `line_tag`.
    """
    contract = CONTRACTS["budget_coverage"]
    keys = list(contract.key)
    lines = budget_line.with_columns(
        is_whole_budget=~pl.any_horizontal(
            pl.col("budget_line_id").str.starts_with(begin) for begin in SINGLE_FIGURES
        ),
        is_levy=is_levy(),
    ).join(line_tag.select("budget_line_id", "tag", counted="amount_cents"), on="budget_line_id", how="left")
    spent, inside = pl.col("direction") == "expenditure", pl.col("budget_part") == "internal"
    current = spent & (pl.col("budget_part") == "current")
    counts = lines.group_by(keys).agg(
        lines=pl.len().cast(pl.Int64),
        lines_without_amount=pl.col("amount_cents").is_null().sum().cast(pl.Int64),
        reversal_lines=(spent & (pl.col("amount_cents") < 0)).sum().cast(pl.Int64),
        decided_lines=pl.col("tag").is_not_null().sum().cast(pl.Int64),
        revenue_cents=_sum("amount_cents", ~spent & ~inside),
        expenditure_cents=_sum("amount_cents", spent & ~inside),
        current_expenditure_cents=_sum("amount_cents", current),
        levy_cents=_sum("amount_cents", current & pl.col("is_levy")),
        internal_cents=_sum("amount_cents", spent & inside),
        grant_received_cents=_sum("counted", ~spent & (pl.col("tag") == "grant_received")),
        undecided_cents=_sum("amount_cents", current & pl.col("tag").is_null()),
        reversal_cents=_sum("amount_cents", spent & ~inside & (pl.col("amount_cents") < 0)),
        **{f"{tag}_cents": _sum("counted", spent & (pl.col("tag") == tag)) for tag in SPENDING_TAGS},
    )
    return (
        counts.with_columns(
            unattributable_share=_share("unattributable_cents"), undecided_share=_share("undecided_cents")
        )
        .select(list(contract.columns))
        .sort(keys)
        .collect()
    )


def _sum(column: str, which: pl.Expr) -> pl.Expr:
    """Sum over the lines a condition holds for; null as soon as one of them is unknown."""
    chosen = pl.col(column).filter(which.fill_null(False))
    return pl.when(chosen.null_count() == 0).then(chosen.sum())


def _share(column: str) -> pl.Expr:
    total = pl.col("current_expenditure_cents")
    return pl.when(total > 0).then(100.0 * pl.col(column) / total)
