"""Different partner places behind a sum of partnerships.

Belongs here: counting places once where several units have a partnership with the same one. Does not
belong here: the sum of partnerships (`indicators/comparison/aggregate.py`).

The same place is recognised by country and normalised name, as in the key of a partnership. A place
that two sources spell so differently that the merge kept them apart counts twice; the number is
therefore at most that much too high, and never a sum of the units' numbers.
"""

from __future__ import annotations

import polars as pl

from indicators.comparison.aggregate import CELL
from indicators.comparison.comparable import COMPARED_STATUSES
from indicators.formula import measures_of
from indicators.indicator import Indicator

CLAIM = "partnership_claim"


def distinct_partners(inputs: pl.LazyFrame, claims: pl.DataFrame, inside: pl.DataFrame) -> pl.DataFrame:
    """Different partner places by measure and area.

    Args:
        inputs: table `measure_input`.
        claims: table `partnership_claim` (claim_id, partnership_id).
        inside: what `areas` returns.

    Returns:
        Columns of `CELL`, measure_id, distinct_partners.
    """
    counted = inputs.filter(
        pl.col("input_table") == CLAIM,
        pl.col("contribution") > 0,
        pl.col("obs_status").is_in(list(COMPARED_STATUSES)),
    ).select("measure_id", "ags", "year", claim_id="input_id")
    places = (
        counted.join(claims.lazy().select("claim_id", "partnership_id"), on="claim_id", how="inner")
        .with_columns(place=pl.col("partnership_id").str.replace(r"^[0-9]+-", ""))
        .select("measure_id", "ags", "year", "place")
        .collect()
    )
    return (
        places.join(inside.select("area_id", "area_kind", "level", "ags"), on="ags", how="inner")
        .group_by(*CELL, "measure_id")
        .agg(distinct_partners=pl.col("place").n_unique().cast(pl.Int64))
    )


def with_partners(cells: pl.DataFrame, indicator: Indicator, partners: pl.DataFrame) -> pl.DataFrame:
    """Sums with the number of different partner places beside; null where nothing is a partnership."""
    names = measures_of(indicator)
    if indicator.kind != "count" or len(names) != 1:
        return cells.with_columns(distinct_partners=pl.lit(None, pl.Int64))
    own = partners.filter(pl.col("measure_id") == names[0]).drop("measure_id")
    return cells.join(own, on=CELL, how="left")
