"""Which measures stand in the formula of which indicator."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract
from quality.fields import INDICATOR

CONTRACT = Contract(
    table="indicator_measure",
    description="Measures in the formula of each indicator, in order of appearance",
    key=("indicator_id", "position"),
    columns={
        "indicator_id": INDICATOR,
        "measure_id": Column(dtype=pl.String, description="Measure, see table measure"),
        "position": Column(dtype=pl.Int64, description="Order of appearance", minimum=1),
    },
)
