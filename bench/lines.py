"""Budget lines to measures and indicators, with the lineage of every number, against the same in pandas.

Belongs here: the sides. Does not belong here: our work (`lines_in_polars.py`), the work in pandas
(`lines_in_pandas.py`), the made-up lines (`budget_lines.py`), measuring (`measuring.py`).

Work is from Parquet to Parquet: lines, their tags and rules are read; the rows that show each number
(`measure_input`), the measures and the indicators made of them are written in published order. Both sides write
the same rows of the first two tables, which a test compares; of the indicators pandas makes four values a row
and is spared status, reason and denominator. All of its rows must stand in memory at once, so that the whole
work fits this machine at the size of a Land only; at the size of Germany it makes sums alone, without lineage.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench import budget_lines, made_up
from bench.lines_in_pandas import UNIT_YEAR, in_pandas
from bench.lines_in_polars import in_polars
from bench.lines_steps import WRITE
from bench.measuring import Benchmark, Clock, Ratio, Side, Written


def folder_of(size: str) -> Path:
    """Where the made-up lines of a size lie; they are made once, by a process of their own."""
    units = made_up.SIZES[size]
    folder = Path(tempfile.gettempdir()) / f"sdg17-bench-{made_up.SEED}-{units}x{budget_lines.A_YEAR}"
    if not (folder / budget_lines.DONE).exists():
        subprocess.run([sys.executable, "-m", "bench.budget_lines", str(folder), str(units)], check=True)
    return folder


def _ours(size: str) -> Callable[[int], Written]:
    return partial(_written, in_polars, folder_of(size))


def _pandas(size: str) -> Callable[[int], Written]:
    return partial(_written, _pandas_to_files, folder_of(size))


def _written(work: Callable[[Path, Path, Clock], None], folder: Path, count: int) -> Written:
    """Work done so many times; what it wrote and by which steps, of the last time."""
    written = Written(files=0, bytes=0)
    for _ in range(count):
        clock = Clock()
        with tempfile.TemporaryDirectory() as target:
            work(folder, Path(target), clock)
            files = list(Path(target).rglob("*.parquet"))
            size = sum(each.stat().st_size for each in files)
            written = Written(files=len(files), bytes=size, steps=clock.steps)
    return written


def _pandas_to_files(folder: Path, target: Path, clock: Clock) -> None:
    for name, frame in in_pandas(folder, clock).items():
        frame.to_parquet(target / f"{name}.parquet", compression="zstd", index=False)
    clock.done(WRITE)


def _sums_in_pandas(size: str) -> Callable[[int], None]:
    folder = folder_of(size)

    def work(count: int) -> None:
        import pandas as pd  # noqa: PLC0415

        for _ in range(count):
            columns = [*UNIT_YEAR, "budget_line_id", "direction", "budget_part", "amount_cents"]
            lines = pd.read_parquet(folder / "budget_line.parquet", columns=columns)
            tags = pd.read_parquet(folder / "line_tag.parquet", columns=["budget_line_id", "tag"])
            spent = lines[lines["direction"] == "expenditure"]
            current = spent[spent["budget_part"] == "current"]
            current.groupby(UNIT_YEAR, sort=False)["amount_cents"].agg(["sum", "count", "size"])
            tagged = spent.merge(tags, on="budget_line_id")
            tagged.groupby([*UNIT_YEAR, "tag"], sort=False)["amount_cents"].agg(["sum", "count", "size"])

    return work


def _decoded(size: str) -> Callable[[int], None]:
    """Reading the columns, and nothing else: less cannot be done."""
    folder = folder_of(size)
    needed = (
        *UNIT_YEAR, "budget_line_id", "accounting", "direction", "budget_part", "amount_cents", "snapshot_id",
        "locator", "raw_text",
    )  # fmt: skip

    def work(count: int) -> None:
        import pyarrow.parquet as pq  # noqa: PLC0415

        for _ in range(count):
            for _batch in pq.ParquetFile(folder / "budget_line.parquet").iter_batches(
                columns=list(needed), batch_size=250_000
            ):
                pass

    return work


WHY = (
    "the steps of both sides stand below. Reading 744,000 lines and writing half a million rows with their "
    "texts takes as long here as there, by the same kind of kernels, and is two fifths of our work. What we compute "
    "ourselves, the rows, their order and the totals, is about three times as fast. Indicators are dearer here: six "
    "with status, reason and denominator in every slice, where pandas makes four values once. Whole at the size of "
    "Germany pandas does not fit into 23 GB, ours takes 0.6. Needed: nine rows of ten show what the total payments "
    "are made of; if their lineage were the file and not each line, they need not be ordered and written."
)

BENCHMARK = Benchmark(
    title="Budget lines to indicators",
    data=(
        f"Synthetic: {budget_lines.A_YEAR} lines a year of 400, 10,800 and 21,600 municipalities in "
        f"{len(made_up.YEARS)} years (0.7, 20 and 40 million lines), in slices of units."
    ),
    sides={
        **{
            f"ours_{size}": Side(
                title=f"ours, {title}", items=1, prepare=partial(_ours, size), warm=size == "land"
            )
            for size, title in made_up.TITLES.items()
        },
        "pandas_land": Side(title="pandas, one Land", items=1, prepare=partial(_pandas, "land")),
        "sums_germany": Side(
            title="pandas, Germany, sums without lineage",
            items=1,
            prepare=partial(_sums_in_pandas, "germany"),
            warm=False,
        ),
        "decoded_germany": Side(
            title="decoding the columns, Germany", items=1, prepare=partial(_decoded, "germany"), warm=False
        ),
    },
    ratios=(
        Ratio(slow="pandas_land", fast="ours_land", at_least=3, why_missed=WHY),
        Ratio(slow="sums_germany", fast="ours_germany", quantity="peak_mb", at_least=4),
        Ratio(slow="ours_twice", fast="ours_germany", at_most=2.1),
        Ratio(slow="ours_twice", fast="ours_germany", quantity="peak_mb", at_most=1.1),
    ),
    growth=("ours_land", "ours_germany", "ours_twice"),
)
