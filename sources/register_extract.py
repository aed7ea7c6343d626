"""The register of municipalities as the workbook "Auszug GV" (yearly and quarterly).

Belongs here: the layout of that workbook. Does not belong here: keys and levels, which all
editions share (`register_form.py`).

Second sheet, 20 columns, heads in the first six rows with the dates in row five, units from row
seven, footnotes after them. Coordinates are texts with a decimal comma.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import polars as pl

from sources.register_form import population, units
from sources.register_live import BASE, WORKBOOK_TYPES, asking, workbooks
from sources.source import Raw, Reading, Source, SourceChanged
from sources.workbook import sheets
from sources.zipped import unwrapped

COLUMNS = (
    "record_type",
    "type_code",
    "land",
    "government_region",
    "district_part",
    "association_part",
    "municipality_part",
    "name",
    "area_square_kilometre",
    "inhabitants",
    "male",
    "female",
    "density",
    "postal_code",
    "longitude",
    "latitude",
    "travel_area",
    "travel_area_name",
    "urbanisation",
    "urbanisation_name",
)
HEADS = (
    "satzart",
    "textkennzeichen",
    "land",
    "rb",
    "kreis",
    "vb",
    "gem",
    "gemeindename",
    "flächekm",
    "insgesamt",
    "männlich",
    "weiblich",
    "jekm",
    "postleitzahl",
    "längengrad",
    "breitengrad",
    "schlüssel",
    "bezeichnung",
    "schlüssel",
    "bezeichnung",
)
"""Letters of the lowest head of each column, in the order of `COLUMNS`."""
HEAD_ROWS = (2, 3, 4)
MEMBER = r"(?i).*\.xlsx"
DATE_ROW, TERRITORY_CELL, AREA_CELL, POPULATION_CELL, FIRST_ROW = 4, 2, 8, 9, 6


def _cells(raw: Raw) -> list[list[str]]:
    book = replace(raw, name=raw.name.removesuffix(".gz"), content=unwrapped(raw, MEMBER))
    tables = list(sheets(book).values())
    if len(tables) < 2:  # noqa: PLR2004 - cover sheet and table
        raise SourceChanged(f"{raw.name} has no second sheet; the table of municipalities stands there.")
    rows = [[_text(cell) for cell in row[: len(COLUMNS)]] for row in tables[1]]
    if len(rows) <= FIRST_ROW:
        raise SourceChanged(f"{raw.name} holds {len(rows)} rows; units start in row {FIRST_ROW + 1}.")
    return rows


def _check_heads(rows: list[list[str]], raw: Raw) -> None:
    """Columns are read by their place, so each head must stand where it always stood."""
    for index, expected in enumerate(HEADS):
        heads = [
            re.sub(r"[^a-zäöüß]", "", rows[row][index].lower()) for row in HEAD_ROWS if index < len(rows[row])
        ]
        if expected not in heads:
            found = " / ".join(rows[row][index] for row in HEAD_ROWS if index < len(rows[row]))
            raise SourceChanged(
                f"{raw.name}: column {index + 1} should be headed {expected}, found {found.strip(' /') or 'nothing'}",
                cause="A column was renamed, moved or left out",
                remedy="Compare the workbook with COLUMNS in sources/register_extract.py",
            )


def _text(cell: object) -> str:
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return str(cell).strip()


def _date_in(text: str, raw: Raw, what: str) -> date:
    found = re.search(r"(\d{2})\.(\d{2})\.(\d{4})", text)
    if not found:
        raise SourceChanged(
            f"{raw.name}: row {DATE_ROW + 1} should state {what} as dd.mm.yyyy, found {text!r}. "
            "Is this the workbook Auszug GV?"
        )
    day, month, year = map(int, found.groups())
    return date(year, month, day)


def _fields(rows: list[list[str]], raw: Raw) -> pl.DataFrame:
    table = pl.DataFrame(rows[FIRST_ROW:], schema=dict.fromkeys(COLUMNS, pl.String), orient="row")

    def number(name: str) -> pl.Expr:
        return pl.col(name).str.replace(",", ".").replace("", None).cast(pl.Float64, strict=False)

    return (
        table.with_row_index("row", offset=FIRST_ROW + 1)
        .with_columns(raw_text=pl.concat_str(list(COLUMNS), separator=";"))
        .filter(pl.col("record_type").str.contains(r"^[1-6]0$"))
        .with_columns(
            area_hectare=(number("area_square_kilometre") * 100).round(0).cast(pl.Int64),
            inhabitants=pl.col("inhabitants").replace("", None).cast(pl.Int64, strict=False),
            # The joint German-Luxembourgish territory has 0/0, which is no place in Germany.
            longitude=pl.when(number("longitude") != 0).then(number("longitude")),
            latitude=pl.when(number("latitude") != 0).then(number("latitude")),
            urbanisation=pl.col("urbanisation").replace("", None),
            snapshot_id=pl.lit(raw.snapshot_id),
            locator=pl.format("sheet 2 row {}", "row"),
        )
    )


def read(raws: Sequence[Raw], _needs: Mapping[str, pl.DataFrame]) -> Reading:
    """Read every edition given.

    Raises:
        SourceChanged: not a workbook of this layout.
    """
    tables: dict[str, list[pl.DataFrame]] = {"register_unit": [], "population": []}
    for raw in raws:
        rows = _cells(raw)
        _check_heads(rows, raw)
        territory = _date_in(rows[DATE_ROW][TERRITORY_CELL], raw, "the Gebietsstand")
        dates = rows[DATE_ROW]
        # One date over area and population is a merged cell whose text stands in the first column.
        counted = _date_in(dates[POPULATION_CELL] or dates[AREA_CELL], raw, "the date of the population")
        fields = _fields(rows, raw)
        tables["register_unit"].append(units(fields, territory))
        tables["population"].append(population(fields, territory, counted))
    return Reading(tables={name: pl.concat(frames) for name, frames in tables.items() if frames})


SOURCE = Source(
    id="register_extract",
    title="Gemeindeverzeichnis, Auszug GV (Arbeitsmappe)",
    publisher="Statistische Ämter des Bundes und der Länder",
    licence="Vervielfältigung und Verbreitung, auch auszugsweise, mit Quellenangabe gestattet",
    attribution="© Statistische Ämter des Bundes und der Länder, Gemeindeverzeichnis (Auszug GV)",
    homepage="https://www.destatis.de/DE/Themen/Laender-Regionen/Regionales/Gemeindeverzeichnis/",
    tables=("register_unit", "population"),
    read=read,
    archive=("gemeindeverzeichnis/*Auszug_GV.xlsx", "gemeindeverzeichnis/AuszugGV*.xlsx"),
    live=asking(workbooks, WORKBOOK_TYPES),
    live_base=BASE,
    rhythm_days=92,
    group="register",
)
