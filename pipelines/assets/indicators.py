"""One asset per indicator with a formula, and the tables of observations they come together in."""

from functools import partial
from typing import Any

import dagster as dg
import polars as pl

from indicators import load_indicators
from indicators.breaks import accounting_of, with_breaks
from indicators.formula import measures_of, observe
from indicators.indicator import Indicator
from indicators.trend import methods_table, trends
from pipelines.assets.house_tables import HOUSE_STAGE, house_key
from pipelines.assets.making import Made, result
from pipelines.assets.measures import GROUPS, declared_measures, group_key, stacked_from
from pipelines.house import House
from pipelines.observations import units_of, with_provenance
from pipelines.slices import sliced
from quality.contracts import CONTRACTS

INDICATORS = load_indicators()
COMPUTED = [each for each in INDICATORS.values() if each.formula is not None]
"""Indicators with observations; the others stand in the catalogue with the reason."""
COUNTED = [each for each in COMPUTED if each.counts_as_available]
"""Indicators the data-availability rate counts."""
DECLARED = declared_measures()
MONEY = "spending"
"""The group of measures made from budget lines."""
GROUP_OF = {measure.id: group.id for group in GROUPS.values() for measure in group.measures}


def indicator_key(indicator_id: str) -> dg.AssetKey:
    """Asset key of one indicator."""
    return dg.AssetKey(["observation", indicator_id])


def groups_of(indicator: Indicator) -> list[str]:
    """Measure groups an indicator needs."""
    return sorted({GROUP_OF[name] for name in measures_of(indicator)})


def _observed(indicator: Indicator, house: House, phase: str, table: str) -> pl.DataFrame:
    groups = groups_of(indicator)
    names = list(measures_of(indicator))
    chosen = pl.col("measure_id").is_in(names)
    measures = pl.concat([house.store.scan("measure", each).filter(chosen) for each in groups]).collect()
    files = pl.concat(
        [
            house.store.scan("measure_input", each)
            .filter(chosen, pl.col("snapshot_id").is_not_null())
            .select("measure_id", "ags", "year", "phase", "snapshot_id")
            .unique()
            for each in groups
        ]
    ).collect(engine="streaming")
    observed = observe(
        indicator,
        measures=measures,
        declared=DECLARED,
        units=units_of(house.store.read(HOUSE_STAGE, "municipality")),
        reference_year=house.reference_year,
        phase=phase,
    )
    observed = with_breaks(
        observed,
        _accounting(house, groups, chosen & (pl.col("phase") == phase)),
        of_two_origins=indicator.published_as is not None,
    )
    return with_provenance(observed, indicator, files, phase=phase, table=table)


def _accounting(house: House, groups: list[str], chosen: pl.Expr) -> pl.DataFrame | None:
    """Accounting systems behind the money of an indicator; null where it counts no money."""
    if MONEY not in groups:
        return None
    tables = {
        "measure_input": house.store.scan("measure_input", MONEY).filter(chosen),
        "budget_line": house.store.scan(HOUSE_STAGE, "budget_line"),
    }
    parts = sliced(tables, ["budget_line"])
    return pl.concat([accounting_of(each["measure_input"], each["budget_line"]) for each in parts])


def _written(indicator: Indicator, house: House) -> Made:
    actual = _observed(indicator, house, "actual", "observation")
    house.store.write("observation", indicator.id, actual)
    if indicator.has_plan:
        plan = _observed(indicator, house, "plan", "observation_plan")
        house.store.write("observation_plan", indicator.id, plan)
    known = actual.height - actual["value"].null_count()
    return Made(
        line=f"{indicator.id}: {known:,} values, {actual.height - known:,} reasons",
        counts={"rows": actual.height, "values": known},
    )


def build(indicator: Indicator) -> dg.AssetsDefinition:
    """The asset of one indicator."""

    @dg.asset(
        key=indicator_key(indicator.id),
        deps=[house_key("municipality"), *(group_key(each) for each in groups_of(indicator))],
        group_name=f"indicators_{indicator.family}",
        description=f"{indicator.number} {indicator.name.en}: {indicator.formula}",
        kinds={"polars", "parquet"},
        required_resource_keys={"house"},
    )
    def observations(context: dg.AssetExecutionContext) -> dg.MaterializeResult[Any]:
        return result(context.resources.house, f"observation/{indicator.id}", partial(_written, indicator))

    return observations


@dg.asset(
    key=dg.AssetKey(["observation", "core"]),
    deps=[indicator_key(each.id) for each in COUNTED],
    group_name="indicators_data",
    description="Observations of the core indicators, for the data-availability rate",
    required_resource_keys={"house"},
)
def core_observations(context: dg.AssetExecutionContext) -> dg.MaterializeResult[Any]:
    """What all core indicators have come to."""
    return result(context.resources.house, "observation/core", _core)


def _core(house: House) -> Made:
    core = [house.store.read("observation", each.id) for each in COUNTED]
    frame = pl.concat(core).select("indicator_id", "ags", "year", "value", "obs_status")
    frame = frame.with_columns(reference_year=pl.lit(house.reference_year, pl.Int64))
    house.store.write("observation", "_core", frame)
    return Made(line=f"core indicators: {frame.height:,} observations", counts={"rows": frame.height})


def build_stacked(table: str, ids: list[str]) -> dg.AssetsDefinition:
    """All indicators of one table together."""

    @dg.asset(
        key=house_key(table),
        deps=[indicator_key(each) for each in ids],
        group_name="indicators_data",
        required_resource_keys={"house"},
    )
    def stacked(context: dg.AssetExecutionContext) -> dg.MaterializeResult[Any]:
        return result(context.resources.house, f"house/{table}", partial(stacked_from, table, table, ids))

    return stacked


@dg.asset(
    key=house_key("trend"),
    deps=[house_key("observation")],
    group_name="indicators_data",
    description=CONTRACTS["trend"].description,
    required_resource_keys={"house"},
)
def trend_table(context: dg.AssetExecutionContext) -> dg.MaterializeResult[Any]:
    """Where each series is heading, or why nothing can be said."""
    return result(context.resources.house, "house/trend", _trend)


def _trend(house: House) -> Made:
    frame = trends(house.store.read(HOUSE_STAGE, "observation"), INDICATORS)
    house.store.write(HOUSE_STAGE, "trend", frame)
    house.store.write(HOUSE_STAGE, "trend_method", methods_table())
    stated = frame.height - frame["symbol"].null_count()
    return Made(
        line=f"trend: {stated:,} symbols, {frame.height - stated:,} reasons for none",
        counts={"rows": frame.height, "symbols": stated},
    )


ASSETS = [
    *(build(each) for each in COMPUTED),
    core_observations,
    build_stacked("observation", [each.id for each in COMPUTED]),
    build_stacked("observation_plan", [each.id for each in COMPUTED if each.has_plan]),
    trend_table,
]
