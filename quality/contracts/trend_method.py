"""The rules trends are rated by, as data."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract

CONTRACT = Contract(
    table="trend_method",
    description="Methods behind table trend: rule, symbols from best to worst, where it is written",
    key=("method",),
    sort=("method",),
    columns={
        "method": Column(dtype=pl.String, description="Identifier", pattern=r"[a-z0-9_]+"),
        "is_default": Column(dtype=pl.Boolean, description="True for the one method pages show"),
        "name_de": Column(dtype=pl.String, description="German name"),
        "name_en": Column(dtype=pl.String, description="English name"),
        "rule_de": Column(dtype=pl.String, description="The rule in one sentence, German"),
        "rule_en": Column(dtype=pl.String, description="The rule in one sentence, English"),
        "symbols": Column(dtype=pl.String, description="Symbols from best to worst, comma separated"),
        "least_values": Column(dtype=pl.Int64, description="Values needed", minimum=2),
        "window_values": Column(
            dtype=pl.Int64, nullable=True, description="Newest values looked at; null for no limit", minimum=2
        ),
        "stated_in": Column(dtype=pl.String, description="Where the rule is written"),
        "is_verified": Column(
            dtype=pl.Boolean,
            description="False where limits are from general knowledge and not checked against the office's own text",
        ),
    },
)
