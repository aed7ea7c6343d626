"""Entries of a TOML file written by a person, whatever they are about; all that is wrong is said at once.

Belongs here: what entries of corrections and of decisions have in common: their file, the fields each needs,
who signed when and why, values that fit a column. Does not belong here: what an entry means, or the disk.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from quality.contract import Column
from quality.corrections.entry import Problem

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

Row = Mapping[str, Any]


def entries(
    text: str, file: str, name: str, wrong: Callable[[Row], list[str]]
) -> tuple[list[Row], list[Problem]]:
    """The entries of one file that can be understood, and what is wrong with the others.

    A file or an entry that cannot be understood becomes a `Problem`, never an exception: it must stop the
    release with a message and not break the night.

    Args:
        text: the file.
        file: how it is named to people.
        name: of the tables, `[[name]]`.
        wrong: everything that is wrong with one entry.
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return [], [Problem(id="?", file=file, text=f"the file is not TOML: {error}")]
    rows = content.pop(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        return [], [Problem(id="?", file=file, text=f"write each entry under [[{name}]]")]
    problems = [
        Problem(id="?", file=file, text=f"{each} is not known; expected [[{name}]]") for each in content
    ]
    good: list[Row] = []
    for number, row in enumerate(rows, start=1):
        if found := wrong(row):
            shown = str(row.get("id", f"entry {number}"))
            problems.append(Problem(id=shown, file=file, text="; ".join(found)))
        else:
            good.append(row)
    return good, problems


def fields(row: Row, needed: Sequence[str], allowed: Sequence[str]) -> tuple[list[str], list[str]]:
    """Fields that are missing, and fields nobody knows, each in words."""
    missing = [f"{name} is missing" for name in needed if name not in row]
    return missing, [f"{name} is not known" for name in row if name not in allowed]


def signed(row: Row, actions: Sequence[str]) -> dict[str, bool]:
    """What must hold of every entry: its name, what it does, who says so, when and why."""
    return {
        "id has other signs than a-z, 0-9 and _": ID.fullmatch(str(row["id"])) is not None,
        f"action is none of {', '.join(actions)}": row["action"] in actions,
        "date is no day": is_day(row["date"]),
        "author is empty": bool(str(row["author"]).strip()),
        f"reason is shorter than {LEAST_REASON} letters": len(str(row["reason"]).strip()) >= LEAST_REASON,
    }


def broken(checks: Mapping[str, bool]) -> list[str]:
    """The texts of those that do not hold."""
    return [text for text, holds in checks.items() if not holds]


def is_day(value: object) -> bool:
    """Whether TOML read a day."""
    return isinstance(value, date)


def in_a_line(text: object) -> str:
    """A text without line breaks."""
    return " ".join(str(text).split())


def misfit(name: str, value: object, column: Column | None) -> str | None:
    """Why a value cannot stand in a column; null where it can."""
    if column is None:
        return f"there is no column {name}"
    types = TYPES.get(str(column.dtype), ())
    fits = isinstance(value, types) and (isinstance(value, bool) == (bool in types))
    return None if fits else f"{name} = {value!r} is no {column.dtype}"
