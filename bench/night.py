"""A night from stored observations to what is published, against the sum of its lower limits and sdg-build.

Belongs here: the steps of such a night in the program's own functions, the lower limits, the sides. Does not
belong here: the made-up tables (`night_tables.py`), measuring (`measuring.py`), budget lines to measures
(`lines.py`), pages with pictures (`archive_night.py` measures them as they are).

Lower limits do the least that would leave as much: read the columns; count, least and greatest value of every
indicator, year and group in one `group_by` (no quartiles: sorting for them takes longer than our whole
statistics, which sort once); write files of the same number and sizes and a database of the same rows without
order or comments. They check nothing, say nothing about quality and hash nothing.
"""

from __future__ import annotations

import atexit
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path

import duckdb
import orjson
import polars as pl

from bench import made_up
from bench.measuring import Benchmark, Cited, Limit, Ratio, Side, Written, processor
from bench.night_tables import NAMES, written_apart
from indicators.comparison.compared import NEEDED, compared
from indicators.comparison.position import sensitivities
from pipelines import database
from pipelines.exchange import documents
from pipelines.exchange.addresses import api_unit, files_of
from pipelines.exchange.batch import Batch
from pipelines.exchange.delimited import PLAIN
from pipelines.exchange.operator import Operator
from pipelines.exchange.parts import Exchange, Group, Part, fingerprint
from pipelines.exchange.rows import Published, by_land, long_rows
from pipelines.exchange.writer import Writer
from pipelines.store import Store, content_hash
from quality.contract import enforce
from quality.contracts import CONTRACTS

RELEASE, LEVEL = "20000101T000000Z", "municipality"
COMPUTED = ("peer_statistic", "peer_position", "peer_sensitivity")
STATISTIC = ["indicator_id", "year", "group_id"]
SIX = made_up.INDICATORS[:6]
"""As many indicators as sdg-build was measured with."""


def room() -> Path:
    """A folder that is gone when this process is."""
    folder = tempfile.TemporaryDirectory(prefix="sdg17-bench-")
    atexit.register(folder.cleanup)
    return Path(folder.name)


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
    store, clock = Store(folder=target / "tables"), _Clock()
    observation = pl.read_parquet(given / "observation.parquet")
    if only:
        observation = observation.filter(pl.col("indicator_id").is_in(only))
    kept = enforce(observation, CONTRACTS["observation"], source_id="made_up")
    assert kept.rejected.is_empty()
    store.write("house", "observation", kept.good)
    clock.done("read, check against the contract, store")
    del observation, kept
    _compared(given, store)
    clock.done("peer statistics, positions, sensitivity")
    files = _files(given, store)
    hashes = {name: content_hash(pl.read_parquet(path), CONTRACTS[name]) for name, path in files.items()}
    (target / "hashes.json").write_bytes(orjson.dumps(hashes, option=orjson.OPT_SORT_KEYS))
    clock.done("content hashes of all tables")
    if previous and (previous / "hashes.json").read_bytes() == (target / "hashes.json").read_bytes():
        return Written(files=0, bytes=0, steps=clock.steps)  # as `assemble`: the release before is confirmed
    database.build(target / "sdg17.duckdb", files, CONTRACTS)
    clock.done("DuckDB file")
    written = page_data(files, target / "pages", previous / "pages" if previous else None)
    clock.done("page data of each unit")
    others = [*(target / "tables").rglob("*.parquet"), target / "sdg17.duckdb"]
    return Written(
        files=written.files + len(others),
        bytes=written.bytes + sum(file.stat().st_size for file in others),
        steps=clock.steps,
    )


def _compared(given: Path, store: Store) -> None:
    """As the asset of comparison does it."""
    groups, members = (pl.read_parquet(given / f"{name}.parquet") for name in ("peer_group", "peer_member"))
    accounting = pl.DataFrame(schema={"ags": pl.String, "year": pl.Int64, "accounting": pl.String})
    indicators = pl.read_parquet(given / "indicator.parquet")
    statistic, position = compared(
        store.scan("house", "observation").select(NEEDED).collect(),
        indicators,
        groups=groups,
        members=members,
        units=pl.read_parquet(given / "units.parquet"),
        accounting=accounting,
    )
    made = (statistic, position, sensitivities(position, groups))
    for name, frame in zip(COMPUTED, made, strict=True):
        contract = CONTRACTS[name]
        order = list(contract.sort or contract.key)
        store.write("house", name, frame.select(list(contract.columns)).sort(order))


def _files(given: Path, store: Store) -> dict[str, Path]:
    """Table to its file: what was given, and what the night made."""
    made = ("observation", *COMPUTED)
    return {
        **{name: given / f"{name}.parquet" for name in NAMES if name not in made},
        **{name: store.path("house", name) for name in made},
    }


def page_data(files: Mapping[str, Path], folder: Path, previous: Path | None) -> Written:
    """Document and lines of every unit, where its rows or those of its Land are not as they were."""
    tables = {name: pl.read_parquet(path) for name, path in files.items() if name not in COMPUTED}
    published = Published.of(tables)
    made = Exchange(published, release_id=RELEASE, program=b"", operator=Operator())
    writer = Writer(folder, previous)
    for land, observations in by_land(published.observation):
        digest = made.digest(land, fingerprint(observations))
        writer.add_group(Group(digest=digest, parts=partial(_parts, made, observations)))
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


def _parts(made: Exchange, observations: pl.DataFrame) -> Iterator[Part]:
    """Of each unit the document of the interface and the lines of its rows, which decide both."""
    batch = Batch(long_rows(made.published, observations))
    for key, start, end in batch.units():
        terms, lines = made.sources.terms(batch.snapshots[start:end]), batch.files_of(PLAIN)[key]
        document = partial(documents.unit_document, words=made.words, release_id=RELEASE, terms=terms)
        files = {file.format: file.path for file in files_of(key, LEVEL, observed=True, content=False)}
        digest = made.digest(lines, made.words.units[key], terms.text)
        make = partial(
            _made, {files["csv"]: lines}, api_unit(key, LEVEL), partial(document, batch.told[start:end])
        )
        yield Part(address=api_unit(key, LEVEL), digest=digest, make=make)


def _made(lines: Mapping[str, bytes], address: str, document: Callable[[], bytes]) -> dict[str, bytes]:
    return {**lines, address: document()}


class _Clock:
    """Processor seconds by step."""

    def __init__(self) -> None:
        self.steps: dict[str, float] = {}
        self._last = processor()

    def done(self, step: str) -> None:
        now = processor()
        self.steps[step], self._last = now - self._last, now


def _night(size: str, only: tuple[str, ...] = ()) -> Callable[[int], object]:
    folder = room()
    given = written_apart(size, folder / "given")
    return lambda _: carried_out(given, folder / "night", only=only)


def _decode(size: str) -> Callable[[int], object]:
    given = written_apart(size, room())

    def work(_: int) -> None:
        for name in (*NAMES, "units"):
            pl.read_parquet(given / f"{name}.parquet")

    return work


def _aggregate(size: str) -> Callable[[int], object]:
    values, members = _to_aggregate(written_apart(size, room()))
    return lambda _: _aggregated(values, members)


def _to_aggregate(given: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    columns = ["indicator_id", "ags", "year", "value"]
    values = pl.read_parquet(given / "observation.parquet", columns=columns).drop_nulls()
    return values, pl.read_parquet(given / "peer_member.parquet", columns=["group_id", "ags"])


def _aggregated(values: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    value = pl.col("value")
    extremes = (value.min().alias("minimum"), value.max().alias("maximum"))
    return values.join(members, on="ags").group_by(STATISTIC).agg(pl.len(), *extremes)


@cache
def finished(size: str) -> tuple[Path, Path]:
    """Folder of tables and folder of a finished night, made in a process of its own."""
    folder = room()
    given = written_apart(size, folder / "given")
    call = "from pathlib import Path; from bench.night import carried_out; import sys; carried_out(*map(Path, sys.argv[1:]))"
    subprocess.run([sys.executable, "-c", call, str(given), str(folder / "night")], check=True)
    return given, folder / "night"


def _write(size: str) -> Callable[[int], object]:
    given, night = finished(size)
    written = (file for file in (night / "pages").rglob("*") if file.is_file())
    pages = [(file.relative_to(night), file.stat().st_size) for file in written]
    tables = _files(given, Store(folder=night / "tables"))
    frames = {name: pl.read_parquet(tables[name]) for name in ("observation", *COMPUTED)}
    content = memoryview(bytes(max(size for _, size in pages)))
    target = room()

    def work(_: int) -> Written:
        for path, length in pages:
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            (target / path).write_bytes(content[:length])
        store = Store(folder=target / "tables")
        for name, frame in frames.items():
            store.write("house", name, frame)
        with duckdb.connect(str(target / "plain.duckdb")) as connection:
            connection.execute("SET enable_progress_bar = false")
            for name, file in tables.items():
                connection.execute(f"CREATE TABLE {name} AS FROM read_parquet('{file}')")
        size = sum(length for _, length in pages) + (target / "plain.duckdb").stat().st_size
        return Written(files=len(pages) + len(frames) + 1, bytes=size)

    return work


LIMITS = ("decode", "aggregate", "write")
BENCHMARK = Benchmark(
    title="A night from table observation on",
    data=(
        f"Synthetic: {len(made_up.INDICATORS)} indicators, {len(made_up.YEARS)} years, {made_up.DEFINITIONS} peer "
        "definitions; 400, 10,800 and 21,600 municipalities. In: contract, peer statistics and positions, content "
        "hashes, DuckDB file, page data (of each unit the JSON document and the CSV). Not in: budget lines to "
        "measures (the table Budget lines to indicators), history, audit, HTML pages with pictures and the other "
        "forms of downloads (the nights on the real archive have them)."
    ),
    sides={
        **{
            f"ours_{size}": Side(title=f"night, {title}", items=1, prepare=partial(_night, size), warm=False)
            for size, title in made_up.TITLES.items()
        },
        "decode": Side(title="read the columns, Germany", items=1, prepare=partial(_decode, "germany")),
        "aggregate": Side(title="one group_by without quartiles, Germany", items=1, prepare=partial(_aggregate, "germany")),
        "write": Side(title="write as many bytes, Germany", items=1, prepare=partial(_write, "germany"), warm=False),
        "ours_six": Side(
            title="night, Germany, 6 indicators", items=1, prepare=partial(_night, "germany", SIX), warm=False
        ),
        "sdg_build": Cited(
            title="sdg-build on the same 6 indicators (cited: 58 s on another day; it is on no package registry)",
            items=1, cpu_seconds=58.0,
        ),
    },
    ratios=(
        Ratio(slow="ours_germany", fast=LIMITS, at_most=2.5),
        Ratio(slow="sdg_build", fast="ours_six", at_least=4),
        Ratio(slow="ours_twice", fast="ours_germany", at_most=2.1),
        Ratio(slow="ours_twice", fast="ours_germany", at_most=1.1, quantity="peak_mb"),
    ),
    limits=(
        Limit(side="ours_germany", quantity="peak_mb", at_most=1_000),
        Limit(side="ours_twice", quantity="peak_mb", at_most=1_100),
    ),
    growth=("ours_land", "ours_germany", "ours_twice"),
)  # fmt: skip
