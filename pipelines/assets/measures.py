"""One asset per measure group, and the two tables they come together in."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import dagster as dg
import narwhals.stable.v2 as nw
import polars as pl

from indicators import load_measure_groups
from indicators.confidentiality import limits, suppress
from indicators.measure import INPUT_COLUMNS, Measure, MeasureGroup, total
from pipelines.assets.house_tables import HOUSE_STAGE, house_key
from pipelines.assets.making import Made, result
from pipelines.harmonise import HOUSE, stack
from pipelines.house import House
from pipelines.remembering import DECIDED_STAGE, STAGE
from quality.contracts import CONTRACTS
from quality.decisions.applying import TRACE, followed

GROUPS = load_measure_groups()
FIRST_YEAR = 2011
SEALED = "sealed"
"""Stage of confidential values: read for sums, never published."""
LATE = "availability"
"""The group that reads observations and is therefore computed after them."""
AS_WRITTEN = pl.QueryOptFlags(join_order=False)
"""Joins in the order a group writes them: without figures on its tables, Polars 2.1 may begin with the
two that share only a date, which made 100 million rows and 23 GB of 35,000 populations."""
MADE_HERE = ("years", "unit_years", "core_observation")
"""Tables the pipeline itself supplies to a group."""


def declared_measures() -> dict[str, Measure]:
    """Every measure by id."""
    return {measure.id: measure for group in GROUPS.values() for measure in group.measures}


def group_key(name: str) -> dg.AssetKey:
    """Asset key of a measure group."""
    return dg.AssetKey(["measures", name])


def compute(
    group: MeasureGroup, tables: Mapping[str, pl.LazyFrame], decided: pl.DataFrame | None = None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Inputs and measures of one group, on Polars; rows released by a decision carry its status and note."""
    contract = CONTRACTS["measure_input"]
    lazy = {name: nw.from_native(frame) for name, frame in tables.items()}
    chosen = group.inputs(lazy).to_native().select(list(INPUT_COLUMNS))
    inputs = chosen.collect(optimizations=AS_WRITTEN)
    inputs = inputs.cast(dict(contract.schema)).sort(list(contract.key), nulls_last=True)
    inputs = inputs if decided is None else followed(inputs, decided)
    units = pl.LazyFrame(group.units())
    totals = total(nw.from_native(inputs.lazy()), nw.from_native(units)).to_native().collect()
    measure = totals.select(list(CONTRACTS["measure"].columns)).cast(dict(CONTRACTS["measure"].schema))
    return inputs, measure


def _supplied(house: House, name: str) -> pl.LazyFrame:
    if name == "years":
        return pl.LazyFrame({"year": list(range(FIRST_YEAR, house.reference_year + 1))})
    if name == "unit_years":
        others = [each for each in GROUPS if each not in {"population", LATE}]
        said = [house.store.scan("measure_input", each).select("ags", "year") for each in others]
        live = house.store.scan(HOUSE_STAGE, "municipality").filter(pl.col("valid_to").is_null())
        spoken_for = live.filter(pl.col("level") != "association")  # those only where something is said
        last = spoken_for.select("ags", year=pl.lit(house.reference_year, pl.Int64))
        return pl.concat([*said, last]).unique()
    if name == "self_report":
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
    inputs, measure = compute(group, {name: _supplied(house, name) for name in group.tables}, _decided(house))
    inputs, measure, sealed = suppress(inputs, measure, limits(group.measures))
    house.store.write(SEALED, group.id, sealed)
    house.store.write("measure_input", group.id, inputs)
    house.store.write("measure", group.id, measure)
    return Made(
        line=f"measures {group.id}: {measure.height:,} from {inputs.height:,} inputs",
        counts={"rows": measure.height, "inputs": inputs.height},
    )


def stacked_from(table: str, stage: str, parts: list[str], house: House) -> Made:
    """Write one house table from the parts that groups or indicators made."""
    frame = stack(table, [house.store.read(stage, name) for name in parts])
    house.store.write(HOUSE_STAGE, table, frame)
    return Made(line=f"{table}: {frame.height:,} rows", counts={"rows": frame.height})


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
        return result(
            context.resources.house, f"house/{table}", partial(stacked_from, table, table, list(GROUPS))
        )

    return stacked


ASSETS = [
    *(build(group) for group in GROUPS.values()),
    build_stacked("measure"),
    build_stacked("measure_input"),
]
