"""Source records that were not turned into a partnership, each with its reason."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract
from quality.fields import FROM_FILE, SOURCE

CONTRACT = Contract(
    table="partnership_review",
    description="Partnership records left out or waiting for a person, with the reason and the candidates",
    key=("review_id",),
    sort=("review_id",),
    columns={
        "review_id": Column(dtype=pl.String, description="Key of the row: source, locator and end"),
        "source_id": SOURCE,
        "outcome": Column(
            dtype=pl.String,
            description="What became of the record",
            allowed=(
                "ambiguous",
                "not_found",
                "inside_germany",
                "abroad_both_ends",
                "no_country",
                "historical_unit",
                "not_a_municipality",
                "repeated",
            ),
        ),
        "german_name": Column(dtype=pl.String, nullable=True, description="German end as written"),
        "partner_name": Column(dtype=pl.String, nullable=True, description="Other end as written"),
        "partner_country_text": Column(dtype=pl.String, nullable=True, description="Country as written"),
        "candidates": Column(
            dtype=pl.String, nullable=True, description="Keys that could be meant, best first, with score"
        ),
        "explanation": Column(dtype=pl.String, description="Why no decision was taken by machine"),
        **FROM_FILE,
    },
)
