"""What several editions of the register say together: which unit existed when.

Belongs here: bringing editions into one row per unit with validity. Does not belong here: reading
an edition, or why a unit changed (changes and successors are a source of their own).

Validity is known only as finely as the editions lie apart: `valid_from` is the first edition that
lists a unit (it may be older), `valid_to` the first edition that no longer lists it.
"""

from __future__ import annotations

import polars as pl

from quality.contracts import CONTRACTS

INDEPENDENT_CITY = ("41", "42")
"""Textkennzeichen of districts that are one city: kreisfreie Stadt, Stadtkreis."""


def municipalities(register_unit: pl.DataFrame) -> pl.DataFrame:
    """One row of `municipality` per key, described as in the newest edition that lists it.

    Coordinates and degree of urbanisation come from the newest edition that states them. Where one
    key is listed under two names over time, the newest name stands.
    """
    if register_unit.is_empty():
        return CONTRACTS["municipality"].empty()
    editions = register_unit.select("territory_date").unique().sort("territory_date")
    following = editions.with_columns(next_edition=pl.col("territory_date").shift(-1))
    ordered = register_unit.sort("ags", "territory_date")
    newest = ordered.group_by("ags", maintain_order=True).last()
    stated = ordered.group_by("ags").agg(
        pl.col("longitude").drop_nulls().last(),
        pl.col("latitude").drop_nulls().last(),
        pl.col("urbanisation").drop_nulls().last(),
        valid_from=pl.col("territory_date").min(),
    )
    return (
        newest.drop("longitude", "latitude", "urbanisation")
        .join(stated, on="ags", how="left")
        .join(following, on="territory_date", how="left")
        .rename({"next_edition": "valid_to"})
        .join(_independent(newest), on="ags", how="left")
        .with_columns(pl.col("is_independent_city").fill_null(False))
        .select(list(CONTRACTS["municipality"].columns))
        .sort("ags")
    )


def _independent(units: pl.DataFrame) -> pl.DataFrame:
    """Keys of cities that are their own district: the district's row and the city's row."""
    districts = units.filter(
        pl.col("level") == "district", pl.col("type_code").is_in(list(INDEPENDENT_CITY))
    ).select("district")
    both = units.filter(
        pl.col("level").is_in(["district", "municipality"]), ~pl.col("is_unincorporated")
    ).join(districts, on="district", how="semi")
    return both.select("ags", is_independent_city=pl.lit(True))
