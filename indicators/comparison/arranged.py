"""Values in the order of indicator, year and group, so that the values of a group stand side by side.

Belongs here: who sits where, and reading values in that order. Does not belong here: what is said of a group
(`indicators/comparison/statistic.py`) or of one unit in it (`indicators/comparison/position.py`).

Every value is in as many groups as there are rules. Looking up its groups and gathering the groups again, value
by value, costs more than all statistics. But who is in a group is the same for every indicator and year. So the
members stand in the order of their groups once; the values of one indicator and year stand in a row of places,
one per unit; and reading that row in the order of the members gives all groups, one after the other. Nothing is
searched, hashed or sorted per value and group.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

_ROWS = 250_000
"""Members read at one time: what fits the processor's own memory, and flat for any number of values."""


@dataclass(frozen=True, kw_only=True)
class Seating:
    """Who is in which group, in numbers.

    A unit's place is its number among all members in the order of their keys. `groups` is table `peer_group`
    in the order of group_id with column group, counted from 0. `members` has columns group, place and population, in
    the order of group and place.
    """

    units: pl.Series
    groups: pl.DataFrame
    members: pl.DataFrame

    def place(self, ags: pl.Expr) -> pl.Expr:
        """The place of a unit; null for a unit in no group."""
        return ags.cast(pl.Enum(self.units), strict=False).to_physical().alias("place")


def seating(groups: pl.DataFrame, members: pl.DataFrame, units: pl.DataFrame) -> Seating:
    """Number groups and members.

    Args:
        groups: table `peer_group`.
        members: table `peer_member`.
        units: columns ags, population.
    """
    numbered = groups.sort("group_id").with_row_index("group")
    places = members["ags"].unique().sort()
    seated = (
        members.join(numbered.select("group_id", "group"), on="group_id", how="inner")
        .join(units.select("ags", "population"), on="ags", how="left")
        .join(places.to_frame().with_row_index("place"), on="ags")
        .select("group", "place", "population")
        .sort("group", "place")
    )
    return Seating(units=places, groups=numbered, members=seated)


def arranged(rows: pl.DataFrame, cells: int, seated: Seating) -> Iterator[pl.DataFrame]:
    """What is known of every indicator and year, once per group of the unit, in batches.

    Args:
        rows: columns cell (number of indicator and year, counted from 0), place, value, mark; one row per cell
            and place.
        cells: how many there are.
        seated: the groups.

    Yields:
        Columns cell, group, key (one number for both, in ascending order), place, population, value, mark; a cell
        is never in two of the batches. There is one batch at least.
    """
    taken = seated.members.join(rows.select("place").unique(), on="place", how="semi", maintain_order="left")
    width, groups = seated.units.len(), seated.groups.height
    at = rows.select(pl.col("cell").cast(pl.Int64) * width + pl.col("place")).to_series()
    value, mark = (_in_places(rows[name], at, cells * width) for name in ("value", "mark"))
    at_once = min(cells, max(1, _ROWS // max(1, taken.height)))
    read = _reading(taken, at_once, width, groups)
    for first in range(0, max(1, cells), max(1, at_once)):
        number = min(at_once, cells - first)
        order, start = read.head(number * taken.height), first * width
        yield (
            order.with_columns(
                value=value.slice(start, number * width).gather(order["at"]),
                mark=mark.slice(start, number * width).gather(order["at"]),
            )
            .filter(pl.col("mark").is_not_null())
            .with_columns(pl.col("cell") + first, key=(pl.col("key") + first * groups).set_sorted())
            .drop("at")
        )


def _in_places(known: pl.Series, at: pl.Series, places: int) -> pl.Series:
    """For every cell and place, one after the other, what is known of it; null where nothing is."""
    return pl.repeat(None, places, dtype=known.dtype, eager=True).scatter(at, known)


def _reading(taken: pl.DataFrame, cells: int, width: int, groups: int) -> pl.DataFrame:
    """In which order the places of so many cells are read: `at` is where, the others what is read there."""
    numbers = pl.int_range(cells, dtype=pl.UInt32, eager=True).alias("cell").to_frame()
    return numbers.join(taken, how="cross").with_columns(
        key=pl.col("cell").cast(pl.UInt64) * groups + pl.col("group"),
        at=pl.col("cell") * width + pl.col("place"),
    )
