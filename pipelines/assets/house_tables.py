"""One asset per harmonised table: what all sources say, under one contract."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import dagster as dg
import polars as pl

from pipelines import harmonise
from pipelines.assets.making import Finding, Made, result
from pipelines.assets.source_tables import SOURCES, key_of
from pipelines.growing import in_turn
from pipelines.house import House
from pipelines.remembering import DECIDED_STAGE, STAGE
from pipelines.slices import AT_ONCE, sliced
from quality.contract import Contract
from quality.contracts import CONTRACTS
from quality.decisions.applying import TRACE
from sources.partnership_merge import assign_partnership_ids, merge
from sources.register_history import municipalities
from sources.source import Source

HOUSE_STAGE = "house"
BY_UNIT = ("budget_line", "municipal_finance")
"""Tables that grow with accounts and lie in the order of their units: they are put together in slices."""


def house_key(name: str) -> dg.AssetKey:
    """Asset key of a harmonised table."""
    return dg.AssetKey(["house", name])


def _filled_by(table: str) -> list[Source]:
    return [source for source in SOURCES.values() if table in source.tables]


def _finish(house: House, name: str, frame: pl.DataFrame, rejected: pl.DataFrame | None) -> Made:
    house.store.write(HOUSE_STAGE, name, frame)
    return _told(house, name, frame.height, rejected)


def _told(house: House, name: str, kept: int, rejected: pl.DataFrame | None) -> Made:
    quarantined = 0 if rejected is None else rejected.height
    if rejected is not None:
        house.store.write("quarantine", f"house.{name}", rejected)
    return Made(
        line=f"{name}: {kept:,} rows" + (f", {quarantined:,} in quarantine" if quarantined else ""),
        counts={"rows": kept, "quarantined": quarantined},
        findings=() if rejected is None else (_kept(kept, rejected),),
    )


def _kept(kept: int, rejected: pl.DataFrame) -> Finding:
    """Rows that had to stay behind when sources were put together: unknown units, contradicting keys."""
    return Finding(
        check="all_rows_kept",
        passed=rejected.is_empty(),
        counts={"kept": kept, "left_out": rejected.height},
        listed={"sample": rejected.head(5).to_dicts()},
    )


def _together(contract: Contract, sources: list[Source], with_units: bool, house: House) -> Made:
    table = contract.table
    parts = {source.id: house.store.read(STAGE, f"{source.id}.{table}") for source in sources}
    units = house.store.read(HOUSE_STAGE, "municipality").select("ags") if with_units else None
    passed = harmonise.together(contract, parts, units, house.decisions)
    frame, rejected = passed.good, passed.waiting
    house.store.write(DECIDED_STAGE, f"house.{table}", passed.trace)
    if table == "partnership_claim":
        frame = assign_partnership_ids(frame)
    return _finish(house, table, frame, rejected)


def _in_slices(
    contract: Contract, sources: list[Source], with_units: bool, house: House, lines: int = AT_ONCE
) -> Made:
    """As `_together`, slice of units by slice of units, for a table no person decided about.

    A key names the unit or holds the place in its file, so that rows with the same key are rows of one unit.
    """
    table = contract.table
    parts = {source.id: house.store.scan(STAGE, f"{source.id}.{table}") for source in sources}
    units = house.store.read(HOUSE_STAGE, "municipality").select("ags") if with_units else None
    kept, left_out = [], []

    def made() -> Iterator[pl.DataFrame]:
        for slice_ in sliced(parts, list(parts), lines):
            read = {source: rows.collect() for source, rows in slice_.items()}
            passed = harmonise.together(contract, read, units)
            kept.append(passed.good.height)
            left_out.append(passed.waiting)
            yield passed.good

    house.store.sink(HOUSE_STAGE, table, in_turn(made(), contract.schema))
    house.store.write(DECIDED_STAGE, f"house.{table}", TRACE.empty())
    return _told(house, table, sum(kept), pl.concat(left_out))


def build_union(table: str, *, with_units: bool) -> dg.AssetsDefinition:
    """All rows of one contract from every source that fills it."""
    sources = _filled_by(table)
    contract = CONTRACTS[table]
    deps = [key_of(source, table) for source in sources]

    @dg.asset(
        key=house_key(table),
        deps=[*deps, house_key("municipality")] if with_units else deps,
        group_name="tables",
        description=contract.description,
        kinds={"polars", "parquet"},
        check_specs=[
            dg.AssetCheckSpec(
                "all_rows_kept",
                asset=house_key(table),
                description="Whether every row of every source stands in the table; others wait with a reason.",
            )
        ],
        required_resource_keys={"house"},
    )
    def union(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult[Any]]:
        house: House = context.resources.house
        decided = [repr(each) for each in house.decisions.of(harmonise.HOUSE, table)] or None
        large = table in BY_UNIT and not decided
        put_together = _in_slices if large else _together
        work = partial(put_together, contract, sources, with_units)
        yield result(house, f"house/{table}", work, beside=decided)

    return union


def build_derived(
    table: str, deps: tuple[str, ...], make: Callable[..., pl.DataFrame]
) -> dg.AssetsDefinition:
    """A table computed from other harmonised tables."""

    @dg.asset(
        key=house_key(table),
        deps=[house_key(name) for name in deps],
        group_name="tables",
        description=CONTRACTS[table].description,
        kinds={"polars", "parquet"},
        required_resource_keys={"house"},
    )
    def derived(context: dg.AssetExecutionContext) -> dg.MaterializeResult[Any]:
        def work(house: House) -> Made:
            frame = make(*(house.store.read(HOUSE_STAGE, name) for name in deps))
            return _finish(house, table, frame.select(list(CONTRACTS[table].columns)), None)

        return result(context.resources.house, f"house/{table}", work)

    return derived


UNIONS_WITH_UNITS = (
    "population",
    "budget_line",
    "spending_rule",
    "partnership_claim",
    "engagement",
    "self_report",
    "self_report_contact",
    "context_series",
)
UNIONS = (
    "register_unit",
    "partnership_review",
    "aid_recipient",
    "country",
    "territory_change",
    "territory_weight",
    "municipal_finance",
    "official_series",
    "reference_series",
    "price_index",
    "boundary",
    "country_outline",
    "peer_attribute",
    "peer_list",
    "aid_recipient_vintage",
    "symbol",
    "context_definition",
    "iati_candidate",
)

ASSETS = [
    *(build_union(table, with_units=True) for table in UNIONS_WITH_UNITS),
    *(build_union(table, with_units=False) for table in UNIONS),
    build_derived("municipality", ("register_unit",), municipalities),
    build_derived("partnership", ("partnership_claim",), merge),
    build_derived("reason", (), harmonise.reasons),
]
