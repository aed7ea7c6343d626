"""Budget lines to measures and indicators, with the lineage of every number, against the same in pandas.

Belongs here: the sides. Does not belong here: the work in pandas (`lines_in_pandas.py`), the made-up lines
(`budget_lines.py`), measuring (`measuring.py`).

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
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import polars as pl

from bench import budget_lines, made_up
from bench.lines_in_pandas import UNIT_YEAR, in_pandas
from bench.measuring import Benchmark, Ratio, Side, Written
from indicators import load_indicators, load_measure_groups
from indicators.formula import POPULATION, measures_of, observe
from indicators.measures.spending import GROUP
from pipelines.measuring import in_parts
from pipelines.store import Store
from quality.contracts import CONTRACTS

GROUPS = load_measure_groups()
DECLARED = {each.id: each for group in GROUPS.values() for each in group.measures}
MONEY = {each.id for each in GROUP.measures}
MID_YEAR = POPULATION[0]
MADE = [
    each
    for each in load_indicators().values()
    if MONEY.intersection(measures_of(each)) and MONEY.union(POPULATION).issuperset(measures_of(each))
]
"""Indicators made of nothing but budgets and population."""


def folder_of(size: str) -> Path:
    """Where the made-up lines of a size lie; they are made once, by a process of their own."""
    units = made_up.SIZES[size]
    folder = Path(tempfile.gettempdir()) / f"sdg17-bench-{made_up.SEED}-{units}x{budget_lines.A_YEAR}"
    if not (folder / budget_lines.DONE).exists():
        subprocess.run([sys.executable, "-m", "bench.budget_lines", str(folder), str(units)], check=True)
    return folder


def _ours(size: str) -> Callable[[int], Written]:
    folder = folder_of(size)

    def work(count: int) -> Written:
        written = Written(files=0, bytes=0)
        for _ in range(count):
            with tempfile.TemporaryDirectory() as target:
                ours(folder, Path(target))
                files = list(Path(target).rglob("*.parquet"))
                written = Written(files=len(files), bytes=sum(each.stat().st_size for each in files))
        return written

    return work


def ours(folder: Path, target: Path) -> None:
    """Measures, their lineage and the indicators made of them, slice by slice of units."""
    store = Store(folder=target)
    population = pl.scan_parquet(folder / "population_measure.parquet")
    with (
        store.growing("measure_input", GROUP.id, "measure_id") as all_inputs,
        store.growing("measure", GROUP.id, "measure_id") as all_measures,
        store.growing("observation", GROUP.id, "indicator_id") as observations,
    ):
        for inputs, measure in in_parts(GROUP, _tables(folder)):
            all_inputs.add(inputs)
            all_measures.add(measure)
            observations.add(_observed(measure, population))


def _tables(folder: Path) -> Mapping[str, pl.LazyFrame]:
    def table(name: str) -> pl.LazyFrame:
        path = folder / f"{name}.parquet"
        return pl.scan_parquet(path) if path.exists() else CONTRACTS[name].empty().lazy()

    return {name: table(name) for name in GROUP.tables}


def _observed(measure: pl.DataFrame, population: pl.LazyFrame) -> pl.DataFrame:
    units = (
        measure.select("ags")
        .unique()
        .with_columns(
            level=pl.lit("municipality"), territory_date=pl.lit(None, pl.Date), is_live=pl.lit(value=True)
        )
    )
    people = (
        population.join(units.lazy().select("ags"), on="ags", how="semi")
        .select(
            "ags",
            "year",
            measure_id=pl.lit(MID_YEAR),
            phase=pl.lit("none"),
            value="population",
            unit=pl.lit("persons"),
            obs_status=pl.lit("A"),
            reason=pl.lit(None, pl.String),
            note=pl.lit(None, pl.String),
            inputs=pl.lit(1, pl.Int64),
        )
        .select(measure.columns)
        .collect()
    )
    measures = pl.concat([measure, people])
    last = max(made_up.YEARS)
    return pl.concat(
        observe(each, measures=measures, declared=DECLARED, units=units, reference_year=last, phase="actual")
        for each in sorted(MADE, key=lambda each: each.id)
    )


def _pandas(size: str) -> Callable[[int], Written]:
    folder = folder_of(size)

    def work(count: int) -> Written:
        written = Written(files=0, bytes=0)
        for _ in range(count):
            with tempfile.TemporaryDirectory() as target:
                for name, frame in in_pandas(folder).items():
                    frame.to_parquet(Path(target) / f"{name}.parquet", compression="zstd", index=False)
                files = list(Path(target).iterdir())
                written = Written(files=len(files), bytes=sum(each.stat().st_size for each in files))
        return written

    return work


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
    "Both sides write the same half million rows that show each number, and most of the work is theirs: texts are read, "
    "put in order and compressed, by the same kind of kernels on both sides. What can be shared or left out is: rules in "
    "force once, flags in one pass, parts merged in order instead of sorted, sums from rows in order. Whole at the size "
    "of Germany pandas does not fit into 23 GB, ours takes 0.6. Three times as fast would take a total whose lineage is "
    "the file and not each of its lines, so that nine rows of ten need not be written."
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
