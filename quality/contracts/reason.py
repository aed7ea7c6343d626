"""Reason codes with the sentence a page prints."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract

CONTRACT = Contract(
    table="reason",
    description="Reason codes of missing or flagged values, with their texts",
    key=("reason",),
    sort=("reason",),
    columns={
        "reason": Column(dtype=pl.String, description="Code"),
        "text_de": Column(dtype=pl.String, description="German sentence"),
        "text_en": Column(dtype=pl.String, description="English sentence"),
    },
)
