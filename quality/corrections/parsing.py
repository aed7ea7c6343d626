"""From TOML to corrections; whatever is wrong with an entry is said at once.

Belongs here: checking entries against the contracts. Does not belong here: what all entries have in common
(`reading.py`), looking at data, or at the disk.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from quality.contract import PROVENANCE, Contract
from quality.contracts import CONTRACTS
from quality.corrections.entry import ACTIONS, REPORT_STATES, Correction, Entries, Scalar
from quality.corrections.reading import broken, entries, fields, in_a_line, is_day, misfit, signed

NEEDED = ("id", "table", "provider", "where", "action", "reason", "date", "author", "status", "expect")
ALLOWED = (*NEEDED, "reported", "within", "set", "compute", "clear")


def parse(text: str, file: str) -> Entries:
    """The entries of one file: tables `[[correction]]`; what cannot be understood is a `Problem`."""
    rows, problems = entries(text, file, "correction", _wrong)
    return Entries(good=tuple(_correction(row, file) for row in rows), problems=tuple(problems))


def _wrong(row: Mapping[str, Any]) -> list[str]:
    """Everything that is wrong with an entry."""
    missing, unknown = fields(row, NEEDED, ALLOWED)
    if missing:
        return [*missing, *unknown]
    contract = CONTRACTS.get(str(row["table"]))
    if contract is None or contract.confidential:
        return [*unknown, f"there is no table {row['table']}"]
    return [*unknown, *_wrong_words(row), *_wrong_action(row, contract), *_wrong_columns(row, contract)]


def _wrong_words(row: Mapping[str, Any]) -> list[str]:
    expect = row["expect"]
    checks = {
        **signed(row, ACTIONS),
        f"status is none of {', '.join(REPORT_STATES)}": row["status"] in REPORT_STATES,
        "reported is no day": "reported" not in row or is_day(row["reported"]),
        "reported is needed unless status is open": ("reported" in row) == (row["status"] != "open"),
        "where selects nothing": isinstance(row["where"], dict) and bool(row["where"]),
        "expect.rows is no whole number above 0": isinstance(expect, dict)
        and isinstance(expect.get("rows"), int)
        and expect["rows"] > 0,
    }
    return broken(checks)


def _wrong_action(row: Mapping[str, Any], contract: Contract) -> list[str]:
    changed = [*_table(row, "set"), *_table(row, "compute"), *row.get("clear", [])]
    wrong = [
        f"{name} is changed in two ways" for name in sorted({n for n in changed if changed.count(n) > 1})
    ]
    if row["action"] == "set" and not changed:
        wrong.append("action set needs set, compute or clear")
    if row["action"] == "drop" and changed:
        wrong.append("action drop changes no column")
    wrong += [f"{name} leads to the file and is never changed" for name in changed if name in PROVENANCE]
    for name in row.get("clear", []):
        if name in contract.columns and not contract.columns[name].nullable:
            wrong.append(f"{name} may not be null")
    for name, formula in _table(row, "compute").items():
        wrong += _wrong_formula(name, formula, contract)
    return wrong


def _wrong_formula(name: str, formula: object, contract: Contract) -> list[str]:
    try:
        roots = pl.sql_expr(str(formula)).meta.root_names()
    except pl.exceptions.PolarsError as error:
        return [f"the formula of {name} cannot be read: {error}"]
    return [
        f"the formula of {name} names {each}, no column of it"
        for each in roots
        if each not in contract.columns
    ]


def _wrong_columns(row: Mapping[str, Any], contract: Contract) -> list[str]:
    wrong = []
    for part in ("where", "within", "set", "expect"):
        for name, value in _table(row, part).items():
            if part == "expect" and name == "rows":
                continue
            listed = value if isinstance(value, list) and part in {"where", "within"} else [value]
            wrong += [text for each in listed if (text := misfit(name, each, contract.columns.get(name)))]
    others = [*_table(row, "compute"), *row.get("clear", [])]
    wrong += [f"{contract.table} has no column {name}" for name in others if name not in contract.columns]
    return wrong


def _table(row: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = row.get(name, {})
    return found if isinstance(found, dict) else {}


def _correction(row: Mapping[str, Any], file: str) -> Correction:
    return Correction(
        id=row["id"],
        file=file,
        table=row["table"],
        provider=str(row["provider"]),
        where=_listed(row["where"]),
        within=_listed(_table(row, "within")),
        action=row["action"],
        reason=in_a_line(row["reason"]),
        date=row["date"],
        author=str(row["author"]),
        status=row["status"],
        reported=row.get("reported"),
        expected_rows=row["expect"]["rows"],
        expected_values={name: value for name, value in row["expect"].items() if name != "rows"},
        values=_table(row, "set"),
        formulas=_table(row, "compute"),
        cleared=tuple(row.get("clear", ())),
    )


def _listed(chosen: Mapping[str, Any]) -> Mapping[str, tuple[Scalar, ...]]:
    return {name: tuple(value) if isinstance(value, list) else (value,) for name, value in chosen.items()}
