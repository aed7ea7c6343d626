"""Rows as an Excel workbook: one sheet of typed data, one of notes.

Belongs here: cells and their types. Does not belong here: which rows, or the text of the notes.

A workbook is made by the library once, without rows; per unit only the rows are put in, as the library
would write them, because making each workbook anew costs ten times as much. What does not change is packed
once for all workbooks. Text is written as text, whatever it begins with, so no cell ever becomes a formula
or a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZipFile

import polars as pl

from pipelines.exchange.archive import Packed, packed, together, zipped
from pipelines.exchange.cells import Texts
from pipelines.exchange.columns import COLUMNS, Kind
from pipelines.exchange.markup import IN_TEXT, safe

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
_TEXT, _KEPT, _END = (
    '<c t="inlineStr"><is><t>',
    '<c t="inlineStr"><is><t xml:space="preserve">',
    "</t></is></c>",
)
"""Before a text; before one whose blanks at either end count; after it."""

_EDGES = r"^\s|\s$|[\n\t]"
_BEST, _NOTES_KEPT = 9, 4096


@dataclass(frozen=True, kw_only=True)
class _Frame:
    """A workbook without rows: every file packed, the two sheets in the halves around their rows."""

    files: Mapping[str, Packed]
    data: tuple[Packed, Packed]
    notes: tuple[Packed, Packed]


def sheet_lines(rows: Texts) -> pl.Series:
    """Every row as one row of a sheet, in the columns of every download."""
    cells = rows.of_rows(_cell)
    return pl.select(pl.concat_str(pl.lit("<row>"), cells, pl.lit("</row>"))).to_series()


def workbook(lines: bytes, notes: Iterable[str]) -> bytes:
    """A workbook.

    Args:
        lines: rows as `sheet_lines` writes them, one after the other.
        notes: lines of the second sheet.
    """
    frame = _frame()
    lower = [_note(note) for note in notes]
    before, after = frame.data
    above, below = frame.notes
    sheets = {
        _DATA_SHEET: together(before, packed(lines), after),
        _NOTES_SHEET: together(above, *lower, below),
    }
    return zipped({**frame.files, **sheets})


@lru_cache(maxsize=_NOTES_KEPT)
def _note(text: str) -> Packed:
    """One line of the second sheet; most workbooks share most of them."""
    return packed(f"<row>{_KEPT}{escape(text)}{_END}</row>".encode(), _BEST)


def _cell(column: pl.Series, kind: Kind) -> pl.Expr:
    """A cell; one without a value is left empty, because cells without an address follow each other."""
    named = pl.col(column.name)
    if kind == "text":
        before, written = _text(column)
    else:
        style, written = "", named.cast(pl.String)
        if kind == "date":
            style = f' s="{_DATE_STYLE}"'
            written = (named - pl.lit(_DAY_ZERO)).dt.total_days().cast(pl.String)
        before = f"<c{style}><v>"
    end = _END if kind == "text" else "</v></c>"
    filled = pl.concat_str([pl.lit(before), written, pl.lit(end)])
    return pl.when(named.is_null()).then(pl.lit("<c/>")).otherwise(filled)


def _text(column: pl.Series) -> tuple[str, pl.Expr]:
    """What stands before each text of a column, and the texts."""
    return _KEPT if column.str.contains(_EDGES).any() else _TEXT, safe(column, IN_TEXT)


@cache
def _frame() -> _Frame:
    """A workbook with headings, widths and formats, as the library makes it."""
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
    notes = files[_NOTES_SHEET].replace(b"<sheetData/>", b"<sheetData></sheetData>")
    return _Frame(
        files={name: packed(content, _BEST) for name, content in files.items()},
        data=_halves(data),
        notes=_halves(notes),
    )


def _halves(sheet: bytes) -> tuple[Packed, Packed]:
    """A sheet up to the end of its rows, and what follows; without the size it had."""
    plain = re.sub(rb"<dimension[^>]*/>", b"", sheet)
    before, mark, after = plain.partition(b"</sheetData>")
    return packed(before, _BEST), packed(mark + after, _BEST)
