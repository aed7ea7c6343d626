"""The pages of the analysts' handbook: their queries, the outputs printed below them, and how to print one.

Belongs here: cutting a page into queries and outputs, and the one form of output. Does not belong here:
which release is asked (`test_handbook.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

ROOT = Path(__file__).resolve().parents[2]
HANDBOOK = ROOT / "docs" / "handbook"
PAGES = (ROOT / "README.md", *sorted(HANDBOOK.glob("*.md")))
QUERY = re.compile(
    r"```sql(?P<mark> synthetic)?\n(?P<sql>.*?)```(?:\n*```text\n(?P<output>.*?)```)?", re.DOTALL
)
"""A query with its output; one marked as synthetic is asked of invented data (`suppressed.py`)."""

PROGRAM = re.compile(r"```python\n(?P<code>.*?)```", re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)(?P<target>[^)#]+)(?:#[^)]*)?\)")


@dataclass(frozen=True, kw_only=True)
class Query:
    """One query of a page with the output printed below it (null where none is)."""

    sql: str
    is_synthetic: bool
    output: str | None


def queries(page: str) -> list[Query]:
    """The queries of a page in order."""
    return [_query(found) for found in QUERY.finditer(page)]


def _query(found: re.Match[str]) -> Query:
    return Query(sql=found["sql"], is_synthetic=found["mark"] is not None, output=found["output"])


def rewritten(page: str, ask: Callable[[Query], str]) -> str:
    """The page with every output replaced by what the query answers now."""
    return QUERY.sub(
        lambda found: f"```sql{found['mark'] or ''}\n{found['sql']}```\n\n```text\n{ask(_query(found))}```",
        page,
    )


def answer(connection: duckdb.DuckDBPyConnection, sql: str) -> str:
    """What a query answers, as aligned text: numbers to the right, missing values as NULL."""
    asked = connection.execute(sql)
    names = [column[0] for column in asked.description or []]
    rows = asked.fetchall()
    columns = [[row[place] for row in rows] for place in range(len(names))]
    lined = [_column(name, values) for name, values in zip(names, columns, strict=True)]
    lines = ["  ".join(cells).rstrip() for cells in zip(*lined, strict=True)]
    return "\n".join([*lines, *([] if rows else ["(no rows)"])]) + "\n"


def _column(name: str, values: list[object]) -> list[str]:
    cells = [name, *(_cell(value) for value in values)]
    width = max(len(cell) for cell in cells)
    numbers = all(value is None or _is_number(value) for value in values) and any(
        value is not None for value in values
    )
    return [cell.rjust(width) if numbers else cell.ljust(width) for cell in cells]


def _is_number(value: object) -> bool:
    return not isinstance(value, bool | str | list) and hasattr(value, "__float__")


def _cell(value: object) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    return str(value)
