"""Made-up tables that keep any contract, for tests to break one thing at a time. Nothing here is real."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import polars as pl

from quality.contract import Column, Contract
from quality.contracts import CONTRACTS


def _digits(width: int) -> Callable[[int], str]:
    return lambda row: str(row).zfill(width)


def _letters(row: int) -> str:
    return "".join(chr(65 + row // 26**place % 26) for place in (2, 1, 0))


FORMS: Mapping[str, Callable[[int], str]] = {
    r"DG|\d{2}|\d{5}|\d{8}|\d{9}": _digits(8),
    r"\d{12}": _digits(12),
    r"\d{9}": _digits(9),
    r"\d{5}": _digits(5),
    r"\d{2}": lambda _: "09",
    r"[0-9a-f]{64}": lambda _: "a" * 64,
    r"[A-Z]{3}": _letters,
    r"[A-Z]{2}": lambda _: "KE",
    r"\d{5}|\d{8}": _digits(8),
    r"\d{2,12}": _digits(12),
    r"\d{1,5}": str,
    r"\d{3}": _digits(3),
    r"DG|\d{2}": lambda _: "DG",
    r"DG|\d{2}|\d{5}|\d{8}": _digits(8),
    r"\d{4}(-\d{2}-\d{2})?": lambda _: "2023-12-31",
    r"https?://\S+": lambda row: f"https://example.org/{row}",
    r"[67]\d{0,3}": lambda _: "7311",
    r"[1-4](,[1-4])*": lambda _: "3,4",
    r"17\.\d[a-z]?": lambda _: "17.1",
    "(population|area|employment)(,(population|area|employment))*": lambda _: "population,area",
    r"[a-z0-9_]+": lambda row: f"made_up_{row}",
    r"[a-z0-9_]+(?:\.[a-z0-9_]+)*": lambda row: f"made.up_{row}",
    r"DG|\d{2}|[a-z0-9_]+(?:\.[a-z0-9_]+)*": lambda row: f"made.up_{row}",
}
"""A text for every pattern the contracts use."""


EMPTY = {
    ("trend", "reason"),
    ("indicator", "absence_status"),
    ("peer_position", "reason"),
    ("peer_sensitivity", "reason"),
    ("peer_statistic", "median"),
    ("peer_statistic", "share_yes"),
}
"""Columns that must be empty where the made-up row fills another: a trend has a symbol or a reason."""


def good_table(name: str, rows: int = 3) -> pl.DataFrame:
    """A table of made-up rows that keeps its contract; keys differ from row to row."""
    return of_contract(CONTRACTS[name], rows)


def of_contract(contract: Contract, rows: int) -> pl.DataFrame:
    """As `good_table`, for a contract a test has declared itself."""
    columns = contract.columns.items()
    return pl.DataFrame([_column(name, column, contract, rows) for name, column in columns])


def _column(name: str, column: Column, contract: Contract, rows: int) -> pl.Series:
    if (contract.table, name) in EMPTY:
        values: list[object] = [None] * rows
    elif column.pattern is not None:
        values = [FORMS[column.pattern](row) for row in range(rows)]
    elif name in contract.key and column.dtype == pl.String and not column.allowed:
        values = [f"{name} {row}" for row in range(rows)]
    else:
        values = [_plain(column)] * rows
    return pl.Series(name, values, dtype=column.dtype)


def _plain(column: Column) -> object:
    if column.allowed:
        return "A" if "A" in column.allowed else column.allowed[0]
    plain = {
        pl.String: "made up",
        pl.Boolean: False,
        pl.Date: date(2023, 12, 31),
        pl.List(pl.String): ["a" * 64],
    }
    if column.dtype in plain:
        return plain[column.dtype]
    return 1 if column.minimum is None else column.minimum
