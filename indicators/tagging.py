"""Which budget line is what: every line gets the one rule that decides it, or none.

Belongs here: matching lines with spending rules and choosing the most specific. Does not belong
here: the rules (a source table) and what tagged lines add up to (`indicators/measures/spending.py`).

A rule matches a line of its municipality when every condition it states holds: the patterns for
function, organisation and account match the whole code, the text pattern is found in the wording
(letter case ignored), and year, phase and direction fit. A missing code or wording matches no
pattern. Internal transfers and levies are never tagged (their money is spent by another body), and a rule that only confirms "no such
spending" matches no line.

Which rule wins: first the one with more patterns (function, organisation, account, text), then the
one with more limits (first year, last year, phase, direction). If two are still equal on one line,
nobody can say which is right: that is an error, never a choice by order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from quality.contracts.line_tag import CONTRACT
from quality.levies import is_levy

CODE_PATTERNS = {
    "function_pattern": "function_code",
    "organisation_pattern": "organisation_code",
    "account_pattern": "account_code",
}
"""Pattern columns that must match a whole code, and the column of the code."""

PATTERNS = (*CODE_PATTERNS, "text_pattern")
KEPT = ("budget_line_id", "ags", "year", "phase", "locator", "amount_cents")
"""Columns of a line that go on with a match."""
LIMITS = ("year_from", "year_to", "phase", "direction")
PATTERN_WEIGHT = 10
"""Heavier than all limits together, so that limits only decide between equal numbers of patterns."""

SHOWN_CONFLICTS = 20


class RuleConflict(ValueError):
    """Two rules claim one line with equal right, or a line contradicts a confirmed zero."""

    def __init__(self, conflicts: pl.DataFrame) -> None:
        """Name every line, its rules and the remedy; `conflicts` keeps all of them."""
        self.conflicts = conflicts
        shown = [
            f"  {row['budget_line_id']} ({row['locator']}): {row['problem']} {row['rules']}"
            for row in conflicts.head(SHOWN_CONFLICTS).iter_rows(named=True)
        ]
        rest = conflicts.height - len(shown)
        super().__init__(
            "\n".join(
                [
                    f"{conflicts.height} budget lines cannot be tagged:",
                    *shown,
                    *([f"  … and {rest} more"] if rest else []),
                    "Remedy: make one of the rules more specific (another pattern, a year, a direction), "
                    "limit its years, or remove it in sources/embedded/spending_rules.csv.",
                ]
            )
        )


def specificity() -> pl.Expr:
    """How narrow a rule is: ten for each pattern, one for each limit."""
    patterns = pl.sum_horizontal(pl.col(name).is_not_null().cast(pl.Int64) for name in PATTERNS)
    limits = pl.sum_horizontal(pl.col(name).is_not_null().cast(pl.Int64) for name in LIMITS)
    return PATTERN_WEIGHT * patterns + limits


def tag_lines(lines: pl.DataFrame | pl.LazyFrame, rules: pl.DataFrame | pl.LazyFrame) -> pl.DataFrame:
    """The deciding rule of every line that any rule speaks of.

    Args:
        lines: rows of `budget_line`.
        rules: rows of `spending_rule`.

    Returns:
        Rows of `line_tag`. Lines deliberately not counted are among them, with tag `none`.

    Raises:
        RuleConflict: two rules are equally specific on a line, or a line is tagged with what another
            rule confirms not to exist.
    """
    known = rules.lazy().collect().with_columns(specificity=specificity())
    matches = _matches(lines.lazy(), known)
    best = matches.filter(pl.col("specificity") == pl.col("specificity").max().over("budget_line_id"))
    conflicts = pl.concat([_ties(best), _contradictions(best, known)])
    if not conflicts.is_empty():
        raise RuleConflict(conflicts)
    return best.select(
        "budget_line_id",
        "rule_id",
        "tag",
        amount_cents=_counted_cents(pl.col("amount_cents"), pl.col("share")),
    ).sort(CONTRACT.sort)


def tagged(parts: Iterable[Mapping[str, pl.LazyFrame]]) -> pl.DataFrame:
    """The deciding rule of every line of many budgets, slice by slice of units.

    Args:
        parts: tables `budget_line` and `spending_rule` of some units each, no unit in two of them.

    Returns:
        What `tag_lines` returns for all of them together.

    Raises:
        RuleConflict: with the conflicts of all slices.
    """
    found, conflicts = [CONTRACT.empty()], []
    for each in parts:
        try:
            found.append(tag_lines(each["budget_line"], each["spending_rule"]))
        except RuleConflict as conflict:
            conflicts.append(conflict.conflicts)
    if conflicts:
        raise RuleConflict(pl.concat(conflicts))
    return pl.concat(found).sort(CONTRACT.sort)


def _matches(lines: pl.LazyFrame, rules: pl.DataFrame) -> pl.DataFrame:
    """Every pair of a line and a rule that fits it."""
    taggable = (
        lines.filter(
            pl.col("budget_part") != "internal",
            pl.col("ags").is_in(rules["ags"].unique().to_list()),
            ~is_levy(),
        )
        .select(*KEPT, "direction", *CODE_PATTERNS.values(), "line_text")
        .collect()
    )
    by_unit = {str(key[0]): part for key, part in taggable.partition_by("ags", as_dict=True).items()}
    found = [
        by_unit[rule["ags"]].lazy().filter(_condition(rule)).select(*_kept(rule))
        for rule in rules.filter(~pl.col("confirmed_none")).iter_rows(named=True)
        if rule["ags"] in by_unit
    ]
    empty = taggable.clear().select(*_kept({"rule_id": "", "tag": "", "share": 1.0, "specificity": 0}))
    return pl.concat([empty, *pl.collect_all(found)])


def _kept(rule: Mapping[str, Any]) -> list[pl.Expr]:
    return [
        pl.col(KEPT),
        pl.lit(rule["rule_id"], pl.String).alias("rule_id"),
        pl.lit(rule["tag"], pl.String).alias("tag"),
        pl.lit(rule["share"], pl.Float64).alias("share"),
        pl.lit(rule["specificity"], pl.Int64).alias("specificity"),
    ]


def _condition(rule: Mapping[str, Any]) -> pl.Expr:
    """True where a line fulfils everything the rule asks for."""
    conditions = [
        pl.col(code).str.contains(f"^(?:{rule[pattern]})$")
        for pattern, code in CODE_PATTERNS.items()
        if rule[pattern] is not None
    ]
    if rule["text_pattern"] is not None:
        conditions.append(pl.col("line_text").str.contains(f"(?i){rule['text_pattern']}"))
    if rule["year_from"] is not None:
        conditions.append(pl.col("year") >= rule["year_from"])
    if rule["year_to"] is not None:
        conditions.append(pl.col("year") <= rule["year_to"])
    conditions += [pl.col(name) == rule[name] for name in ("phase", "direction") if rule[name] is not None]
    return pl.all_horizontal(pl.lit(True), *conditions).fill_null(False)


def _counted_cents(amount: pl.Expr, share: pl.Expr) -> pl.Expr:
    """Amount times share in whole cents, rounded once, half away from zero; whole lines stay exact."""
    part = ((amount.abs() * share).round(6) + 0.5).floor().cast(pl.Int64) * amount.sign()
    return pl.when(share == 1.0).then(amount).otherwise(part).cast(pl.Int64)


def _ties(best: pl.DataFrame) -> pl.DataFrame:
    """Lines on which two rules are equally specific."""
    return (
        best.group_by("budget_line_id", "locator")
        .agg(rules=pl.col("rule_id").sort().str.join(" and "), count=pl.len())
        .filter(pl.col("count") > 1)
        .select("budget_line_id", "locator", "rules", problem=pl.lit("equally specific rules"))
        .sort("budget_line_id")
    )


def _contradictions(best: pl.DataFrame, rules: pl.DataFrame) -> pl.DataFrame:
    """Lines that count as something another rule confirms not to exist in that year and phase."""
    confirmed = rules.filter("confirmed_none").select(
        "ags", "tag", "year_from", "year_to", confirming="rule_id", confirmed_phase="phase"
    )
    return (
        best.join(confirmed, on=["ags", "tag"])
        .filter(
            (pl.col("year_from").is_null() | (pl.col("year") >= pl.col("year_from")))
            & (pl.col("year_to").is_null() | (pl.col("year") <= pl.col("year_to")))
            & (pl.col("confirmed_phase").is_null() | (pl.col("phase") == pl.col("confirmed_phase")))
        )
        .select(
            "budget_line_id",
            "locator",
            rules=pl.concat_str("rule_id", "confirming", separator=" and "),
            problem=pl.lit("a line tagged against a confirmed zero"),
        )
        .sort("budget_line_id", "rules")
    )
