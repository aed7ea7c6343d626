"""The grammar of a single value in a description: where a text comes from and what becomes of it.

Belongs here: `columns`, `cases`, `when` and `key`. Does not belong here: files, amounts, controls
(`parsing.py`), or applying a value (`values.py`).
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from sources.budget_import.description import AS_COLUMN, TARGETS, WORDS, Case, Value
from sources.budget_import.toml_table import TomlTable


def parse_values(table: TomlTable) -> dict[str, tuple[Value, ...]]:
    """The values of a `columns` table by column of `budget_line`."""
    found = {}
    for target in table.content:
        if target in TARGETS:
            found[target] = tuple(parse_value(entry, target) for entry in table.tables(target))
        else:
            table.asked.add(target)
            table.complain(target, f"is no column of budget_line; valid are {', '.join(TARGETS)}")
    return found


def parse_value(table: TomlTable, target: str = "") -> Value:
    """One value; words it can yield are checked against those the column allows."""
    value = Value(
        column=table.optional("column"),
        constant=table.optional("constant"),
        cases=tuple(_case(entry) for entry in table.tables("cases")),
        extract=table.optional("extract"),
        pad=table.integer("pad"),
        words=table.mapping("words"),
        lookup=table.optional("lookup"),
        join_divided_words=table.flag("join_divided_words"),
    )
    if sum((value.column is not None, value.constant is not None, bool(value.cases))) != 1:
        table.complain("column", "or constant or cases: exactly one must be given")
    if value.extract:
        _check_expression(table, "extract", value.extract)
    spoken = [*value.words.values(), *(case.value for case in value.cases), *filter(None, [value.constant])]
    for word in spoken if target in WORDS else ():
        if word not in (*WORDS[target], *((AS_COLUMN,) if target == "direction" else ())):
            table.complain("", f"yields {word!r} for {target}; valid are {', '.join(WORDS[target])}")
    table.finish()
    return value


def _case(table: TomlTable) -> Case:
    case = Case(value=table.text("value", "internal"), when=parse_condition(table))
    table.finish()
    return case


def parse_condition(table: TomlTable, key: str = "when") -> Mapping[str, str]:
    """The table `when` (or `only`): column to regular expression."""
    when = table.mapping(key)
    if not when:
        table.complain(key, f"is missing; write for example: {key} = {{ Konto = '^9' }}")
    for pattern in when.values():
        _check_expression(table, key, pattern)
    return when


def _check_expression(table: TomlTable, key: str, pattern: str) -> None:
    try:
        pl.select(pl.lit("").str.contains(pattern))
    except pl.exceptions.ComputeError as error:
        table.complain(key, f"{pattern!r} is no regular expression: {str(error).splitlines()[0]}")
