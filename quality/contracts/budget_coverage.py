"""What of each budget is told apart by purpose, and what stays open."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from quality.contract import Column, Contract
from quality.fields import UNIT, YEAR


def _cents(description: str) -> Column:
    return Column(
        dtype=pl.Int64,
        nullable=True,
        description=f"{description}; null where a line has no amount",
        unit="cent",
    )


def _count(description: str) -> Column:
    return Column(dtype=pl.Int64, description=description, minimum=0)


def _share(description: str) -> Column:
    return Column(
        dtype=pl.Float64,
        nullable=True,
        description=f"{description}; null without a total above zero",
        unit="%",
    )


_MONEY: Mapping[str, Column] = {
    "revenue_cents": _cents("All revenue but transfers inside the budget"),
    "expenditure_cents": _cents("All expenditure but transfers inside the budget"),
    "current_expenditure_cents": _cents(
        "Expenditure of current operations, levies included: what shares are taken of"
    ),
    "levy_cents": _cents(
        "Levies paid to district or association, part of current expenditure, spent again there"
    ),
    "internal_cents": _cents("Expenditure side of transfers inside the budget, in no total"),
    "development_abroad_cents": _cents("Counted as development cooperation abroad"),
    "development_domestic_cents": _cents("Counted as development cooperation at home"),
    "fair_trade_cents": _cents("Counted as fair trade"),
    "international_partnership_cents": _cents("Counted as international partnership"),
    "grant_received_cents": _cents("Counted as grants received"),
    "unattributable_cents": _cents("Holds international work together with something else: set aside"),
    "undecided_cents": _cents("Current expenditure of lines no spending rule speaks of"),
}

CONTRACT = Contract(
    table="budget_coverage",
    description=(
        "Each budget file by unit, year, phase and accounting system: its size, what rules found in it, what could "
        "not be attributed. Phases and accounting systems are never added up"
    ),
    key=("ags", "year", "phase", "accounting", "is_whole_budget"),
    sort=("ags", "year", "phase", "accounting", "is_whole_budget"),
    columns={
        "ags": UNIT,
        "year": YEAR,
        "phase": Column(
            dtype=pl.String,
            description="Plan or outcome as the budget says",
            allowed=("plan", "supplementary", "actual_preliminary", "actual"),
        ),
        "accounting": Column(
            dtype=pl.String,
            description="Accounting system",
            allowed=("cameral", "doppik_cash", "doppik_result"),
        ),
        "is_whole_budget": Column(
            dtype=pl.Boolean,
            description="False for single figures and extracts: their totals are not those of the budget",
        ),
        "lines": _count("Lines read"),
        "lines_without_amount": _count("Lines whose amount is a sign of the provider"),
        "reversal_lines": _count("Expenditure lines below zero"),
        "decided_lines": _count("Lines a spending rule speaks of"),
        **_MONEY,
        "unattributable_share": _share("Set aside as not attributable, of current expenditure"),
        "undecided_share": _share(
            "Of current expenditure, lines no rule speaks of: read, and not found to be the subject"
        ),
        "reversal_cents": _cents("Sum of expenditure lines below zero (a negative number)"),
    },
)
