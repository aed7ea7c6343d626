"""What a provider says an indicator of its own means: the wording in force when its figures were read."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract
from quality.fields import FROM_FILE, SOURCE

CONTRACT = Contract(
    table="context_definition",
    description="Wording, calculation and unit of indicators taken over from other providers, one row per wording",
    key=("definition_id",),
    sort=("indicator", "definition_id"),
    columns={
        "definition_id": Column(
            dtype=pl.String,
            description="Key: indicator and a hash of its wording; it changes whenever the provider rewords",
        ),
        "indicator": Column(dtype=pl.String, description="Name of the indicator in the provider's addresses"),
        "title": Column(dtype=pl.String, description="Title as the provider writes it"),
        "unit": Column(dtype=pl.String, nullable=True, description="Unit as the provider writes it"),
        "calculation": Column(
            dtype=pl.String, nullable=True, description="How the provider says it computes the figure"
        ),
        "explanation": Column(dtype=pl.String, nullable=True, description="What the provider says it tells"),
        "hint": Column(dtype=pl.String, nullable=True, description="Caveats of the provider"),
        "original_source": Column(
            dtype=pl.String, nullable=True, description="Where the provider has the figures from"
        ),
        "is_classified": Column(
            dtype=pl.Boolean,
            description="True where the provider publishes classes and values are mid-points",
        ),
        "source_id": SOURCE,
        **FROM_FILE,
    },
)
