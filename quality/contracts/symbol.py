"""Signs that providers print in place of figures, and what they mean."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract
from quality.fields import FROM_FILE, OBS_CODES

CONTRACT = Contract(
    table="symbol",
    description="Dictionary of signs by provider and period: what stands for zero, for nothing, for a secret",
    key=("provider", "symbol", "valid_from"),
    sort=("provider", "symbol", "valid_from"),
    columns={
        "provider": Column(dtype=pl.String, description="Who prints the sign", pattern=r"[a-z0-9_]+"),
        "symbol": Column(dtype=pl.String, description="The sign"),
        "meaning_de": Column(dtype=pl.String, description="Meaning in German"),
        "meaning_en": Column(dtype=pl.String, description="Meaning in English"),
        "obs_status": Column(
            dtype=pl.String, description="Observation status of a unit that exists", allowed=OBS_CODES
        ),
        "effect": Column(
            dtype=pl.String,
            description=(
                "zero: the figure is 0; rounded_zero: 0, but more than nothing; null: there is no figure; "
                "keep: the sign stands beside a figure, which is kept"
            ),
            allowed=("zero", "rounded_zero", "null", "keep"),
        ),
        "needs_unit": Column(
            dtype=pl.Boolean,
            description="Holds only for a unit that exists in the period; otherwise there can be no figure",
        ),
        "valid_from": Column(
            dtype=pl.Date, nullable=True, description="First day the sign is used so; null if not known"
        ),
        "valid_to": Column(
            dtype=pl.Date, nullable=True, description="Last day the sign is used so; null if still in use"
        ),
        "evidence": Column(dtype=pl.String, description="Where the meaning is stated"),
        **FROM_FILE,
    },
)
