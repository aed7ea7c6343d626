"""Figures of other providers on German units, beside which our indicators can be read."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract, Rule

CONTRACT = Contract(
    table="context_series",
    description="Figures on German units taken over from other providers: one row per indicator, unit and year",
    key=("source_id", "indicator", "ags", "year"),
    sort=("indicator", "ags", "year"),
    columns={
        "indicator": Column(dtype=pl.String, description="Name of the indicator in the provider's addresses"),
        "ags": Column(
            dtype=pl.String,
            description="Official key of the unit: municipality 8 digits (AGS), association 9, district 5, Land 2, DG for Germany",
            pattern=r"DG|\d{2}|\d{5}|\d{8}|\d{9}",
            references="municipality.ags",
        ),
        "ars": Column(
            dtype=pl.String,
            nullable=True,
            description="Regional key ARS, 12 digits, municipalities only",
            pattern=r"\d{12}",
        ),
        "year": Column(dtype=pl.Int64, description="Year the figure describes", minimum=1990, maximum=2100),
        "value": Column(dtype=pl.Float64, nullable=True, description="Figure in the unit stated"),
        "unit": Column(dtype=pl.String, nullable=True, description="Unit as the provider writes it"),
        "obs_status": Column(
            dtype=pl.String,
            description="A normal value, E mid-point of a class, O missing at the provider",
            allowed=("A", "E", "O"),
        ),
        "is_class_midpoint": Column(
            dtype=pl.Boolean, description="True where the value is the middle of a published class"
        ),
        "definition_id": Column(
            dtype=pl.String,
            description="Wording the figure follows",
            references="context_definition.definition_id",
        ),
        "source_id": Column(dtype=pl.String, description="Source", references="source.source_id"),
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
    rules=(
        Rule(
            name="value_or_missing",
            good=pl.col("value").is_null() == (pl.col("obs_status") == "O"),
            remedy="A missing figure carries status O and no value; a figure carries A or E.",
        ),
    ),
)
