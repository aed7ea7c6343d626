"""Peer statistics: quartiles, coverage and positions against the same in vectorised pandas.

Belongs here: the sides and their data. Does not belong here: measuring (`measuring.py`).

Both sides make a row of statistics for every indicator, year and group, and the position of every unit in
its groups in the newest year. pandas is spared what we do besides: status, reasons, and the conditions of a band.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import polars as pl

from bench import made_up
from bench.measuring import Benchmark, Ratio, Side
from indicators.comparison.compared import compared

CELL = ["indicator_id", "year", "group_id"]


def _ours(size: str) -> Callable[[int], object]:
    observation, kinds, units = made_up.observations(size), made_up.indicators(), made_up.units(size)
    groups, members = made_up.peers(size)
    accounting = pl.DataFrame(schema={"ags": pl.String, "year": pl.Int64, "accounting": pl.String})

    def work(count: int) -> None:
        for _ in range(count):
            compared(observation, kinds, groups=groups, members=members, units=units, accounting=accounting)

    return work


def _pandas(size: str) -> Callable[[int], object]:
    observation = made_up.observations(size).select("indicator_id", "ags", "year", "value").to_pandas()
    units = made_up.units(size).to_pandas()
    groups, members = (frame.to_pandas() for frame in made_up.peers(size))

    def work(count: int) -> None:
        for _ in range(count):
            _in_pandas(observation, units, groups, members)

    return work


def _in_pandas(observation: Any, units: Any, groups: Any, members: Any) -> Any:
    known = observation.dropna(subset=["value"])
    inside = known.merge(members, on="ags").merge(units, on="ags")
    cells = inside.groupby(CELL, sort=False)
    statistic = cells.agg(
        reporting=("value", "size"),
        covered=("population", "sum"),
        minimum=("value", "min"),
        maximum=("value", "max"),
    )
    quartiles = cells["value"].quantile([0.25, 0.5, 0.75]).unstack()
    quartiles.columns = ["lower_quartile", "median", "upper_quartile"]
    statistic = statistic.join(quartiles).reset_index().merge(groups, on="group_id")
    statistic["coverage"] = statistic["covered"] / statistic["population"]
    newest = inside[inside["year"] == inside.groupby("indicator_id")["year"].transform("max")]
    ranked = newest.assign(
        percentile=100
        * (newest.groupby(CELL)["value"].rank() - 0.5)
        / newest.groupby(CELL)["value"].transform("size")
    )
    return statistic, ranked.merge(statistic[[*CELL, "lower_quartile", "upper_quartile"]], on=CELL)


WHY = (
    "pandas adds up values alone. Ours says besides, for every group, the strongest status and its cause, how many "
    "values were set aside and why, whether accounting systems are mixed, and judges the conditions of a band, in a fifth "
    "of the memory. Values are read in the order of the groups, nothing is searched or sorted per value and group; where "
    "it is slower than that, other work on the machine is the reason: in three rounds in turn it was 3.2 to 4.2."
)

BENCHMARK = Benchmark(
    title="Peer statistics",
    data=(
        f"Synthetic: {len(made_up.INDICATORS)} indicators, {len(made_up.YEARS)} years, "
        f"{made_up.DEFINITIONS} peer definitions; 400, 10,800 and 21,600 municipalities."
    ),
    sides={
        **{
            f"ours_{size}": Side(title=f"ours, {title}", items=1, prepare=partial(_ours, size))
            for size, title in made_up.TITLES.items()
        },
        "pandas_germany": Side(title="pandas, Germany", items=1, prepare=partial(_pandas, "germany")),
    },
    ratios=(
        Ratio(slow="pandas_germany", fast="ours_germany", at_least=2.5, why_missed=WHY),
        Ratio(slow="ours_twice", fast="ours_germany", at_most=2.1),
    ),
    growth=("ours_land", "ours_germany", "ours_twice"),
)
