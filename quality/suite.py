"""A contract as a list of expectations: what is asked of a table, as data.

Belongs here: deriving the questions from the contract. Does not belong here: Great Expectations
itself, or running anything (`quality/expectations.py`).
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import polars as pl

from quality.contract import Column, Contract
from quality.contract_checks import ascii_pattern
from quality.status import NEVER_WITH_VALUE, WITHOUT_VALUE, Text

STATUS_RULE = "value_and_status_agree"
"""The contract rule that is audited as two conditional expectations instead of by its own expression."""

ROWS_EXPECTED: Mapping[str, tuple[int, int | None]] = {
    **dict.fromkeys(("indicator", "measure", "municipality", "observation"), (1, None)),
    **dict.fromkeys(("reason", "snapshot", "source"), (1, None)),
    "release": (1, 1),
}
"""Tables no release can do without: fewest and most rows."""

_LARGEST_FLOAT = sys.float_info.max


@dataclass(frozen=True, kw_only=True)
class Expected:
    """One expectation as data: its class in Great Expectations, its arguments, and what to say of it.

    `where` limits it to rows in which the column `value` is null or is not.
    """

    rule: str
    expectation: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    text: Text
    remedy: Text
    where: str | None = None


def suite(contract: Contract) -> tuple[Expected, ...]:
    """What Great Expectations is asked about a table, derived from its contract alone."""
    by_column = [one for name, column in contract.columns.items() for one in _of_column(name, column)]
    return (
        _in_order(contract),
        *_filled(contract.table),
        *by_column,
        *_key(contract),
        *_row_rules(contract),
    )


def _in_order(contract: Contract) -> Expected:
    names = [*contract.columns, *helpers(contract)]
    return Expected(
        rule="columns_in_order",
        expectation="ExpectTableColumnsToMatchOrderedList",
        arguments={"column_list": names},
        text=Text(de=", ".join(contract.columns), en=", ".join(contract.columns)),
        remedy=Text(
            de=f"Genau die Spalten aus quality/contracts/{contract.table}.py veröffentlichen, in dieser Folge.",
            en=f"Publish exactly the columns of quality/contracts/{contract.table}.py, in that order.",
        ),
    )


def _filled(table: str) -> Iterable[Expected]:
    if table not in ROWS_EXPECTED:
        return
    least, most = ROWS_EXPECTED[table]
    yield Expected(
        rule="rows_present",
        expectation="ExpectTableRowCountToBeBetween",
        arguments={"min_value": least, "max_value": most},
        text=Text(de=f"genau {least} Zeile", en=f"exactly {least} row")
        if least == most
        else Text(de=f"mindestens {least} Zeile", en=f"at least {least} row"),
        remedy=Text(
            de="In der Tabelle source nach der nicht gelesenen Quelle sehen, in der Quarantäne nach ihren Zeilen.",
            en="Look in table source for the source that was not read and in quarantine for its rows.",
        ),
    )


def _of_column(name: str, column: Column) -> Iterable[Expected]:
    if not column.nullable:
        yield Expected(
            rule=f"{name}_present",
            expectation="ExpectColumnValuesToNotBeNull",
            arguments={"column": name},
            text=Text(de=f"{name} ist nie leer", en=f"{name} is never null"),
            remedy=Text(
                de="Ein fehlender Wert kam an der Eingangsprüfung vorbei: ansehen, was die Spalte berechnet.",
                en="A null got past the door: look at what computes the column.",
            ),
        )
    if column.pattern is not None:
        yield Expected(
            rule=f"{name}_form",
            expectation="ExpectColumnValuesToMatchRegex",
            arguments={"column": name, "regex": rf"\A(?:{ascii_pattern(column.pattern)})\Z"},
            text=Text(de=f"{name} hat die Form {column.pattern}", en=f"{name} has the form {column.pattern}"),
            remedy=Text(
                de="Führende Nullen, Länge und Leerzeichen prüfen.",
                en="Check leading zeros, length and blanks.",
            ),
        )
    if column.allowed is not None:
        yield Expected(
            rule=f"{name}_allowed",
            expectation="ExpectColumnValuesToBeInSet",
            arguments={"column": name, "value_set": list(column.allowed)},
            text=Text(
                de=f"{name} ist eines von {', '.join(column.allowed)}",
                en=f"{name} is one of {', '.join(column.allowed)}",
            ),
            remedy=Text(
                de="Das Wort einem davon zuordnen, oder ein neues im Vertrag der Tabelle ankündigen.",
                en="Map the word to one of these, or announce a new one in the contract.",
            ),
        )
    if column.minimum is not None or column.maximum is not None or _is_float(column):
        yield _range(name, column)


def _range(name: str, column: Column) -> Expected:
    """Between the declared bounds; a float without bounds must at least be a number."""
    bounded = column.minimum is not None or column.maximum is not None
    least, most = (-_LARGEST_FLOAT, _LARGEST_FLOAT) if _is_float(column) else (None, None)
    shown = f"{'' if column.minimum is None else column.minimum} … {'' if column.maximum is None else column.maximum}"
    return Expected(
        rule=f"{name}_range" if bounded else f"{name}_finite",
        expectation="ExpectColumnValuesToBeBetween",
        arguments={
            "column": name,
            "min_value": least if column.minimum is None else _comparable(column.minimum),
            "max_value": most if column.maximum is None else _comparable(column.maximum),
        },
        text=Text(de=f"{name} zwischen {shown}", en=f"{name} within {shown}")
        if bounded
        else Text(de=f"{name} ist eine Zahl oder leer", en=f"{name} is a number or null"),
        remedy=Text(
            de="Vorzeichen und Einheit (Tausend, Cent) prüfen und ob jeder Nenner abgesichert ist.",
            en="Check sign and unit (thousands, cents) and that every denominator is guarded.",
        ),
    )


def _key(contract: Contract) -> Iterable[Expected]:
    if not contract.key:
        return
    single = len(contract.key) == 1
    yield Expected(
        rule="key_unique",
        expectation="ExpectColumnValuesToBeUnique" if single else "ExpectCompoundColumnsToBeUnique",
        arguments={"column": contract.key[0]}
        if single
        else {"column_list": list(contract.key), "ignore_row_if": "never"},
        text=Text(
            de=f"{', '.join(contract.key)} kommen zusammen einmal vor",
            en=f"{', '.join(contract.key)} occur together once",
        ),
        remedy=Text(
            de="Zwei Zeilen beanspruchen denselben Schlüssel: an der Quelle entscheiden, welche gilt.",
            en="Two rows claim the same key: decide upstream which one is right.",
        ),
    )


def _row_rules(contract: Contract) -> Iterable[Expected]:
    for rule in contract.rules:
        if rule.name == STATUS_RULE:
            yield from _status_rules(rule.remedy)
            continue
        yield Expected(
            rule=rule.name,
            expectation="ExpectColumnValuesToBeInSet",
            arguments={"column": f"rule_{rule.name}", "value_set": [True]},
            text=rule.says,
            remedy=rule.remedy,
        )


def _status_rules(remedy: Text) -> Iterable[Expected]:
    yield Expected(
        rule="null_has_missing_status",
        expectation="ExpectColumnValuesToBeInSet",
        arguments={"column": "obs_status", "value_set": sorted(WITHOUT_VALUE)},
        text=Text(
            de=f"wo kein Wert steht, ist obs_status eines von {', '.join(sorted(WITHOUT_VALUE))}",
            en=f"where value is null, obs_status is one of {', '.join(sorted(WITHOUT_VALUE))}",
        ),
        remedy=remedy,
        where="null",
    )
    yield Expected(
        rule="value_has_no_missing_status",
        expectation="ExpectColumnValuesToNotBeInSet",
        arguments={"column": "obs_status", "value_set": sorted(NEVER_WITH_VALUE)},
        text=Text(
            de=f"wo ein Wert steht, ist obs_status keines von {', '.join(sorted(NEVER_WITH_VALUE))}",
            en=f"where value is known, obs_status is none of {', '.join(sorted(NEVER_WITH_VALUE))}",
        ),
        remedy=remedy,
        where="known",
    )


def helpers(contract: Contract) -> Mapping[str, pl.Expr]:
    """Columns that carry the verdict of row rules no single-column expectation can express."""
    return {
        f"rule_{rule.name}": rule.good.fill_null(False) for rule in contract.rules if rule.name != STATUS_RULE
    }


def _is_float(column: Column) -> bool:
    return column.dtype in (pl.Float32, pl.Float64)


def _comparable(bound: float | date) -> float | datetime:
    """Bounds as pandas compares them: a date column is one of times there."""
    return datetime(bound.year, bound.month, bound.day) if isinstance(bound, date) else bound
