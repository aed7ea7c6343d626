"""What one unit did in one year: a whole number with status."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract
from quality.status import OBS_STATUS

OBS_CODES = tuple(OBS_STATUS)

CONTRACT = Contract(
    table="measure",
    description="Measures: sums and counts per unit, year and phase, each the sum of its rows in measure_input",
    key=("measure_id", "ags", "year", "phase"),
    sort=("measure_id", "ags", "year", "phase"),
    columns={
        "measure_id": Column(dtype=pl.String, description="Measure", pattern=r"[a-z0-9_]+"),
        "ags": Column(
            dtype=pl.String,
            description="Official key of the unit: municipality 8 digits (AGS), association 9, district 5, Land 2, DG for Germany",
            pattern=r"DG|\d{2}|\d{5}|\d{8}|\d{9}",
            references="municipality.ags",
        ),
        "year": Column(dtype=pl.Int64, description="Reference year", minimum=1990, maximum=2100),
        "phase": Column(
            dtype=pl.String,
            description="plan or actual for money, none for everything else",
            allowed=("plan", "actual", "none"),
        ),
        "value": Column(
            dtype=pl.Int64, nullable=True, description="Whole number in unit; null where unknown"
        ),
        "unit": Column(
            dtype=pl.String, description="Unit of value", allowed=("cent", "persons", "count", "0/1")
        ),
        "obs_status": Column(dtype=pl.String, description="CL_OBS_STATUS", allowed=OBS_CODES),
        "reason": Column(dtype=pl.String, nullable=True, description="Reason code of the status"),
        "note": Column(
            dtype=pl.String,
            nullable=True,
            description="What else must be known to read the value (date of a population, date of a list)",
        ),
        "inputs": Column(dtype=pl.Int64, description="Number of rows that made it", minimum=0),
    },
)
