"""Territorial units with validity: what a key means, and when."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract

CONTRACT = Contract(
    table="municipality",
    description="Territorial units of all levels with validity, from all register editions read",
    key=("ags",),
    sort=("ags",),
    columns={
        "ags": Column(
            dtype=pl.String,
            description="Official key of the unit: municipality 8 digits (AGS), association 9, district 5, Land 2, DG for Germany",
            pattern=r"DG|\d{2}|\d{5}|\d{8}|\d{9}",
        ),
        "ars": Column(
            dtype=pl.String,
            nullable=True,
            description="Regional key ARS, 12 digits, municipalities only",
            pattern=r"\d{12}",
        ),
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
        "snapshot_id": Column(
            dtype=pl.String,
            description="SHA-256 of the bytes this row was read from",
            pattern="[0-9a-f]{64}",
            references="snapshot.snapshot_id",
        ),
        "locator": Column(
            dtype=pl.String, description="Place inside the file: line, sheet and row, or key path"
        ),
        "raw_text": Column(dtype=pl.String, description="The record as the provider wrote it"),
    },
)
