"""What concerns all rows at once: the whole as files, the head of the interface, SDMX, the catalogue.

Belongs here: the parts and what decides them. Does not belong here: the forms themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import resources
from io import BytesIO

from pipelines.exchange import documents
from pipelines.exchange.addresses import API, README, api_indicator, whole_files
from pipelines.exchange.all_rows import by_indicator, parquet_of_all, rests_on, units, with_values
from pipelines.exchange.archive import packed_slices, zipped
from pipelines.exchange.data_package import data_package
from pipelines.exchange.delimited import OFFICE, PLAIN
from pipelines.exchange.interface import index_document, units_document
from pipelines.exchange.open_data_catalogue import CATALOGUE, Sizes, catalogue
from pipelines.exchange.part import Files, Part
from pipelines.exchange.parts import Exchange
from pipelines.exchange.readme import readme
from pipelines.exchange.sdmx_apart import messages
from pipelines.exchange.sdmx_data import elements, observations, sdmx_csv
from pipelines.exchange.sdmx_structure import code_lists
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


class _InTurn(Mapping[str, bytes]):
    """Files that are made when their turn comes, so that no two are held at one time."""

    def __init__(self, made: Mapping[str, Callable[[], bytes]]) -> None:
        self._made = made

    def __getitem__(self, path: str) -> bytes:
        return self._made[path]()

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)


def _whole(exchange: Exchange, archived: Callable[[str], bytes | None]) -> Files:
    published = exchange.published
    terms = exchange.sources.terms(rests_on(published))
    made = {file.format: file.path for file in whole_files()}
    text = readme(exchange.bundle("alle Gebietseinheiten und Indikatoren", whole_files(), terms))

    def lines() -> bytes:
        both = (("sdg17.csv", OFFICE), ("sdg17_plain.csv", PLAIN))
        return zipped({**{name: exchange.all_lines(form, archived) for name, form in both}, README: text})

    def package() -> bytes:
        files = data_package(published, terms, exchange.release_id, exchange.operator)
        return zipped({README: text, **{name: packed_slices(slices) for name, slices in files.items()}})

    return _InTurn(
        {
            made["zip"]: lines,
            made["parquet"]: lambda: parquet_of_all(published),
            made["datapackage"]: package,
            made["files"]: lambda: files_csv(published.snapshot),
            made["readme"]: lambda: text,
        }
    )


def _sdmx(exchange: Exchange) -> Files:
    published, release_id = exchange.published, exchange.release_id
    made = {file.format: file.path for file in whole_files()}

    valued = observations(with_values(published), release_id)
    around = messages(code_lists(published), valued.head(1), release_id)

    def lines() -> Iterator[bytes]:
        for at, each in enumerate(by_indicator(published)):
            yield sdmx_csv(observations(each, release_id), head=at == 0)

    return _InTurn(
        {
            made["sdmx-structure"]: lambda: around.structure,
            made["sdmx-csv"]: lambda: _joined(lines()),
            made["sdmx-ml"]: lambda: _joined([around.before, elements(valued), around.after]),
        }
    )


def _joined(slices: Iterable[bytes]) -> bytes:
    """Slices one after the other, without holding all of them twice."""
    content = BytesIO()
    content.writelines(slices)
    return content.getvalue()


def _interface(exchange: Exchange) -> Files:
    published = exchange.published
    terms = exchange.sources.terms(rests_on(published))
    addresses = {name: api_indicator(name).removeprefix(f"{API}/") for name in exchange.words.indicators}
    return {
        f"{API}/index.json": index_document(published, exchange.words, addresses=addresses, terms=terms),
        f"{API}/files.json": files_document(
            published.snapshot, version=documents.VERSION, release_id=exchange.release_id
        ),
        f"{API}/units.json": units_document(published, units(published).to_list(), exchange.release_id),
        **{f"{API}/schema/{name}.json": schema(name) for name in documents.SCHEMAS},
    }


def schema(name: str) -> bytes:
    """The published JSON Schema of a document."""
    return resources.files("pipelines.exchange").joinpath("schemas", f"{name}.json").read_bytes()
