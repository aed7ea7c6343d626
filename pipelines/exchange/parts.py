"""Everything the exchange consists of, part by part: what decides a part, and its files if it changed.

Belongs here: cutting the published rows into parts (units, Länder, indicators) and naming what decides
each. Does not belong here: the whole (`whole.py`), forms of files, writing (`writer.py`).

The files of a part are made only when asked for, so that parts that did not change cost a hash. Parts of one
Land form a group with a hash of its own over the rows they are made from: where that is as before, no row of
the Land is turned into words or lines.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial

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
    land_files,
)
from pipelines.exchange.archive import Packed, packed, packed_slices, piece_of, rest_of, together, zipped
from pipelines.exchange.batch import Batch, parquet
from pipelines.exchange.delimited import OFFICE, PLAIN, Form, header, text
from pipelines.exchange.descriptor import described
from pipelines.exchange.digests import add, fingerprint
from pipelines.exchange.licence import Sources, Terms
from pipelines.exchange.operator import Operator
from pipelines.exchange.part import Files, Group, Part
from pipelines.exchange.readme import NOTHING, Bundle, nameless, notes, readme
from pipelines.exchange.workbook import workbook
from pipelines.listed import in_one


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
        self._words = orjson.dumps(
            [published.indicator.select(rows.ORDERED).sort("indicator_id").rows(), rows.STATUS_WORDS]
        )
        self._packed: dict[str, Mapping[Form, Packed]] = {}
        self._at_once: dict[str, Batch] = {}
        """All rows of the Land at hand in words, where they were made at one time."""

    def lands(self) -> Iterator[Group]:
        """Of each Land a group of its units, or several of a large one, and one of its archive."""
        for land in rows.lands(self.published.observed):
            named = self.published.municipality.filter(pl.col("ags").str.starts_with(land))
            digests = []
            for observations in rows.of_land(self.published.observed, land):
                digests.append(self.digest(land, *self._made_from(observations, named)))
                held = [observations]
                del observations
                yield Group(digest=digests[-1], parts=partial(self._units, land, held))
                held.clear()  # before the next rows are read
            if len(digests) > 1:
                self._at_once.clear()
            if land in self.words.units:
                yield Group(digest=self.digest(f"{land} at once", *digests), parts=partial(self._land, land))
            self._at_once.clear()

    def _units(self, land: str, held: list[pl.DataFrame]) -> Iterator[Part]:
        """One part per unit of some rows, which are held no longer than they are needed."""
        height = held[0].height
        for long in rows.in_words(self.published, held.pop()):
            batch = Batch(long, self.words)
            yield from self._units_of(batch)
            if long.height == height:
                self._at_once[land] = batch

    def _batches(self, land: str) -> Iterator[Batch]:
        """All rows of a Land in words, a few at a time; as its units left them where these are all."""
        if land in self._at_once:
            yield self._at_once[land]
            return
        for observations in rows.of_land(self.published.observed, land):
            for long in rows.in_words(self.published, observations):
                yield Batch(long, self.words)

    def _units_of(self, batch: Batch) -> Iterator[Part]:
        content = rows.has_content(batch.rows, self.published.indicator)
        sheets = cache(lambda: batch.sheets(content))
        for key, start, end in batch.units():
            if self.words.units[key]["level"] in FOLDERS:
                yield self._unit(batch, key, slice(start, end), sheets if key in content else None)

    def indicators(self) -> Iterator[Part]:
        """One part per indicator that has observations."""
        for indicator in self.published.indicator.sort("number", "label").to_dicts():
            name = indicator["indicator_id"]
            chosen = self.published.of_indicator(name)
            if not chosen.is_empty():
                yield self._indicator(indicator, chosen)

    def bundle(self, title: str, files: tuple[File, ...], terms: Terms) -> Bundle:
        """What the LIESMICH of files says."""
        return Bundle(
            title=title, files=files, terms=terms, release_id=self.release_id,
            operator=self.operator.name, address=self.operator.address,
        )  # fmt: skip

    def digest(self, *deciding: object) -> str:
        """Hash over the program, the shared words, and what decides one part."""
        return add(self._begun(), *deciding).hexdigest()

    def _begun(self) -> hashlib._Hash:
        return hashlib.sha256(self._decided)

    def all_lines(self, form: Form, made: Callable[[str], bytes | None] = lambda _: None) -> Packed:
        """Every row in a form, with a head: what was packed for the Länder, put together.

        Args:
            form: of the lines.
            made: content of a file that stands in the folder already, null where there is none.
        """
        head = packed(header(form).encode())
        pieces = [head]
        for land in rows.lands(self.published.observed):
            archive = made(land_files(land)[0].path) if land in self.words.units else None
            if archive is not None:
                pieces.append(rest_of(piece_of(archive, f"{land}{form.suffix}.csv"), head))
                continue
            pieces.append(self._bodies(land)[form])
        return together(*pieces)

    def _made_from(self, observations: pl.DataFrame, named: pl.DataFrame) -> tuple[object, ...]:
        """Everything that decides files of these rows: the rows, the units' names, words, whom to name."""
        units = named.select("ags", "name", "level", "district", "land", "valid_from", "valid_to")
        cells = in_one(observations["snapshot_ids"]).unique()
        return fingerprint(observations), fingerprint(units), self._words, self.sources.behind(cells)

    def _unit(
        self, batch: Batch, key: str, at: slice, sheets: Callable[[], Mapping[str, bytes]] | None
    ) -> Part:
        """Files of one unit; `sheets` holds rows of workbooks, null where it gets none."""
        unit = self.words.units[key]
        files = files_of(key, unit["level"], observed=True, content=sheets is not None)
        plain, terms = batch.files_of(PLAIN)[key], self.sources.terms(batch.read[at])

        def make() -> Files:
            document = documents.unit_document(
                key, batch.told[key], self.words, release_id=self.release_id, terms=terms
            )
            made = {"csv": plain, "csv-office": batch.files_of(OFFICE)[key], "json": document}
            bundle = self.bundle(f"{unit['name']} ({key})", files, terms)
            if sheets is None:
                bundle = self.bundle(NOTHING, nameless(files, key), terms)
            else:
                made["xlsx"] = workbook(sheets()[key], notes(bundle))
                made["parquet"] = parquet(batch.rows[at])
            made["readme"] = readme(bundle)
            return {
                **{file.path: made[file.format] for file in files},
                api_unit(key, unit["level"]): document,
            }

        digest = self.digest(plain, unit, terms.text, files)
        return Part(address=folder_of(key, unit["level"]), digest=digest, make=make)

    def _land(self, land: str) -> Iterator[Part]:
        """All rows of a Land in one archive."""
        files, name = land_files(land), self.words.units[land]["name"]
        told: list[str] = []
        read: set[str | None] = set()
        for observations in rows.of_land(self.published.observed, land):
            named = rows.with_files(self.published, observations)
            told.append(fingerprint(named))
            read.update(named["source_files"].unique())
        terms = self.sources.terms(read)

        def make() -> Files:
            text = readme(self.bundle(f"{name}: alle Gebietseinheiten", files, terms))
            both = {
                f"{land}{form.suffix}.csv": together(packed(header(form).encode()), body)
                for form, body in self._bodies(land).items()
            }
            whole = pl.concat([batch.rows for batch in self._batches(land)], rechunk=True)
            made = {"zip": zipped({**both, README: text}), "parquet": parquet(whole), "readme": text}
            return {file.path: made[file.format] for file in files}

        digest = self.digest(name, terms.text, files, *told)
        yield Part(address=folder_of(land, "land"), digest=digest, make=make)

    def _bodies(self, land: str) -> Mapping[Form, Packed]:
        """All lines of a Land by form, without a head, packed once."""
        if land not in self._packed:
            self._packed[land] = {
                form: packed_slices(each.body(form) for each in self._batches(land))
                for form in (OFFICE, PLAIN)
            }
        return self._packed[land]

    def _indicator(self, indicator: documents.Row, observations: pl.DataFrame) -> Part:
        name = indicator["indicator_id"]
        files = indicator_files(name)

        def make() -> Files:
            batch = Batch(rows.long_rows(self.published, observations), self.words)
            terms = self.sources.terms(batch.read)
            document = documents.indicator_document(
                batch.rows, self.words, indicator, release_id=self.release_id, terms=terms
            )
            bundle = self.bundle(indicator["name_de"], files, terms)
            made = {
                "csv": text(batch.plain, PLAIN), "csv-office": text(batch.office, OFFICE), "json": document,
                "xlsx": workbook(batch.sheet, notes(bundle)), "parquet": parquet(batch.rows),
            }  # fmt: skip
            made["descriptor"] = described(name, bundle, made, self.operator)
            made["readme"] = readme(bundle)
            return {**{file.path: made[file.format] for file in files}, api_indicator(name): document}

        digest = self.digest(indicator, files, *self._made_from(observations, self.published.municipality))
        return Part(address=f"{API}/indikator/{name}", digest=digest, make=make)
