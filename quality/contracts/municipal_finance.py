"""Cash accounts of municipalities and districts by product group and account, from official statistics."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract, Rule
from quality.fields import FROM_FILE, MUNICIPALITY_OR_DISTRICT, STATUS
from quality.status import Text, consistent_expr

CONTRACT = Contract(
    table="municipal_finance",
    description=(
        "Payments by unit, year, product group and account. Accounts are nested: rows with is_total "
        "contain those without, so never add the two; nor add municipalities and districts"
    ),
    key=("ags", "year", "product_group", "account"),
    sort=("ags", "year", "product_group", "account"),
    published=False,
    columns={
        "ags": MUNICIPALITY_OR_DISTRICT,
        "level": Column(
            dtype=pl.String,
            description="List the provider shows the unit in; a town that is its own district is in both",
            allowed=("municipality", "district"),
        ),
        "year": Column(dtype=pl.Int64, description="Year of the accounts", minimum=1990, maximum=2100),
        "product_group": Column(
            dtype=pl.String, description="Product group of the accounts", pattern=r"\d{3}"
        ),
        "account": Column(
            dtype=pl.String, description="Account of the chart of accounts", pattern=r"[67]\d{0,3}"
        ),
        "amount_cents": Column(
            dtype=pl.Int64,
            nullable=True,
            description="Payment; null where the provider shows a sign",
            unit="cents",
        ),
        "symbol": Column(
            dtype=pl.String, nullable=True, description="The provider's sign in place of a figure"
        ),
        "obs_status": STATUS,
        "is_total": Column(
            dtype=pl.Boolean, description="The account contains other accounts of the same table"
        ),
        **FROM_FILE,
    },
    rules=(
        Rule(
            name="amount_and_status_agree",
            good=consistent_expr(pl.col("amount_cents"), pl.col("obs_status")),
            says=Text(de="Betrag und Status passen zusammen", en="amount and status agree"),
            remedy=Text(
                de="Ein fehlender Betrag braucht einen Status, der sagt, warum; ein Betrag darf keinen solchen tragen.",
                en="A missing figure needs a status that says why; a figure must not carry such a status.",
            ),
        ),
    ),
)
