"""Every value that was ever published, with the releases it was valid in."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from quality.contract import Column, Contract
from quality.contracts import observation

PUBLISHED = observation.CONTRACT

CONTRACT = Contract(
    table="observation_history",
    description=(
        "Every row of observation that was ever published, once for each stretch of releases in which it "
        "stood unchanged; append-only. observation_asof(day) gives the table of a day"
    ),
    key=(*PUBLISHED.key, "valid_from_release"),
    sort=(*PUBLISHED.key, "valid_from_release"),
    columns={
        **{
            # A unit or an indicator may be gone by now, and a column may be younger than a row.
            name: replace(column, references=None, nullable=name not in PUBLISHED.key)
            for name, column in PUBLISHED.columns.items()
        },
        "valid_from_release": Column(
            dtype=pl.String,
            description="First release that holds the row",
            references="release_history.release_id",
        ),
        "valid_to_release": Column(
            dtype=pl.String,
            nullable=True,
            description="First release that no longer holds it; null while it stands",
            references="release_history.release_id",
        ),
    },
)
