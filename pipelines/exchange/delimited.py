"""Rows as delimited text: for offices and for programs.

Belongs here: the two forms and the guard against formulas. Does not belong here: which rows, or files.

The office form opens with a double click in a German spreadsheet program: byte order mark, semicolon,
decimal comma, lines ended as Windows does. Text that such a program would read as a formula gets a leading
apostrophe; the plain form leaves every text as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import polars as pl

from pipelines.exchange.cells import Texts
from pipelines.exchange.columns import COLUMNS, GUARDED, Kind


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
    suffix: str
    """What stands behind the name of such a file."""


OFFICE = Form(separator=";", decimal_comma=True, end="\r\n", mark="\ufeff", guarded=True, suffix="")
PLAIN = Form(separator=",", decimal_comma=False, end="\n", mark="", guarded=False, suffix="_plain")


def header(form: Form) -> str:
    """The first line, with its end."""
    return form.mark + form.separator.join(COLUMNS) + form.end


def lines(rows: Texts, form: Form) -> pl.Series:
    """Every row as one line of text, without its end; an empty cell is a null."""
    return rows.of_rows(partial(_cell, form=form), form.separator)


def text(written: pl.Series, form: Form) -> bytes:
    """A whole file from lines."""
    return header(form).encode() + joined(written, form.end)


def joined(written: pl.Series, end: str) -> bytes:
    """Lines, each with its end."""
    if written.is_empty():
        return b""
    return bytes(written.str.join(end).cast(pl.Binary).item()) + end.encode()


def files_by_key(keys: pl.Series, written: pl.Series, form: Form) -> dict[str, bytes]:
    """A whole file per unit from lines in the order of their units; no line is touched by itself."""
    said = pl.lit(header(form)) + pl.col("line").str.join(form.end) + pl.lit(form.end)
    grouped = pl.DataFrame({"key": keys, "line": written}).group_by("key", maintain_order=True)
    return dict(grouped.agg(said.cast(pl.Binary)).iter_rows())


def _cell(column: pl.Series, kind: Kind, form: Form) -> pl.Expr:
    cell = pl.col(column.name).cast(pl.String)
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
