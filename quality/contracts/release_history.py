"""The releases so far, in the order they were published."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract

CONTRACT = Contract(
    table="release_history",
    description="Releases in the order they were published, this one included, with what decided them",
    key=("release_id",),
    sort=("number",),
    columns={
        "number": Column(dtype=pl.Int64, description="Running number, 1 for the first", minimum=1),
        "release_id": Column(dtype=pl.String, description="Identifier, time of building in UTC"),
        "recorded_at": Column(dtype=pl.String, description="When it was recorded, UTC, ISO 8601"),
        "origin": Column(dtype=pl.String, description="Origin the sources were read from"),
        "reference_year": Column(dtype=pl.Int64, description="Last complete year at building"),
        "content_hash": Column(dtype=pl.String, description="SHA-256 over the content hashes of all tables"),
        "computation_hash": Column(
            dtype=pl.String, description="SHA-256 over the program that reads and computes (not what shows)"
        ),
        "software_version": Column(dtype=pl.String, description="Version of sdg17"),
        "fewer_rows_accepted": Column(
            dtype=pl.Boolean,
            description="Whether the operator let a release pass that is much smaller than the one before",
        ),
    },
)
