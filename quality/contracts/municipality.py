"""Territorial units with validity: what a key means, and when."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract
from quality.fields import ANY_UNIT, ARS, FROM_FILE

CONTRACT = Contract(
    table="municipality",
    description="Territorial units of all levels with validity, from all register editions read",
    key=("ags",),
    sort=("ags",),
    columns={
        "ags": ANY_UNIT,
        "ars": ARS,
        "level": Column(
            dtype=pl.String,
            description="Level of administration",
            allowed=("municipality", "association", "district", "land", "federation"),
        ),
        "type_code": Column(
            dtype=pl.String, nullable=True, description="Textkennzeichen of the register", pattern=r"\d{2}"
        ),
        "name": Column(dtype=pl.String, description="Official name"),
        "is_unincorporated": Column(
            dtype=pl.Boolean, description="True for areas that belong to no municipality"
        ),
        "is_independent_city": Column(
            dtype=pl.Boolean,
            description="True for a city that is its own district (both rows of the pair carry it)",
        ),
        "land": Column(dtype=pl.String, nullable=True, description="Key of the Land", pattern=r"\d{2}"),
        "district": Column(
            dtype=pl.String, nullable=True, description="Key of the district", pattern=r"\d{5}"
        ),
        "association": Column(
            dtype=pl.String,
            nullable=True,
            description="Key of the association of municipalities",
            pattern=r"\d{9}",
        ),
        "area_hectare": Column(dtype=pl.Int64, nullable=True, description="Area", unit="ha", minimum=0),
        "longitude": Column(
            dtype=pl.Float64, nullable=True, description="Longitude of the centre, WGS 84", unit="degree"
        ),
        "latitude": Column(
            dtype=pl.Float64, nullable=True, description="Latitude of the centre, WGS 84", unit="degree"
        ),
        "urbanisation": Column(
            dtype=pl.String,
            nullable=True,
            description="Degree of urbanisation: 01 cities, 02 towns, 03 rural",
            allowed=("01", "02", "03"),
        ),
        "valid_from": Column(
            dtype=pl.Date, description="First register edition that lists the unit (it may be older)"
        ),
        "valid_to": Column(
            dtype=pl.Date,
            nullable=True,
            description="First register edition that no longer lists the unit; null while the unit is live",
        ),
        "territory_date": Column(dtype=pl.Date, description="Edition the other columns are taken from"),
        **FROM_FILE,
    },
)
