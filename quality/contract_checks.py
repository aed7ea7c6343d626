"""What a contract asks of a single row, one check at a time.

Belongs here: from a declared column to true where the row is good, with reason and remedy. Does not belong
here: declarations (`contract.py`), what becomes of a bad row, checks of the finished release (`suite.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from quality.contract import Column, Contract


def ascii_pattern(pattern: str) -> str:
    """The pattern with `\\d` meaning 0 to 9 only: engines disagree, and a key never has other digits."""
    return pattern.replace(r"\d", "[0-9]")


Check = tuple[str, str | None, pl.Expr, str, str]
"""Name, column, true where the row is good, reason, remedy."""


def checks(contract: Contract) -> list[Check]:
    """Every single-row check of a contract."""
    by_column = [check for name, column in contract.columns.items() for check in _column_checks(name, column)]
    return [*by_column, *((rule.name, None, rule.good, rule.name, rule.remedy.en) for rule in contract.rules)]


def _column_checks(name: str, column: Column) -> list[Check]:
    """The checks one column asks for; a null breaks none of them but the demand for a value."""
    value = pl.col(name)
    found: list[Check] = []

    def add(suffix: str, good: pl.Expr, reason: str, remedy: str) -> None:
        found.append((f"{name}_{suffix}", name, good, f"{name} {reason}", remedy))

    if not column.nullable:
        add(
            "present",
            value.is_not_null(),
            "is missing",
            "Supply the value, or leave the row out at the source.",
        )
    if column.dtype in (pl.Float32, pl.Float64):
        add(
            "finite",
            value.is_null() | value.is_finite(),
            "is not a number (a division by zero)",
            "Where there is no number the value is null; guard the denominator.",
        )
    if column.pattern is not None:
        add(
            "form",
            value.is_null() | value.str.contains(f"^(?:{ascii_pattern(column.pattern)})$"),
            f"does not have the form {column.pattern}",
            "Check leading zeros, length and blanks in the source.",
        )
    if column.allowed is not None:
        add(
            "allowed",
            value.is_null() | value.is_in(list(column.allowed)),
            f"is none of {', '.join(column.allowed)}",
            "Map the source's own word to one of these.",
        )
    if column.minimum is not None:
        add(
            "minimum",
            value.is_null() | (value >= column.minimum),
            f"is below {column.minimum}",
            "Check the sign and the unit in the source.",
        )
    if column.maximum is not None:
        add(
            "maximum",
            value.is_null() | (value <= column.maximum),
            f"is above {column.maximum}",
            "Check the unit in the source (thousands, cents).",
        )
    return found
