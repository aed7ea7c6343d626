"""Tables on money beside the published figures: constant prices, and what a budget leaves open."""

from typing import Any

import dagster as dg

from indicators.budget_coverage import coverage
from indicators.real_prices import at_constant_prices
from indicators.tagging import tagged
from pipelines.assets.house_tables import HOUSE_STAGE, house_key
from pipelines.assets.indicators import INDICATORS
from pipelines.assets.making import Made, result
from pipelines.harmonise import stack
from pipelines.house import House
from pipelines.slices import sliced
from quality.contracts import CONTRACTS


@dg.asset(
    key=house_key("observation_real"),
    deps=[house_key("observation"), house_key("price_index")],
    group_name="indicators_data",
    description=CONTRACTS["observation_real"].description,
    required_resource_keys={"house"},
)
def real_observations(context: dg.AssetExecutionContext) -> dg.MaterializeResult[Any]:
    """Money at the prices of one year."""
    return result(context.resources.house, "house/observation_real", _real)


def _real(house: House) -> Made:
    tables = (house.store.read(HOUSE_STAGE, name) for name in ("observation", "price_index"))
    observation, price_index = tables
    frame = at_constant_prices(observation, INDICATORS, price_index)
    house.store.write(HOUSE_STAGE, "observation_real", frame)
    known = frame.height - frame["value"].null_count()
    return Made(
        line=f"real values: {known:,}, {frame.height - known:,} without a price index",
        counts={"rows": frame.height, "values": known},
    )


@dg.asset(
    key=house_key("budget_coverage"),
    deps=[house_key("budget_line"), house_key("line_tag"), house_key("spending_rule")],
    group_name="tables",
    description=CONTRACTS["budget_coverage"].description,
    required_resource_keys={"house"},
)
def budget_coverage(context: dg.AssetExecutionContext) -> dg.MaterializeResult[Any]:
    """What of each budget is told apart by purpose, and what stays open."""
    return result(context.resources.house, "house/budget_coverage", _covered)


def _covered(house: House) -> Made:
    tables = {
        name: house.store.scan(HOUSE_STAGE, name) for name in ("budget_line", "line_tag", "spending_rule")
    }
    parts = [coverage(each["budget_line"], each["line_tag"]) for each in sliced(tables, ["budget_line"])]
    frame = stack("budget_coverage", parts)
    house.store.write(HOUSE_STAGE, "budget_coverage", frame)
    return Made(
        line=f"budgets: {frame.height:,} by unit, year, phase and accounting", counts={"rows": frame.height}
    )


@dg.asset(
    key=house_key("line_tag"),
    deps=[house_key("budget_line"), house_key("spending_rule")],
    group_name="tables",
    description=CONTRACTS["line_tag"].description,
    kinds={"polars", "parquet"},
    required_resource_keys={"house"},
)
def line_tag(context: dg.AssetExecutionContext) -> dg.MaterializeResult[Any]:
    """The rule that decides each line any rule speaks of."""
    return result(context.resources.house, "house/line_tag", _tagged)


def _tagged(house: House) -> Made:
    tables = {name: house.store.scan(HOUSE_STAGE, name) for name in ("budget_line", "spending_rule")}
    frame = tagged(sliced(tables, ["budget_line"]))
    house.store.write(HOUSE_STAGE, "line_tag", frame)
    return Made(line=f"line_tag: {frame.height:,} rows", counts={"rows": frame.height, "quarantined": 0})


ASSETS = [real_observations, budget_coverage, line_tag]
