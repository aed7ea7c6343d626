"""A list file as records: guarded, cut by column name, every cell a text that does nothing.

Belongs here: CSV and XLSX, encoding and separator, finding the row of column names, refusing what
is no list. Does not belong here: what a cell means.

Formulas are never evaluated; a cell that begins like one, holds markup, an error of the
spreadsheet or more than 10,000 characters costs its row, never the file.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import PurePosixPath

from sources.list_import.description import Form
from sources.list_import.record import Cut, Problem, Record
from sources.list_import.written_dates import first_date_in
from sources.source import Raw, SourceChanged
from sources.workbook import sheets

FILE_LIMIT = 64 * 1024 * 1024
"""Largest list accepted after unpacking, in bytes."""
CELL_LIMIT = 10_000
RAW_LIMIT = 20_000
HEAD_ROWS = 15
"""Rows looked at for the row of column names."""
LONGEST_CELL = 20
"""Line breaks a cell may hold; beyond it a quotation mark was left open."""
NOTHING = ("-", "–", "—", "k.a.", "k. a.", "keine angabe", "unbekannt", "n/a")
"""What people write into a cell they know nothing for; the wording stays in raw_text."""

_FORMULA = re.compile(r"^\s*(?:[=@]|[+-](?![\d\s,.]*$))")
_MARKUP = re.compile(r"<\s*[a-zA-Z!/?]")
_ERROR = re.compile(r"^#(?:N/A|NV|REF!|BEZUG!|WERT!|VALUE!|NAME\?|DIV/0!|NULL!|ZAHL!|NUM!)$")


def cut(raw: Raw, form: Form) -> Cut:
    """Read a list file.

    Raises:
        SourceChanged: not a list of this form; the message names what was expected and found.
    """
    rows = _workbook_rows(raw) if raw.name.lower().endswith(".xlsx") else _text_rows(raw, form)
    head = _head_row(rows, form)
    if head is None:
        raise SourceChanged(_no_header(raw, form, rows))
    place_of = _places(raw, form, rows[head][1])
    records, problems = [], []
    for locator, cells in rows[head + 1 :]:
        if not any(cells):
            continue
        record = _record(form, place_of, locator, cells)
        found = _bad_cell(record, cells, len(rows[head][1]))
        if found is None:
            records.append(record)
        else:
            problems.append(found)
    if not records and not problems:
        raise SourceChanged(f"{raw.name} holds column names and no row. Leave the file out, or fill it.")
    above = " ".join(cell for _, cells in rows[:head] for cell in cells)
    return Cut(
        records=records,
        problems=problems,
        stated_on=first_date_in(above) or first_date_in(PurePosixPath(raw.name).name),
    )


_Rows = list[tuple[str, list[str]]]


def _text_rows(raw: Raw, form: Form) -> _Rows:
    content = raw.unpacked()
    if len(content) > FILE_LIMIT:
        raise SourceChanged(f"{raw.name} is larger than {FILE_LIMIT:,} bytes; no list is.")
    text = _decoded(raw, content)
    if not text.strip():
        raise SourceChanged(f"{raw.name} is empty. Save the list again.")
    if text.lstrip()[:200].lower().startswith(("<!doctype", "<html", "<?xml")):
        raise SourceChanged(f"{raw.name} is a web page, not a list. Download the file behind it.")
    attempts = [_rows_by(text, separator) for separator in (";", ",", "\t")]
    best = next((rows for rows in attempts if _head_row(rows, form) is not None), None)
    if best is None:
        return max(attempts, key=lambda rows: max((len(cells) for _, cells in rows[:HEAD_ROWS]), default=0))
    for locator, cells in best:
        if any(cell.count("\n") > LONGEST_CELL for cell in cells):
            raise SourceChanged(f"{raw.name}, {locator}: a quotation mark is opened and never closed.")
    return best


def _decoded(raw: Raw, content: bytes) -> str:
    """UTF-8, or the encoding German spreadsheets save in."""
    if content[:2] in (b"PK", b"\xd0\xcf"):
        raise SourceChanged(f"{raw.name} is a workbook with the name of a text file. Name it .xlsx.")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise SourceChanged(f"{raw.name} is neither UTF-8 nor Windows-1252. Save it as CSV UTF-8.")


def _rows_by(text: str, separator: str) -> _Rows:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: _Rows = []
    try:
        for cells in reader:
            rows.append((f"line {reader.line_num}", [cell.strip() for cell in cells]))
    except csv.Error as error:
        raise SourceChanged(
            f"line {reader.line_num} cannot be cut into cells ({error}). Is a quotation mark left open?"
        ) from error
    return rows


def _workbook_rows(raw: Raw) -> _Rows:
    """The first sheet that holds anything."""
    for name, rows in sheets(raw).items():
        if any(cell != "" for row in rows for cell in row):
            return [
                (f"sheet {name} row {number}", [_text(cell) for cell in row])
                for number, row in enumerate(rows, start=1)
            ]
    raise SourceChanged(f"{raw.name} holds no filled sheet. Save the list again.")


def _text(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell).replace(".", ",")
    return str(cell).strip()


def _plain(header: str) -> str:
    return " ".join(header.replace("\ufeff", "").split()).casefold()


def _head_row(rows: _Rows, form: Form) -> int | None:
    needed = {_plain(header) for header in form.needed_headers}
    for index, (_, cells) in enumerate(rows[:HEAD_ROWS]):
        if needed <= {_plain(cell) for cell in cells}:
            return index
    return None


def _no_header(raw: Raw, form: Form, rows: _Rows) -> str:
    widest: Sequence[str] = max((cells for _, cells in rows[:HEAD_ROWS]), key=len, default=[])
    return (
        f"{raw.name}: expected the columns {'; '.join(form.needed_headers)}, found "
        f"{'; '.join(cell[:40] for cell in widest[:20]) or 'nothing'}. "
        "Name the columns as in the template (docs/templates), in any order."
    )


def _places(raw: Raw, form: Form, header: Sequence[str]) -> dict[str, int]:
    """Where each column stands. A column nobody knows may be a known one misspelt: the file is refused."""
    known = {_plain(name): name for name in form.headers}
    places: dict[str, int] = {}
    for index, cell in enumerate(header):
        if not cell:
            continue
        name = known.get(_plain(cell))
        if name is None or name in places:
            trouble = "twice" if name else f"and is none of {'; '.join(form.headers)}"
            raise SourceChanged(
                f"{raw.name}: the column {cell[:60]!r} stands there {trouble}. Correct the header."
            )
        places[name] = index
    return places


def _record(form: Form, place_of: dict[str, int], locator: str, cells: list[str]) -> Record:
    def cell(header: str) -> str:
        place = place_of.get(header)
        text = cells[place] if place is not None and place < len(cells) else ""
        return "" if text.casefold() in NOTHING else text

    return Record(
        cells={
            role: next((cell(name) for name in names if cell(name)), "")
            for role, names in form.columns.items()
        },
        notes={name: cell(name) for name in form.notes if cell(name)},
        locator=locator,
        raw_text=";".join(cells)[:RAW_LIMIT],
    )


def _bad_cell(record: Record, cells: list[str], width: int) -> Problem | None:
    if any(cells[width:]):
        return _problem(record, "cell_count", str(len(cells)), f"the row has more than {width} cells")
    for cell in cells:
        if len(cell) > CELL_LIMIT:
            return _problem(
                record, "cell_too_long", cell[:80], f"a cell has more than {CELL_LIMIT:,} characters"
            )
        if _FORMULA.match(cell):
            return _problem(record, "formula", cell[:80], "a cell begins like a formula")
        if _MARKUP.search(cell):
            return _problem(record, "markup", cell[:80], "a cell holds markup")
        if _ERROR.match(cell):
            return _problem(record, "cell_error", cell, "a cell holds an error of the spreadsheet")
    return None


def _problem(record: Record, rule: str, value: str, reason: str) -> Problem:
    return Problem(
        record=record,
        rule=rule,
        column=None,
        value=value,
        reason=reason,
        remedy="Write plain text or a plain number into the cell, one row per line; the row waits until then.",
    )
