"""The catalogue of indicators as data."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract, Rule
from quality.status import Text

CONTRACT = Contract(
    table="indicator",
    description="Indicators: texts, formula, unit, direction, metadata concepts",
    key=("indicator_id",),
    sort=("number", "label"),
    columns={
        "indicator_id": Column(dtype=pl.String, description="Identifier", pattern=r"[a-z0-9_]+"),
        "number": Column(dtype=pl.Int64, description="Number in the catalogue"),
        "label": Column(dtype=pl.String, description="Number as printed, with its letter where it has one"),
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
            description="Form of the number; balance may be negative, score is 0 to 100 points, level an ordinal step",
            allowed=("money", "balance", "share", "count", "rate", "binary", "score", "level"),
        ),
        "direction": Column(
            dtype=pl.String,
            description="higher, lower or none: which way is better",
            allowed=("higher", "lower", "none"),
        ),
        "definition_version": Column(dtype=pl.String, description="Version of the definition"),
        "is_core": Column(dtype=pl.Boolean, description="Belongs to the core set of release 1"),
        "is_context": Column(
            dtype=pl.Boolean,
            description="Describes the setting only; never counts as available data on SDG 17",
        ),
        "goal": Column(
            dtype=pl.Int64,
            nullable=True,
            description="SDG it belongs to; for context indicators the one others file it under, null for none",
            minimum=1,
            maximum=17,
        ),
        "absence_status": Column(
            dtype=pl.String,
            nullable=True,
            description="Set where no municipality can have a value and no observations exist: L or M",
            allowed=("L", "M"),
        ),
        "absence_de": Column(dtype=pl.String, nullable=True, description="Why it cannot be computed, German"),
        "absence_en": Column(
            dtype=pl.String, nullable=True, description="Why it cannot be computed, English"
        ),
        "metadata": Column(dtype=pl.String, description="SDMX metadata concepts as JSON"),
    },
    rules=(
        Rule(
            name="formula_or_reason",
            good=pl.col("formula").is_null() == pl.col("absence_status").is_not_null(),
            says=Text(
                de="ein Indikator hat eine Formel oder sagt, warum nicht",
                en="an indicator has a formula or says why not",
            ),
            remedy=Text(
                de="Der Katalog nennt eine Formel, oder warum es keine gibt.",
                en="An indicator has a formula, or says in the catalogue why it has none.",
            ),
        ),
    ),
)
