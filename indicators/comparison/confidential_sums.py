"""Sums with confidential values in them: withheld, or published with the confidential part rounded.

Belongs here: applying the test of `indicators/comparison/disclosure.py` to the sums of all indicators
at once, because two indicators may rest on the same measure. Does not belong here: the test itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from indicators.comparison.aggregate import CELL
from indicators.comparison.disclosure import Cell, Published, rounded
from indicators.measure import Measure

ORDER = ("federation", "land", "peer_group")
"""Sums are asked from the one most people need to the one fewest do."""


WITHHELD = "complementary"
"""Reason of every sum that is withheld."""


@dataclass(frozen=True, kw_only=True)
class Summed:
    """The sums of one indicator before anything is withheld, and the units they are of."""

    indicator_id: str
    cells: pl.DataFrame
    """What `sums` returns."""
    secret: pl.DataFrame
    """Columns of `CELL` and ags: units in the sum whose own value is confidential."""


def withhold(
    found: Sequence[Summed],
    sealed: pl.DataFrame,
    declared: Mapping[str, Measure],
    smallest: Mapping[str, int],
) -> dict[str, pl.DataFrame]:
    """Decide over the sums of all indicators together.

    Args:
        found: sums by indicator, in the order of the catalogue.
        sealed: confidential rows of `measure` with their values.
        declared: measure id to declaration.
        smallest: measure id to the smallest value that may be published.

    Returns:
        Indicator id to its sums with column `withheld`: null where the sum may be published, else
        `complementary`, whether the sum is a number of so few persons itself or would let confidential
        values be computed. It does not say which: of two units whose sum is known to be small, each
        could tell how small the other is. Published sums have the confidential part of their measures
        rounded to multiples of the limit.
    """
    published: dict[tuple[str, int], Published] = {}
    return {each.indicator_id: _decided(each, sealed, declared, smallest, published) for each in found}


def _decided(
    summed: Summed,
    sealed: pl.DataFrame,
    declared: Mapping[str, Measure],
    smallest: Mapping[str, int],
    published: dict[tuple[str, int], Published],
) -> pl.DataFrame:
    names = [name for name in smallest if name in summed.cells.columns]
    if not names:
        return summed.cells.with_columns(withheld=pl.lit(None, pl.String))
    secrets = _secrets(summed, sealed, names)
    rows = summed.cells.sort(
        pl.col("area_kind").replace_strict({kind: place for place, kind in enumerate(ORDER)}),
        "area_id",
        "level",
        "year",
    ).to_dicts()
    for row in rows:
        inside = {name: secrets.get((*(row[part] for part in CELL), name), {}) for name in names}
        row["withheld"] = _why_withheld(row, inside, declared, smallest, published)
        for name in names:
            kept_back = sum(inside[name].values())
            row[name] += rounded(kept_back, smallest[name]) - kept_back
    return pl.DataFrame(rows, schema={**summed.cells.schema, "withheld": pl.String})


def _secrets(
    summed: Summed, sealed: pl.DataFrame, names: Sequence[str]
) -> dict[tuple[object, ...], dict[str, int]]:
    """Area, level, year and measure to the confidential values in that sum, by unit."""
    hidden = sealed.filter(pl.col("measure_id").is_in(list(names)), pl.col("phase") != "plan").select(
        "ags", "year", "measure_id", "value"
    )
    found: dict[tuple[object, ...], dict[str, int]] = {}
    rows = summed.secret.join(hidden, on=["ags", "year"], how="inner")
    for row in rows.select(*CELL, "measure_id", "ags", "value").iter_rows():
        found.setdefault(row[:-2], {})[row[-2]] = row[-1]
    return found


def _why_withheld(
    row: Mapping[str, object],
    inside: Mapping[str, Mapping[str, int]],
    declared: Mapping[str, Measure],
    smallest: Mapping[str, int],
    published: dict[tuple[str, int], Published],
) -> str | None:
    """Null if the sum may be published; it then counts as published for those that follow."""
    if any(0 < int(str(row[name])) < smallest[name] for name in inside):
        return WITHHELD
    key = tuple(row[part] for part in CELL)
    asked = []
    for name, values in inside.items():
        if values:
            place = (name, int(str(row["year"])))
            fresh = Published(limit=smallest[name], per_person=declared[name].per_person)
            asked.append((published.setdefault(place, fresh), Cell(key=key, values=values)))
    if not all(so_far.allows(cell) for so_far, cell in asked):
        return WITHHELD
    for so_far, cell in asked:
        so_far.add(cell)
    return None
