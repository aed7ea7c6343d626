"""Series of the German sustainability strategy on SDG 17: Germany and Länder, as context.

Belongs here: the CSV files of indicators 17.1 to 17.3 in the Open SDG form. Does not belong here:
municipal figures, which are never derived from these.

Columns Year, Units, one column per breakdown, optionally GeoCode, optionally a flag and a remark,
and Value with a decimal point. A sign beside a figure ("0.31 p", "0.31 |") is kept and sets the
status; a sign in place of a figure leaves the value null.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import PurePosixPath

import polars as pl

from quality.contract import no_rejects
from quality.contracts import CONTRACTS
from sources.rejection import reject
from sources.source import Raw, Reading, Source, SourceChanged
from sources.symbols import interpret

TABLE = CONTRACTS["reference_series"]
NAME = re.compile(r"^indicator_17-(\d[a-z]?)\.csv$")
VALUE = re.compile(r"^(?P<number>-?\d+(?:\.\d+)?)?\s*(?P<symbol>[^\d\s,.\-][^\d]*|-|\.|\.\.\.)?$")
GEOGRAPHY = "GeoCode"
PLACE = "federal state"
"""Breakdown by Land: its words stand beside its code and name no series of their own."""
FLAG, COMMENT = ("OBS_STATUS", "flag"), ("COMMENT_OBS", "comment")
PROVIDER = "destatis_new"
BREAK = "|"
LARGEST_FILE = 50 * 1024 * 1024

Record = tuple[object, ...]


def read(raws: Sequence[Raw], _needs: Mapping[str, pl.DataFrame]) -> Reading:
    """Every year of every series given.

    Raises:
        SourceChanged: not UTF-8, not this CSV form, or a file name that names no indicator.
    """
    frames, rejected = [TABLE.empty()], [no_rejects()]
    for raw in raws:
        heads, lines = _lines(raw)
        records = [_record(raw, dict(zip(heads, cells, strict=True)), place) for cells, place in lines]
        table = pl.DataFrame(records, schema={**TABLE.schema, "problem": pl.String}, orient="row")
        frames.append(table.filter(pl.col("problem").is_null()).select(list(TABLE.columns)))
        rejected.append(_unreadable(table.filter(pl.col("problem").is_not_null())))
    return Reading(tables={TABLE.table: pl.concat(frames)}, rejected=pl.concat(rejected))


def _lines(raw: Raw) -> tuple[list[str], list[tuple[list[str], str]]]:
    content = raw.unpacked()
    if len(content) > LARGEST_FILE:
        raise SourceChanged(f"{raw.name} has more than {LARGEST_FILE:,} bytes and is refused.")
    try:
        cells = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise SourceChanged(f"{raw.name} is not a CSV file in UTF-8 ({error}).") from error
    heads = [head.strip() for head in cells[0]] if cells else []
    if not {"Year", "Units", "Value"} <= set(heads) or len(set(heads)) != len(heads):
        raise SourceChanged(
            f"{raw.name}: expected the columns Year, Units, …, Value, found {', '.join(heads) or 'nothing'}."
        )
    if not NAME.match(PurePosixPath(raw.name).name):
        raise SourceChanged(f"{raw.name} names no indicator 17-x; expected indicator_17-1.csv and so on.")
    lines = [(line, f"record {number}") for number, line in enumerate(cells[1:], start=2) if any(line)]
    short = next((place for line, place in lines if len(line) != len(heads)), None)
    if short is not None:
        raise SourceChanged(f"{raw.name}, {short}: not {len(heads)} cells. Is the file complete?")
    return heads, lines


def _record(raw: Raw, cells: Mapping[str, str], place: str) -> Record:
    """One year of one series, in the order of the contract, with what cannot be read at the end."""
    found = NAME.match(PurePosixPath(raw.name).name)
    indicator = f"17.{found.group(1)}" if found else ""
    own = {"Year", "Units", "Value", GEOGRAPHY, PLACE, *FLAG, *COMMENT}
    breakdown = ", ".join(cell.strip() for head, cell in cells.items() if head not in own and cell.strip())
    code = re.fullmatch(r"(?:code)?(\d{2})?", cells.get(GEOGRAPHY, "").strip())
    year = cells["Year"].strip()
    flag = next((cells[name].strip() for name in FLAG if cells.get(name, "").strip()), "")
    remark = next((cells[name].strip() for name in COMMENT if cells.get(name, "").strip()), None)
    reading = _value(cells["Value"].strip(), flag, year)
    problem = (
        f"GeoCode {cells.get(GEOGRAPHY)}"
        if code is None
        else f"Year {year}"
        if not re.fullmatch(r"\d{4}", year)
        else f"Value {cells['Value']} {flag}".strip()
        if reading is None
        else None
    )
    value, symbol, status = reading or (None, None, "O")
    return (
        f"{indicator} {breakdown}".strip(),
        indicator,
        breakdown or None,
        (code.group(1) if code else None) or "DG",
        None if problem else int(year),
        cells["Units"].strip() or None,
        value,
        symbol,
        status,
        remark,
        raw.snapshot_id,
        place,
        ",".join(cells.values()),
        problem,
    )


def _value(cell: str, flag: str, year: str) -> tuple[float | None, str | None, str] | None:
    """Figure, sign and status of a cell; an empty cell is missing; null where it cannot be read."""
    found = VALUE.match(cell)
    if found is None:
        return None
    number = float(found["number"]) if found["number"] else None
    symbol = (found["symbol"] or "").strip() or flag
    if not symbol:
        return number, None, "O" if number is None else "A"
    if symbol == BREAK:
        return number, symbol, "O" if number is None else "B"
    on = date(int(year), 12, 31) if re.fullmatch(r"[12]\d{3}", year) else date.max
    meaning = interpret(PROVIDER, symbol, on, True) or interpret("destatis_classic", symbol, on, True)
    if meaning is None or (number is not None and not meaning.keeps_figure):
        return None
    if number is None:
        status = "O" if meaning.keeps_figure else meaning.obs_status
        return (None if meaning.value is None else float(meaning.value)), symbol, status
    return number, symbol, meaning.obs_status


def _unreadable(rows: pl.DataFrame) -> pl.DataFrame:
    return reject(
        rows,
        source_id=SOURCE.id,
        table=TABLE.table,
        rule="record_readable",
        value=pl.col("problem"),
        reason=pl.format("cannot be read: {}", "problem"),
        remedy="Figures have a decimal point; signs are those of the dictionary (symbols.csv) or a break (|).",
    )


SOURCE = Source(
    id="reference_series",
    title="Deutsche Nachhaltigkeitsstrategie, Indikatoren 17.1 bis 17.3",
    publisher="Statistisches Bundesamt (Destatis)",
    licence="dl-de/by-2-0; das Repositorium der Dateien steht unter MIT",
    attribution="© Statistisches Bundesamt (Destatis), Indikatoren der Deutschen Nachhaltigkeitsstrategie",
    homepage="https://dns-indikatoren.de/17/",
    tables=("reference_series",),
    read=read,
    archive=("national_dns/indicator_17-*.csv",),
    rhythm_days=365,
    group="countries",
)
