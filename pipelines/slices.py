"""Large tables in slices of whole municipalities, so that memory does not grow with them.

Belongs here: which units make a slice, and the tables cut down to it. Does not belong here: what is made of a
slice, or putting the results together (`pipelines/growing.py`).

What is made of budgets rests on the lines of one unit alone: totals, phases, rules and own statements never
look at another one. Slices of whole units therefore give, one after the other, the rows that all of them
together would give.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from indicators.portions import portions

UNIT = "ags"
AT_ONCE = 400_000
"""Rows of large tables in a slice: what is made of them stays well below a gigabyte."""
THROUGH: Mapping[str, tuple[str, str]] = {"line_tag": ("rule_id", "spending_rule")}
"""Tables without a unit of their own: the column that leads to one, and the table it leads to."""


@dataclass(frozen=True, kw_only=True)
class Span:
    """Units from one key to another, both among them."""

    first: str
    last: str

    def holds(self) -> pl.Expr:
        """True for rows of these units."""
        return pl.col(UNIT).is_between(pl.lit(self.first), pl.lit(self.last))


def sliced(
    tables: Mapping[str, pl.LazyFrame], large: Sequence[str], most: int = AT_ONCE
) -> Iterator[dict[str, pl.LazyFrame]]:
    """The tables, cut down to one slice of units after the other, in ascending order.

    Args:
        tables: name to table.
        large: those that decide how large slices are; each has a column ags.
        most: rows of a slice, over the large tables.

    Yields:
        The tables of each slice; once the tables as they are where the large ones are empty or there are none.
    """
    found = spans([tables[name] for name in large], most) if large else []
    if not found:
        yield dict(tables)
    for span in found:
        yield cut(tables, span)


def spans(large: Sequence[pl.LazyFrame], most: int) -> list[Span]:
    """The units of some tables in ascending order, in slices of at most so many rows.

    A unit that has more rows by itself is a slice by itself.

    Args:
        large: tables with a column ags.
        most: rows of a slice, over all these tables.

    Returns:
        Slices in ascending order, without overlap; none where the tables are empty.
    """
    counts = (
        pl.concat([table.group_by(UNIT).agg(rows=pl.len().cast(pl.Int64)) for table in large])
        .group_by(UNIT)
        .agg(pl.col("rows").sum())
        .sort(UNIT)
        .collect(engine="streaming")
    )
    found: list[list[str]] = portions(counts.iter_rows(), most)
    return [Span(first=units[0], last=units[-1]) for units in found]


def cut(tables: Mapping[str, pl.LazyFrame], span: Span) -> dict[str, pl.LazyFrame]:
    """The tables as far as they speak of the units of a slice; tables that speak of none stay whole."""
    own = {
        name: table.filter(span.holds()) if UNIT in table.collect_schema() else table
        for name, table in tables.items()
    }
    for name, (column, leads_to) in THROUGH.items():
        if name in own and leads_to in own:
            keys = own[leads_to].select(column).unique().collect().to_series()
            own[name] = own[name].filter(pl.col(column).is_in(keys.implode()))
    return own
