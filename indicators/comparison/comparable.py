"""Which values may be compared, as numbers instead of words.

Belongs here: the values a comparison looks at and why some are set aside. Does not belong here: what is said of
a group (`indicators/comparison/statistic.py`) or of one unit in it (`indicators/comparison/position.py`).

Values that are compared: normal, at a break, provisional, estimated, imputed and rounded to zero.
A value of low reliability (U) is not: what documents happen to mention is no stock. A value under
another definition (D) is not: it answers another question. The lower bounds counted from open lists
are estimates (E) for everybody alike and are compared with each other; the band says E then.

Every value is looked at once per group of its unit. So what is said of it in words (status, cause, why it is
left out) becomes one number before, and is turned into words again where groups are few.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from indicators.comparison.arranged import Seating
from quality.status import CASCADE

COMPARED_STATUSES = ("A", "N", "B", "P", "E", "I")
SHARES_OF_MONEY = ("money", "fair_trade")
"""Families whose shares are shares of amounts, which depend on the accounting system as amounts do."""
SUPPRESSED = -3
WHY_NOT: Mapping[int, str] = {-1: "definition_differs", -2: "value_unreliable", SUPPRESSED: "small_number"}
"""What a mark below zero says: why the value is left out."""


@dataclass(frozen=True, kw_only=True)
class Comparable:
    """Values of units that are in a group.

    `rows` has the columns cell, place (of the unit, see `Seating`), value (null where it is not compared) and mark:
    below zero why it is left out (`WHY_NOT`), else status and cause in one number, ordered by the rank of the
    status and, within a rank, by cause backwards, so that the highest mark of many values names the strongest
    status and the first cause that goes with it. `cells` has one row per indicator and year, in this order: cell
    (counted from 0), indicator (a number in the order of names), indicator_id, year, kind, is_money. `causes` are
    the causes in the order of their names.
    """

    rows: pl.DataFrame
    cells: pl.DataFrame
    causes: pl.Series

    def status_rank(self, mark: pl.Expr) -> pl.Expr:
        """Position in the cascade of the status that a mark holds; null for none."""
        return pl.when(mark >= 0).then(mark // (self.causes.len() + 1))

    def cause(self, mark: pl.Expr) -> pl.Expr:
        """The cause that a mark holds; null for none."""
        at = self.causes.len() - mark % (self.causes.len() + 1)
        return pl.when(mark >= 0).then(
            at.replace_strict(range(self.causes.len()), self.causes, default=None, return_dtype=pl.String)
        )


def comparable(observation: pl.DataFrame, kinds: pl.DataFrame, seated: Seating) -> Comparable:
    """Every value there is, with whether it may be compared and, if not, why.

    Args:
        observation: columns indicator_id, ags, year, value, obs_status, reason; one row per indicator, unit and
            year. Rows without a value are left out unless it is confidential.
        kinds: columns indicator_id, kind, family of table `indicator`. Indicators of the family
            `data` speak about our own sources, not about units, and are left out.
        seated: who is in which group.
    """
    suppressed = (pl.col("obs_status") == "Q") & (pl.col("reason") == "small_number")
    there = observation.filter(pl.col("value").is_not_null() | suppressed.fill_null(False))
    about_units = (
        kinds.filter(pl.col("family") != "data")
        .select("indicator_id", "kind", is_money=_is_money())
        .sort("indicator_id")
        .with_row_index("indicator")
    )
    first, last = _first_and_last(there["year"])
    years = last - first + 1
    causes = there["reason"].drop_nulls().unique().sort()
    indicator = pl.col("indicator_id").cast(pl.Enum(about_units["indicator_id"]), strict=False).to_physical()
    coded = there.select(
        code=indicator.cast(pl.Int64) * years + (pl.col("year") - first),
        place=seated.place(pl.col("ags")),
        value="value",
        mark=_mark(causes),
    ).drop_nulls(["code", "place"])
    codes = coded["code"].unique().sort()
    cells = (
        codes.to_frame()
        .select(indicator=(pl.col("code") // years).cast(pl.UInt32), year=pl.col("code") % years + first)
        .join(about_units, on="indicator", how="left", maintain_order="left")
        .with_row_index("cell")
    )
    rows = coded.select(
        "place",
        "mark",
        cell=pl.col("code").replace_strict(codes, cells["cell"], return_dtype=pl.UInt32),
        value=pl.when(pl.col("mark") >= 0).then("value"),
    )
    return Comparable(rows=rows, cells=cells, causes=causes)


def _first_and_last(years: pl.Series) -> tuple[int, int]:
    """Zeros where there is no year."""
    found = years.to_frame("year").select(first=pl.col("year").min(), last=pl.col("year").max()).fill_null(0)
    return found.row(0)


def _is_money() -> pl.Expr:
    """Whether a value was made of budget lines; what describes the setting comes from elsewhere."""
    share = (pl.col("kind") == "share") & pl.col("family").is_in(SHARES_OF_MONEY)
    return ((pl.col("kind") == "money") & (pl.col("family") != "context")) | share


def _mark(causes: pl.Series) -> pl.Expr:
    """What a value is marked with, see `Comparable`."""
    steps = causes.len() + 1
    of_status = [
        rank * steps + causes.len() if code in COMPARED_STATUSES else -1 if code == "D" else -2
        for rank, code in enumerate(CASCADE)
    ]
    status = pl.col("obs_status").cast(pl.Enum(CASCADE)).to_physical()
    cause = pl.col("reason").cast(pl.Enum(causes)).to_physical().cast(pl.Int32).fill_null(causes.len())
    mark = pl.lit(pl.Series(of_status, dtype=pl.Int32)).gather(status)
    return (
        pl.when(pl.col("value").is_null()).then(SUPPRESSED).when(mark < 0).then(mark).otherwise(mark - cause)
    )
