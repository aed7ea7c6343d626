"""Tables as files: delimited text in any encoding, and sheets of XLSX workbooks.

Belongs here: from bytes to records, with the line or row each came from. Does not belong here:
what a column means.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime

import polars as pl
from python_calamine import CalamineError, CalamineWorkbook, WorksheetNotFound

from sources.budget_import.description import Layout
from sources.budget_import.records import Records, build, rejections
from sources.source import Raw, SourceChanged
from sources.workbook import examine

LONGEST_RECORD = 20
"""Lines a quoted text may run over; beyond it a quotation mark was left open."""


def read_delimited(raw: Raw, layout: Layout) -> Records:
    """Read CSV or TSV. One broken record never hides the next: it is set aside by itself.

    Raises:
        SourceChanged: the bytes are not in the declared encoding, or there is no header.
    """
    lines = _decode(raw, layout).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    texts, numbers, unclosed = _logical_lines(lines)
    try:
        rows = list(csv.reader(texts, delimiter=layout.separator))
    except csv.Error as error:
        raise SourceChanged(f"{raw.name} cannot be read as delimited text ({error}).") from error
    header, first = _header(raw, layout, rows)
    kept = [index for index in range(first, len(rows)) if any(field.strip() for field in rows[index])]
    records = build(
        raw,
        header,
        [rows[index] for index in kept],
        [f"line {numbers[index]}" for index in kept],
        [texts[index] for index in kept],
    )
    open_quotes = rejections(
        raw,
        [('"', f"line {number}", text) for number, text in unclosed],
        rule="open_quotation_mark",
        reason="a quotation mark is opened and never closed",
        remedy="Close the quotation mark at the source, or double it if it belongs to the text.",
    )
    return Records(frame=records.frame, rejected=pl.concat([open_quotes, records.rejected]))


def read_workbook(raw: Raw, layout: Layout) -> Records:
    """Read one sheet of an XLSX workbook; numbers keep every digit the file holds.

    Raises:
        SourceChanged: no workbook, or no such sheet.
    """
    sheets = workbook_rows(raw, layout.sheet)
    if not sheets:
        raise SourceChanged(f"{raw.name} has no sheets.")
    name, rows = next(iter(sheets.items()))
    header, first = _header(raw, layout, rows)
    kept = [index for index in range(first, len(rows)) if any(rows[index])]
    return build(
        raw,
        header,
        [rows[index] for index in kept],
        [f"sheet {name} row {index + 1}" for index in kept],
        ["\t".join(rows[index]) for index in kept],
    )


def workbook_rows(raw: Raw, sheet: str | None = None) -> Mapping[str, list[list[str]]]:
    """Sheet to its rows as text; only the named sheet, if one is named.

    Raises:
        SourceChanged: no workbook, no such sheet, or it unpacks to more than is accepted.
    """
    content = raw.unpacked()
    examine(raw, content)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = [sheet] if sheet else workbook.sheet_names
        cells = {name: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in names}
    except WorksheetNotFound as error:
        raise SourceChanged(f"{raw.name} has no sheet {sheet!r}; it has {workbook.sheet_names}.") from error
    except CalamineError as error:
        raise SourceChanged(f"{raw.name} is not a readable workbook ({error}). Fetch it again.") from error
    return {name: [[_cell(value) for value in row] for row in rows] for name, rows in cells.items()}


def _decode(raw: Raw, layout: Layout) -> str:
    encoding = "utf-8-sig" if layout.encoding == "utf-8" else layout.encoding
    try:
        return raw.unpacked().decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceChanged(
            f"{raw.name} is not {layout.encoding}: byte {error.start} does not fit ({error.reason}). "
            "State the encoding the file really has in its description."
        ) from error


def _logical_lines(lines: Sequence[str]) -> tuple[list[str], list[int], list[tuple[int, str]]]:
    """Join lines whose quotation marks are open; return texts, first line numbers, and lines given up."""
    texts: list[str] = []
    numbers: list[int] = []
    unclosed: list[tuple[int, str]] = []
    index = 0
    while index < len(lines):
        text, end = lines[index], index + 1
        if text.count('"') % 2:
            text, end = _closed(lines, index)
        if end == index:
            unclosed.append((index + 1, lines[index]))
            end = index + 1
        else:
            texts.append(text)
            numbers.append(index + 1)
        index = end
    return texts, numbers, unclosed


def _closed(lines: Sequence[str], start: int) -> tuple[str, int]:
    """The record from `start` with its quotation marks closed, and the line after it; or `start` itself."""
    marks = 0
    for end in range(start, min(start + LONGEST_RECORD, len(lines))):
        marks += lines[end].count('"')
        if marks % 2 == 0:
            return "\n".join(lines[start : end + 1]), end + 1
    return lines[start], start


def _header(raw: Raw, layout: Layout, rows: Sequence[Sequence[str]]) -> tuple[Sequence[str], int]:
    """Column names and the index of the first record."""
    if layout.header:
        return layout.header, layout.header_row - 1
    if len(rows) < layout.header_row:
        raise SourceChanged(f"{raw.name} has no header in row {layout.header_row}: it is empty or cut off.")
    return rows[layout.header_row - 1], layout.header_row


def _cell(value: object) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)
