"""Where data come from: publisher, licence, attribution."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract

CONTRACT = Contract(
    table="source",
    description="Sources with publisher, licence and attribution",
    key=("source_id",),
    sort=("source_id",),
    columns={
        "source_id": Column(dtype=pl.String, description="Identifier"),
        "title": Column(dtype=pl.String, description="Title"),
        "publisher": Column(dtype=pl.String, description="Who publishes it"),
        "licence": Column(dtype=pl.String, description="Licence as found"),
        "attribution": Column(dtype=pl.String, description="Text to print beside a use"),
        "homepage": Column(dtype=pl.String, nullable=True, description="Where the source lives"),
        "state": Column(
            dtype=pl.String,
            description=(
                "What this run found: read; stale (not to be had or not usable now, files of the last good reading "
                "used); "
                "absent (not to be had, nothing kept); failed (not in the form described)"
            ),
            allowed=("read", "stale", "absent", "failed"),
        ),
        "problem": Column(
            dtype=pl.String, nullable=True, description="Cause and remedy where the source could not be read"
        ),
        "rows_accepted": Column(dtype=pl.Int64, description="Rows that kept their contract"),
        "rows_quarantined": Column(dtype=pl.Int64, description="Rows in quarantine"),
        "rhythm_days": Column(
            dtype=pl.Int64,
            nullable=True,
            description="Days between two publications by the provider, as expected; null where nothing new is",
            unit="day",
            minimum=1,
        ),
        "rows_before": Column(
            dtype=pl.Int64,
            nullable=True,
            description="Rows that kept their contract in the last release published with other files",
            minimum=0,
        ),
        "change": Column(
            dtype=pl.String,
            nullable=True,
            description=(
                "What differs from that release beyond what is to be expected: fewer rows than tolerated, "
                "a definition reworded, another licence; null where nothing does or nothing was published"
            ),
        ),
        "setback": Column(
            dtype=pl.String,
            nullable=True,
            description=(
                "What of that release would be lost: more than half its rows, its newest period; null where "
                "nothing would be, or where the operator let it pass"
            ),
        ),
    },
)
