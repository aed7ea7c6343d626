"""The rows a measure is the sum of."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract
from quality.fields import MEASURE, OBS_CODES, PHASE, UNIT, YEAR

CONTRACT = Contract(
    table="measure_input",
    description="Lineage of measures: each row that contributed, how much, and the bytes it came from",
    key=("measure_id", "ags", "year", "phase", "input_table", "input_id", "rule_id"),
    sort=("measure_id", "ags", "year", "phase", "input_table", "input_id", "rule_id"),
    columns={
        "measure_id": MEASURE,
        "ags": UNIT,
        "year": YEAR,
        "phase": PHASE,
        "input_table": Column(
            dtype=pl.String,
            nullable=True,
            description="Table of the contributing row; null for a row that only says why nothing is known",
        ),
        "input_id": Column(
            dtype=pl.String, nullable=True, description="Key of the contributing row in that table"
        ),
        "rule_id": Column(
            dtype=pl.String,
            nullable=True,
            description="Spending rule that let it count",
            references="spending_rule.rule_id",
        ),
        "contribution": Column(
            dtype=pl.Int64,
            nullable=True,
            description="What the row adds, in the unit of the measure; null where unknown",
        ),
        "obs_status": Column(dtype=pl.String, description="CL_OBS_STATUS this row brings", allowed=OBS_CODES),
        "reason": Column(dtype=pl.String, nullable=True, description="Reason code"),
        "note": Column(dtype=pl.String, nullable=True, description="What else must be known"),
        "snapshot_id": Column(
            dtype=pl.String,
            nullable=True,
            description="SHA-256 of the bytes",
            pattern="[0-9a-f]{64}",
            references="snapshot.snapshot_id",
        ),
        "locator": Column(dtype=pl.String, nullable=True, description="Place inside the file"),
        "raw_text": Column(dtype=pl.String, nullable=True, description="The record as the provider wrote it"),
    },
)
