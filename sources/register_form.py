"""The form every edition of the register of municipalities is brought into.

Belongs here: keys, levels and the two tables (`register_unit`, `population`) made from fields that
all editions share. Does not belong here: the layout of one edition (`gv100ad.py`,
`register_extract.py`) or the comparison of editions (`register_history.py`).

Keys (Destatis): AGS = Land 2, Regierungsbezirk 1, Kreis 2, Gemeinde 3. ARS inserts the association
(4 digits) before the municipality. An association is named by the first 9 digits of the ARS.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from quality.contracts import CONTRACTS

LEVEL_BY_RECORD_TYPE = {"10": "land", "40": "district", "50": "association", "60": "municipality"}
"""Satzart to level. Satzart 20 and 30 (Regierungsbezirk, Region) are no units of this system."""

UNINCORPORATED = ("65", "66")
"""Textkennzeichen of gemeindefreie Gebiete: inhabited and uninhabited areas without a council."""

LAST_DATE_CENSUS_2011 = date(2023, 12, 31)
"""The register carried population forward from the census of 2011 up to this date."""

FIELDS = (
    "record_type",
    "land",
    "government_region",
    "district_part",
    "association_part",
    "municipality_part",
    "type_code",
    "name",
    "area_hectare",
    "inhabitants",
    "longitude",
    "latitude",
    "urbanisation",
    "snapshot_id",
    "locator",
    "raw_text",
)
"""What a layout must deliver: text keys (empty where not given), numbers, and provenance."""


def census_base(reference_date: date) -> str:
    """Census a register figure of this date is carried forward from."""
    return "census_2011" if reference_date <= LAST_DATE_CENSUS_2011 else "census_2022"


def units(fields: pl.DataFrame, territory_date: date) -> pl.DataFrame:
    """One row of `register_unit` per municipality, association, district and Land."""
    land, district = pl.col("land"), pl.col("land") + pl.col("government_region") + pl.col("district_part")
    association = district + pl.col("association_part")
    level = pl.col("record_type").replace_strict(LEVEL_BY_RECORD_TYPE, default=None, return_dtype=pl.String)
    key = (
        pl.when(level == "land")
        .then(land)
        .when(level == "district")
        .then(district)
        .when(level == "association")
        .then(association)
        .when(level == "municipality")
        .then(district + pl.col("municipality_part"))
    )
    is_municipality = level == "municipality"
    below_land = level != "land"
    # Waters and common territory outside every district: 07000999, 13000999 and their associations.
    outside = (pl.col("government_region") + pl.col("district_part") == "000") & (
        pl.col("association_part") == "9999"
    )
    has_association = is_municipality | (level == "association")
    return (
        fields.filter(level.is_not_null())
        .with_columns(
            ags=key,
            territory_date=pl.lit(territory_date),
            level=level,
            ars=pl.when(is_municipality).then(association + pl.col("municipality_part")),
            type_code=pl.col("type_code").replace("", None),
            is_unincorporated=pl.col("type_code").is_in(list(UNINCORPORATED)),
            district=pl.when(below_land & ~outside).then(district),
            association=pl.when(has_association).then(association),
        )
        .select(list(CONTRACTS["register_unit"].columns))
    )


def population(fields: pl.DataFrame, territory_date: date, reference_date: date) -> pl.DataFrame:
    """Inhabitants of each municipality as printed, and of districts and Länder as their sum.

    Sums name the number of municipalities they add up instead of a place in the file; inhabited
    unincorporated areas are part of them, as in the official totals.
    """
    municipalities = fields.filter(pl.col("record_type") == "60", pl.col("inhabitants").is_not_null())
    district = pl.col("land") + pl.col("government_region") + pl.col("district_part")
    printed = municipalities.select(
        (district + pl.col("municipality_part")).alias("ags"),
        "inhabitants",
        "snapshot_id",
        "locator",
        "raw_text",
    )
    summed = pl.concat(
        municipalities.group_by(key.alias("ags"), "snapshot_id").agg(
            inhabitants=pl.col("inhabitants").sum(),
            locator=pl.format("sum of {} municipalities", pl.len()),
            raw_text=pl.format("sum of the inhabitants of {} municipalities", pl.len()),
        )
        for key in (district, pl.col("land"))
    ).select(printed.columns)
    # An area outside every district (07000999) has a district part that names no district.
    summed = summed.join(units(fields, territory_date), on="ags", how="semi")
    base = census_base(reference_date)
    return (
        pl.concat([printed, summed])
        .with_columns(
            population_id=pl.format(
                "{}/{}/{}/{}", "ags", pl.lit(str(reference_date)), pl.lit(base), pl.lit(str(territory_date))
            ),
            reference_date=pl.lit(reference_date),
            census_base=pl.lit(base),
            territory_date=pl.lit(territory_date),
        )
        .select(list(CONTRACTS["population"].columns))
    )
