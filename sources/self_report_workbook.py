"""Workbooks returned as forms: looked through before they are opened, cells as the office sees them.

Belongs here: macros, traps, embedded files, cells far out. Does not belong here: CSV and the
header of the form (`self_report_file.py`). Of a formula only the result stored last is read.
"""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from datetime import date, datetime

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse
from python_calamine import CalamineWorkbook

from sources.zipped import Limits, UnsafeArchive, Why, members

LIMITS = Limits(members=200, unpacked=20 * 1024 * 1024)
"""Of a workbook."""

ROW_LIMIT = 5_000

COLUMN_LIMIT = 60

PLAIN_MEMBERS = (".xml", ".rels", ".vml", ".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf")


class Refused(Exception):
    """The whole file cannot be taken: what is wrong and what to do, in German for the office."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"{problem} {remedy}")
        self.problem = problem
        self.remedy = remedy


def workbook_rows(content: bytes) -> list[tuple[int, list[str]]]:
    """The first sheet: number and cells of every row.

    Raises:
        Refused: no workbook, or one that may not be opened.
    """
    _inspect(content)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheet = workbook.get_sheet_by_index(0)
        if sheet.height > ROW_LIMIT or sheet.width > COLUMN_LIMIT:
            raise too_many()
        cells = sheet.to_python(skip_empty_area=False)
    except Refused:
        raise
    except BaseException as error:  # a panic inside the reader is no Exception
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        raise _broken() from error
    return [(number, [_cell(value) for value in row]) for number, row in enumerate(cells, start=1)]


def _inspect(content: bytes) -> None:
    """Look through every member before the workbook is opened: bombs, macros, traps.

    Raises:
        Refused: something no form contains.
    """
    try:
        for name, inside in members(content, LIMITS):
            _inspect_member(name, inside)
    except UnsafeArchive as error:
        raise _unsafe(error.why) from error


def _inspect_member(name: str, content: bytes) -> None:
    lower = name.lower()
    if "vbaproject" in lower or "/macrosheets/" in lower or "/activex/" in lower:
        raise Refused("Die Arbeitsmappe enthält Makros.", "Bitte ohne Makros als .xlsx speichern.")
    if lower.endswith("/"):
        return
    is_settings = "printersettings" in lower and not content.lstrip().startswith(b"<")
    if not lower.endswith(PLAIN_MEMBERS) and not is_settings:
        raise Refused(
            "Die Arbeitsmappe enthält eingebettete Dateien.",
            "Bitte nur das Formular als .xlsx speichern, ohne Objekte.",
        )
    if lower.endswith((".xml", ".rels", ".vml")):
        _inspect_xml(content)


def _inspect_xml(content: bytes) -> None:
    """No entities, and no cell so far out that the empty area up to it would fill the memory."""
    try:
        for _event, element in iterparse(io.BytesIO(content), events=("start",), forbid_dtd=True):
            if element.tag.rpartition("}")[2] in {"c", "row"}:
                _inspect_place(element.get("r", ""))
    except DefusedXmlException as error:
        raise Refused(
            "Die Arbeitsmappe enthält Verweise auf fremde Inhalte (XML-Entitäten).",
            "Bitte das Formular neu herunterladen und ausfüllen.",
        ) from error
    except (ET.ParseError, ValueError, LookupError) as error:
        raise _broken() from error


def _inspect_place(place: str) -> None:
    match = re.fullmatch(r"([A-Z]{0,3})([0-9]{0,7})", place)
    if match is None:
        raise _broken()
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    if column > COLUMN_LIMIT or int(match[2] or 0) > ROW_LIMIT:
        raise too_many()


def _cell(value: object) -> str:
    """A cell as the office sees it: whole numbers without decimals, decimal comma, ISO dates."""
    if isinstance(value, bool):
        return "WAHR" if value else "FALSCH"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value).replace(".", ",")
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def too_many() -> Refused:
    """A table larger than any form."""
    return Refused(
        f"Die Tabelle reicht über {ROW_LIMIT} Zeilen oder {COLUMN_LIMIT} Spalten hinaus.",
        "Bitte überzählige Zeilen und Spalten löschen.",
    )


def _unsafe(why: Why) -> Refused:
    """What to tell the office about a workbook that is not opened."""
    match why:
        case "too_large" | "too_many":
            return Refused(
                "Die Arbeitsmappe ist entpackt zu groß und wird nicht geöffnet.",
                "Bitte nur das Formular als .xlsx oder .csv speichern.",
            )
        case "path":
            return Refused("Die Arbeitsmappe enthält unzulässige Pfade.", "Bitte neu als .xlsx speichern.")
        case "encrypted":
            return Refused("Die Arbeitsmappe ist verschlüsselt.", "Bitte ohne Kennwort als .xlsx speichern.")
        case "method" | "damaged":
            return _broken()


def _broken() -> Refused:
    return Refused(
        "Die Arbeitsmappe ist beschädigt oder keine .xlsx-Datei.",
        "Bitte in der Tabellenkalkulation öffnen und neu als .xlsx oder .csv speichern.",
    )
