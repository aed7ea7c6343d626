"""Rows as an Excel workbook: one sheet of typed data, one of notes.

Belongs here: cells and their types. Does not belong here: which rows, or the text of the notes.

A workbook is made by the library once, without rows; per unit only the rows are put in, as the library
would write them, because making each workbook anew costs five times as much. Text is written as text,
whatever it begins with, so no cell ever becomes a formula or a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import polars as pl

from pipelines.exchange.archive import zipped
from pipelines.exchange.columns import COLUMNS

DATA, NOTES = "Daten", "Hinweise"
MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Time of making in every workbook, so that equal rows make equal bytes."""

_DATA_SHEET, _NOTES_SHEET = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"
_WIDTHS = {"value": 14, "year": 7, "indicator_name": 50, "unit_name": 28, "reason_text": 60, "note": 40}
_WIDTH = 13
_LAST_LINE = 1_048_575
_DAY_ZERO = date(1899, 12, 30)
_DATE_STYLE = 2
"""Number of the date format in the workbook: the library numbers formats by first use."""
_TEXT, _END = '<c t="inlineStr"><is><t xml:space="preserve">', "</t></is></c>"
_NAMES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
"""Signs of text that XML needs by name; the first must stand first."""

_CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f]"


def sheet_lines(rows: pl.DataFrame) -> pl.Series:
    """Every row as one row of a sheet, in the columns of every download."""
    cells = [_cell(name, kind) for name, (kind, _) in COLUMNS.items()]
    return rows.select(line=pl.concat_str([pl.lit("<row>"), *cells, pl.lit("</row>")]))["line"]


def workbook(lines: Iterable[str], notes: Iterable[str]) -> bytes:
    """A workbook.

    Args:
        lines: rows as `sheet_lines` writes them.
        notes: lines of the second sheet.
    """
    frame = dict(_frame())
    told = "".join(f"<row>{_TEXT}{_escaped(note)}{_END}</row>" for note in notes)
    frame[_DATA_SHEET] = frame[_DATA_SHEET].replace(
        b"</sheetData>", "".join(lines).encode() + b"</sheetData>"
    )
    frame[_NOTES_SHEET] = frame[_NOTES_SHEET].replace(
        b"<sheetData/>", b"<sheetData>" + told.encode() + b"</sheetData>"
    )
    return zipped(frame)


def _cell(name: str, kind: str) -> pl.Expr:
    """A cell; one without a value is left empty, because cells without an address follow each other."""
    column = pl.col(name)
    if kind == "text":
        return _text(column)
    style, number = "", column.cast(pl.String)
    if kind == "date":
        style = f' s="{_DATE_STYLE}"'
        number = (column - pl.lit(_DAY_ZERO)).dt.total_days().cast(pl.String)
    written = pl.concat_str([pl.lit(f"<c{style}><v>"), number, pl.lit("</v></c>")])
    return pl.when(column.is_null()).then(pl.lit("<c/>")).otherwise(written)


def _escaped(text: str) -> str:
    """As `_text`, for one text of our own."""
    for sign, name in _NAMES.items():
        text = text.replace(sign, name)
    return text


def _text(column: pl.Expr) -> pl.Expr:
    safe = column.str.replace_all(_CONTROL, " ")
    for sign, name in _NAMES.items():
        safe = safe.str.replace_all(sign, name, literal=True)
    written = pl.concat_str([pl.lit(_TEXT), safe, pl.lit(_END)])
    return pl.when(column.is_null()).then(pl.lit("<c/>")).otherwise(written)


@cache
def _frame() -> tuple[tuple[str, bytes], ...]:
    """The files of a workbook with headings, widths and formats, and no rows."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - only where a workbook is made

    content = BytesIO()
    book = Workbook(content, {"in_memory": True})
    book.set_properties({"title": "SDG 17 Kommunalmonitor", "created": MADE})
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd.mm.yyyy"})
    sheet: Any = book.add_worksheet(DATA)
    for at, name in enumerate(COLUMNS):
        sheet.set_column(at, at, _WIDTHS.get(name, _WIDTH))
        sheet.write_string(0, at, name, bold)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, _LAST_LINE, len(COLUMNS) - 1)
    sheet.write_blank(1, 0, None, day)  # makes the library keep the format; the row is taken out below
    beside = book.add_worksheet(NOTES)
    beside.set_column(0, 0, 120)
    book.close()
    with ZipFile(content) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    data = re.sub(rb'<row r="2".*?</row>', b"", files[_DATA_SHEET])
    files[_DATA_SHEET] = re.sub(rb"<dimension[^>]*/>", b"", data)
    files[_NOTES_SHEET] = re.sub(rb"<dimension[^>]*/>", b"", files[_NOTES_SHEET])
    return tuple(files.items())
