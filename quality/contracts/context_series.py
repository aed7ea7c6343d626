"""Figures of other providers on German units, beside which our indicators can be read."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract, Rule
from quality.fields import ARS, FROM_FILE, SOURCE, UNIT
from quality.status import Text

CONTRACT = Contract(
    table="context_series",
    description="Figures on German units taken over from other providers: one row per indicator, unit and year",
    key=("source_id", "indicator", "ags", "year"),
    sort=("indicator", "ags", "year"),
    columns={
        "indicator": Column(dtype=pl.String, description="Name of the indicator in the provider's addresses"),
        "ags": UNIT,
        "ars": ARS,
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
        "source_id": SOURCE,
        **FROM_FILE,
    },
    rules=(
        Rule(
            name="value_or_missing",
            good=pl.col("value").is_null() == (pl.col("obs_status") == "O"),
            says=Text(de="ein Wert, oder der Status O", en="a value, or status O"),
            remedy=Text(
                de="Eine fehlende Zahl trägt Status O und keinen Wert; eine Zahl trägt A oder E.",
                en="A missing figure carries status O and no value; a figure carries A or E.",
            ),
        ),
    ),
)
