"""Source records that were not turned into a partnership, each with its reason."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract

CONTRACT = Contract(
    table="partnership_review",
    description="Partnership records left out or waiting for a person, with the reason and the candidates",
    key=("review_id",),
    sort=("review_id",),
    columns={
        "review_id": Column(dtype=pl.String, description="Key of the row: source, locator and end"),
        "source_id": Column(dtype=pl.String, description="Source", references="source.source_id"),
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
