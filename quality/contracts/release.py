"""The release this file is."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract

CONTRACT = Contract(
    table="release",
    description="One row: identity of this release",
    key=("release_id",),
    sort=("release_id",),
    columns={
        "release_id": Column(dtype=pl.String, description="Identifier, time of building in UTC"),
        "built_at": Column(dtype=pl.String, description="Time of building, UTC, ISO 8601"),
        "origin": Column(dtype=pl.String, description="Origin the sources were read from"),
        "territory_date": Column(dtype=pl.Date, nullable=True, description="Newest territorial status known"),
        "reference_year": Column(dtype=pl.Int64, description="Last complete year at building"),
        "content_hash": Column(dtype=pl.String, description="SHA-256 over the content hashes of all tables"),
        "software_version": Column(dtype=pl.String, description="Version of sdg17"),
    },
)
