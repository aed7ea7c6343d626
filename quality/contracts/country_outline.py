"""Outlines of countries, for the map of partnerships."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract
from quality.fields import FROM_FILE

CONTRACT = Contract(
    table="country_outline",
    description="One outline per country, all its parts together, as GeoJSON in degrees (WGS 84), generalised by the provider",
    key=("country",),
    sort=("country",),
    published=False,
    columns={
        "country": Column(
            dtype=pl.String, description="ISO 3166-1 alpha-3 code (XKX for Kosovo)", pattern=r"[A-Z]{3}"
        ),
        "geometry": Column(dtype=pl.String, description="Outline as GeoJSON MultiPolygon"),
        "points": Column(dtype=pl.Int64, description="Points of the outline", minimum=4),
        **FROM_FILE,
    },
)
