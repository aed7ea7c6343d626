"""Files for other programs from the published release: for chosen units, for an indicator, for everything.

Belongs here: choosing rows of the published database and handing them to a form of exchange. Does not
belong here: the forms (`pipelines/exchange`), options and printing (`pipelines/cli_export.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from pipelines.exchange import documents, rows
from pipelines.exchange.addresses import DESCRIPTOR, README, file
from pipelines.exchange.batch import Batch, parquet
from pipelines.exchange.cells import Texts
from pipelines.exchange.data_package import data_package
from pipelines.exchange.delimited import OFFICE, PLAIN, joined, lines, text
from pipelines.exchange.licence import Terms
from pipelines.exchange.open_sdg import open_sdg
from pipelines.exchange.operator import operator_of
from pipelines.exchange.parts import Exchange
from pipelines.exchange.readme import Bundle, notes, readme
from pipelines.exchange.rows import TABLES, Published
from pipelines.exchange.sdmx_data import observations, sdmx_csv, sdmx_ml
from pipelines.exchange.sdmx_structure import code_lists, structure_message
from pipelines.exchange.workbook import sheet_lines, workbook
from pipelines.files import write_atomically
from pipelines.release import DATABASE, read_manifest
from pipelines.selecting import selected
from pipelines.settings import Settings

LAST_LINE_OF_A_SHEET = 1_048_576
LAND, DISTRICT = 2, 5
"""Digits in the key of a Land and of a district."""


class CannotExport(ValueError):
    """What was asked for does not exist; the message says what does."""


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """Rows to export, and what their files are called."""

    published: Published
    """All tables, with the observations cut to the choice."""
    stem: str
    title: str
    release_id: str
    exchange: Exchange

    @property
    def long(self) -> pl.DataFrame:
        """The rows in the columns of every download."""
        return rows.long_rows(self.published, self.published.observation)

    @property
    def terms(self) -> Terms:
        """Licence and attribution of the rows."""
        both = (self.published.observation, self.published.observation_plan)
        return self.exchange.sources.terms(pl.concat(each["snapshot_ids"] for each in both).list.join(" "))

    @property
    def bundle(self) -> Bundle:
        """What the LIESMICH says."""
        return self.exchange.bundle(self.title, (), self.terms)


Files = Mapping[str, bytes]


def _workbook(chosen: Chosen) -> Files:
    long = chosen.long
    if long.height >= LAST_LINE_OF_A_SHEET:
        raise CannotExport(f"{long.height:,} rows do not fit into one sheet. Choose units or an indicator.")
    return {f"{chosen.stem}.xlsx": workbook(joined(sheet_lines(Texts(long)), ""), notes(chosen.bundle))}


def _json(chosen: Chosen) -> Files:
    batch = Batch(chosen.long, chosen.exchange.words)
    return {
        f"{key}.json": documents.unit_document(
            key, batch.told[key], chosen.exchange.words, release_id=chosen.release_id,
            terms=chosen.exchange.sources.terms(batch.read[start:end]),
        )
        for key, start, end in batch.units()
    }  # fmt: skip


def _sdmx(chosen: Chosen, name: str, content: Callable[[pl.DataFrame], bytes]) -> Files:
    return {
        f"{chosen.stem}{name}": content(observations(chosen.published, chosen.release_id)),
        "struktur.xml": structure_message(code_lists(chosen.exchange.published), chosen.release_id),
    }


def _package(chosen: Chosen) -> Files:
    operator = chosen.exchange.operator
    package = data_package(chosen.published, chosen.terms, chosen.release_id, operator)
    return {name: b"".join(slices) for name, slices in package.items()}


FORMATS: Mapping[str, Callable[[Chosen], Files]] = {
    "csv": lambda chosen: {f"{chosen.stem}_plain.csv": text(lines(Texts(chosen.long), PLAIN), PLAIN)},
    "csv-office": lambda chosen: {f"{chosen.stem}.csv": text(lines(Texts(chosen.long), OFFICE), OFFICE)},
    "xlsx": _workbook,
    "json": _json,
    "parquet": lambda chosen: {f"{chosen.stem}.parquet": parquet(chosen.long)},
    "sdmx-csv": lambda chosen: _sdmx(chosen, ".sdmx.csv", sdmx_csv),
    "sdmx-ml": lambda chosen: _sdmx(chosen, ".sdmx.xml", lambda rows: sdmx_ml(rows, chosen.release_id)),
    "open-sdg": lambda chosen: open_sdg(chosen.published, chosen.published.observation, chosen.release_id),
    "datapackage": _package,
}
"""Format to the function that makes its files from chosen rows."""


def export(
    settings: Settings, keys: Sequence[str], indicator: str | None, format_: str, out: Path
) -> list[Path]:
    """Write the files of one format, with a LIESMICH beside them.

    Args:
        settings: those of the home folder.
        keys: of units; a Land or district means all its units as well; none means all.
        indicator: only this one, or null for all.
        format_: one of `FORMATS`.
        out: folder to write to; it may exist.

    Raises:
        CannotExport: nothing is published, an unknown key or indicator, or no rows.
    """
    chosen = choose(settings, keys, indicator)
    files = dict(FORMATS[format_](chosen))
    listed = tuple(file(name, format_) for name in files if "/" not in name and name != DESCRIPTOR)
    files[README] = readme(chosen.exchange.bundle(chosen.title, listed, chosen.terms))
    for name, content in files.items():
        write_atomically(out / name, content)
    return [out / name for name in files]


def choose(settings: Settings, keys: Sequence[str], indicator: str | None) -> Chosen:
    """The rows asked for, from the published database."""
    manifest = read_manifest(settings)
    if manifest is None:
        raise CannotExport(f"Nothing is published in {settings.home} yet. Start with: sdg17 run")
    with duckdb.connect(str(settings.current / DATABASE), read_only=True) as connection:
        tables = {name: selected(connection, f"SELECT * FROM {name}") for name in TABLES}  # noqa: S608
    published = Published.of(tables)
    _check(published, keys, indicator)
    wanted = pl.lit(True)
    if keys:
        wanted = pl.any_horizontal(_within(key) for key in keys)
    if indicator:
        wanted &= pl.col("indicator_id") == indicator
    cut = {name: tables[name].filter(wanted) for name in ("observation", "observation_plan")}
    if cut["observation"].is_empty() and cut["observation_plan"].is_empty():
        raise CannotExport(f"The release holds no observation of {' '.join(keys) or indicator}.")
    release_id = manifest["release_id"]
    return Chosen(
        published=Published.of({**tables, **cut}),
        stem=_stem(keys, indicator),
        title=_title(published, keys, indicator),
        release_id=release_id,
        exchange=Exchange(published, release_id=release_id, program=b"", operator=operator_of(settings)),
    )


def _within(key: str) -> pl.Expr:
    """Rows of a unit, and of all units in it where it is a Land or a district."""
    if len(key) in (LAND, DISTRICT):
        return pl.col("ags").str.starts_with(key)
    return pl.col("ags") == key


def _stem(keys: Sequence[str], indicator: str | None) -> str:
    """What files are called: the one unit, the indicator, or what there is of both."""
    unit = keys[0] if len(keys) == 1 else "auswahl" if keys else None
    return "_".join(each for each in (unit, indicator) if each) or "sdg17"


def _check(published: Published, keys: Sequence[str], indicator: str | None) -> None:
    known = set(published.municipality["ags"])
    unknown = [key for key in keys if key not in known]
    if unknown:
        raise CannotExport(
            f"No unit has the key {', '.join(unknown)}. Keys are text with leading zeros: "
            "municipality 8 digits, district 5, Land 2, as in 05334002."
        )
    indicators = published.indicator["indicator_id"].to_list()
    if indicator is not None and indicator not in indicators:
        raise CannotExport(f"{indicator} is no indicator. Indicators: {', '.join(indicators)}")


def _title(published: Published, keys: Sequence[str], indicator: str | None) -> str:
    names = dict(published.municipality.select("ags", "name").iter_rows())
    titles = dict(published.indicator.select("indicator_id", "name_de").iter_rows())
    units = ", ".join(f"{names[key]} ({key})" for key in keys) or "alle Gebietseinheiten"
    return f"{titles[indicator]}: {units}" if indicator else units
