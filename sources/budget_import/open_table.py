"""Opening a file of unknown form as a table: layout guessed, records read by the readers that count.

Belongs here: the guessed `Layout` and the records under it. Does not belong here: what a column
means (`columns.py`).
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import orjson

from sources.budget_import.description import Layout
from sources.budget_import.json_records import read_json
from sources.budget_import.records import LOCATOR, RAW_TEXT, Records
from sources.budget_import.sniffing import SAMPLE, YEAR, find_header, sniff_encoding, sniff_separator
from sources.budget_import.tabular import read_delimited, read_workbook, workbook_rows
from sources.source import Raw, SourceChanged

WORKBOOKS = (b"PK\x03\x04",)


@dataclass(frozen=True)
class Table:
    """Records of a file with the layout they were read by."""

    layout: Layout
    records: Records
    byte_order_mark: bool = False
    name: str = ""

    @property
    def format(self) -> str:
        """csv, xlsx or json."""
        return self.layout.format

    @property
    def binary(self) -> bool:
        """True where numbers are number cells, not digits somebody typed."""
        return self.layout.format != "csv"

    @property
    def encoding(self) -> str | None:
        """Encoding of a text file."""
        return self.layout.encoding if self.layout.format == "csv" else None

    @property
    def separator(self) -> str | None:
        """Delimiter of a text file."""
        return self.layout.separator if self.layout.format == "csv" else None

    @property
    def sheet(self) -> str | None:
        """Sheet of a workbook."""
        return self.layout.sheet

    @property
    def header_row(self) -> int:
        """Row of the header, 0 where names were put together or made up."""
        return 0 if self.layout.header or self.layout.format == "json" else self.layout.header_row

    @cached_property
    def header(self) -> Sequence[str]:
        """Names of the columns."""
        return [name for name in self.records.frame.columns if name not in (LOCATOR, RAW_TEXT)]

    @cached_property
    def _columns(self) -> Mapping[str, list[str]]:
        return {name: self.records.frame[name].to_list() for name in self.header}

    def texts(self, name: str) -> list[str]:
        """The cells of one column."""
        return self._columns[name]

    def counts(self, name: str) -> Counter[str]:
        """The distinct cells of one column and how often each occurs."""
        if name not in self._counted:
            self._counted[name] = Counter(self.texts(name))
        return self._counted[name]

    @cached_property
    def _counted(self) -> dict[str, Counter[str]]:
        return {}

    def cell(self, place: int, name: str) -> str:
        """One cell."""
        return self._columns[name][place]

    @cached_property
    def locators(self) -> list[str]:
        """Where each record stands."""
        return self.records.frame[LOCATOR].to_list()

    @cached_property
    def raw_texts(self) -> list[str]:
        """Each record as written."""
        return self.records.frame[RAW_TEXT].to_list()

    @property
    def misfits(self) -> list[str]:
        """Where records stand that could not be divided into the columns."""
        return self.records.rejected["locator"].drop_nulls().to_list()


def open_table(raw: Raw, *, encoding: str | None = None, separator: str | None = None) -> Table:
    """A file as a table, whatever it is.

    Raises:
        SourceChanged: it is empty, damaged, a web page, or no table.
    """
    content = raw.unpacked()
    if not content.strip():
        raise SourceChanged(f"{raw.name} is empty. Fetch it again.")
    if content.startswith(WORKBOOKS):
        return _open_workbook(raw)
    if content.lstrip()[:1] in (b"{", b"["):
        return _open_json(raw, content)
    if content.lstrip()[:1] == b"<":
        raise SourceChanged(f"{raw.name} is a web page or XML, not a budget file. Fetch the file itself.")
    if b"\x00" in content[:1000] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SourceChanged(
            f"{raw.name} is neither text nor XLSX nor JSON. Old XLS files: save as XLSX first."
        )
    return _open_text(raw, content, encoding, separator)


def _open_text(raw: Raw, content: bytes, encoding: str | None, separator: str | None) -> Table:
    guessed, mark = sniff_encoding(content)
    encoding = encoding or guessed
    try:
        text = content.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as error:
        raise SourceChanged(
            f"{raw.name} is not {encoding} ({error.reason} at byte {error.start})."
        ) from error
    separator = separator or sniff_separator(text)
    try:
        rows = list(csv.reader(text.splitlines()[:SAMPLE], delimiter=separator))
    except csv.Error as error:
        raise SourceChanged(f"{raw.name} cannot be read as delimited text ({error}).") from error
    names, first = _names(raw, rows)
    layout = Layout(format="csv", encoding=encoding, separator=separator, header=names, header_row=first)
    return Table(layout, read_delimited(raw, layout), mark, raw.name)


def _open_workbook(raw: Raw) -> Table:
    sheets = workbook_rows(raw)
    name = max(sheets, key=lambda sheet: len(sheets[sheet]), default=None)
    if name is None:
        raise SourceChanged(f"{raw.name} is a workbook without sheets.")
    names, first = _names(raw, sheets[name])
    layout = Layout(format="xlsx", sheet=name, header=names, header_row=first)
    return Table(layout, read_workbook(raw, layout), name=raw.name)


def _names(raw: Raw, rows: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], int]:
    """Names put together, where the header row alone does not name the columns, and its place.

    Years below a row of phases ("Ergebnis", "Ansatz", "") become "Ergebnis 2024", "Ansatz 2025",
    "Ansatz 2026". Without a header the columns are named by their place.
    """
    number = find_header(rows)
    if not number:
        wide = max((len(row) for row in rows), default=0)
        if wide < 2:  # noqa: PLR2004 - a table has at least two columns
            raise SourceChanged(f"{raw.name} is no table: no delimiter divides its lines.")
        return tuple(f"Spalte {place}" for place in range(1, wide + 1)), 1
    header = [" ".join(cell.split()) for cell in rows[number - 1]]
    years = sum(bool(YEAR.fullmatch(cell)) for cell in header)
    if number > 1 and years and 2 * years >= sum(bool(cell) for cell in header):
        return _joined(rows[number - 2], header), number + 1
    if len(set(filter(None, header))) < sum(bool(cell) for cell in header):
        return _unique(header), number + 1
    return (), number


def _joined(above: Sequence[str], header: Sequence[str]) -> tuple[str, ...]:
    names, group = [], ""
    for place, cell in enumerate(header):
        over = " ".join(above[place].split()) if place < len(above) else ""
        group = over or (group if YEAR.fullmatch(cell) else "")
        names.append(f"{group} {cell}".strip())
    return _unique(names)


def _unique(names: Sequence[str]) -> tuple[str, ...]:
    seen: dict[str, int] = {}
    found = []
    for place, name in enumerate(names, 1):
        seen[name] = seen.get(name, 0) + 1
        found.append((name if seen[name] == 1 else f"{name} ({seen[name]})") or f"Spalte {place}")
    return tuple(found)


def _open_json(raw: Raw, content: bytes) -> Table:
    try:
        document = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise SourceChanged(f"{raw.name} is not JSON ({error}). Fetch it again.") from error
    lists = {".": document} if isinstance(document, list) else dict(document)
    lists = {
        key: value
        for key, value in lists.items()
        if isinstance(value, list) and value and all(isinstance(entry, dict) for entry in value)
    }
    if not lists:
        raise SourceChanged(f"{raw.name} holds no list of records; nothing in it looks like budget lines.")
    name = max(lists, key=lambda key: len(lists[key]))
    join, join_on = _join(document, lists[name])
    layout = Layout(format="json", records=name, join=join, join_on=join_on)
    records = read_json(raw, layout)
    return Table(layout, records, name=raw.name)


def _join(document: object, facts: Sequence[Mapping[str, object]]) -> tuple[str | None, str | None]:
    """A table of entries beside the list, and the field of the list that names an entry."""
    for name, entries in document.items() if isinstance(document, dict) else ():
        if not isinstance(entries, dict) or not entries:
            continue
        if not all(isinstance(entry, dict) for entry in entries.values()):
            continue
        for field in facts[0]:
            if all(str(fact.get(field)) in entries for fact in facts[:SAMPLE]):
                return name, field
    return None, None
