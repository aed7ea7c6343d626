"""The rows a measure is the sum of."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract
from quality.status import OBS_STATUS

OBS_CODES = tuple(OBS_STATUS)

CONTRACT = Contract(
    table="measure_input",
    description="Lineage of measures: each row that contributed, how much, and the bytes it came from",
    key=("measure_id", "ags", "year", "phase", "input_table", "input_id", "rule_id"),
    sort=("measure_id", "ags", "year", "phase", "input_table", "input_id", "rule_id"),
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
