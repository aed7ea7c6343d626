"""What is known about the money of one unit, year and phase: which lines and rules there are.

Belongs here: the kinds of money, lines in the two phases, and the counts that decide whether a
measure is known, zero or unknown. Does not belong here: the measures themselves
(`indicators/measures/spending.py`) and matching rules with lines (`indicators/tagging.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import narwhals.stable.v2 as nw

from indicators.measure import Lazy

UNIT_YEAR = ("ags", "year", "phase")
SINGLE_FIGURES = ("budget_written:", "budget_extract:")
"""How ids of lines begin that were written down one by one or are an extract: they are no whole budget."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of money told from its tag: the lines of this tag and direction make the measure.

    `may_hide` says whether money set aside as not attributable may hold more of it.
    """

    id: str
    tag: str
    direction: str = "expenditure"
    may_hide: bool = True


ABROAD = Kind(id="development_abroad", tag="development_abroad")
DOMESTIC = Kind(id="development_domestic", tag="development_domestic")
GRANTS = Kind(id="development_grants", tag="grant_received", direction="revenue")
FAIR_TRADE = Kind(id="fair_trade_spending", tag="fair_trade", may_hide=False)
PARTNERSHIP = Kind(id="partnership_spending", tag="international_partnership")
SET_ASIDE = Kind(id="unattributable_spending", tag="unattributable", may_hide=False)

KINDS = (ABROAD, DOMESTIC, GRANTS, FAIR_TRADE, PARTNERSHIP, SET_ASIDE)

MADE_OF: Mapping[str, tuple[Kind, ...]] = {
    "development_spending": (ABROAD, DOMESTIC),
    "development_abroad": (ABROAD,),
    "development_domestic": (DOMESTIC,),
    "development_grants": (GRANTS,),
    "fair_trade_spending": (FAIR_TRADE,),
    "partnership_spending": (PARTNERSHIP,),
    "unattributable_spending": (SET_ASIDE,),
}
"""Measure to the kinds of money it adds up."""


def in_phases(lines: Lazy) -> Lazy:
    """Lines with `phase` plan or actual, each amount once.

    Preliminary lines count only where the year has no final line. Where a unit publishes its cash
    accounts and its accounts of results for one year and phase, the same money stands in both: the cash
    accounts count, on which finance statistics rest.
    """
    preliminary = nw.col("phase") == "actual_preliminary"
    planned = nw.col("phase").is_in(["plan", "supplementary"])
    chosen = (
        lines.with_columns(finals=_count(nw.col("phase") == "actual").over("ags", "year"))
        .filter(~preliminary | (nw.col("finals") == 0))
        .with_columns(
            is_preliminary=preliminary,
            is_payment=_is_payment(),
            phase=nw.when(planned).then(nw.lit("plan")).otherwise(nw.lit("actual")),
        )
        .select(
            *UNIT_YEAR,
            "budget_line_id",
            "direction",
            "budget_part",
            "accounting",
            "amount_cents",
            "is_preliminary",
            "is_payment",
            "snapshot_id",
            "locator",
            "raw_text",
        )
    )
    cash = _count(nw.col("accounting") == "doppik_cash").over(*UNIT_YEAR)
    twice = (nw.col("accounting") == "doppik_result") & (nw.col("cash") > 0)
    return chosen.with_columns(cash=cash).filter(~twice).drop("cash")


def tagged_lines(lines: Lazy, line_tag: Lazy, rules: Lazy) -> Lazy:
    """Tagged lines with the cents that count and the flag of their rule."""
    counted = line_tag.select("budget_line_id", "rule_id", "tag", counted=nw.col("amount_cents"))
    flags = rules.select("rule_id", rule_status=nw.col("obs_status"), rule_reason=nw.col("reason"))
    return lines.join(counted, on="budget_line_id", how="inner").join(flags, on="rule_id", how="inner")


def years_of(lines: Lazy) -> Lazy:
    """Unit, year and phase with its number of lines; both phases of every year that has a line in one."""
    planned, settled = nw.col("phase") == "plan", nw.col("phase") == "actual"
    years = lines.group_by("ags", "year").agg(planned=_count(planned), settled=_count(settled))
    return nw.concat(
        [
            years.select("ags", "year", phase=nw.lit("plan"), lines=nw.col("planned")),
            years.select("ags", "year", phase=nw.lit("actual"), lines=nw.col("settled")),
        ],
        how="vertical",
    )


def situations_of(budgets: Lazy, lines: Lazy, tagged: Lazy, ruled: Lazy) -> Lazy:
    """One row per unit, year and phase: how many lines, tagged lines and rules there are of each kind.

    Args:
        budgets: what `years_of` says.
        lines: lines in phases.
        tagged: those of them that carry a tag.
        ruled: what `in_force` says.
    """
    payments = lines.group_by(*UNIT_YEAR).agg(payments=_count(nw.col("is_payment")))
    set_aside = (nw.col("tag") == SET_ASIDE.tag) & (nw.col("counted") != 0)
    counted = tagged.group_by(*UNIT_YEAR).agg(
        set_aside_expenditure=_count(set_aside & (nw.col("direction") == "expenditure")),
        set_aside_revenue=_count(set_aside & (nw.col("direction") == "revenue")),
        **{f"counted_{kind.id}": _count(is_of(kind)) for kind in KINDS},
    )
    numbers = [
        "payments",
        "set_aside_expenditure",
        "set_aside_revenue",
        *(f"counted_{kind.id}" for kind in KINDS),
        *(f"confirmed_{kind.id}" for kind in KINDS),
        *(f"ruled_{kind.id}" for kind in KINDS),
        "ruled",
        "mixed",
    ]
    situations = budgets
    for counts in (payments, counted, _rule_counts(ruled)):
        situations = situations.join(counts, on=list(UNIT_YEAR), how="left")
    return situations.with_columns(nw.col(name).fill_null(0) for name in numbers)


def _rule_counts(ruled: Lazy) -> Lazy:
    """Rules in force per unit, year and phase: of each kind, those that confirm zero, and all."""
    confirmed = nw.col("confirmed_none")
    return ruled.group_by(*UNIT_YEAR).agg(
        ruled=_count(~nw.col("rule_id").is_null()),
        mixed=_count(nw.col("rule_reason") == "mixed_bodies"),
        **{f"confirmed_{kind.id}": _count(confirmed & (nw.col("tag") == kind.tag)) for kind in KINDS},
        **{f"ruled_{kind.id}": _count(~confirmed & (nw.col("tag") == kind.tag)) for kind in KINDS},
    )


def in_force(budgets: Lazy, rules: Lazy) -> Lazy:
    """Units, years and phases with their number of lines, each with every rule that holds there."""
    named = rules.select(
        "ags",
        "rule_id",
        "tag",
        "confirmed_none",
        "year_from",
        "year_to",
        "snapshot_id",
        "locator",
        "raw_text",
        rule_phase=nw.col("phase"),
        rule_reason=nw.col("reason"),
    )
    plans = nw.col("rule_phase").is_in(["plan", "supplementary"])
    return budgets.join(named, on="ags", how="inner").filter(
        nw.col("year_from").is_null() | (nw.col("year") >= nw.col("year_from")),
        nw.col("year_to").is_null() | (nw.col("year") <= nw.col("year_to")),
        nw.col("rule_phase").is_null() | (plans == (nw.col("phase") == "plan")),
    )


def _count(condition: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(nw.lit(1)).otherwise(nw.lit(0)).cast(nw.Int64).sum()


def is_of(kind: Kind) -> nw.Expr:
    """True for tagged lines of a kind; revenue under a spending tag (a refund) is not one."""
    return (nw.col("tag") == kind.tag) & (nw.col("direction") == kind.direction)


def is_set_aside(kind: Kind) -> nw.Expr:
    """True where money of the same direction was set aside that may be of this kind."""
    if not kind.may_hide:
        return nw.lit(False)
    return nw.col(f"set_aside_{kind.direction}") > 0


def _is_payment() -> nw.Expr:
    """Expenditure of current operations in whole budgets, without transfers inside the same budget."""
    single = [nw.col("budget_line_id").str.starts_with(begin) for begin in SINGLE_FIGURES]
    return ~any_of(single) & (nw.col("direction") == "expenditure") & (nw.col("budget_part") == "current")


def first_case(cases: Sequence[tuple[nw.Expr, str]], *, otherwise: nw.Expr) -> nw.Expr:
    """The text of the first condition that holds."""
    result = otherwise
    for condition, text in reversed(cases):
        result = nw.when(condition).then(nw.lit(text)).otherwise(result)
    return result


def any_of(conditions: Sequence[nw.Expr]) -> nw.Expr:
    """True where one of the conditions holds; never for no condition."""
    result = nw.lit(False)
    for condition in conditions:
        result = result | condition
    return result


def all_of(conditions: Sequence[nw.Expr]) -> nw.Expr:
    """True where each of the conditions holds."""
    result = nw.lit(True)
    for condition in conditions:
        result = result & condition
    return result
