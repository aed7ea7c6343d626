"""XLSX workbooks made up by tests: cells as inline texts or numbers, and broken ones on purpose."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"

Cell = str | int | float | None


def workbook(sheets: Mapping[str, Sequence[Sequence[Cell]]], prologue: str = "") -> bytes:
    """A workbook; `prologue` is put before the root of every sheet (entities, for instance)."""
    names = list(sheets)
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(names, start=1)
    )
    related = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, len(names) + 1)
    )
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types"/>')
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{listed}</sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{PACKAGE}/relationships">{related}</Relationships>',
        )
        for number, name in enumerate(names, start=1):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", prologue + _sheet(sheets[name]))
    return kept.getvalue()


def _sheet(rows: Sequence[Sequence[Cell]]) -> str:
    written = "".join(
        f'<row r="{number}">'
        + "".join(_cell(f"{_letters(place)}{number}", cell) for place, cell in enumerate(row))
        + "</row>"
        for number, row in enumerate(rows, start=1)
    )
    return f'<worksheet xmlns="{MAIN}"><sheetData>{written}</sheetData></worksheet>'


def _letters(place: int) -> str:
    return chr(65 + place) if place < 26 else chr(64 + place // 26) + chr(65 + place % 26)


def _cell(reference: str, cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        # An entity is passed on as it is, so that a test can plant one.
        shown = cell if cell.startswith("&") else escape(cell)
        return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{shown}</t></is></c>'
    return f'<c r="{reference}"><v>{cell}</v></c>'


def bomb() -> bytes:
    """A workbook whose one member unpacks to 300 MB of blanks, packed into a few hundred kilobytes."""
    kept = io.BytesIO()
    with (
        zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/workbook.xml", "w", force_zip64=True) as member,
    ):
        for _ in range(300):
            member.write(b" " * 1024 * 1024)
    return kept.getvalue()


def lying(content: bytes) -> bytes:
    """The same archive with the first member declaring fewer bytes than it holds."""
    changed = bytearray(content)
    central = changed.find(b"PK\x01\x02")
    changed[central + 24 : central + 28] = (1).to_bytes(4, "little")
    return bytes(changed)


def escaping() -> bytes:
    """An archive with a member that would lead out of the folder it is unpacked into."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("../../../../tmp/escaped.xml", "<workbook/>")
    return kept.getvalue()


BROKEN: Mapping[str, bytes] = {
    "empty": b"",
    "error page": b"<!DOCTYPE html><html><body>Wartungsarbeiten</body></html>",
    "truncated": workbook({"Tabelle": [["a", "b"]] * 50})[:-200],
    "lying about its size": lying(workbook({"Tabelle": [["a", "b"]] * 50})),
    "leading out of the folder": escaping(),
    "no sheets of this kind": workbook({"Deckblatt": [["Statistisches Bundesamt"]]}),
}
"""Files that are no workbook any reader here expects."""
