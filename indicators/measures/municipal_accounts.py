"""Taxes and current receipts of municipalities from the official statistics of cash accounts.

Belongs here: which accounts of `municipal_finance` make which measure. Does not belong here:
budgets of single cities (`indicators/measures/spending.py`) or the quotient (the indicator).

Product group 999 holds each account over all product groups. Only single accounts are added,
never the totals 6 and 7 that contain them. Chart of accounts of North Rhine-Westphalia: 60 taxes and
similar levies; 61 to 66 grants, transfers, fees, private-law receipts, reimbursements, other
receipts, interest; together with 60 the receipts of current operations. 68 (investment) and 69
(financing) are left out. An account the office does not disclose makes its sum unknown (status Q):
no total of these groups is published beside it.
"""

from __future__ import annotations

from collections.abc import Mapping

import narwhals.stable.v2 as nw

from indicators.measure import INPUT_COLUMNS, Lazy, Measure, MeasureGroup

ALL_PRODUCT_GROUPS = "999"
TAXES = ("60",)
CURRENT_RECEIPTS = ("60", "61", "62", "63", "64", "65", "66")


def inputs(tables: Mapping[str, Lazy]) -> Lazy:
    """One row per unit, year and single account."""
    accounts = (
        tables["municipal_finance"]
        .filter(
            nw.col("level") == "municipality",
            nw.col("product_group") == ALL_PRODUCT_GROUPS,
            ~nw.col("is_total"),
        )
        .with_columns(account_group=nw.col("account").str.slice(0, 2))
    )
    return nw.concat(
        [_rows(accounts, "tax_revenue", TAXES), _rows(accounts, "current_revenue", CURRENT_RECEIPTS)],
        how="vertical",
    )


def _rows(accounts: Lazy, measure_id: str, groups: tuple[str, ...]) -> Lazy:
    undisclosed = nw.col("amount_cents").is_null()
    key = [
        nw.col("ags"), nw.col("year").cast(nw.String), nw.col("product_group"), nw.col("account")
    ]  # fmt: skip
    nothing = nw.lit(None, nw.String)
    return (
        accounts.filter(nw.col("account_group").is_in(list(groups)))
        .with_columns(
            measure_id=nw.lit(measure_id),
            phase=nw.lit("actual"),
            input_table=nw.lit("municipal_finance"),
            input_id=nw.concat_str(key, separator="/"),
            rule_id=nothing,
            contribution=nw.col("amount_cents"),
            reason=nw.when(undisclosed).then(nw.lit("undisclosed_by_office")).otherwise(nothing),
            note=nothing,
        )
        .select(*INPUT_COLUMNS)
    )


GROUP = MeasureGroup(
    id="municipal_accounts",
    tables=("municipal_finance",),
    measures=(
        Measure(
            id="tax_revenue",
            unit="cent",
            name_de="Steuern und ähnliche Abgaben",
            name_en="Taxes and similar levies",
            description="Account group 60 of the cash accounts, trade tax before its levy.",
        ),
        Measure(
            id="current_revenue",
            unit="cent",
            name_de="Einzahlungen aus laufender Verwaltungstätigkeit",
            name_en="Receipts of current operations",
            description="Account groups 60 to 66 of the cash accounts.",
        ),
    ),
    inputs=inputs,
)
