"""Titles, resolutions, concepts, posts and grants of municipalities with their validity."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract
from quality.fields import FROM_FILE, SOURCE, UNIT

CONTRACT = Contract(
    table="engagement",
    description="Titles, resolutions, concepts, posts and other engagement with validity and document",
    key=("engagement_id",),
    sort=("engagement_id",),
    columns={
        "engagement_id": Column(dtype=pl.String, description="Key of the row"),
        "ags": UNIT,
        "kind": Column(
            dtype=pl.String,
            description="What it is",
            allowed=(
                "fairtrade_town",
                "agenda_2030_resolution",
                "coordination_position",
                "coordination_position_grant_share",
                "development_policy_concept",
                "school_building_projects",
                "migration_development_body",
                "migrant_organisations_housed",
                "fair_trade_award",
                "fairtrade_schools",
                "schools",
            ),
        ),
        "value": Column(dtype=pl.Float64, description="1 yes, 0 confirmed no, or the quantity in unit"),
        "unit": Column(dtype=pl.String, description="Unit of value", allowed=("0/1", "n", "percent")),
        "valid_from": Column(
            dtype=pl.Date, nullable=True, description="Start (first day of the period stated)"
        ),
        "valid_from_text": Column(
            dtype=pl.String,
            nullable=True,
            description="Start as the document states it, with its own precision",
        ),
        "valid_to": Column(dtype=pl.Date, nullable=True, description="End (last day of the period stated)"),
        "valid_to_text": Column(dtype=pl.String, nullable=True, description="End as the document states it"),
        "attested_on": Column(dtype=pl.Date, description="Date of the document: nothing is known after it"),
        "note": Column(dtype=pl.String, nullable=True, description="What the document adds"),
        "document": Column(dtype=pl.String, description="Document that states it"),
        "source_id": SOURCE,
        **FROM_FILE,
    },
)
