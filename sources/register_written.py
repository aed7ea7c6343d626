"""A small register: Länder, and the units that written-down facts and figures speak of.

Belongs here: reading that list, so that the product runs without network and without an archive.
Does not belong here: the list (`embedded/register_written.csv`, each line with its citation) or
the full register (`gv100ad.py`, `register_extract.py`), whose tables this one has the form of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from quality.contracts import CONTRACTS
from sources.register_form import LAST_DATE_CENSUS_2011, UNINCORPORATED
from sources.source import Raw, Reading, Source
from sources.written import is_date, is_number_or_empty, is_whole_number, only_readable, written_rows

COLUMNS = (
    "ags",
    "level",
    "ars",
    "type_code",
    "name",
    "territory_date",
    "area_hectare",
    "longitude",
    "latitude",
    "urbanisation",
    "population_date",
    "inhabitants",
    "citation",
)
DISTRICT_DIGITS, ASSOCIATION_DIGITS = 5, 9
"""Length of the key of a district inside an AGS, and of an association inside an ARS."""


def read(raws: Sequence[Raw], _needs: Mapping[str, pl.DataFrame]) -> Reading:
    """Units of each edition written down, and their inhabitants at the date of that edition."""
    tables = {name: [CONTRACTS[name].empty()] for name in SOURCE.tables}
    rejected = []
    for raw in raws:
        rows, broken = written_rows(raw, COLUMNS, source_id=SOURCE.id, table="register_unit")
        rows, unreadable = only_readable(rows, _readable(), source_id=SOURCE.id, table="register_unit")
        rows = rows.with_columns(
            pl.col("territory_date", "population_date").str.to_date("%Y-%m-%d"),
            pl.col("area_hectare", "inhabitants").cast(pl.Int64),
            pl.col("longitude", "latitude").cast(pl.Float64),
        )
        tables["register_unit"].append(_units(rows))
        tables["population"].append(_population(rows))
        rejected += [broken, unreadable]
    return Reading(
        tables={name: pl.concat(frames) for name, frames in tables.items()}, rejected=pl.concat(rejected)
    )


def _readable() -> dict[str, pl.Expr]:
    return {
        "territory_date": is_date("territory_date"),
        "population_date": is_date("population_date"),
        "inhabitants": is_whole_number("inhabitants"),
        "area_hectare": pl.col("area_hectare").is_null() | is_whole_number("area_hectare"),
        "longitude": is_number_or_empty("longitude"),
        "latitude": is_number_or_empty("latitude"),
    }


def _units(rows: pl.DataFrame) -> pl.DataFrame:
    below_land = pl.col("level") != "land"
    return rows.with_columns(
        is_unincorporated=pl.col("type_code").is_in(list(UNINCORPORATED)).fill_null(False),
        land=pl.col("ags").str.slice(0, 2),
        district=pl.when(below_land).then(pl.col("ags").str.slice(0, DISTRICT_DIGITS)),
        association=pl.col("ars").str.slice(0, ASSOCIATION_DIGITS),
    ).select(list(CONTRACTS["register_unit"].columns))


def _population(rows: pl.DataFrame) -> pl.DataFrame:
    before = pl.col("reference_date") <= LAST_DATE_CENSUS_2011
    return (
        rows.rename({"population_date": "reference_date"})
        .with_columns(
            census_base=pl.when(before).then(pl.lit("census_2011")).otherwise(pl.lit("census_2022"))
        )
        .with_columns(
            population_id=pl.format(
                "{}/{}/{}/{}",
                "ags",
                pl.col("reference_date").cast(pl.String),
                "census_base",
                pl.col("territory_date").cast(pl.String),
            )
        )
        .select(list(CONTRACTS["population"].columns))
    )


SOURCE = Source(
    id="register_written",
    title="Gemeindeverzeichnis: einzelne Gebietseinheiten mit Fundstelle",
    publisher="Statistische Ämter des Bundes und der Länder; aufgeschrieben von diesem Projekt",
    licence="Vervielfältigung und Verbreitung, auch auszugsweise, mit Quellenangabe gestattet",
    attribution="© Statistische Ämter des Bundes und der Länder, Gemeindeverzeichnis (GV100AD, Auszug GV)",
    homepage="https://www.destatis.de/DE/Themen/Laender-Regionen/Regionales/Gemeindeverzeichnis/",
    tables=("register_unit", "population"),
    read=read,
    embedded=("register_written.csv",),
    rhythm_days=365,
    group="register",
)
