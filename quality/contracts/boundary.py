"""Outlines of municipalities and districts, for maps."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract
from quality.fields import FROM_FILE, MUNICIPALITY_OR_DISTRICT

CONTRACT = Contract(
    table="boundary",
    description="One outline per unit, all its parts together, as GeoJSON in degrees (WGS 84), generalised by the provider",
    key=("ags",),
    sort=("ags",),
    published=False,
    columns={
        "ags": MUNICIPALITY_OR_DISTRICT,
        "level": Column(
            dtype=pl.String, description="Level of the unit", allowed=("municipality", "district")
        ),
        "name": Column(dtype=pl.String, description="Name in the file of boundaries"),
        "geometry_kind": Column(
            dtype=pl.String,
            nullable=True,
            description="Form of the outline; null where the file has none",
            allowed=("Polygon", "MultiPolygon"),
        ),
        "geometry": Column(dtype=pl.String, nullable=True, description="Outline as GeoJSON"),
        "parts": Column(
            dtype=pl.Int64, description="Records of the file put together (land and water apart)", minimum=1
        ),
        "points": Column(dtype=pl.Int64, description="Points of the outline", minimum=0),
        **FROM_FILE,
    },
)
