"""The catalogue as published tables: indicators, crosswalk, coverage."""

from typing import Any

import dagster as dg

from indicators import load_indicators
from pipelines.assets.house_tables import HOUSE_STAGE, house_key
from pipelines.catalogue import catalogue, coverage, formula_parts, standards
from pipelines.house import House, tell
from quality.contracts import CONTRACTS

INDICATORS = load_indicators()


@dg.asset(key=house_key("indicator"), group_name="indicators_data", required_resource_keys={"house"})
def indicator_table(context: dg.AssetExecutionContext) -> dg.MaterializeResult[Any]:
    """The catalogue as a table, with the measures of each formula."""
    house: House = context.resources.house
    house.store.write(HOUSE_STAGE, "indicator", catalogue(INDICATORS.values()))
    house.store.write(HOUSE_STAGE, "indicator_measure", formula_parts(INDICATORS.values()))
    tell("indicator", f"catalogue: {len(INDICATORS)} indicators")
    return dg.MaterializeResult(metadata={"rows": len(INDICATORS)})


@dg.asset(
    key=house_key("indicator_standard"),
    group_name="indicators_data",
    description=CONTRACTS["indicator_standard"].description,
    required_resource_keys={"house"},
)
def standard_table(context: dg.AssetExecutionContext) -> dg.MaterializeResult[Any]:
    """Which framework each indicator leans on."""
    house: House = context.resources.house
    frame = standards(INDICATORS.values())
    house.store.write(HOUSE_STAGE, "indicator_standard", frame)
    tell(
        "indicator_standard",
        f"crosswalk: {frame.height} references to {frame['framework'].n_unique()} frameworks",
    )
    return dg.MaterializeResult(metadata={"rows": frame.height})


@dg.asset(
    key=house_key("coverage"),
    deps=[house_key("observation"), house_key("municipality")],
    group_name="indicators_data",
    description=CONTRACTS["coverage"].description,
    required_resource_keys={"house"},
)
def coverage_table(context: dg.AssetExecutionContext) -> dg.MaterializeResult[Any]:
    """How many live units have a value, and why the others have none."""
    house: House = context.resources.house
    frame = coverage(
        house.store.read(HOUSE_STAGE, "observation"), house.store.read(HOUSE_STAGE, "municipality")
    )
    house.store.write(HOUSE_STAGE, "coverage", frame)
    tell("coverage", f"coverage: {frame.height} rows")
    return dg.MaterializeResult(metadata={"rows": frame.height})


ASSETS = [indicator_table, standard_table, coverage_table]
