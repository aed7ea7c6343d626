"""Which budget lines are levies: money one municipal body pays to keep another, booked in both.

Belongs here: how a levy is recognised. Does not belong here: what follows (never tagged as spending:
`indicators/tagging.py`; shown apart: `indicators/budget_coverage.py`; asked of every release:
`quality/rules/money.py`).

A district levies from its municipalities, an association from its members, a Landschaftsverband or
Bezirk from its districts and cities. The payer books an expense and the receiver spends the same
money again, so a levy is never itself spending on a purpose, and totals of several levels are added
up without levies. It stays inside the payments of one unit, as the official definition has it.

Recognised are account group 537/737 of municipal charts of accounts (general levies; cities number
below it as they like: 5374, 5377, 5379), and, in every accounting system, wording that names the
levy. Levies on trade tax go to Land and Federation and are not meant.
"""

from __future__ import annotations

import polars as pl

ACCOUNT = "^[57]37"
"""General levies (Allgemeine Umlagen) in charts of accounts of double-entry bookkeeping."""

WORDING = (
    "(?i)(kreis|bezirks|landschafts|samtgemeinde|verbandsgemeinde|amts|verwaltungsgemeinschafts|verbands|"
    "landeswohlfahrts|regions?)umlage"
)
"""Levies by name, in the text of a line or of its account."""


def is_levy() -> pl.Expr:
    """True for lines of `budget_line` by which a levy is paid; never null."""
    by_account = (pl.col("accounting") != "cameral") & pl.col("account_code").str.contains(ACCOUNT)
    by_name = [pl.col(name).str.contains(WORDING) for name in ("line_text", "account_name")]
    named = pl.any_horizontal(each.fill_null(False) for each in (by_account, *by_name))
    return named & (pl.col("direction") == "expenditure")


SQL = f"""(line.direction = 'expenditure' AND (
    (line.accounting <> 'cameral' AND coalesce(regexp_matches(line.account_code, '{ACCOUNT}'), false))
    OR coalesce(regexp_matches(line.line_text, '{WORDING}'), false)
    OR coalesce(regexp_matches(line.account_name, '{WORDING}'), false)))"""
"""The same for a row named `line` in the database."""
