"""A night from stored observations to what is published, against the sum of its lower limits and sdg-build.

Belongs here: the lower limits, the sides. Does not belong here: the steps of the night (`night_steps.py`), its
tables (`night_tables.py`), measuring (`measuring.py`), budget lines to measures (`lines.py`), pages with
pictures (`archive_night.py` measures them as they are).

Lower limits do the least that would leave as much: read the columns; count, least and greatest value of every
indicator, year and group in one `group_by` (no quartiles: sorting for them takes longer than our whole
statistics, which sort once); write files of the same number and sizes and a database of the same rows without
order or comments. They check nothing, say nothing about quality and hash nothing.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import duckdb
import polars as pl

from bench import made_up
from bench.measuring import Benchmark, Cited, Limit, Ratio, Side, Written
from bench.night_steps import COMPUTED, carried_out, files_of_tables
from bench.night_tables import NAMES, written_apart
from pipelines.database import SETTINGS, STORAGE_VERSION
from pipelines.store import Store

STATISTIC = ["indicator_id", "year", "group_id"]
SIX = made_up.INDICATORS[:6]
"""As many indicators as sdg-build was measured with."""


def room() -> Path:
    """A folder that is gone when this process is."""
    folder = tempfile.TemporaryDirectory(prefix="sdg17-bench-")
    atexit.register(folder.cleanup)
    return Path(folder.name)


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
    call = "from pathlib import Path; from bench.night_steps import carried_out; import sys; carried_out(*map(Path, sys.argv[1:]))"
    subprocess.run([sys.executable, "-c", call, str(given), str(folder / "night")], check=True)
    return given, folder / "night"


def _write(size: str) -> Callable[[int], object]:
    given, night = finished(size)
    written = (file for file in (night / "pages").rglob("*") if file.is_file())
    pages = [(file.relative_to(night), file.stat().st_size) for file in written]
    tables = files_of_tables(given, Store(folder=night / "tables"))
    frames = {name: pl.read_parquet(tables[name]) for name in ("observation", *COMPUTED)}
    content = memoryview(bytes(max(size for _, size in pages)))
    target = room()

    def work(_: int) -> Written:
        for path, length in pages:
            place = f"{target}/{path}"
            os.makedirs(place.rpartition("/")[0], exist_ok=True)  # noqa: PTH103 - the least there is
            handle = os.open(place, os.O_WRONLY | os.O_CREAT, 0o666)
            os.write(handle, content[:length])
            os.close(handle)
        store = Store(folder=target / "tables")
        for name, frame in frames.items():
            store.write("house", name, frame)
        file = target / "plain.duckdb"
        with duckdb.connect() as connection:
            connection.execute(SETTINGS)
            connection.execute(f"ATTACH '{file}' AS plain (STORAGE_VERSION '{STORAGE_VERSION}')")
            for name, rows in tables.items():
                connection.execute(f"CREATE TABLE plain.{name} AS FROM read_parquet('{rows}')")
        size = sum(length for _, length in pages) + file.stat().st_size
        return Written(files=len(pages) + len(frames) + 1, bytes=size)

    return work


LIMITS = ("decode", "aggregate", "write")
_WHY_SLOWER = (
    "half of the night is page data (steps in its table): every figure is spelt for the document and for the line of "
    "CSV and hashed, where the limit writes as many zeros; a sixth compresses the database, a tenth hashes all tables as "
    "text. Reading in slices, for little memory, takes some of it again. Needed: tables whose hash is taken while "
    "they are written, and lines that are not spelt where a unit is as it was."
)
_WHY_NOT_FOUR = (
    "the figure cited is that of another machine and of one file for each indicator. Half of ours is page data: two files "
    "of each of 10,800 municipalities, so that a visitor loads one and not those of all, of which making files and folders "
    "is a quarter; the rest checks, compares, hashes and stores, which sdg-build does not. Needed: a faster machine for "
    "both, with sdg-build run beside ours."
)
_WHY_MEMORY = (
    "no step holds table observation, an indicator or a Land as a whole, and twice Germany stays well below a gigabyte. "
    "The peak is that of page data, which by themselves take 489 MB for Germany and 522 for twice as many units (1.07); "
    "after the other steps it comes out higher by what the allocator still keeps of them (two nights of twice Germany: "
    "528 and 575). What grows with the units is names and, of each file, its path and hash. Needed for the same memory at "
    "any size: an index of files on disk, and page data in a process of its own."
)
BENCHMARK = Benchmark(
    title="A night from table observation on",
    data=(
        f"Synthetic: {len(made_up.INDICATORS)} indicators, {len(made_up.YEARS)} years, {made_up.DEFINITIONS} peer "
        "definitions; 400, 10,800 and 21,600 municipalities. In: contract, peer statistics and positions, content "
        "hashes, DuckDB file, page data (of each unit the JSON document and the CSV). Not in: budget lines to "
        "measures (the table Budget lines to indicators), history, audit, HTML pages with pictures and the other "
        "forms of downloads (the nights on the real archive have them). sdg-build (Open SDG) is on no package "
        "registry and was not run here: cited is what it took once, on another machine, for 6 indicators of 10,800 municipalities as a "
        "disaggregation (58 s; 208 MB; 4.4 MB per indicator to each visitor), and it only writes."
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
            title="sdg-build, 6 indicators (cited)",
            items=1, cpu_seconds=58.0,
        ),
    },
    ratios=(
        Ratio(
            slow="ours_germany", fast=LIMITS, at_most=2.5,
            title="night, Germany : the sum of its lower limits (read, group_by, write)", why_missed=_WHY_SLOWER,
        ),
        Ratio(slow="sdg_build", fast="ours_six", at_least=4, why_missed=_WHY_NOT_FOUR),
        Ratio(slow="ours_twice", fast="ours_germany", at_most=2.1),
        Ratio(
            slow="ours_twice", fast="ours_germany", at_most=1.1, quantity="peak_mb", why_missed=_WHY_MEMORY
        ),
    ),
    limits=(
        Limit(side="ours_germany", quantity="peak_mb", at_most=1_000, why_missed=_WHY_MEMORY),
        Limit(side="ours_twice", quantity="peak_mb", at_most=1_100, why_missed=_WHY_MEMORY),
    ),
    growth=("ours_land", "ours_germany", "ours_twice"),
)  # fmt: skip
