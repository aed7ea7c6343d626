"""Budget lines with the one rule that decides what they are."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract

CONTRACT = Contract(
    table="line_tag",
    description="Budget lines that a spending rule speaks of, with the cents that count under its tag",
    key=("budget_line_id", "rule_id"),
    sort=("budget_line_id", "rule_id"),
    columns={
        "budget_line_id": Column(
            dtype=pl.String, description="Line", references="budget_line.budget_line_id"
        ),
        "rule_id": Column(
            dtype=pl.String,
            description="The most specific rule that matches the line",
            references="spending_rule.rule_id",
        ),
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
        "amount_cents": Column(
            dtype=pl.Int64,
            nullable=True,
            description="Amount of the line times the share of the rule, rounded once, half away from zero",
            unit="cent",
        ),
    },
)
