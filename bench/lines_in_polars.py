"""Budget lines to measures and indicators as the program does it, with its own functions.

Belongs here: our side, and when a step of it is done. Does not belong here: what it is compared with
(`lines_in_pandas.py`), the sides (`lines.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from bench import made_up
from bench.lines_steps import FORMULAS, INDICATORS, ORDER, READ, TOTALS, WRITE
from bench.measuring import Clock
from indicators import load_indicators, load_measure_groups
from indicators.formula import POPULATION, measures_of, observe
from indicators.measure import Lazy
from indicators.measures.spending import GROUP
from pipelines.engine import OnPolars
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


@dataclass(frozen=True, kw_only=True)
class Timed(OnPolars):
    """The engine of the program, which says when rows are there: first the lines, then what is made of them."""

    clock: Clock
    coming: list[str] = field(default_factory=list)

    def frames(self, tables: Mapping[str, pl.LazyFrame]) -> dict[str, Lazy]:
        """The tables; the first rows made of them are the lines."""
        self.coming[:] = [READ]
        return super().frames(tables)

    def collected(self, rows: Lazy) -> pl.DataFrame:
        """The rows."""
        frame = super().collected(rows)
        self.clock.done(self.coming.pop() if self.coming else FORMULAS)
        return frame


def in_polars(folder: Path, target: Path, clock: Clock) -> None:
    """Measures, their lineage and the indicators made of them, slice by slice of units.

    Args:
        folder: the made-up lines.
        target: folder to leave the tables in.
        clock: told of each step.
    """
    store, engine = Store(folder=target), Timed(clock=clock)
    population = pl.scan_parquet(folder / "population_measure.parquet")

    def ordered(inputs: pl.DataFrame) -> pl.DataFrame:
        clock.done(ORDER)
        return inputs

    with (
        store.growing("measure_input", GROUP.id, "measure_id") as all_inputs,
        store.growing("measure", GROUP.id, "measure_id") as all_measures,
        store.growing("observation", GROUP.id, "indicator_id") as observations,
    ):
        for inputs, measure in in_parts(GROUP, _tables(folder), engine, ordered):
            clock.done(TOTALS)
            all_inputs.add(inputs)
            all_measures.add(measure)
            clock.done(WRITE)
            observed = _observed(measure, population)
            clock.done(INDICATORS)
            observations.add(observed)
    clock.done(WRITE)


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
