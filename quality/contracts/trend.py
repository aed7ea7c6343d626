"""Where each series is heading, or why nothing can be said about it."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract, Rule
from quality.fields import INDICATOR

CONTRACT = Contract(
    table="trend",
    description="Trend of each published series with the numbers behind it, or the reason for none",
    key=("indicator_id", "ags", "method"),
    columns={
        "indicator_id": INDICATOR,
        "ags": Column(dtype=pl.String, description="Unit", references="municipality.ags"),
        "method": Column(dtype=pl.String, description="Rule applied", allowed=("dns_weather",)),
        "symbol": Column(
            dtype=pl.String,
            nullable=True,
            description="Weather symbol of the national sustainability strategy; null where none may be given",
            allowed=("sun", "sun_cloud", "cloud", "storm"),
        ),
        "reason": Column(dtype=pl.String, nullable=True, description="Reason code where there is no symbol"),
        "first_year": Column(dtype=pl.Int64, nullable=True, description="First year of the values used"),
        "last_year": Column(dtype=pl.Int64, nullable=True, description="Last year of the values used"),
        "comparable_values": Column(
            dtype=pl.Int64, description="Normal values since the last break", minimum=0, maximum=6
        ),
        "average_change": Column(
            dtype=pl.Float64, nullable=True, description="Average annual change, in the unit of the indicator"
        ),
        "last_change": Column(
            dtype=pl.Float64, nullable=True, description="Last annual change, in the unit of the indicator"
        ),
    },
    rules=(
        Rule(
            name="symbol_or_reason",
            good=pl.col("symbol").is_null() != pl.col("reason").is_null(),
            remedy="A trend has a symbol or a reason for none, never both.",
        ),
    ),
)
