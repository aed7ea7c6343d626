"""How many units each indicator has a value for, and why the others have none."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract
from quality.fields import INDICATOR, STATUS

CONTRACT = Contract(
    table="coverage",
    description=(
        "Live units by indicator, level and what is known of them: the status of their newest value, or "
        "of their newest reason where they have none"
    ),
    key=("indicator_id", "level", "obs_status", "reason"),
    columns={
        "indicator_id": INDICATOR,
        "level": Column(
            dtype=pl.String,
            description="Level of the units",
            allowed=("municipality", "association", "district", "land", "federation"),
        ),
        "has_value": Column(dtype=pl.Boolean, description="Whether the units have a value in any year"),
        "obs_status": STATUS,
        "reason": Column(
            dtype=pl.String, nullable=True, description="Reason code of the status, see table reason"
        ),
        "units": Column(dtype=pl.Int64, description="Number of units", minimum=1),
    },
)
