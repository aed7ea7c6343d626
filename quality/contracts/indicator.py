"""The catalogue of indicators as data."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract

CONTRACT = Contract(
    table="indicator",
    description="Indicators: texts, formula, unit, direction, metadata concepts",
    key=("indicator_id",),
    sort=("number",),
    columns={
        "indicator_id": Column(dtype=pl.String, description="Identifier", pattern=r"[a-z0-9_]+"),
        "number": Column(dtype=pl.Int64, description="Number in the catalogue"),
        "family": Column(dtype=pl.String, description="Group of indicators that share measures"),
        "name_de": Column(dtype=pl.String, description="German name"),
        "name_en": Column(dtype=pl.String, description="English name"),
        "description_de": Column(dtype=pl.String, description="What it says, German"),
        "description_en": Column(dtype=pl.String, description="What it says, English"),
        "formula": Column(
            dtype=pl.String,
            nullable=True,
            description="SQL expression over the measures of one unit and year",
        ),
        "unit_de": Column(dtype=pl.String, description="Unit, German"),
        "unit_en": Column(dtype=pl.String, description="Unit, English"),
        "decimals": Column(dtype=pl.Int64, description="Decimals when printed"),
        "kind": Column(
            dtype=pl.String,
            description="Form of the number",
            allowed=("money", "share", "count", "rate", "binary"),
        ),
        "direction": Column(
            dtype=pl.String,
            description="higher, lower or none: which way is better",
            allowed=("higher", "lower", "none"),
        ),
        "definition_version": Column(dtype=pl.String, description="Version of the definition"),
        "metadata": Column(dtype=pl.String, description="SDMX metadata concepts as JSON"),
    },
)
