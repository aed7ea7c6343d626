"""From TOML to corrections; whatever is wrong with an entry is said at once.

Belongs here: reading and checking entries against the contracts. Does not belong here: looking at
data, or at the disk.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from quality.contract import PROVENANCE, Column, Contract
from quality.contracts import CONTRACTS
from quality.corrections.entry import ACTIONS, REPORT_STATES, Correction, Entries, Problem, Scalar

NEEDED = ("id", "table", "provider", "where", "action", "reason", "date", "author", "status", "expect")
ALLOWED = (*NEEDED, "reported", "within", "set", "compute", "clear")
ID = re.compile(r"[a-z0-9_]+")
LEAST_REASON = 30
"""Letters below which a reason proves nothing."""

TYPES: Mapping[str, tuple[type, ...]] = {
    "String": (str,),
    "Int64": (int,),
    "Float64": (int, float),
    "Boolean": (bool,),
    "Date": (date,),
}


def parse(text: str, file: str) -> Entries:
    """The entries of one file: tables `[[correction]]`.

    A file or an entry that cannot be understood becomes a `Problem`, never an exception: it must
    stop the release with a message and not break the night.
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Entries(problems=(Problem(id="?", file=file, text=f"the file is not TOML: {error}"),))
    rows = content.pop("correction", [])
    problems = [
        Problem(id="?", file=file, text=f"{name} is not known; expected [[correction]]") for name in content
    ]
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        return Entries(problems=(Problem(id="?", file=file, text="write each entry under [[correction]]"),))
    good: list[Correction] = []
    for number, row in enumerate(rows, start=1):
        wrong = _wrong(row)
        if wrong:
            shown = str(row.get("id", f"entry {number}"))
            problems.append(Problem(id=shown, file=file, text="; ".join(wrong)))
        else:
            good.append(_correction(row, file))
    return Entries(good=tuple(good), problems=tuple(problems))


def _wrong(row: Mapping[str, Any]) -> list[str]:
    """Everything that is wrong with an entry."""
    missing = [name for name in NEEDED if name not in row]
    unknown = [name for name in row if name not in ALLOWED]
    wrong = [*(f"{name} is missing" for name in missing), *(f"{name} is not known" for name in unknown)]
    if missing:
        return wrong
    contract = CONTRACTS.get(str(row["table"]))
    if contract is None or contract.confidential:
        return [*wrong, f"there is no table {row['table']}"]
    return [*wrong, *_wrong_words(row), *_wrong_action(row, contract), *_wrong_columns(row, contract)]


def _wrong_words(row: Mapping[str, Any]) -> list[str]:
    checks = {
        "id has other signs than a-z, 0-9 and _": ID.fullmatch(str(row["id"])) is not None,
        f"action is none of {', '.join(ACTIONS)}": row["action"] in ACTIONS,
        f"status is none of {', '.join(REPORT_STATES)}": row["status"] in REPORT_STATES,
        "date is no day": _is_day(row["date"]),
        "reported is no day": "reported" not in row or _is_day(row["reported"]),
        "reported is needed unless status is open": ("reported" in row) == (row["status"] != "open"),
        "author is empty": bool(str(row["author"]).strip()),
        f"reason is shorter than {LEAST_REASON} letters": len(str(row["reason"]).strip()) >= LEAST_REASON,
        "where selects nothing": isinstance(row["where"], dict) and bool(row["where"]),
        "expect.rows is no whole number above 0": isinstance(row["expect"], dict)
        and isinstance(row["expect"].get("rows"), int)
        and row["expect"]["rows"] > 0,
    }
    return [text for text, holds in checks.items() if not holds]


def _is_day(value: object) -> bool:
    return isinstance(value, date)


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


def misfit(name: str, value: object, column: Column | None) -> str | None:
    """Why a value cannot stand in a column; null where it can."""
    if column is None:
        return f"there is no column {name}"
    types = TYPES.get(str(column.dtype), ())
    fits = isinstance(value, types) and (isinstance(value, bool) == (bool in types))
    return None if fits else f"{name} = {value!r} is no {column.dtype}"


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
        reason=" ".join(str(row["reason"]).split()),
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
