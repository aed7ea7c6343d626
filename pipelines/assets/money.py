"""Tables on money beside the published figures: constant prices, and what a budget leaves open."""

from typing import Any

import dagster as dg

from indicators.real_prices import at_constant_prices
from pipelines.assets.house_tables import HOUSE_STAGE, house_key
from pipelines.assets.indicators import INDICATORS
from pipelines.house import House, tell
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
    house: House = context.resources.house
    tables = (house.store.read(HOUSE_STAGE, name) for name in ("observation", "price_index"))
    observation, price_index = tables
    frame = at_constant_prices(observation, INDICATORS, price_index)
    house.store.write(HOUSE_STAGE, "observation_real", frame)
    known = frame.height - frame["value"].null_count()
    tell("observation_real", f"real values: {known:,}, {frame.height - known:,} without a price index")
    return dg.MaterializeResult(metadata={"rows": frame.height, "values": known})


ASSETS = [real_observations]
