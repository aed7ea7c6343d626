"""Activities of development cooperation whose text may name a German municipality: for a person to look at."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract
from quality.fields import FROM_FILE, SOURCE

CONTRACT = Contract(
    table="iati_candidate",
    description="Mentions of what may be a German unit in IATI activities; candidates only, never a fact",
    key=("candidate_id",),
    sort=("candidate_id",),
    published=False,
    columns={
        "candidate_id": Column(dtype=pl.String, description="Key: activity, place in it and name"),
        "activity_id": Column(dtype=pl.String, description="IATI identifier of the activity"),
        "title": Column(dtype=pl.String, nullable=True, description="Title, German where there is one"),
        "participating_organisations": Column(
            dtype=pl.String, nullable=True, description="Names of the organisations taking part"
        ),
        "recipient_countries": Column(
            dtype=pl.String, nullable=True, description="ISO 3166-1 alpha-2 codes, blank separated"
        ),
        "year": Column(
            dtype=pl.Int64, nullable=True, description="Year the activity starts", minimum=1950, maximum=2100
        ),
        "commitments_cents": Column(
            dtype=pl.Int64,
            nullable=True,
            description="Sum of commitments; null without one currency",
            unit="cent",
        ),
        "disbursements_cents": Column(
            dtype=pl.Int64,
            nullable=True,
            description="Sum of disbursements; null without one currency",
            unit="cent",
        ),
        "currency": Column(
            dtype=pl.String, nullable=True, description="Currency of all values", pattern=r"[A-Z]{3}"
        ),
        "found_in": Column(
            dtype=pl.String,
            description="Where the name stands",
            allowed=("organisation", "title", "description"),
        ),
        "matched_name": Column(dtype=pl.String, description="The name as the text has it"),
        "candidates": Column(dtype=pl.String, description="Keys that could be meant"),
        "score": Column(
            dtype=pl.Float64,
            description="How likely the unit is meant, 1 is certain",
            minimum=0.0,
            maximum=1.0,
        ),
        "source_id": SOURCE,
        **FROM_FILE,
    },
)
