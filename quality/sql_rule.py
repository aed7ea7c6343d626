"""Rules over several tables as SQL text, and how an answer to them becomes a result.

Belongs here: the declaration of a rule and of a control figure, the statement that is sent, and
the reading of the answer. Does not belong here: the rules themselves (`quality/plausibility.py`,
`quality/derived_rules.py`), or any database: whoever holds the finished file passes a function
that answers a query.
"""
# ruff: noqa: S608 - the SQL is put together from our own declarations, never from data

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

import polars as pl

from quality.contracts import CONTRACTS
from quality.result import EXAMPLES, CheckResult, Owner, Severity, shortened
from quality.status import Text

FINDING = CONTRACTS["quality_finding"]
MOST_ROWS = 20_000
"""Rows of one broken rule that are looked through for units."""

Query = Callable[[str], pl.DataFrame]
"""Answers one SELECT on the finished file."""


@dataclass(frozen=True, kw_only=True)
class SqlRule:
    """A rule no single table can check. `sql` returns the offending rows; no row means it holds.

    `expected` says in words what must hold. `applies` is a query for one truth value; where it is
    false the release does not hold the data the rule speaks of, and no result is recorded. `among`
    selects the rows of the table that are counted as checked.
    """

    id: str
    table: str
    severity: Severity
    owner: Owner
    sql: str
    needs: tuple[str, ...]
    expected: Text
    remedy: Text
    applies: str | None = None
    among: str = "true"


@dataclass(frozen=True, kw_only=True)
class SqlFact:
    """A control figure known from outside: `sql` returns one whole number, which must equal `expected`."""

    id: str
    table: str
    severity: Severity
    owner: Owner
    sql: str
    needs: tuple[str, ...]
    expected: int
    stated_in: str
    remedy: Text
    applies: str | None = None


def result_of(query: Query, check: SqlRule | SqlFact, present: Collection[str]) -> CheckResult | None:
    """Ask one check; one that cannot be asked has failed. None where it says nothing about this file."""
    if isinstance(check, SqlRule):
        return _rule_result(query, check, present)
    return _fact_result(query, check, present)


def _rule_result(query: Query, rule: SqlRule, present: Collection[str]) -> CheckResult | None:
    try:
        _require(rule.needs, present)
        if not _applies(query, rule.applies):
            return None
        checked = int(query(f'SELECT count(*) FROM "{rule.table}" WHERE {rule.among}').item())
        found = query(statement(rule))
    except Exception as error:  # whatever a database raises, the rule was not seen to hold
        return _rule_outcome(rule, passed=False, observed=f"could not be evaluated: {error}")
    if found.is_empty():
        return _rule_outcome(rule, passed=True, checked=checked, unexpected=0)
    offending = int(found["offending"][0])
    return _rule_outcome(
        rule,
        passed=False,
        checked=checked,
        unexpected=offending,
        observed=f"broken by {offending:,}",
        examples=_as_text(found.drop("offending")),
    )


def _fact_result(query: Query, fact: SqlFact, present: Collection[str]) -> CheckResult | None:
    observed: str | None = None
    try:
        _require(fact.needs, present)
        if not _applies(query, fact.applies):
            return None
        found = query(fact.sql).item()
        passed = found == fact.expected
        observed = "nothing" if found is None else str(found)
    except Exception as error:
        passed, observed = False, f"could not be evaluated: {error}"
    return CheckResult(
        check_id=fact.id,
        kind="plausibility",
        table_name=fact.table,
        severity=fact.severity,
        passed=passed,
        observed=shortened(observed),
        owner=fact.owner,
        expected=Text(de=_stated(fact), en=_stated(fact)),
        remedy=fact.remedy,
    )


def statement(rule: SqlRule) -> str:
    """The query that is sent: how many rows offend, and the first of them in a fixed order."""
    return f"SELECT count(*) OVER () AS offending, * FROM ({rule.sql}) AS found ORDER BY ALL LIMIT {EXAMPLES}"


def concerned(query: Query, rule: SqlRule) -> pl.DataFrame:
    """The units a broken rule names, with how many of its rows and the first of them.

    Args:
        query: answers one SELECT on the finished file.
        rule: one that was found broken.

    Returns:
        Rows of `quality_finding`; none where the rows of the rule have no column `ags`, or cannot be had.
    """
    try:
        found = query(f"SELECT * FROM ({rule.sql}) AS found ORDER BY ALL LIMIT {MOST_ROWS}")
    except Exception:  # the rule could not be asked; its result says so
        return FINDING.empty()
    if "ags" not in found.columns:
        return FINDING.empty()
    named = found.filter(pl.col("ags").is_not_null())
    first = named.unique("ags", keep="first", maintain_order=True)
    examples = pl.Series("example", [_as_text(row) for row in first.iter_slices(1)], dtype=pl.String)
    rows = named.group_by("ags").agg(rows=pl.len().cast(pl.Int64))
    return (
        first.select("ags", example=examples, check_id=pl.lit(rule.id))
        .join(rows, on="ags")
        .select(list(FINDING.columns))
        .sort(list(FINDING.sort))
    )


def _require(needs: Iterable[str], present: Collection[str]) -> None:
    missing = sorted(set(needs) - set(present))
    if missing:
        raise LookupError(f"the release has no table {', '.join(missing)}")


def _applies(query: Query, condition: str | None) -> bool:
    return condition is None or bool(query(condition).item())


def _rule_outcome(
    rule: SqlRule,
    *,
    passed: bool,
    checked: int | None = None,
    unexpected: int | None = None,
    observed: str | None = None,
    examples: str | None = None,
) -> CheckResult:
    return CheckResult(
        check_id=rule.id,
        kind="rule",
        table_name=rule.table,
        severity=rule.severity,
        owner=rule.owner,
        passed=passed,
        checked=checked,
        unexpected=unexpected,
        observed=shortened(observed) if observed else None,
        expected=rule.expected,
        examples=examples,
        remedy=rule.remedy,
    )


def _stated(fact: SqlFact) -> str:
    return shortened(f"{fact.expected} ({fact.stated_in})")


def _as_text(rows: pl.DataFrame) -> str:
    """Offending rows as `column=value` pairs."""
    pairs = [" ".join(f"{name}={value}" for name, value in row.items()) for row in rows.to_dicts()]
    return shortened("; ".join(pairs))
