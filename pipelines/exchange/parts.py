"""Everything the exchange consists of, part by part: what decides a part, and its files if it changed.

Belongs here: cutting the published rows into parts (units, Länder, indicators) and naming what decides
each. Does not belong here: the whole (`whole.py`), forms of files, writing (`writer.py`).

The files of a part are made only when asked for, so that parts that did not change cost a hash.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from io import BytesIO
from typing import Any

import orjson
import polars as pl

from pipelines.exchange import documents, rows
from pipelines.exchange.addresses import (
    API,
    FOLDERS,
    README,
    File,
    api_indicator,
    api_unit,
    files_of,
    folder_of,
    indicator_files,
)
from pipelines.exchange.archive import zipped
from pipelines.exchange.delimited import OFFICE, PLAIN, joined, lines
from pipelines.exchange.licence import Sources, Terms
from pipelines.exchange.operator import Operator
from pipelines.exchange.readme import Bundle, notes, readme
from pipelines.exchange.workbook import sheet_lines, workbook

Files = Mapping[str, bytes]
"""Path in the exchange folder to content. One content under two paths is kept once."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """Files that change together."""

    address: str
    digest: str
    """SHA-256 over everything that decides the files."""
    make: Callable[[], Files]


class Batch:
    """Rows in words, and their lines in each form, written at most once for all of them."""

    def __init__(self, long: pl.DataFrame) -> None:
        """Take rows in the columns of every download, sorted by unit."""
        self.rows = long
        self.plain: list[str] = lines(long, PLAIN).to_list()
        self.files: list[str | None] = long["snapshot_ids"].to_list()

    @cached_property
    def office(self) -> list[str]:
        """Lines of the office form."""
        return lines(self.rows, OFFICE).to_list()

    def sheets(self, keys: Iterable[str]) -> Mapping[str, list[str]]:
        """Rows of a workbook for each of some units."""
        chosen = self.rows.filter(pl.col("ags").is_in(list(keys)))
        told = chosen.select("ags", line=sheet_lines(chosen)).group_by("ags", maintain_order=True).all()
        return dict(told.iter_rows())

    @cached_property
    def told(self) -> list[tuple[Any, ...]]:
        """Rows as the documents of units tell them."""
        return self.rows.select(documents.OBSERVATION).rows()

    def units(self) -> Iterator[tuple[str, int, int]]:
        """Key of every unit, and where its rows begin and end."""
        start = 0
        for length, key in self.rows["ags"].rle().struct.unnest().select("len", "value").iter_rows():
            yield key, start, start + length
            start += length


class Exchange:
    """The published rows, ready to be cut into parts."""

    def __init__(
        self,
        published: rows.Published,
        *,
        release_id: str,
        program: bytes,
        operator: Operator,
        tables: str = "",
    ) -> None:
        """Index the tables.

        Args:
            published: the tables.
            release_id: the release that is built; written into the files of parts that changed.
            program: hash of the program that writes files.
            operator: who publishes.
            tables: what stands for the content of all tables; decides the files that hold every row.
        """
        self.published = published
        self.release_id = release_id
        self.tables = tables
        self.operator = operator
        self.words = documents.Words.of(published)
        names = published.municipality["snapshot_id"].unique()
        self.sources = Sources(published.source, published.snapshot, always=names)
        said = orjson.dumps([self.words.indicators, self.words.reasons, operator.name, operator.address])
        self._decided = hashlib.sha256(program + said).digest()

    def units(self) -> Iterator[Part]:
        """One part per unit and one per Land, in batches of one Land."""
        for land, observations in rows.by_land(self.published.observation):
            batch = Batch(rows.long_rows(self.published, observations))
            content = rows.has_content(batch.rows, self.published.indicator)
            sheets = cache(lambda batch=batch, content=content: batch.sheets(content))
            for key, start, end in batch.units():
                if self.words.units[key]["level"] in FOLDERS:
                    yield self._unit(batch, key, slice(start, end), sheets if key in content else None)
            if land in self.words.units:
                yield self._land(land, batch)

    def indicators(self) -> Iterator[Part]:
        """One part per indicator that has observations."""
        for indicator in self.published.indicator.sort("number", "label").to_dicts():
            name = indicator["indicator_id"]
            chosen = self.published.observation.filter(pl.col("indicator_id") == name)
            if chosen.is_empty():
                continue
            yield self._indicator(indicator, Batch(rows.long_rows(self.published, chosen)))

    def bundle(self, title: str, files: tuple[File, ...], terms: Terms) -> Bundle:
        """What the LIESMICH of files says."""
        return Bundle(
            title=title, files=files, terms=terms, release_id=self.release_id,
            operator=self.operator.name, address=self.operator.address,
        )  # fmt: skip

    def digest(self, *deciding: object) -> str:
        """Hash over the program, the shared words, and what decides one part."""
        found = hashlib.sha256(self._decided)
        for each in deciding:
            found.update(each if isinstance(each, bytes) else repr(each).encode())
            found.update(b"\0")
        return found.hexdigest()

    def _unit(
        self, batch: Batch, key: str, at: slice, sheets: Callable[[], Mapping[str, list[str]]] | None
    ) -> Part:
        """Files of one unit; `sheets` holds rows of workbooks, null where it gets none."""
        unit = self.words.units[key]
        files = files_of(key, unit["level"], observed=True, content=sheets is not None)
        plain, terms = joined(batch.plain[at], PLAIN), self.sources.terms(batch.files[at])

        def make() -> Files:
            bundle = self.bundle(f"{unit['name']} ({key})", files, terms)
            document = documents.unit_document(
                batch.told[at], self.words, release_id=self.release_id, terms=terms
            )
            made = {"csv": plain, "csv-office": joined(batch.office[at], OFFICE), "json": document}
            if sheets is not None:
                made["xlsx"] = workbook(sheets()[key], notes(bundle))
                made["parquet"] = parquet(batch.rows[at])
            made["readme"] = readme(bundle)
            return {
                **{file.path: made[file.format] for file in files},
                api_unit(key, unit["level"]): document,
            }

        digest = self.digest(plain, unit, terms.text, files)
        return Part(address=folder_of(key, unit["level"]), digest=digest, make=make)

    def _land(self, land: str, batch: Batch) -> Part:
        files, terms = files_of(land, "land", observed=True, content=True), self.sources.terms(batch.files)
        name, plain = self.words.units[land]["name"], joined(batch.plain, PLAIN)

        def make() -> Files:
            text = readme(self.bundle(f"{name}: alle Gebietseinheiten", files, terms))
            both = {
                f"{land}.csv": joined(batch.office, OFFICE), f"{land}_plain.csv": plain, README: text,
            }  # fmt: skip
            made = {"zip": zipped(both), "parquet": parquet(batch.rows), "readme": text}
            return {file.path: made[file.format] for file in files}

        digest = self.digest(plain, name, terms.text, files)
        return Part(address=folder_of(land, "land"), digest=digest, make=make)

    def _indicator(self, indicator: documents.Row, batch: Batch) -> Part:
        name = indicator["indicator_id"]
        files, terms = indicator_files(name), self.sources.terms(batch.files)
        plain = joined(batch.plain, PLAIN)

        def make() -> Files:
            document = documents.indicator_document(
                batch.rows, self.words, indicator, release_id=self.release_id, terms=terms
            )
            made = {
                "csv": plain, "csv-office": joined(batch.office, OFFICE), "json": document,
                "parquet": parquet(batch.rows), "readme": readme(self.bundle(indicator["name_de"], files, terms)),
            }  # fmt: skip
            return {**{file.path: made[file.format] for file in files}, api_indicator(name): document}

        digest = self.digest(plain, indicator, terms.text, files)
        return Part(address=f"{API}/indikator/{name}", digest=digest, make=make)


def parquet(frame: pl.DataFrame) -> bytes:
    """Rows in the columns of every download as a Parquet file."""
    content = BytesIO()
    frame.write_parquet(content, compression="zstd", statistics=False)
    return content.getvalue()
