"""Lines of municipal budgets, harmonised in form and never in meaning."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract
from quality.fields import FROM_FILE, UNIT

CONTRACT = Contract(
    table="budget_line",
    description="Budget lines as municipalities publish them: one row per line, year and phase",
    key=("budget_line_id",),
    sort=("ags", "year", "phase", "budget_line_id"),
    columns={
        "budget_line_id": Column(
            dtype=pl.String, description="Key of the row: description, locator, year, phase, direction"
        ),
        "ags": UNIT,
        "year": Column(dtype=pl.Int64, description="Budget year", minimum=1990, maximum=2100),
        "phase": Column(
            dtype=pl.String,
            description="Plan or outcome",
            allowed=("plan", "supplementary", "actual_preliminary", "actual"),
        ),
        "accounting": Column(
            dtype=pl.String,
            description="Accounting system",
            allowed=("cameral", "doppik_cash", "doppik_result"),
        ),
        "direction": Column(
            dtype=pl.String,
            description="Revenue or expenditure as the budget says",
            allowed=("revenue", "expenditure"),
        ),
        "budget_part": Column(
            dtype=pl.String,
            description="current operations, capital, financing, or internal: transfers inside the same budget, which count nowhere",
            allowed=("current", "capital", "financing", "internal"),
        ),
        "function_code": Column(
            dtype=pl.String,
            nullable=True,
            description="Code of the function or product (Gliederung, Funktion, Produkt, Profitcenter)",
        ),
        "function_name": Column(
            dtype=pl.String, nullable=True, description="Name of the function or product"
        ),
        "organisation_code": Column(
            dtype=pl.String,
            nullable=True,
            description="Code of the office or chapter that books (Kapitel, Amt, Produktplan)",
        ),
        "organisation_name": Column(
            dtype=pl.String, nullable=True, description="Name of the office or chapter"
        ),
        "account_code": Column(
            dtype=pl.String,
            nullable=True,
            description="Code of the kind of money (Gruppierung, Konto, Kostenart, Titel)",
        ),
        "account_name": Column(dtype=pl.String, nullable=True, description="Name of the kind of money"),
        "line_text": Column(
            dtype=pl.String,
            nullable=True,
            description="The wording of the line itself, soft hyphens and line breaks removed",
        ),
        "amount_cents": Column(
            dtype=pl.Int64,
            nullable=True,
            description="Amount in the direction of the line; negative is a reversal",
            unit="cent",
        ),
        "symbol": Column(
            dtype=pl.String, nullable=True, description="The provider's sign where there is no amount"
        ),
        **FROM_FILE,
    },
)
