"""One unit in two roles: inhabitants an independent city or an association is known by elsewhere.

Belongs here: population rows that count for a unit although they stand under another key. Does not
belong here: which of several dates and bases is taken (`indicators/measures/population.py`).

An independent city is its own district: a figure printed for the district is that of the city. It
is used where the city itself has none of that date and census base, so no inhabitant counts twice.

An association of municipalities is the sum of its members. It is formed only where every live
member has a figure of the same date, base and territory; a part of an association is no figure.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw

from indicators.measure import Lazy

SAME_FIGURE = ("reference_date", "census_base", "territory_date")


def of_all_roles(population: Lazy, municipality: Lazy) -> Lazy:
    """Rows of `population`, and beside them the rows that count for a unit in its other role.

    Args:
        population: rows of `population`.
        municipality: rows of `municipality`.
    """
    own = population.select("ags", "population_id", "inhabitants", *SAME_FIGURE, *_PROVENANCE)
    return nw.concat(
        [own, _of_cities(own, municipality), _of_associations(own, municipality)], how="vertical"
    )


_PROVENANCE = ("snapshot_id", "locator", "raw_text")


def _of_cities(population: Lazy, municipality: Lazy) -> Lazy:
    """Figures of the district of an independent city, under the key of the city."""
    cities = municipality.filter(
        nw.col("level") == "municipality", nw.col("is_independent_city"), ~nw.col("is_unincorporated")
    ).select("district", city=nw.col("ags"))
    columns = population.collect_schema().names()
    of_district = (
        population.join(cities, left_on="ags", right_on="district", how="inner")
        .with_columns(ags=nw.col("city"))
        .select(*columns)
    )
    return of_district.join(population, on=["ags", "reference_date", "census_base"], how="anti")


def _of_associations(population: Lazy, municipality: Lazy) -> Lazy:
    """Figures of the members of each association, under the key of the association, where complete."""
    members = municipality.filter(
        nw.col("level") == "municipality",
        ~nw.col("association").is_null(),
        ~nw.col("is_unincorporated"),
        nw.col("valid_to").is_null(),
    ).select("ags", "association")
    one = nw.lit(1)
    expected = (
        members.with_columns(one=one).group_by("association").agg(expected=nw.col("one").cast(nw.Int64).sum())
    )
    columns = population.collect_schema().names()
    rows = population.join(members, on="ags", how="inner").join(expected, on="association", how="inner")
    figure = ["association", *SAME_FIGURE]
    found = rows.with_columns(one=one).group_by(*figure).agg(found=nw.col("one").cast(nw.Int64).sum())
    return (
        rows.join(found, on=figure, how="inner")
        .filter(nw.col("found") == nw.col("expected"))
        .with_columns(ags=nw.col("association"))
        .select(*columns)
    )
