"""What kind of place a municipality or district is, by official typologies."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract

CONTRACT = Contract(
    table="peer_attribute",
    description="Settlement type, RegioStaR and similar classes of a unit at a date, in long form",
    key=("ags", "attribute", "reference_date"),
    sort=("attribute", "ags", "reference_date"),
    columns={
        "ags": Column(
            dtype=pl.String,
            description="Official key: municipality 8 digits, district 5",
            pattern=r"\d{5}|\d{8}",
        ),
        "attribute": Column(dtype=pl.String, description="Typology", pattern=r"[a-z0-9_]+"),
        "code": Column(dtype=pl.String, nullable=True, description="Class; null where the provider has none"),
        "label": Column(dtype=pl.String, nullable=True, description="Class in the provider's words"),
        "reference_date": Column(dtype=pl.Date, description="Territory and date the classes hold for"),
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
