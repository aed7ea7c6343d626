"""Statements on few persons, with their values: read for sums alone, never published."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract

CONTRACT = Contract(
    table="self_report_sealed",
    description="Values of statements that self_report keeps back",
    key=("report_id",),
    published=False,
    confidential=True,
    columns={
        "report_id": Column(dtype=pl.String, description="Key of the row in self_report"),
        "quantity": Column(dtype=pl.Int64, description="Whole number as in self_report", minimum=1),
    },
)
