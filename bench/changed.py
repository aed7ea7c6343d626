"""How little is written when little changes: a first night, one after 1 % of municipalities changed, an equal one.

Belongs here: the nights and what differs between them. Does not belong here: a night (`night.py`), the same
on the real archive with all pages and downloads (`archive_night.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl

from bench import made_up, night
from bench.measuring import Benchmark, Ratio, Side, Written
from bench.night_steps import carried_out
from bench.night_tables import NAMES, written_apart

SIZE, EVERY = "germany", 100
"""One municipality in this many changes."""


def altered(observation: pl.DataFrame, every: int = EVERY) -> pl.DataFrame:
    """One more in every known value of the newest year, for one municipality in so many."""
    keys = observation["ags"].unique().sort().gather_every(every)
    hit = pl.col("ags").is_in(keys.implode()) & (pl.col("year") == made_up.YEARS[-1])
    return observation.with_columns(value=pl.when(hit).then(pl.col("value") + 1).otherwise("value"))


def _first() -> Callable[[int], Written]:
    folder = night.room()
    given = written_apart(SIZE, folder / "given")
    return lambda _: carried_out(given, folder / "night")


def _after(change: Callable[[pl.DataFrame], pl.DataFrame]) -> Callable[[int], Written]:
    """A night after a finished one."""
    given, before = night.finished(SIZE)
    folder = night.room()
    now = _given(given, folder / "given", change)
    return lambda _: carried_out(now, folder / "night", before)


def _given(given: Path, folder: Path, change: Callable[[pl.DataFrame], pl.DataFrame]) -> Path:
    """The tables a night begins from, with other observations."""
    folder.mkdir()
    for name in (*NAMES, "units"):
        (folder / f"{name}.parquet").hardlink_to(given / f"{name}.parquet")
    path = folder / "observation.parquet"
    changed = change(pl.read_parquet(path))
    path.unlink()
    changed.write_parquet(path)
    return folder


BENCHMARK = Benchmark(
    title="What a change rewrites",
    data=(
        f"Synthetic: {len(made_up.INDICATORS)} indicators, {len(made_up.YEARS)} years, 10,800 municipalities; one in "
        f"{EVERY} has other values of every indicator in the newest year. Files written anew: page data (JSON and CSV "
        "of each unit), tables, database; the others are linked from the night before. Equal input has equal content "
        "hashes, so an equal night writes nothing."
    ),
    sides={
        "first": Side(title="first night", items=1, prepare=_first, warm=False),
        "changed": Side(
            title="1 % of municipalities changed", items=1, prepare=lambda: _after(altered), warm=False
        ),
        "equal": Side(
            title="nothing changed", items=1, prepare=lambda: _after(lambda same: same), warm=False
        ),
    },
    ratios=(
        Ratio(slow="changed", fast="first", at_most=0.02, quantity="files"),
        Ratio(slow="equal", fast="first", at_most=0, quantity="files"),
    ),
)
