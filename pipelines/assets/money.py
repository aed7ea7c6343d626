"""Tables on money beside the published figures: constant prices, and what a budget leaves open."""

from typing import Any

import dagster as dg

from indicators.budget_coverage import coverage
from indicators.real_prices import at_constant_prices
from pipelines.assets.house_tables import HOUSE_STAGE, house_key
from pipelines.assets.indicators import INDICATORS
from pipelines.assets.making import Made, result
from pipelines.house import House
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
    deps=[house_key("budget_line"), house_key("line_tag")],
    group_name="tables",
    description=CONTRACTS["budget_coverage"].description,
    required_resource_keys={"house"},
)
def budget_coverage(context: dg.AssetExecutionContext) -> dg.MaterializeResult[Any]:
    """What of each budget is told apart by purpose, and what stays open."""
    return result(context.resources.house, "house/budget_coverage", _covered)


def _covered(house: House) -> Made:
    frame = coverage(*(house.store.scan(HOUSE_STAGE, name) for name in ("budget_line", "line_tag")))
    house.store.write(HOUSE_STAGE, "budget_coverage", frame)
    return Made(
        line=f"budgets: {frame.height:,} by unit, year, phase and accounting", counts={"rows": frame.height}
    )


ASSETS = [real_observations, budget_coverage]
