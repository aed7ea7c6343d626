"""Tables of the GENESIS family as `datencsv`: a table as printed, cut into figures.

Belongs here: finding headings, units, rows and end of such a file. Does not belong here: asking for
it, or what a table is about (`nrw_payments.py`).

Documented: semicolons; some lines of title; lines of headings above the columns, the last of them
the units; rows that begin with time, regional key and name; a line of underscores, then copyright.
A public client of the Landesdatenbank NRW reads table 71517-01i in this order: title, two lines of
categories, names, units ("Tsd. EUR"), rows of year, key, name and figures.

Assumed, since no file of the provider was at hand: how many lines of headings there are (they are
counted, not expected), whether an empty heading continues the one to its left (where it does not,
the names alone still tell columns apart), and that key and time may change places. What cannot be
recognised is refused, never guessed.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from sources.genesis_figures import reference_date
from sources.source import Raw, SourceChanged

YEAR_CELL, KEY_CELL = r"\d{4}", r"DG|\d{2,3}|\d{5}|\d{8}"
UNIT_CELL = re.compile(
    r"(?i)(tsd\.? |mill\.? |mio\.? |1\.?000 )?(eur|€|euro)( je einwohner)?|anzahl|%|prozent"
)
TABLE_CODE = re.compile(r"\b(\d{5}-[0-9A-Za-z-]+)\b")
END = re.compile(r"_{5,}")
FIGURES_FROM = 3
"""Columns of a row before its figures: time, key, name."""
SIZE_LIMIT, COLUMN_LIMIT = 32 * 1024 * 1024, 300
AGAIN = "Fetch the table again; if it stays so, compare its first lines with the description in the reader"


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Where things stand in one file: line of the first row, time before key, headings and units."""

    first: int
    time_first: bool
    labels: tuple[str, ...]
    units: tuple[str, ...]


def figures_printed(raw: Raw, table_code: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Every cell of the table as one record, and rows of another length.

    Returns:
        table_code, variable_code, label, unit, time, reference_date, ags, breakdown, printed and
        provenance; and the rows that could not be cut, with provenance.

    Raises:
        SourceChanged: no text, cut off, another table, or headings that are not recognised.
    """
    lines = _lines(raw)
    end = next((place for place, cells in enumerate(lines) if cells and END.fullmatch(cells[0])), None)
    if end is None:
        raise SourceChanged(
            f"{raw.name} does not end with the line of underscores before the copyright",
            cause="It was cut off on the way, or is no table of this form",
            remedy=AGAIN,
        )
    layout = _layout(raw, lines[:end], table_code)
    width = FIGURES_FROM + len(layout.labels)
    rows: list[tuple[str, list[str]]] = []
    broken: list[tuple[str, list[str]]] = []
    for place in range(layout.first, end):
        cells = [cell.strip() for cell in lines[place]]
        if any(cells):
            (rows if len(cells) == width else broken).append((f"line {place + 1}", cells))
    return _long(raw, layout, rows, table_code), _broken(raw, broken)


def _lines(raw: Raw) -> list[list[str]]:
    content = raw.unpacked()
    if len(content) > SIZE_LIMIT:
        raise SourceChanged(f"{raw.name} is larger than {SIZE_LIMIT:,} bytes and is refused.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceChanged(f"{raw.name} is not UTF-8", cause=str(error), remedy=AGAIN) from error
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    except csv.Error as error:
        raise SourceChanged(
            f"{raw.name} cannot be cut at semicolons", cause=str(error), remedy=AGAIN
        ) from error


def _layout(raw: Raw, lines: Sequence[list[str]], table_code: str) -> Layout:
    """Find the first row, and read the headings above it.

    Raises:
        SourceChanged: there is no such row, another table, no unit, or two columns of one heading.
    """
    orders = [(place, _time_first(cells)) for place, cells in enumerate(lines)]
    first, time_first = next(((place, order) for place, order in orders if order is not None), (None, None))
    if first is None or time_first is None:
        raise _unknown(raw, "No line begins with a year and a regional key")
    title = [cells[0] for cells in lines[:first] if cells]
    named = {code for text in title for code in TABLE_CODE.findall(text)}
    if named and table_code not in named:
        raise _unknown(raw, f"It is about {', '.join(sorted(named))}, not {table_code}")
    width = len(lines[first])
    if not FIGURES_FROM < width <= COLUMN_LIMIT:
        raise _unknown(raw, f"The first row has {width} cells")
    above = [
        [cell.strip() for cell in cells[FIGURES_FROM:]] for cells in lines[:first] if len(cells) == width
    ]
    above = [cells for cells in above if any(cells)]
    if len(above) < 2 or not all(UNIT_CELL.fullmatch(cell) for cell in above[-1]):  # noqa: PLR2004
        raise _unknown(raw, "The line above the first row does not name a unit for every column")
    labels = _labels(above[:-1])
    if len(set(labels)) != len(labels) or not all(labels):
        raise _unknown(raw, "Two columns have the same heading, or one has none")
    return Layout(first=first, time_first=time_first, labels=labels, units=tuple(above[-1]))


def _time_first(cells: Sequence[str]) -> bool | None:
    """Whether a row begins with time and key (true), key and time (false), or is no row (null)."""
    if len(cells) <= FIGURES_FROM:
        return None
    one, two = cells[0].strip(), cells[1].strip()
    if re.fullmatch(YEAR_CELL, one) and re.fullmatch(KEY_CELL, two):
        return True
    if re.fullmatch(KEY_CELL, one) and re.fullmatch(YEAR_CELL, two):
        return False
    return None


def _labels(headings: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """One text per column: the name of the last line where it is unique, else with what stands above."""
    names = headings[-1]
    if len(set(names)) == len(names) and all(names):
        return tuple(names)
    filled = [_continued(cells) for cells in headings[:-1]]
    paths = [[cells[place] for cells in filled] + [names[place]] for place in range(len(names))]
    return tuple(" – ".join(dict.fromkeys(text for text in path if text)) for path in paths)


def _continued(cells: Sequence[str]) -> list[str]:
    """A line of categories in which an empty cell continues the one to its left."""
    kept: list[str] = []
    for cell in cells:
        kept.append(cell or (kept[-1] if kept else ""))
    return kept


def _long(raw: Raw, layout: Layout, rows: Sequence[tuple[str, list[str]]], table_code: str) -> pl.DataFrame:
    time, key = (0, 1) if layout.time_first else (1, 0)
    columns = range(len(layout.labels))
    wide = pl.DataFrame(
        {
            "row": [locator for locator, _ in rows],
            "time": [cells[time] for _, cells in rows],
            "ags": [cells[key] for _, cells in rows],
            "beginning": [";".join(cells[:FIGURES_FROM]) for _, cells in rows],
            **{str(place): [cells[FIGURES_FROM + place] for _, cells in rows] for place in columns},
        },
        schema=dict.fromkeys(("row", "time", "ags", "beginning", *map(str, columns)), pl.String),
    )
    known = pl.DataFrame(
        {"column": [str(place) for place in columns], "label": layout.labels, "unit": layout.units}
    )
    long = wide.unpivot(
        index=["row", "time", "ags", "beginning"], variable_name="column", value_name="printed"
    )
    return long.join(known, on="column", how="left", maintain_order="left").select(
        "time",
        "ags",
        "label",
        "unit",
        "printed",
        table_code=pl.lit(table_code),
        variable_code=pl.col("label"),
        reference_date=reference_date(pl.col("time")),
        breakdown=pl.lit("total"),
        snapshot_id=pl.lit(raw.snapshot_id),
        locator=pl.format("{}, column {}", "row", pl.col("column").cast(pl.Int64) + FIGURES_FROM + 1),
        raw_text=pl.format("{};{}", "beginning", "printed"),
    )


def _broken(raw: Raw, rows: Sequence[tuple[str, list[str]]]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "snapshot_id": [raw.snapshot_id] * len(rows),
            "locator": [locator for locator, _ in rows],
            "raw_text": [";".join(cells) for _, cells in rows],
        },
        schema=dict.fromkeys(("snapshot_id", "locator", "raw_text"), pl.String),
    )


def _unknown(raw: Raw, cause: str) -> SourceChanged:
    return SourceChanged(f"{raw.name} is not a GENESIS table as described", cause=cause, remedy=AGAIN)
