"""Inhabitants of municipalities in North Rhine-Westphalia, to which accounts of 2009 to 2011 are related.

Belongs here: the list of areas that goes with the cash accounts (`nrw_finance.py`). Does not belong
here: the register and its editions (`register_extract.py`, `gv100ad.py`).

The file repeats one figure for each of three years and names neither day nor base. What it is follows
from outside: its makers took "Einwohnerzahlen auf Basis des Zensus 2011" from the register of Destatis
in 2013, and it adds up to 17,544,938, the update of the Land for 31 December 2011 on the census of 2011
(17,538,251 on the census day, 9 May 2011). A file of another total is therefore refused: its day is not
known. No district is read: the file lists regions and districts with and without their cities.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from quality.contract import no_rejects
from quality.contracts import CONTRACTS
from sources.source import Raw, Reading, Source, SourceChanged

TABLE = CONTRACTS["population"]
COLUMNS = ["year", "level", "ags", "name", "population", "area_km2"]
MUNICIPALITIES, TOTAL = 396, 17_544_938
DAY, BASE = date(2011, 12, 31), "census_2011"


def read(raws: Sequence[Raw], _needs: Mapping[str, pl.DataFrame]) -> Reading:
    """Inhabitants of each municipality, once.

    Raises:
        SourceChanged: another form, or other figures than those whose day and base are known.
    """
    frames = [TABLE.empty(), *(_figures(raw) for raw in raws)]
    return Reading(tables={TABLE.table: pl.concat(frames)}, rejected=no_rejects())


def _figures(raw: Raw) -> pl.DataFrame:
    listed = _records(raw).filter(pl.col("level") == "gemeinden")
    printed = listed.with_columns(
        inhabitants=pl.col("population").str.extract(r"^(\d{1,8})$").cast(pl.Int64)
    ).unique("ags", keep="first", maintain_order=True)
    stated = listed.select("ags", "population").n_unique()
    total = None if printed["inhabitants"].null_count() else printed["inhabitants"].sum()
    if (printed.height, stated, total) != (MUNICIPALITIES, MUNICIPALITIES, TOTAL):
        raise SourceChanged(
            f"{raw.name} does not come to {TOTAL:,} inhabitants of {MUNICIPALITIES} municipalities",
            cause=f"It comes to {total} of {printed.height}; the file itself names neither day nor census",
            remedy="Find out which day and census the figures are of, and declare them here",
        )
    key = pl.format("{}/{}/{}/{}", "ags", pl.lit(str(DAY)), pl.lit(BASE), pl.lit(str(DAY)))
    return printed.with_columns(
        population_id=key,
        reference_date=pl.lit(DAY),
        census_base=pl.lit(BASE),
        territory_date=pl.lit(DAY),
        snapshot_id=pl.lit(raw.snapshot_id),
    ).select(list(TABLE.columns))


def _records(raw: Raw) -> pl.DataFrame:
    """The lines as texts, with their number and wording."""
    try:
        lines = raw.unpacked().decode("utf-8-sig").splitlines()
        cells = list(csv.reader(io.StringIO("\n".join(lines)), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise SourceChanged(f"{raw.name} is not a table in UTF-8 ({error}). Fetch it again.") from error
    if not cells or cells[0] != COLUMNS or any(len(row) != len(COLUMNS) for row in cells):
        raise SourceChanged(f"{raw.name}: expected the columns {', '.join(COLUMNS)} in every line.")
    rows = [
        [*row, f"line {number}", line]
        for number, (row, line) in enumerate(zip(cells[1:], lines[1:], strict=True), start=2)
    ]
    columns = (*COLUMNS, "locator", "raw_text")
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")


SOURCE = Source(
    id="nrw_inhabitants",
    title="Einwohner der Gemeinden in Nordrhein-Westfalen auf Basis des Zensus 2011, 31.12.2011",
    publisher="Statistische Ämter des Bundes und der Länder, Gemeindeverzeichnis",
    licence="Vervielfältigung und Verbreitung, auch auszugsweise, mit Quellenangabe gestattet",
    attribution="© Statistische Ämter des Bundes und der Länder; Umformung felixebert/haushaltsdatenvergleich (MIT)",
    homepage="https://www.destatis.de/DE/Themen/Laender-Regionen/Regionales/Gemeindeverzeichnis/",
    tables=("population",),
    read=read,
    archive=("municipal_finance/nrw_landesdatenbank/nrw_areas.csv",),
    group="register",
)
