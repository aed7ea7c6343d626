"""Price indices money of different years is brought to one price level with."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract
from quality.fields import FROM_FILE, SOURCE

CONTRACT = Contract(
    table="price_index",
    description=(
        "Annual averages of price indices. One series stands on several bases, as published at the time: "
        "never mix rows of two bases without chaining them at a year both have"
    ),
    key=("series_id", "base_year", "year", "source_id"),
    sort=("series_id", "base_year", "year", "source_id"),
    columns={
        "series_id": Column(
            dtype=pl.String,
            description="consumer_prices_germany: Verbraucherpreisindex für Deutschland, all items",
            pattern=r"[a-z0-9_]+",
        ),
        "base_year": Column(
            dtype=pl.Int64, description="Year whose average is 100", minimum=1950, maximum=2100
        ),
        "year": Column(dtype=pl.Int64, description="Year the average is of", minimum=1950, maximum=2100),
        "value": Column(
            dtype=pl.Float64, description="Index, average of the year", unit="base year = 100", minimum=1.0
        ),
        "is_transcribed": Column(
            dtype=pl.Boolean,
            description="True for figures written down from a published table; the office's own delivery goes first",
        ),
        "citation": Column(dtype=pl.String, description="Where the figure is published"),
        "source_id": SOURCE,
        **FROM_FILE,
    },
)
