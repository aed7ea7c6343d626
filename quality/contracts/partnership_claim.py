"""What one source says about one partnership of one German unit."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract
from quality.fields import FROM_FILE, UNIT

CONTRACT = Contract(
    table="partnership_claim",
    description="Statements of sources on partnerships: one row per source record and German unit",
    key=("claim_id",),
    sort=("ags", "partnership_id", "claim_id"),
    columns={
        "claim_id": Column(dtype=pl.String, description="Key of the row: source and locator"),
        "partnership_id": Column(
            dtype=pl.String,
            description="The merged relationship this statement speaks of",
            references="partnership.partnership_id",
        ),
        "ags": UNIT,
        "partner_name": Column(dtype=pl.String, description="Partner as the source writes it"),
        "partner_country": Column(
            dtype=pl.String,
            nullable=True,
            description="ISO 3166-1 alpha-3 code of the country the partner lies in",
            pattern=r"[A-Z]{3}",
        ),
        "partner_latitude": Column(
            dtype=pl.Float64, nullable=True, description="Latitude of the partner", unit="degree"
        ),
        "partner_longitude": Column(
            dtype=pl.Float64, nullable=True, description="Longitude of the partner", unit="degree"
        ),
        "category": Column(
            dtype=pl.String,
            description="Kind of relationship; unspecified where the source does not say",
            allowed=("partnership", "friendship", "contact", "project", "unspecified"),
        ),
        "source_id": Column(
            dtype=pl.String, description="Source that says so", references="source.source_id"
        ),
        "attested_on": Column(dtype=pl.Date, description="Date the source describes"),
        "is_inventory": Column(
            dtype=pl.Boolean,
            description="True where the source lists all partnerships it knows of a place, false for a single mention",
        ),
        "valid_from": Column(
            dtype=pl.Date, nullable=True, description="Start, if stated (1 January where only a year is)"
        ),
        "valid_to": Column(dtype=pl.Date, nullable=True, description="End, if stated"),
        "state": Column(
            dtype=pl.String,
            nullable=True,
            description="active, suspended (the relationship rests, it is not ended) or ended; null where not stated",
            allowed=("active", "suspended", "ended"),
        ),
        "match_method": Column(
            dtype=pl.String,
            description=(
                "How the German name was matched to a key; corroborated: several units bear the bare name, "
                "and another source names this partner of this one only"
            ),
            allowed=("key", "exact", "normalised", "supported", "corroborated", "reviewed"),
        ),
        "match_score": Column(
            dtype=pl.Float64,
            description="Certainty of the match to the German unit, 1 is certain",
            minimum=0.0,
            maximum=1.0,
        ),
        **FROM_FILE,
    },
)
