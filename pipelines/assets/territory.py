"""The territory over time: what became of units, and how figures reach the newest territory."""

from typing import Any

import dagster as dg

from pipelines.assets.house_tables import HOUSE_STAGE, build_derived, house_key
from pipelines.assets.indicators import DECLARED, INDICATORS
from pipelines.assets.making import Made, result
from pipelines.current_territory import TABLE, observations_carried
from pipelines.house import House
from quality.contracts import CONTRACTS
from sources.territory_path import territory_path
from sources.territory_steps import territory_steps

CARRIED_FROM = ("observation", "measure", "municipality", "territory_path")


@dg.asset(
    key=house_key(TABLE),
    deps=[house_key(name) for name in (*CARRIED_FROM, "measure_input")],
    group_name="indicators_data",
    description=CONTRACTS[TABLE].description,
    required_resource_keys={"house"},
)
def observation_current_territory(context: dg.AssetExecutionContext) -> dg.MaterializeResult[Any]:
    """Every indicator again, over measures carried to the newest territory."""
    return result(context.resources.house, f"house/{TABLE}", _carried)


def _carried(house: House) -> Made:
    frame = observations_carried(
        INDICATORS,
        DECLARED,
        **{name: house.store.read(HOUSE_STAGE, name) for name in CARRIED_FROM},
        measure_input=house.store.scan(HOUSE_STAGE, "measure_input"),
        reference_year=house.reference_year,
    )
    house.store.write(HOUSE_STAGE, TABLE, frame)
    return Made(line=f"{TABLE}: {frame.height:,} rows", counts={"rows": frame.height})


ASSETS = [
    build_derived(
        "territory_step",
        ("register_unit", "population", "territory_weight", "territory_change"),
        territory_steps,
    ),
    build_derived("territory_path", ("municipality", "territory_weight", "territory_step"), territory_path),
    observation_current_territory,
]
