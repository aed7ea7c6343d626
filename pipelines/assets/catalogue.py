"""The catalogue as published tables: indicators, crosswalk, coverage."""

from typing import Any

import dagster as dg

from indicators import load_indicators
from pipelines.assets.house_tables import HOUSE_STAGE, house_key
from pipelines.assets.making import Made, result
from pipelines.catalogue import catalogue, coverage, formula_parts, standards
from pipelines.house import House
from quality.contracts import CONTRACTS

INDICATORS = load_indicators()


@dg.asset(key=house_key("indicator"), group_name="indicators_data", required_resource_keys={"house"})
def indicator_table(context: dg.AssetExecutionContext) -> dg.MaterializeResult[Any]:
    """The catalogue as a table, with the measures of each formula."""
    return result(context.resources.house, "house/indicator", _catalogue)


def _catalogue(house: House) -> Made:
    house.store.write(HOUSE_STAGE, "indicator", catalogue(INDICATORS.values()))
    house.store.write(HOUSE_STAGE, "indicator_measure", formula_parts(INDICATORS.values()))
    return Made(line=f"catalogue: {len(INDICATORS)} indicators", counts={"rows": len(INDICATORS)})


@dg.asset(
    key=house_key("indicator_standard"),
    group_name="indicators_data",
    description=CONTRACTS["indicator_standard"].description,
    required_resource_keys={"house"},
)
def standard_table(context: dg.AssetExecutionContext) -> dg.MaterializeResult[Any]:
    """Which framework each indicator leans on."""
    return result(context.resources.house, "house/indicator_standard", _standards)


def _standards(house: House) -> Made:
    frame = standards(INDICATORS.values())
    house.store.write(HOUSE_STAGE, "indicator_standard", frame)
    return Made(
        line=f"crosswalk: {frame.height} references to {frame['framework'].n_unique()} frameworks",
        counts={"rows": frame.height},
    )


@dg.asset(
    key=house_key("coverage"),
    deps=[house_key("observation"), house_key("municipality")],
    group_name="indicators_data",
    description=CONTRACTS["coverage"].description,
    required_resource_keys={"house"},
)
def coverage_table(context: dg.AssetExecutionContext) -> dg.MaterializeResult[Any]:
    """How many live units have a value, and why the others have none."""
    return result(context.resources.house, "house/coverage", _covered)


def _covered(house: House) -> Made:
    tables = (house.store.read(HOUSE_STAGE, name) for name in ("observation", "municipality"))
    observation, municipality = tables
    frame = coverage(observation, municipality)
    house.store.write(HOUSE_STAGE, "coverage", frame)
    return Made(line=f"coverage: {frame.height} rows", counts={"rows": frame.height})


ASSETS = [indicator_table, standard_table, coverage_table]
