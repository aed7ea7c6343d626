"""Which budget line counts as what, with the evidence a sceptic may argue with."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract
from quality.fields import FROM_FILE, UNIT

CONTRACT = Contract(
    table="spending_rule",
    description="Rules that say which budget lines are which kind of spending, with evidence and reviewer",
    key=("rule_id",),
    sort=("rule_id",),
    columns={
        "rule_id": Column(
            dtype=pl.String, description="Name of the rule, stable", pattern=r"[a-z0-9_]+(?:\.[a-z0-9_]+)*"
        ),
        "ags": UNIT,
        "tag": Column(
            dtype=pl.String,
            description="What the money is",
            allowed=(
                "development_abroad",
                "development_domestic",
                "fair_trade",
                "international_partnership",
                "grant_received",
                "unattributable",
                "none",
            ),
        ),
        "confirmed_none": Column(
            dtype=pl.Boolean,
            description="True for the explicit statement that the budget holds no such spending; the tag it speaks of is in tag",
        ),
        "year_from": Column(
            dtype=pl.Int64, nullable=True, description="First budget year the rule holds for"
        ),
        "year_to": Column(dtype=pl.Int64, nullable=True, description="Last budget year the rule holds for"),
        "phase": Column(
            dtype=pl.String,
            nullable=True,
            description="Only lines of this phase",
            allowed=("plan", "supplementary", "actual_preliminary", "actual"),
        ),
        "direction": Column(
            dtype=pl.String,
            nullable=True,
            description="Only lines of this direction",
            allowed=("revenue", "expenditure"),
        ),
        "function_pattern": Column(
            dtype=pl.String,
            nullable=True,
            description="Regular expression the whole function code must match",
        ),
        "organisation_pattern": Column(
            dtype=pl.String,
            nullable=True,
            description="Regular expression the whole organisation code must match",
        ),
        "account_pattern": Column(
            dtype=pl.String, nullable=True, description="Regular expression the whole account code must match"
        ),
        "text_pattern": Column(
            dtype=pl.String,
            nullable=True,
            description="Regular expression found in the wording of the line, letter case ignored",
        ),
        "share": Column(
            dtype=pl.Float64, description="Share of the line that counts", minimum=0.0, maximum=1.0
        ),
        "obs_status": Column(
            dtype=pl.String, description="Flag the resulting figure carries", allowed=("A", "D", "E", "U")
        ),
        "reason": Column(dtype=pl.String, nullable=True, description="Reason code of the flag"),
        "evidence": Column(
            dtype=pl.String, description="Why the line counts so: what was read, who the partner is"
        ),
        "reviewer": Column(dtype=pl.String, description="Who decided"),
        "decided_on": Column(dtype=pl.Date, description="When it was decided"),
        **FROM_FILE,
    },
)
