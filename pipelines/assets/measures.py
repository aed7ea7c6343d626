"""One asset per measure group, and the two tables they come together in."""

from functools import partial
from typing import Any

import dagster as dg
import polars as pl

from indicators import load_measure_groups
from indicators.confidentiality import limits, suppress
from indicators.measure import Measure, MeasureGroup
from pipelines.assets.house_tables import HOUSE_STAGE, house_key
from pipelines.assets.making import Made, result
from pipelines.engine import POLARS, goes_to_engine, opened
from pipelines.growing import in_turn
from pipelines.harmonise import HOUSE, stack
from pipelines.house import House
from pipelines.measuring import in_parts
from pipelines.remembering import DECIDED_STAGE, STAGE
from pipelines.slices import AT_ONCE, sliced
from quality.contracts import CONTRACTS
from quality.decisions.applying import TRACE
from quality.decisions.following import followed

GROUPS = load_measure_groups()
FIRST_YEAR = 2011
SEALED = "sealed"
"""Stage of confidential values: read for sums, never published."""
LEAD = "measure_id"
"""What stands before the unit in the published order of these tables."""
LATE = "availability"
"""The group that reads observations and is therefore computed after them."""
MADE_HERE = ("years", "unit_years", "core_observation")
"""Tables the pipeline itself supplies to a group."""


def declared_measures() -> dict[str, Measure]:
    """Every measure by id."""
    return {measure.id: measure for group in GROUPS.values() for measure in group.measures}


def group_key(name: str) -> dg.AssetKey:
    """Asset key of a measure group."""
    return dg.AssetKey(["measures", name])


def _supplied(house: House, group: MeasureGroup, name: str) -> pl.LazyFrame:
    if name == "years":
        return pl.LazyFrame({"year": list(range(FIRST_YEAR, house.reference_year + 1))})
    if name == "unit_years":
        others = [each for each in GROUPS if each not in {"population", LATE}]
        said = [house.store.scan("measure_input", each).select("ags", "year") for each in others]
        live = house.store.scan(HOUSE_STAGE, "municipality").filter(pl.col("valid_to").is_null())
        spoken_for = live.filter(pl.col("level") != "association")  # those only where something is said
        last = spoken_for.select("ags", year=pl.lit(house.reference_year, pl.Int64))
        return pl.concat([*said, last]).unique()
    if name == "self_report" and any(measure.person_related for measure in group.measures):
        return _with_sealed(house)
    if name == "core_observation":
        return house.store.scan("observation", "_core")
    return house.store.scan(HOUSE_STAGE, name)


def _decided(house: House) -> pl.DataFrame:
    """What became of the rows persons decided about, as far as they are read in this run."""
    decided = {(each.source, each.table) for each in house.decisions.good}
    names = {f"house.{table}" if source == HOUSE else source for source, table in decided}
    there = names & set(house.store.names(DECIDED_STAGE))
    return pl.concat([TRACE.empty(), *(house.store.read(DECIDED_STAGE, name) for name in sorted(there))])


def _with_sealed(house: House) -> pl.LazyFrame:
    """Own statements with the values kept back from publication; what is made of them is suppressed again."""
    sealed = house.store.scan(STAGE, "self_report.self_report_sealed")
    return (
        house.store.scan(HOUSE_STAGE, "self_report")
        .join(sealed, on="report_id", how="left", suffix="_sealed")
        .with_columns(quantity=pl.coalesce("quantity", "quantity_sealed"))
        .drop("quantity_sealed")
    )


def _measured(group: MeasureGroup, house: House) -> Made:
    tables = {name: _supplied(house, group, name) for name in group.tables}
    decided = _decided(house)
    changed = None if decided.is_empty() else partial(followed, trace=decided)
    store, smallest = house.store, limits(group.measures)
    with (
        opened(*house.engine) if goes_to_engine(group) else opened(POLARS) as engine,
        store.growing(SEALED, group.id, LEAD) as kept_back,
        store.growing("measure_input", group.id, LEAD) as all_inputs,
        store.growing("measure", group.id, LEAD) as all_measures,
    ):
        for part in in_parts(group, tables, engine, changed):
            inputs, measure, sealed = suppress(*part, smallest)
            kept_back.add(sealed)
            all_inputs.add(inputs)
            all_measures.add(measure)
    return Made(
        line=f"measures {group.id}: {all_measures.rows:,} from {all_inputs.rows:,} inputs",
        counts={"rows": all_measures.rows, "inputs": all_inputs.rows},
    )


def stacked_from(table: str, stage: str, parts: list[str], house: House, most: int = AT_ONCE) -> Made:
    """Write one house table from the parts that indicators made; its order begins with the indicator, then the unit.

    Args:
        table: the table.
        stage: where the parts lie.
        parts: their names.
        house: the house.
        most: rows at one time; a part that has more is read in slices of units.
    """
    made = (
        stack(table, [rows[name].collect()])
        for name in sorted(parts)
        for rows in sliced({name: house.store.scan(stage, name)}, [name], most)
    )
    house.store.sink(HOUSE_STAGE, table, in_turn(made, CONTRACTS[table].schema))
    return _counted(table, house)


def _counted(table: str, house: House) -> Made:
    height = house.store.scan(HOUSE_STAGE, table).select(pl.len()).collect().item()
    return Made(line=f"{table}: {height:,} rows", counts={"rows": height})


def _one_after_the_other(table: str, house: House) -> Made:
    """Write a table of all groups. Each measure is one group's, so that what groups wrote is already in order."""
    parts = {name: house.store.scan(table, name) for name in GROUPS}
    measures = sorted((measure.id, name) for name, group in GROUPS.items() for measure in group.measures)
    rows = pl.concat([parts[name].filter(pl.col(LEAD) == measure) for measure, name in measures])
    house.store.sink(HOUSE_STAGE, table, rows)
    return _counted(table, house)


def build(group: MeasureGroup) -> dg.AssetsDefinition:
    """The asset of one measure group."""
    deps = [house_key(name) for name in group.tables if name not in MADE_HERE]
    if "unit_years" in group.tables:
        deps += [group_key(each) for each in GROUPS if each not in {"population", LATE}]
    if "core_observation" in group.tables:
        deps.append(dg.AssetKey(["observation", "core"]))
    if "self_report" in group.tables:
        deps.append(dg.AssetKey(["self_report", "self_report_sealed"]))

    @dg.asset(
        key=group_key(group.id),
        deps=deps,
        group_name="measures",
        description=", ".join(measure.name_en for measure in group.measures),
        kinds={"narwhals", "parquet"},
        required_resource_keys={"house"},
    )
    def measure_group(context: dg.AssetExecutionContext) -> dg.MaterializeResult[Any]:
        house: House = context.resources.house
        decided = [repr(each) for each in house.decisions.good] or None
        return result(house, f"measures/{group.id}", partial(_measured, group), beside=decided)

    return measure_group


def build_stacked(table: str) -> dg.AssetsDefinition:
    """All groups of one table together."""

    @dg.asset(
        key=house_key(table),
        deps=[group_key(name) for name in GROUPS],
        group_name="measures",
        description=CONTRACTS[table].description,
        kinds={"polars", "parquet"},
        required_resource_keys={"house"},
    )
    def stacked(context: dg.AssetExecutionContext) -> dg.MaterializeResult[Any]:
        return result(context.resources.house, f"house/{table}", partial(_one_after_the_other, table))

    return stacked


ASSETS = [
    *(build(group) for group in GROUPS.values()),
    build_stacked("measure"),
    build_stacked("measure_input"),
]
