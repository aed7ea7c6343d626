"""Returned forms as bytes: from CSV or XLSX to rows of plain text, refusing everything dangerous.

Belongs here: size, encoding, separators, workbooks without macros, bombs or traps. Does not belong
here: what a cell means (`self_report_check.py`). Nothing is calculated: a formula in a CSV cell is
text, and of a formula in a workbook only the result stored last is read.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sources.self_report_form import COLUMNS
from sources.self_report_workbook import ROW_LIMIT, Refused, too_many, workbook_rows

FILE_LIMIT = 2 * 1024 * 1024
CELL_LIMIT = 1_000
ENDINGS = (".csv", ".xlsx")
MACHINE_ENDINGS = (".xlsm", ".xltm", ".xlsb", ".xls", ".xlam")


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
    grid = workbook_rows(content) if ending == ".xlsx" else _delimited(content)
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
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    grid: list[tuple[int, list[str]]] = []
    try:
        start = 1
        for cells in reader:
            grid.append((start, cells))
            start = reader.line_num + 1
            if len(grid) > ROW_LIMIT:
                raise too_many()
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
