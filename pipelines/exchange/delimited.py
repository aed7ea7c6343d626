"""Rows as delimited text: for offices and for programs.

Belongs here: the two forms and the guard against formulas. Does not belong here: which rows, or files.

The office form opens with a double click in a German spreadsheet program: byte order mark, semicolon,
decimal comma, lines ended as Windows does. Text that such a program would read as a formula gets a leading
apostrophe; the plain form leaves every text as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from pipelines.exchange.columns import COLUMNS, GUARDED


@dataclass(frozen=True, kw_only=True)
class Form:
    """A way to write rows as text."""

    separator: str
    decimal_comma: bool
    end: str
    mark: str
    """What stands before the first line."""
    guarded: bool
    """Whether text that looks like a formula gets a leading apostrophe."""


OFFICE = Form(separator=";", decimal_comma=True, end="\r\n", mark="\ufeff", guarded=True)
PLAIN = Form(separator=",", decimal_comma=False, end="\n", mark="", guarded=False)


def header(form: Form) -> str:
    """The first line, with its end."""
    return form.mark + form.separator.join(COLUMNS) + form.end


def lines(rows: pl.DataFrame, form: Form) -> pl.Series:
    """Every row as one line of text, without its end; an empty cell is a null."""
    cells = [_cell(name, kind, form) for name, (kind, _) in COLUMNS.items()]
    return rows.select(line=pl.concat_str(cells, separator=form.separator))["line"]


def text(rows: pl.DataFrame, form: Form) -> bytes:
    """Rows as a whole file."""
    return joined(lines(rows, form), form)


def joined(written: Iterable[str], form: Form) -> bytes:
    """A file from lines that are already written."""
    return (header(form) + form.end.join((*written, ""))).encode()


def _cell(name: str, kind: str, form: Form) -> pl.Expr:
    cell = pl.col(name).cast(pl.String)
    if kind == "number" and form.decimal_comma:
        cell = cell.str.replace(".", ",", literal=True)
    if kind == "text":
        if form.guarded:
            looks = pl.any_horizontal(cell.str.starts_with(sign) for sign in GUARDED)
            cell = pl.when(looks).then("'" + cell).otherwise(cell)
        special = cell.str.contains(f'[{form.separator}"\r\n]')
        quoted = '"' + cell.str.replace_all('"', '""', literal=True) + '"'
        cell = pl.when(special).then(quoted).otherwise(cell)
    return cell.fill_null("")
