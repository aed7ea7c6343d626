"""Rows that broke a rule, with the reason and the remedy."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract

CONTRACT = Contract(
    table="quarantine",
    description="Rows rejected at the door: nothing is lost, nothing wrong goes on",
    key=(),
    sort=("source_id", "table_name", "rule", "locator"),
    columns={
        "source_id": Column(dtype=pl.String, description="Source the row came from"),
        "table_name": Column(dtype=pl.String, description="Table it was meant for"),
        "rule": Column(dtype=pl.String, description="Rule it broke"),
        "column_name": Column(dtype=pl.String, nullable=True, description="Column at fault"),
        "value": Column(dtype=pl.String, nullable=True, description="Value at fault"),
        "reason": Column(dtype=pl.String, description="What is wrong"),
        "remedy": Column(dtype=pl.String, description="What to do"),
        "snapshot_id": Column(dtype=pl.String, nullable=True, description="SHA-256 of the file"),
        "locator": Column(dtype=pl.String, nullable=True, description="Place inside the file"),
        "raw_text": Column(dtype=pl.String, nullable=True, description="The record as written"),
        "row_hash": Column(
            dtype=pl.String, description="SHA-256 of the record as written", pattern="[0-9a-f]{64}"
        ),
        "reason_de": Column(dtype=pl.String, description="What the rule says, in German"),
        "remedy_de": Column(dtype=pl.String, description="What to do, in German"),
        "decision_id": Column(
            dtype=pl.String,
            nullable=True,
            description="Decision by which the row stays out; null while nobody has decided",
        ),
    },
)
