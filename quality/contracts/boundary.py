"""Outlines of municipalities and districts, for maps."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract

CONTRACT = Contract(
    table="boundary",
    description="One outline per unit, all its parts together, as GeoJSON in degrees (WGS 84), generalised by the provider",
    key=("ags",),
    sort=("ags",),
    published=False,
    columns={
        "ags": Column(
            dtype=pl.String,
            description="Official key: municipality 8 digits, district 5",
            pattern=r"\d{5}|\d{8}",
        ),
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
