"""What concerns all rows at once: the whole as files, the head of the interface, SDMX, the catalogue.

Belongs here: the parts and what decides them. Does not belong here: the forms themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import resources

import polars as pl

from pipelines.exchange import documents, rows
from pipelines.exchange.addresses import API, README, api_indicator, whole_files
from pipelines.exchange.archive import Packed, zipped
from pipelines.exchange.batch import parquet
from pipelines.exchange.data_package import data_package
from pipelines.exchange.delimited import OFFICE, PLAIN
from pipelines.exchange.interface import index_document, units_document
from pipelines.exchange.open_data_catalogue import CATALOGUE, Sizes, catalogue
from pipelines.exchange.part import Files, Part
from pipelines.exchange.parts import Exchange
from pipelines.exchange.readme import readme
from pipelines.exchange.sdmx_data import observations, sdmx_csv, sdmx_ml
from pipelines.exchange.sdmx_structure import structure_message
from pipelines.exchange.source_files import files_csv, files_document


def whole_parts(
    exchange: Exchange, sizes: Callable[[], Sizes], made: Callable[[str], bytes | None]
) -> Iterator[Part]:
    """The parts that hold all rows, and those that name the release, which each release makes anew.

    Args:
        exchange: the published rows.
        sizes: tells the size and hash of every file written so far; asked after all other parts.
        made: content of a file that stands in the folder already: the archives of the Länder are put together.
    """
    release = exchange.digest(exchange.release_id, exchange.operator)
    content = exchange.digest(exchange.tables, exchange.operator)
    yield Part(address="gesamt", digest=content, make=lambda: _whole(exchange, made))
    yield Part(address=API, digest=release, make=lambda: _interface(exchange))
    yield Part(address="sdmx", digest=content, make=lambda: _sdmx(exchange))
    if exchange.operator.known:
        yield Part(address=CATALOGUE, digest=release, make=lambda: {CATALOGUE: catalogue(exchange, sizes())})


def _whole(exchange: Exchange, archived: Callable[[str], bytes | None]) -> Files:
    published = exchange.published
    terms = exchange.sources.terms(published.observation["snapshot_ids"].list.join(" "))
    made = {file.format: file.path for file in whole_files()}
    text = readme(exchange.bundle("alle Gebietseinheiten und Indikatoren", whole_files(), terms))
    both: dict[str, bytes | Packed] = {
        "sdg17.csv": exchange.all_lines(OFFICE, archived),
        "sdg17_plain.csv": exchange.all_lines(PLAIN, archived),
        README: text,
    }
    return {
        made["zip"]: zipped(both),
        made["parquet"]: parquet(rows.long_rows(published, published.observation)),
        made["datapackage"]: zipped(
            {README: text, **data_package(published, terms, exchange.release_id, exchange.operator)}
        ),
        made["files"]: files_csv(published.snapshot),
        made["readme"]: text,
    }


def _sdmx(exchange: Exchange) -> Files:
    release_id = exchange.release_id
    made = {file.format: file.path for file in whole_files()}
    all_rows = observations(exchange.published, release_id)
    valued = all_rows.filter(pl.col("OBS_VALUE").is_not_null())
    return {
        made["sdmx-structure"]: structure_message(exchange.published, release_id),
        made["sdmx-csv"]: sdmx_csv(all_rows),
        made["sdmx-ml"]: sdmx_ml(valued, release_id),
    }


def _interface(exchange: Exchange) -> Files:
    published = exchange.published
    terms = exchange.sources.terms(published.observation["snapshot_ids"].list.join(" "))
    addresses = {name: api_indicator(name).removeprefix(f"{API}/") for name in exchange.words.indicators}
    observed = published.observation["ags"].unique().to_list()
    return {
        f"{API}/index.json": index_document(published, exchange.words, addresses=addresses, terms=terms),
        f"{API}/files.json": files_document(
            published.snapshot, version=documents.VERSION, release_id=exchange.release_id
        ),
        f"{API}/units.json": units_document(published, observed, exchange.release_id),
        **{f"{API}/schema/{name}.json": schema(name) for name in documents.SCHEMAS},
    }


def schema(name: str) -> bytes:
    """The published JSON Schema of a document."""
    return resources.files("pipelines.exchange").joinpath("schemas", f"{name}.json").read_bytes()
