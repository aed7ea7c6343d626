"""The steps of a made-up night, from table observation to page data, in the program's own functions.

Belongs here: what the nightly job does with its tables, one step after the other, without Dagster. Does not
belong here: the tables it begins from (`night_tables.py`), what it is compared with (`night.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import orjson
import polars as pl

from bench.measuring import Clock, Written
from bench.night_tables import NAMES
from pipelines import database
from pipelines.comparing import store_comparison
from pipelines.exchange import documents
from pipelines.exchange.addresses import api_unit, files_of
from pipelines.exchange.batch import Batch
from pipelines.exchange.delimited import PLAIN
from pipelines.exchange.digests import fingerprint
from pipelines.exchange.operator import Operator
from pipelines.exchange.part import Group, Part
from pipelines.exchange.parts import Exchange
from pipelines.exchange.rows import TABLES, Published, in_words, lands, of_land
from pipelines.exchange.writer import Writer
from pipelines.giving_back import give_back
from pipelines.growing import in_turn
from pipelines.slices import sliced
from pipelines.store import Store, content_of_file
from quality.contract import enforce
from quality.contracts import CONTRACTS

RELEASE, LEVEL = "20000101T000000Z", "municipality"
COMPUTED = ("peer_statistic", "peer_position", "peer_sensitivity")


def carried_out(
    given: Path, target: Path, previous: Path | None = None, only: tuple[str, ...] = ()
) -> Written:
    """One night.

    Args:
        given: folder of the tables it begins from.
        target: folder to leave tables, database and page data in.
        previous: the same of the night before, or null; its page data are linked where they are the same,
            and where all tables are the same nothing is written.
        only: indicators; all where none is named.
    """
    store, clock = Store(folder=target / "tables"), Clock()
    _stored(pl.scan_parquet(given / "observation.parquet"), store, only)
    clock.done("read, check against the contract, store")
    _compared(given, store)
    clock.done("peer statistics, positions, sensitivity")
    files = files_of_tables(given, store)
    hashes = {name: content_of_file(path, CONTRACTS[name])[1] for name, path in files.items()}
    (target / "hashes.json").write_bytes(orjson.dumps(hashes, option=orjson.OPT_SORT_KEYS))
    clock.done("content hashes of all tables")
    if previous and (previous / "hashes.json").read_bytes() == (target / "hashes.json").read_bytes():
        return Written(files=0, bytes=0, steps=clock.steps)  # as `assemble`: the release before is confirmed
    database.build(target / "sdg17.duckdb", files, CONTRACTS)
    clock.done("DuckDB file")
    give_back()  # as the asset of the downloads does it
    written = page_data(files, target / "pages", previous / "pages" if previous else None)
    clock.done("page data of each unit")
    others = [*(target / "tables").rglob("*.parquet"), target / "sdg17.duckdb"]
    return Written(
        files=written.files + len(others),
        bytes=written.bytes + sum(file.stat().st_size for file in others),
        steps=clock.steps,
    )


def _stored(observation: pl.LazyFrame, store: Store, only: tuple[str, ...]) -> None:
    """The observations as the program makes them: one indicator after the other, large ones in slices of units."""
    ids = observation.select(pl.col("indicator_id").unique().sort()).collect().to_series()

    def made() -> Iterator[pl.DataFrame]:
        for indicator in only or ids:
            of_one = observation.filter(pl.col("indicator_id") == indicator)
            for part in sliced({"observation": of_one}, ["observation"]):
                rows = part["observation"].collect()
                kept = enforce(rows, CONTRACTS["observation"], source_id="made_up")
                assert kept.rejected.is_empty()
                yield kept.good

    store.sink("house", "observation", in_turn(made(), CONTRACTS["observation"].schema))


def _compared(given: Path, store: Store) -> None:
    """As the asset of comparison does it."""
    groups, members = (pl.read_parquet(given / f"{name}.parquet") for name in ("peer_group", "peer_member"))
    accounting = pl.DataFrame(schema={"ags": pl.String, "year": pl.Int64, "accounting": pl.String})
    store_comparison(
        store,
        "house",
        store.scan("house", "observation"),
        pl.read_parquet(given / "indicator.parquet"),
        groups=groups,
        members=members,
        units=pl.read_parquet(given / "units.parquet"),
        accounting=accounting,
    )


def files_of_tables(given: Path, store: Store) -> dict[str, Path]:
    """Table to its file: what was given, and what the night made."""
    made = ("observation", *COMPUTED)
    return {
        **{name: given / f"{name}.parquet" for name in NAMES if name not in made},
        **{name: store.path("house", name) for name in made},
    }


def page_data(files: Mapping[str, Path], folder: Path, previous: Path | None) -> Written:
    """Document and lines of every unit, where its rows or those of its Land are not as they were."""
    read = {name: files[name] for name in TABLES if name in files and name != "observation"}
    tables = {name: pl.read_parquet(path) for name, path in read.items()}
    published = Published.of(tables, pl.scan_parquet(files["observation"]))
    made = Exchange(published, release_id=RELEASE, program=b"", operator=Operator())
    writer = Writer(folder, previous)
    for land in lands(published.observed):
        for observations in of_land(published.observed, land):
            held = [observations]
            digest = made.digest(land, fingerprint(observations))
            del observations
            writer.add_group(Group(digest=digest, parts=partial(_parts, made, held)))
            held.clear()  # before the next rows are read, as `Exchange.lands` does it
    done = writer.finish()
    before = _index(previous)
    new = [size for path, (size, digest) in writer.sizes().items() if before.get(path) != digest]
    return Written(files=len(new) if previous else done.files, bytes=sum(new))


def _index(folder: Path | None) -> dict[str, str]:
    """Path to hash of the files of a folder that a writer left."""
    if folder is None:
        return {}
    parts = orjson.loads((folder / ".parts.json").read_bytes())
    return {path: digest for part in parts.values() for path, (_, digest) in part["files"].items()}


def _parts(made: Exchange, held: list[pl.DataFrame]) -> Iterator[Part]:
    """Of each unit the document of the interface and the lines of its rows, which decide both."""
    for long in in_words(made.published, held.pop()):
        yield from _parts_of(made, Batch(long, made.words))


def _parts_of(made: Exchange, batch: Batch) -> Iterator[Part]:
    for key, start, end in batch.units():
        terms, lines = made.sources.terms(batch.read[start:end]), batch.files_of(PLAIN)[key]
        document = partial(documents.unit_document, key, words=made.words, release_id=RELEASE, terms=terms)
        files = {file.format: file.path for file in files_of(key, LEVEL, observed=True, content=False)}
        digest = made.digest(lines, made.words.units[key], terms.text)

        def make(
            csv: str = files["csv"], lines: bytes = lines, key: str = key,
            document: Callable[..., bytes] = document,
        ) -> dict[str, bytes]:  # fmt: skip
            return {csv: lines, api_unit(key, LEVEL): document(batch.told[key])}

        yield Part(address=api_unit(key, LEVEL), digest=digest, make=make)
