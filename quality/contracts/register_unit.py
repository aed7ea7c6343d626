"""Units of the territorial register, one row per unit and register vintage."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract
from quality.fields import ANY_UNIT, ARS, FROM_FILE

CONTRACT = Contract(
    table="register_unit",
    description="Units as one edition of the official register lists them (GV100AD, Auszug GV)",
    key=("territory_date", "ags"),
    sort=("territory_date", "ags"),
    columns={
        "ags": ANY_UNIT,
        "territory_date": Column(dtype=pl.Date, description="Territorial status of the register edition"),
        "level": Column(
            dtype=pl.String,
            description="Level of administration",
            allowed=("municipality", "association", "district", "land", "federation"),
        ),
        "ars": ARS,
        "type_code": Column(
            dtype=pl.String,
            nullable=True,
            description="Textkennzeichen of the register (41 independent city ... 67 large district town)",
            pattern=r"\d{2}",
        ),
        "name": Column(dtype=pl.String, description="Official name"),
        "is_unincorporated": Column(
            dtype=pl.Boolean,
            description="True for areas that belong to no municipality (Textkennzeichen 65, 66)",
        ),
        "land": Column(
            dtype=pl.String, nullable=True, description="Key of the Land, 2 digits", pattern=r"\d{2}"
        ),
        "district": Column(
            dtype=pl.String, nullable=True, description="Key of the district, 5 digits", pattern=r"\d{5}"
        ),
        "association": Column(
            dtype=pl.String,
            nullable=True,
            description="Key of the association of municipalities, 9 digits",
            pattern=r"\d{9}",
        ),
        "area_hectare": Column(dtype=pl.Int64, nullable=True, description="Area", unit="ha", minimum=0),
        "longitude": Column(
            dtype=pl.Float64,
            nullable=True,
            description="Longitude of the centre, WGS 84",
            unit="degree",
            minimum=5.0,
            maximum=16.0,
        ),
        "latitude": Column(
            dtype=pl.Float64,
            nullable=True,
            description="Latitude of the centre, WGS 84",
            unit="degree",
            minimum=47.0,
            maximum=56.0,
        ),
        "urbanisation": Column(
            dtype=pl.String,
            nullable=True,
            description="Degree of urbanisation: 01 cities, 02 towns, 03 rural",
            allowed=("01", "02", "03"),
        ),
        **FROM_FILE,
    },
)
