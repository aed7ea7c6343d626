"""Every measure group on one engine, with what it took.

Belongs here: what all engines are asked alike. Does not belong here: starting one, or comparing results.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from indicators import load_measure_groups
from pipelines.engine import Engine
from pipelines.measuring import compute
from tests.spark.derived import per_inhabitant, quartiles

COMPARED = "per_inhabitant"
QUARTILES = "quartiles"


@dataclass(frozen=True, kw_only=True)
class Made:
    """Frames by name, in an order of their own, and seconds by group."""

    frames: dict[str, pl.DataFrame] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)


def made_on(engine: Engine, tables: Mapping[str, pl.LazyFrame]) -> Made:
    """Inputs and measures of each group whose tables are there, then what is derived from the measures."""
    made = Made()
    for group in load_measure_groups().values():
        if all(name in tables for name in group.tables):
            began = time.perf_counter()
            inputs, measure = compute(group, {name: tables[name] for name in group.tables}, engine)
            made.frames[f"{group.id}.inputs"], made.frames[f"{group.id}.measure"] = inputs, measure
            made.seconds[group.id] = time.perf_counter() - began
    if "population.measure" in made.frames:
        began = time.perf_counter()
        measure = pl.concat([made.frames[f"{name}.measure"] for name in ("spending", "population")])
        compared = engine.kept(per_inhabitant(engine.frames({"measure": measure.lazy()})["measure"]))
        made.frames[COMPARED] = engine.collected(compared).sort("ags", "year")
        made.frames[QUARTILES] = engine.collected(quartiles(compared)).sort("year")
        made.seconds[COMPARED] = time.perf_counter() - began
    return made


def unit_years(made: Made) -> pl.DataFrame:
    """Units and years any measure speaks of: what the group of populations is asked for."""
    return (
        pl.concat(
            [frame.select("ags", "year") for name, frame in made.frames.items() if name.endswith("inputs")]
        )
        .unique()
        .sort("ags", "year")
    )
