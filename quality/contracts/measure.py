"""What one unit did in one year: a whole number with status."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract
from quality.fields import MEASURE, PHASE, STATUS, UNIT, YEAR

CONTRACT = Contract(
    table="measure",
    description="Measures: sums and counts per unit, year and phase, each the sum of its rows in measure_input",
    key=("measure_id", "ags", "year", "phase"),
    sort=("measure_id", "ags", "year", "phase"),
    columns={
        "measure_id": MEASURE,
        "ags": UNIT,
        "year": YEAR,
        "phase": PHASE,
        "value": Column(
            dtype=pl.Int64, nullable=True, description="Whole number in unit; null where unknown"
        ),
        "unit": Column(
            dtype=pl.String,
            description="Unit of value; hundredth is of a post, millionth of the unit of another provider",
            allowed=("cent", "persons", "count", "0/1", "hundredth", "millionth"),
        ),
        "obs_status": STATUS,
        "reason": Column(dtype=pl.String, nullable=True, description="Reason code of the status"),
        "note": Column(
            dtype=pl.String,
            nullable=True,
            description="What else must be known to read the value (date of a population, date of a list)",
        ),
        "inputs": Column(dtype=pl.Int64, description="Number of rows that made it", minimum=0),
    },
)
