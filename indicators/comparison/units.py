"""The units that may be compared, one row each, with everything the rules ask of them.

Belongs here: which units take part at which level. Does not belong here: how they are grouped
(`indicators/comparison/groups.py`).

Only units that exist today take part. Areas without a municipality never do. A city that is its own
district is one unit with two roles and stands among the municipalities alone, so Berlin and Hamburg
count once there and Bremen's two cities twice. An association that is only the other name of one
municipality (Textkennzeichen 50) is that municipality.
"""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

ONE_MUNICIPALITY = "50"
"""Textkennzeichen of an association that consists of one municipality by itself."""

LEVELS = ("municipality", "association", "district", "land")
"""Levels at which there is a comparison, each only with itself."""


def comparison_units(
    municipality: pl.DataFrame,
    population: pl.DataFrame,
    peer_attribute: pl.DataFrame,
    attributes: Iterable[str],
) -> pl.DataFrame:
    """Units by level with their traits.

    Args:
        municipality: table `municipality`.
        population: table `population`.
        peer_attribute: table `peer_attribute`; of several dates the newest counts.
        attributes: typologies to add as columns of their own.

    Returns:
        Columns ags, level, name, land, is_independent_city, urbanisation, population (inhabitants,
        the newest figure; null where none is known), population_date, and one per attribute.
    """
    live = municipality.filter(pl.col("valid_to").is_null(), ~pl.col("is_unincorporated"))
    is_compared = (
        pl.col("level").is_in(["municipality", "land"])
        | ((pl.col("level") == "district") & ~pl.col("is_independent_city"))
        | ((pl.col("level") == "association") & (pl.col("type_code") != ONE_MUNICIPALITY).fill_null(False))
    )
    units = live.filter(is_compared).select(
        "ags",
        "level",
        "name",
        land=pl.coalesce("land", pl.col("ags").str.head(2)),
        is_independent_city="is_independent_city",
        urbanisation="urbanisation",
    )
    units = units.join(_inhabitants(live, population), on="ags", how="left")
    for attribute in dict.fromkeys(attributes):
        units = units.join(_newest(peer_attribute, attribute), on="ags", how="left")
    return units.sort("ags")


def _inhabitants(live: pl.DataFrame, population: pl.DataFrame) -> pl.DataFrame:
    """Newest figure of each unit; of an association the sum of its members where all are known."""
    newest = (
        population.sort("reference_date", "territory_date", "census_base")
        .group_by("ags")
        .agg(population=pl.col("inhabitants").last(), population_date=pl.col("reference_date").last())
    )
    members = live.filter(pl.col("level") == "municipality", pl.col("association").is_not_null())
    together = (
        members.join(newest, on="ags", how="left")
        .group_by(ags="association")
        .agg(
            population=pl.when(pl.col("population").null_count() == 0).then(pl.col("population").sum()),
            population_date=pl.col("population_date").min(),
        )
        .join(newest, on="ags", how="anti")
    )
    return pl.concat([newest, together])


def _newest(peer_attribute: pl.DataFrame, attribute: str) -> pl.DataFrame:
    return (
        peer_attribute.filter(pl.col("attribute") == attribute)
        .sort("reference_date")
        .group_by("ags")
        .agg(pl.col("code").last().alias(attribute))
    )
