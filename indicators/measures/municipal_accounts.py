"""Taxes and current receipts of municipalities from the official statistics of cash accounts.

Belongs here: which accounts of `municipal_finance` make which measure. Does not belong here:
budgets of single cities (`indicators/measures/spending.py`) or the quotient (the indicator).

Product group 999 holds each account over all product groups. Only single accounts are added,
never the totals 6 and 7 that contain them. Chart of accounts of North Rhine-Westphalia: 60 taxes and
similar levies; 61 to 66 grants, transfers, fees, private-law receipts, reimbursements, other
receipts, interest; together with 60 the receipts of current operations. 70 to 75 are the payments of
current operations, 68 and 78 investment; 69 and 79 (financing) are left out.

Net taxes are those of account kinds 601 to 603 (land and trade tax, shares of income and turnover tax,
other municipal taxes) less the levy on trade tax (7341, and 7342 for the German Unity Fund); similar
levies (604) and compensation (605) are none. The balance is receipts less payments of current operations
and investment. Contributions of payments and of the levy are negative. An account the office does not disclose makes its sum unknown (status Q):
no total of these groups is published beside it.
"""

from __future__ import annotations

from collections.abc import Mapping

import narwhals.stable.v2 as nw

from indicators.measure import INPUT_COLUMNS, Lazy, Measure, MeasureGroup

ALL_PRODUCT_GROUPS = "999"
CURRENT_RECEIPTS = ("60", "61", "62", "63", "64", "65", "66")
CURRENT_PAYMENTS = ("70", "71", "72", "73", "74", "75")
INVESTMENT_RECEIPTS, INVESTMENT_PAYMENTS = ("68",), ("78",)
MADE_OF: Mapping[str, Mapping[int, tuple[str, ...]]] = {
    "tax_revenue": {1: ("60",)},
    "current_revenue": {1: CURRENT_RECEIPTS},
    "net_tax_revenue": {1: ("601", "602", "603"), -1: ("7341", "7342")},
    "financial_balance": {
        1: (*CURRENT_RECEIPTS, *INVESTMENT_RECEIPTS),
        -1: (*CURRENT_PAYMENTS, *INVESTMENT_PAYMENTS),
    },
}
"""Measure to the sign and the beginnings of its accounts. No measure names an account twice."""


def inputs(tables: Mapping[str, Lazy]) -> Lazy:
    """One row per unit, year and single account."""
    accounts = tables["municipal_finance"].filter(
        nw.col("level") == "municipality",
        nw.col("product_group") == ALL_PRODUCT_GROUPS,
        ~nw.col("is_total"),
    )
    parts = [
        _rows(accounts, measure_id, sign, groups)
        for measure_id, made_of in MADE_OF.items()
        for sign, groups in made_of.items()
    ]
    return nw.concat(parts, how="vertical")


def _rows(accounts: Lazy, measure_id: str, sign: int, groups: tuple[str, ...]) -> Lazy:
    undisclosed = nw.col("amount_cents").is_null()
    key = [
        nw.col("ags"), nw.col("year").cast(nw.String), nw.col("product_group"), nw.col("account")
    ]  # fmt: skip
    nothing = nw.lit(None, nw.String)
    (digits,) = {len(group) for group in groups}
    return (
        accounts.filter(nw.col("account").str.slice(0, digits).is_in(list(groups)))
        .with_columns(
            measure_id=nw.lit(measure_id),
            phase=nw.lit("actual"),
            input_table=nw.lit("municipal_finance"),
            input_id=nw.concat_str(key, separator="/"),
            rule_id=nothing,
            contribution=nw.col("amount_cents") * sign,
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
            absent_reason="no_accounts",
        ),
        Measure(
            id="current_revenue",
            unit="cent",
            name_de="Einzahlungen aus laufender Verwaltungstätigkeit",
            name_en="Receipts of current operations",
            description="Account groups 60 to 66 of the cash accounts.",
            absent_reason="no_accounts",
        ),
        Measure(
            id="net_tax_revenue",
            unit="cent",
            name_de="Steuern ohne Gewerbesteuerumlage",
            name_en="Taxes net of the levy on trade tax",
            description="Account kinds 601 to 603 of the cash accounts less accounts 7341 and 7342.",
            absent_reason="no_accounts",
        ),
        Measure(
            id="financial_balance",
            unit="cent",
            name_de="Finanzmittelsaldo",
            name_en="Financial balance",
            description="Account groups 60 to 66 and 68 of the cash accounts less 70 to 75 and 78.",
            absent_reason="no_accounts",
        ),
    ),
    inputs=inputs,
)
