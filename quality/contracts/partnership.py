"""One relationship of a German unit with one partner abroad, merged over sources."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract
from quality.fields import UNIT

CONTRACT = Contract(
    table="partnership",
    description="Partnerships of German units with places abroad, one row per relationship",
    key=("partnership_id",),
    sort=("ags", "partner_country", "partnership_id"),
    columns={
        "partnership_id": Column(
            dtype=pl.String, description="Key: AGS, country and normalised partner name"
        ),
        "ags": UNIT,
        "partner_name": Column(dtype=pl.String, description="Partner, in the German form where one is known"),
        "partner_country": Column(
            dtype=pl.String,
            nullable=True,
            description="ISO 3166-1 alpha-3 code of the country",
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
            description="Kind of relationship, the most specific any source states",
            allowed=("partnership", "friendship", "contact", "project", "unspecified"),
        ),
        "valid_from": Column(dtype=pl.Date, nullable=True, description="Earliest start any source states"),
        "valid_to": Column(dtype=pl.Date, nullable=True, description="Latest end any source states"),
        "first_attested_on": Column(dtype=pl.Date, description="Oldest date a source describes it at"),
        "last_attested_on": Column(dtype=pl.Date, description="Newest date a source describes it at"),
        "source_ids": Column(dtype=pl.String, description="Sources that name it, comma separated, sorted"),
        "statements": Column(dtype=pl.Int64, description="Number of source records merged here", minimum=1),
    },
)
