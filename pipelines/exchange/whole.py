"""What concerns all rows at once: the whole as files, the head of the interface, SDMX, the catalogue.

Belongs here: the parts and what decides them. Does not belong here: the forms themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources

from pipelines.exchange import documents, rows
from pipelines.exchange.addresses import API, README, api_indicator, whole_files
from pipelines.exchange.archive import zipped
from pipelines.exchange.delimited import OFFICE, PLAIN, Form, header, lines
from pipelines.exchange.parts import Exchange, Files, Part, parquet
from pipelines.exchange.readme import readme


def whole_parts(exchange: Exchange) -> Iterator[Part]:
    """The parts that hold all rows. They name the release, so each release makes them anew."""
    yield Part(address="gesamt", digest=exchange.digest(exchange.release_id), make=lambda: _whole(exchange))
    yield Part(address=API, digest=exchange.digest(exchange.release_id), make=lambda: _interface(exchange))


def _whole(exchange: Exchange) -> Files:
    published = exchange.published
    terms = exchange.sources.terms(published.observation["snapshot_ids"].list.join(" "))
    made = {file.format: file.path for file in whole_files()}
    text = readme(exchange.bundle("alle Gebietseinheiten und Indikatoren", whole_files(), terms))
    both = {
        "sdg17.csv": _all_lines(published, OFFICE),
        "sdg17_plain.csv": _all_lines(published, PLAIN),
        README: text,
    }
    return {
        made["zip"]: zipped(both),
        made["parquet"]: parquet(rows.long_rows(published, published.observation)),
        made["readme"]: text,
    }


def _all_lines(published: rows.Published, form: Form) -> bytes:
    """Every row in a form, one Land at a time."""
    content = bytearray(header(form).encode())
    for _, observations in rows.by_land(published.observation):
        written = lines(rows.long_rows(published, observations), form)
        content += form.end.join((*written, "")).encode()
    return bytes(content)


def _interface(exchange: Exchange) -> Files:
    published = exchange.published
    terms = exchange.sources.terms(published.observation["snapshot_ids"].list.join(" "))
    addresses = {name: api_indicator(name).removeprefix(f"{API}/") for name in exchange.words.indicators}
    observed = published.observation["ags"].unique().to_list()
    return {
        f"{API}/index.json": documents.index_document(
            published, exchange.words, addresses=addresses, terms=terms
        ),
        f"{API}/units.json": documents.units_document(published, observed, exchange.release_id),
        **{f"{API}/schema/{name}.json": schema(name) for name in documents.SCHEMAS},
    }


def schema(name: str) -> bytes:
    """The published JSON Schema of a document."""
    return resources.files("pipelines.exchange").joinpath("schemas", f"{name}.json").read_bytes()
