"""Where each series is heading, or why nothing can be said about it."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from quality.contract import Column, Contract, Rule
from quality.fields import INDICATOR
from quality.status import Text


def _number(description: str) -> Column:
    return Column(dtype=pl.Float64, nullable=True, description=description)


_NUMBERS: Mapping[str, Column] = {
    "average_change": _number("Average annual change, in the unit of the indicator (dns_weather)"),
    "last_change": _number("Last annual change, in the unit of the indicator (dns_weather)"),
    "growth_rate": _number("Compound annual rate from the first to the last value, as a fraction"),
    "required_rate": _number("Compound annual rate that would reach the target, as a fraction"),
    "progress_ratio": _number("Achieved pace over required pace, where there is a target"),
    "target_value": _number("Target, or its weakest bound, in the unit of the indicator"),
    "target_year": Column(dtype=pl.Int64, nullable=True, description="Year the target is due"),
    "projected": _number("Value projected to the target year, in the unit of the indicator"),
    "shortfall": _number("Part of the gap to the target that the projection misses; negative: it overshoots"),
}

CONTRACT = Contract(
    table="trend",
    description=(
        "Trend of each published series with the numbers behind it, or the reason for none. Several methods "
        "rate one series: take is_default, or one method, never all"
    ),
    key=("indicator_id", "ags", "method"),
    columns={
        "indicator_id": INDICATOR,
        "ags": Column(dtype=pl.String, description="Unit", references="municipality.ags"),
        "method": Column(dtype=pl.String, description="Rule applied", references="trend_method.method"),
        "is_default": Column(dtype=pl.Boolean, description="True for the method pages show"),
        "symbol": Column(
            dtype=pl.String,
            nullable=True,
            description="Symbol of the method, see table trend_method; null where none may be given",
            pattern=r"[a-z0-9_]+",
        ),
        "reason": Column(dtype=pl.String, nullable=True, description="Reason code where there is no symbol"),
        "first_year": Column(dtype=pl.Int64, nullable=True, description="First year of the values used"),
        "last_year": Column(dtype=pl.Int64, nullable=True, description="Last year of the values used"),
        "comparable_values": Column(
            dtype=pl.Int64,
            description="Values used: normal ones since the last break, and the break value that opens the series",
            minimum=0,
        ),
        **_NUMBERS,
    },
    rules=(
        Rule(
            name="symbol_or_reason",
            good=pl.col("symbol").is_null() != pl.col("reason").is_null(),
            says=Text(
                de="ein Trend hat ein Symbol oder einen Grund, warum nicht",
                en="a trend has a symbol or a reason for none",
            ),
            remedy=Text(
                de="Ein Trend hat ein Symbol oder einen Grund, warum nicht; nie beides.",
                en="A trend has a symbol or a reason for none, never both.",
            ),
        ),
    ),
)
