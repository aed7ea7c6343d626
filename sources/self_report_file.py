"""Returned forms as bytes: from CSV or XLSX to rows of plain text, refusing everything dangerous.

Belongs here: size, encoding, separators, workbooks without macros, bombs or traps. Does not belong
here: what a cell means (`self_report_check.py`). Nothing is calculated: a formula in a CSV cell is
text, and of a formula in a workbook only the result stored last is read.
"""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse
from python_calamine import CalamineWorkbook

from sources.self_report_form import COLUMNS
from sources.zipped import Limits, UnsafeArchive, Why, members

FILE_LIMIT = 2 * 1024 * 1024
LIMITS = Limits(members=200, unpacked=20 * 1024 * 1024)
"""Of a workbook."""
ROW_LIMIT = 5_000
COLUMN_LIMIT = 60
CELL_LIMIT = 1_000
ENDINGS = (".csv", ".xlsx")
MACHINE_ENDINGS = (".xlsm", ".xltm", ".xlsb", ".xls", ".xlam")
PLAIN_MEMBERS = (".xml", ".rels", ".vml", ".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf")


class Refused(Exception):
    """The whole file cannot be taken: what is wrong and what to do, in German for the office."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"{problem} {remedy}")
        self.problem = problem
        self.remedy = remedy


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row: its number in the file as a spreadsheet shows it, its cells by column, its wording."""

    number: int
    cells: Mapping[str, str]
    text: str


def rows_of(name: str, content: bytes) -> list[Row]:
    """The rows of a returned form that are not empty.

    Raises:
        Refused: the file as a whole cannot be read safely or is not the form.
    """
    ending = "." + name.lower().rpartition(".")[2]
    if ending in MACHINE_ENDINGS:
        raise Refused(
            f"Dateien der Art {ending} können Makros enthalten und werden nicht geöffnet.",
            "Bitte als .xlsx oder .csv speichern und neu einreichen.",
        )
    if ending not in ENDINGS:
        raise Refused(
            "Nur .csv und .xlsx werden gelesen.", "Bitte das Formular als .csv oder .xlsx speichern."
        )
    if len(content) > FILE_LIMIT:
        raise Refused(
            f"Die Datei ist größer als {FILE_LIMIT // 1024 // 1024} MB.",
            "Bitte nur das ausgefüllte Formular einreichen, ohne Bilder und weitere Blätter.",
        )
    if not content.strip():
        raise Refused("Die Datei ist leer.", "Bitte das ausgefüllte Formular einreichen.")
    grid = _workbook(content) if ending == ".xlsx" else _delimited(content)
    return _with_header(grid)


def _delimited(content: bytes) -> list[tuple[int, list[str]]]:
    text = _decoded(content)
    first = next((line for line in text.splitlines() if line.strip()), "")
    if first.lstrip().startswith("<"):
        raise Refused(
            "Die Datei ist eine Internetseite und nicht das Formular.",
            "Bitte das Formular herunterladen, ausfüllen und als .csv speichern.",
        )
    separator = max(";\t,", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    grid: list[tuple[int, list[str]]] = []
    try:
        start = 1
        for cells in reader:
            grid.append((start, cells))
            start = reader.line_num + 1
            if len(grid) > ROW_LIMIT:
                raise _too_many()
    except csv.Error as error:
        raise Refused(
            "Die Datei lässt sich nicht in Zeilen und Spalten zerlegen.",
            "Vermutlich ist ein Anführungszeichen nicht geschlossen. Bitte prüfen und neu speichern.",
        ) from error
    return grid


def _decoded(content: bytes) -> str:
    """Text from UTF-8 with or without mark, UTF-16 with mark, or Windows-1252, in this order."""
    try:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            text = content.decode("utf-16")
        else:
            try:
                text = content.decode("utf-8-sig")
            except UnicodeDecodeError:
                text = content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise Refused(
            "Die Zeichenkodierung der Datei ist nicht erkennbar.", "Bitte als CSV UTF-8 speichern."
        ) from error
    if "\x00" in text:
        raise Refused("Die Datei enthält Bytes, die kein Text sind.", "Bitte als CSV UTF-8 speichern.")
    return text


def _workbook(content: bytes) -> list[tuple[int, list[str]]]:
    _inspect(content)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheet = workbook.get_sheet_by_index(0)
        if sheet.height > ROW_LIMIT or sheet.width > COLUMN_LIMIT:
            raise _too_many()
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
        raise _too_many()


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


def _with_header(grid: Sequence[tuple[int, list[str]]]) -> list[Row]:
    filled = [(number, cells) for number, cells in grid if any(cell.strip() for cell in cells)]
    if not filled:
        raise Refused("Die Datei ist leer.", "Bitte das ausgefüllte Formular einreichen.")
    head = [cell.strip().lower() for cell in filled[0][1]]
    while head and not head[-1]:
        head.pop()
    missing = [name for name in COLUMNS if name not in head]
    unknown = [name for name in head if name not in COLUMNS]
    if missing or unknown or len(set(head)) != len(head):
        raise Refused(
            "Die erste Zeile nennt nicht die Spalten des Formulars."
            + (f" Es fehlen: {', '.join(missing)}." if missing else "")
            + (f" Unbekannt: {', '.join(name[:40] or '(leer)' for name in unknown[:20])}." if unknown else "")
            + (" Eine Spalte steht doppelt." if len(set(head)) != len(head) else ""),
            f"Bitte die Spalten genau so nennen: {'; '.join(COLUMNS)}.",
        )
    return [_row(number, head, cells) for number, cells in filled[1:]]


def _row(number: int, head: Sequence[str], cells: Sequence[str]) -> Row:
    padded = [*cells, *[""] * (len(head) - len(cells))]
    named = {name: cell.strip() for name, cell in zip(head, padded, strict=False)}
    surplus = [cell for cell in cells[len(head) :] if cell.strip()]
    if surplus:
        named["surplus"] = surplus[0].strip()
    return Row(number=number, cells=named, text=";".join(cell.strip()[:CELL_LIMIT] for cell in cells))


def _too_many() -> Refused:
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
