"""Changes of territory, key and name, as the workbook "Gebietsänderungen" lists them year by year.

Belongs here: the layout of that workbook. Does not belong here: what follows for figures (weights
are in `bbsr_weights.py`) or for the register (`register_history.py`).

Sheet "Gebietsaenderungen" (the second), three rows of heads, 13 columns. A partial separation
(kind 2) has one row for what leaves and one for what stays, in which the old key equals the new one.
Associations have a key of 9 digits and no AGS. Two dates: when the change holds in law, and from
when statistics show it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime

import polars as pl

from quality.contract import no_rejects
from quality.contracts import CONTRACTS
from sources.rejection import reject
from sources.source import Raw, Reading, Source, SourceChanged
from sources.workbook import Row, digits, sheets, shown, text

TABLE = CONTRACTS["territory_change"]
WIDTH = 13
HEAD_ROWS = 3
FEWEST_CELLS = 3
"""Filled cells from which on a row is a change; footnotes and blank rows have fewer."""

SHEET = re.compile(r"gebiets.?(ae|ä)nderungen", re.IGNORECASE)
CHANGE_ID = re.compile(r"^\d{2}/\d{4}/\d+(-[A-Z]+)?$")
KINDS = re.compile(r"^[1-4](, ?[1-4])*$")

LEVELS = {
    "gemeinde": "municipality",
    "gemeindeverband": "association",
    "kreis": "district",
    "regierungsbezirk": "region",
    "land": "land",
}
ARS_LENGTH = {"municipality": 12, "association": 9, "district": 5, "region": 3, "land": 2}
AGS_LENGTH = {"municipality": 8, "district": 5}

HEADS_MISPLACED = (
    (range(2, 5), re.compile(r"\bnach\b|\bneu", re.IGNORECASE)),
    (range(8, 11), re.compile(r"\bvor\b|\balt", re.IGNORECASE)),
    (range(11, 12), re.compile(r"statist", re.IGNORECASE)),
    (range(12, 13), re.compile(r"recht|jurist", re.IGNORECASE)),
)
"""Columns whose heads, if they say this, have changed places: shapes alone would not show it."""

Cells = dict[str, object]


def read(raws: Sequence[Raw], _needs: Mapping[str, pl.DataFrame]) -> Reading:
    """Every change of every year given.

    Raises:
        SourceChanged: not this workbook, or its columns changed places.
    """
    frames, rejected = [TABLE.empty()], [no_rejects()]
    for raw in raws:
        rows = _rows(raw)
        records = [
            _record(row, number)
            for number, row in enumerate(rows[HEAD_ROWS:], start=HEAD_ROWS + 1)
            if sum(text(cell) is not None for cell in row[:WIDTH]) >= FEWEST_CELLS
        ]
        schema = {**TABLE.schema, "problem": pl.String}
        table = pl.DataFrame(records, schema=schema, orient="row").with_columns(
            snapshot_id=pl.lit(raw.snapshot_id)
        )
        readable = table.filter(pl.col("problem").is_null())
        if records and readable.height * 2 < table.height:
            raise SourceChanged(
                f"{raw.name}: {table.height - readable.height} of {table.height} rows cannot be read, the "
                f"first because of: {table['problem'].drop_nulls()[0]}. Have columns changed places?"
            )
        frames.append(readable.select(list(TABLE.columns)))
        rejected.append(_unreadable(table.filter(pl.col("problem").is_not_null())))
    return Reading(tables={TABLE.table: pl.concat(frames)}, rejected=pl.concat(rejected))


def _rows(raw: Raw) -> list[Row]:
    found = sheets(raw)
    named = [name for name in found if SHEET.search(name)] or list(found)[1:2]
    rows = found[named[0]] if named else []
    width = max((len(row) for row in rows), default=0)
    if len(rows) <= HEAD_ROWS or width < WIDTH:
        raise SourceChanged(
            f"{raw.name}: expected a sheet Gebietsaenderungen with {WIDTH} columns below {HEAD_ROWS} rows "
            f"of heads, found the sheets {', '.join(found) or 'none'}. Is this the list of changes?"
        )
    for places, wrong in HEADS_MISPLACED:
        head = " ".join(text(row[place]) or "" for row in rows[:HEAD_ROWS] for place in places)
        if wrong.search(head):
            raise SourceChanged(
                f"{raw.name}: column {places.start + 1} is headed {head!r}; columns changed places."
            )
    return rows


def _record(row: Row, number: int) -> Cells:
    """One change; `problem` names every cell that cannot be read."""
    cells = [text(cell) for cell in row[:WIDTH]]
    level = LEVELS.get(_word(cells[1]))
    problems: list[str] = []

    def need(value: object, place: int, what: str) -> object:
        if value is None:
            problems.append(f"{what} {cells[place]!r}")
        return value

    def key(place: int, length: int | None, what: str) -> str | None:
        if length is None:
            return None
        found = digits(row[place], length)
        # A key that lost more than its one leading zero was cut or rounded, not merely made a number.
        whole = found is not None and len(cells[place] or "") >= length - 1
        return need(found if whole else None, place, what)  # type: ignore[return-value]

    kinds = (cells[5] or "").replace(" ", "")
    record: Cells = {
        "change_id": need(cells[0] if CHANGE_ID.match(cells[0] or "") else None, 0, "Kennziffer"),
        "unit_level": need(level, 1, "Regionaleinheit"),
        "ars_old": key(2, ARS_LENGTH.get(level or ""), "ARS"),
        "ags_old": key(3, AGS_LENGTH.get(level or ""), "AGS"),
        "name_old": need(cells[4], 4, "Name"),
        "kinds": need(kinds if KINDS.match(kinds) else None, 5, "Änderungsart"),
        "area_square_metre": _whole(row[6], cells[6], problems, "Fläche"),
        "inhabitants": _whole(row[7], cells[7], problems, "Einwohner"),
        "ars_new": key(8, ARS_LENGTH.get(level or ""), "ARS"),
        "ags_new": key(9, AGS_LENGTH.get(level or ""), "AGS"),
        "name_new": need(cells[10], 10, "Name"),
        "effective_legal": need(_day(row[11]), 11, "Datum"),
        "effective_statistical": need(_day(row[12]), 12, "Datum"),
        "locator": f"sheet Gebietsaenderungen row {number}",
        "raw_text": shown(row[:WIDTH]),
    }
    is_residual = "2" in kinds.split(",") and record["ars_old"] == record["ars_new"]
    return {**record, "is_residual": is_residual, "problem": "; ".join(problems) or None}


def _word(cell: str | None) -> str:
    """The first word of a level ("Kreis / kreisfreie Stadt" is a district)."""
    found = re.match(r"[a-zä]+", (cell or "").lower())
    return found.group() if found else ""


def _whole(cell: object, shown_as: str | None, problems: list[str], what: str) -> int | None:
    """A number of metres or people; blanks and dots between thousands are set aside, a dash is unknown."""
    if shown_as is None or shown_as in {"-", "–", ".", "x"}:
        return None
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    packed = re.sub(r"(?<=\d)[ .](?=\d{3}\b)", "", shown_as)
    if packed.isascii() and packed.isdigit():
        return int(packed)
    problems.append(f"{what} {shown_as!r}")
    return None


def _day(cell: object) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    try:
        return datetime.strptime(text(cell) or "", "%d.%m.%Y").date()
    except ValueError:
        return None


def _unreadable(rows: pl.DataFrame) -> pl.DataFrame:
    return reject(
        rows,
        source_id=SOURCE.id,
        table=TABLE.table,
        rule="record_readable",
        value=pl.col("problem"),
        reason=pl.format("cannot be read: {}", "problem"),
        remedy="Compare with the workbook on destatis.de; keys stand there as text with all their zeros.",
    )


SOURCE = Source(
    id="territory_changes",
    title="Namens-, Grenz- und Schlüsseländerungen der Gemeinden",
    publisher="Statistisches Bundesamt (Destatis)",
    licence="Vervielfältigung und Verbreitung, auch auszugsweise, mit Quellenangabe gestattet",
    attribution="© Statistisches Bundesamt (Destatis), Gebietsänderungen",
    homepage=(
        "https://www.destatis.de/DE/Themen/Laender-Regionen/Regionales/Gemeindeverzeichnis/"
        "Namens-Grenz-Aenderung/namens-grenz-aenderung.html"
    ),
    tables=("territory_change",),
    read=read,
    archive=("territory_changes/*.xlsx", "gemeindeverzeichnis/*Namens-Grenz-Aenderung*.xlsx"),
    rhythm_days=365,
    group="register",
)
