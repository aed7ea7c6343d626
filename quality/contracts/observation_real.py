"""Money observations at the prices of one base year: a second measure beside the nominal one."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract, Rule
from quality.fields import INDICATOR, STATUS, UNIT, YEAR
from quality.status import Text, consistent_expr

CONTRACT = Contract(
    table="observation_real",
    description=(
        "Observations of kind money at constant prices: nominal value times index of the base year over index of "
        "the year. Shares, rates and counts are never deflated. Only for figures that have a nominal value"
    ),
    key=("indicator_id", "ags", "year"),
    sort=("indicator_id", "ags", "year"),
    columns={
        "indicator_id": INDICATOR,
        "ags": UNIT,
        "year": YEAR,
        "value": Column(
            dtype=pl.Float64,
            nullable=True,
            description="Value at prices of base_year; null where the year has no index, never the nominal value",
        ),
        "base_year": Column(
            dtype=pl.Int64, nullable=True, description="Year at whose prices the value is stated"
        ),
        "series_id": Column(dtype=pl.String, nullable=True, description="Price index, see table price_index"),
        "index_value": Column(
            dtype=pl.Float64,
            nullable=True,
            description="Index of the year on that base",
            unit="base year = 100",
        ),
        "index_is_chained": Column(
            dtype=pl.Boolean,
            nullable=True,
            description="True where the index of the year comes from an older base, linked at a common year",
        ),
        "obs_status": STATUS,
        "reason": Column(
            dtype=pl.String, nullable=True, description="Reason code of the status, see table reason"
        ),
        "further_reasons": Column(
            dtype=pl.String, nullable=True, description="Reason codes of the other flags, comma separated"
        ),
    },
    rules=(
        Rule(
            name="value_and_status_agree",
            good=consistent_expr(pl.col("value"), pl.col("obs_status")),
            says=Text(de="Wert und Status passen zusammen", en="value and status agree"),
            remedy=Text(
                de="Ein fehlender Wert braucht Status L, M, O, Q oder U; ein Wert schließt L, M, O und Q aus.",
                en="A null needs status L, M, O, Q or U; a value forbids L, M, O and Q.",
            ),
        ),
    ),
)
