"""XLSX workbooks as rows of cells, opened without trusting them.

Belongs here: refusing what is no workbook, is damaged or unpacks to too much, and turning numbers
Excel made of keys back into digits. Does not belong here: any one workbook's layout.

Formulas, macros, links and entities are never evaluated: only stored values are read.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any, TypeAlias

from python_calamine import CalamineError, CalamineWorkbook

from sources.source import Raw, SourceChanged
from sources.zipped import Limits, UnsafeArchive, as_changed, members

LIMITS = Limits(unpacked=256 * 1024 * 1024)
"""Of a workbook."""

Row: TypeAlias = list[Any]


def sheets(raw: Raw, wanted: Callable[[str], bool] | None = None) -> dict[str, list[Row]]:
    """Sheet name to rows of cells, blank cells as empty text, for the sheets wanted.

    Raises:
        SourceChanged: not a workbook, damaged, or larger than `LIMITS` allow when unpacked.
    """
    content = raw.unpacked()
    examine(raw, content)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return {
            name: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for name in workbook.sheet_names
            if wanted is None or wanted(name)
        }
    except (CalamineError, OSError, ValueError) as error:
        raise SourceChanged(f"{raw.name} cannot be read as an XLSX workbook ({error}).") from error


def examine(raw: Raw, content: bytes) -> None:
    """Unpack every member once within the limits; a member that lies about its size fails its checksum.

    Raises:
        SourceChanged: no workbook that may be opened.
    """
    try:
        for _ in members(content, LIMITS):
            pass
    except UnsafeArchive as error:
        raise as_changed(raw, error, "XLSX workbook") from error


def text(cell: object) -> str | None:
    """A cell as text without line breaks; a whole number without its `.0`, a blank cell as null."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell).split()) or None


def digits(cell: object, length: int) -> str | None:
    """A key Excel made a number, with its leading zeros; null where the cell is no whole number."""
    found = text(cell)
    if found is None or not (found.isascii() and found.isdigit()) or len(found) > length:
        return None
    return found.zfill(length)


def shown(row: Row) -> str:
    """A row as one line, the way a quarantine shows it."""
    return ";".join(text(cell) or "" for cell in row)
