"""The assets of comparison: who is compared with whom, and what comes of it."""

from typing import Any

import dagster as dg
import polars as pl

from indicators import load_indicators
from indicators.comparison.aggregate import CELL, areas, evaluated, known_units, sums
from indicators.comparison.confidential_sums import Summed, withhold
from indicators.comparison.groups import peer_groups
from indicators.comparison.partners import distinct_partners, with_partners
from indicators.comparison.rule import load_peer_rules
from indicators.comparison.units import comparison_units
from indicators.confidentiality import limits
from indicators.formula import measures_of
from indicators.indicator import Indicator
from pipelines.assets.house_tables import HOUSE_STAGE, house_key
from pipelines.assets.indicators import MONEY, groups_of
from pipelines.assets.making import Made, results
from pipelines.assets.measures import GROUPS, SEALED, declared_measures
from pipelines.comparing import store_comparison
from pipelines.house import House
from quality.contracts import CONTRACTS

RULES = load_peer_rules()
DECLARED = declared_measures()
ATTRIBUTES = tuple(attribute for rule in RULES.values() for attribute in rule.attributes)


def _table(house: House, name: str) -> pl.DataFrame:
    return house.store.read(HOUSE_STAGE, name)


def _written(house: House, table: str, frame: pl.DataFrame) -> Made:
    contract = CONTRACTS[table]
    house.store.write(
        HOUSE_STAGE, table, frame.select(list(contract.columns)).sort(list(contract.sort or contract.key))
    )
    return Made(table=table, line=f"{table}: {frame.height:,} rows", counts={"rows": frame.height})


def _units(house: House) -> pl.DataFrame:
    return comparison_units(
        _table(house, "municipality"),
        _table(house, "population"),
        _table(house, "peer_attribute"),
        ATTRIBUTES,
    )


def _specs(*tables: str, deps: tuple[str, ...]) -> list[dg.AssetSpec]:
    return [
        dg.AssetSpec(
            house_key(table),
            deps=[house_key(name) for name in deps],
            group_name="comparison",
            description=CONTRACTS[table].description,
            kinds={"polars", "parquet"},
        )
        for table in tables
    ]


@dg.multi_asset(
    specs=_specs(
        "peer_group", "peer_member", deps=("municipality", "population", "peer_attribute", "peer_list")
    ),
    required_resource_keys={"house"},
)
def peers(context: dg.AssetExecutionContext) -> Any:
    """Peer groups by every declared rule, and their members."""
    yield from results(context.resources.house, "house/peers", _peers)


def _peers(house: House) -> list[Made]:
    groups, members = peer_groups(RULES.values(), _units(house), _table(house, "peer_list"))
    return [_written(house, "peer_group", groups), _written(house, "peer_member", members)]


@dg.multi_asset(
    specs=_specs(
        "peer_statistic",
        "peer_position",
        "peer_sensitivity",
        deps=("observation", "indicator", "peer_group", "peer_member", "budget_line", "population"),
    ),
    required_resource_keys={"house"},
)
def comparison(context: dg.AssetExecutionContext) -> Any:
    """What each group looks like, where each unit stands in it, and how much that depends on the rule."""
    yield from results(context.resources.house, "house/comparison", _compared)


def _compared(house: House) -> list[Made]:
    groups, members = _table(house, "peer_group"), _table(house, "peer_member")
    rows = store_comparison(
        house.store,
        HOUSE_STAGE,
        house.store.scan(HOUSE_STAGE, "observation"),
        _table(house, "indicator"),
        groups=groups,
        members=members,
        units=_units(house),
        accounting=_accounting(house),
    )
    return [
        Made(table=name, line=f"{name}: {count:,} rows", counts={"rows": count})
        for name, count in rows.items()
    ]


def _accounting(house: House) -> pl.DataFrame:
    """Accounting systems actual figures were kept in, by unit and year."""
    actual = house.store.scan(HOUSE_STAGE, "budget_line").filter(
        pl.col("phase").str.starts_with("actual"), pl.col("accounting").is_not_null()
    )
    return actual.select("ags", "year", "accounting").unique().collect(engine="streaming")


def _summed(
    indicator: Indicator,
    measures: pl.DataFrame,
    sealed: pl.DataFrame,
    inside: pl.DataFrame,
    accounting: pl.DataFrame,
) -> Summed:
    is_money = MONEY in groups_of(indicator)
    own = inside.filter(pl.col("level").is_in(list(indicator.levels)))
    known = known_units(indicator, measures, sealed)
    secret = known.filter("confidential").join(own, on="ags", how="inner").select(*CELL, "ags")
    cells = sums(indicator, known, own, accounting if is_money else None)
    return Summed(indicator_id=indicator.id, cells=cells, secret=secret)


@dg.asset(
    key=house_key("aggregate"),
    deps=[
        house_key(name)
        for name in (
            "measure",
            "measure_input",
            "partnership_claim",
            "budget_line",
            "peer_group",
            "peer_member",
            "population",
        )
    ],
    group_name="comparison",
    description=CONTRACTS["aggregate"].description,
    kinds={"polars", "parquet"},
    required_resource_keys={"house"},
)
def aggregate(context: dg.AssetExecutionContext) -> Any:
    """What every indicator comes to for Germany, each Land and each peer group."""
    yield from results(context.resources.house, "house/aggregate", lambda house: [_aggregated(house)])


def _aggregated(house: House) -> Made:
    catalogue = {each.id: each.for_sums for each in load_indicators().values() if measures_of(each)}
    inside = areas(_units(house), _table(house, "peer_group"), _table(house, "peer_member"))
    measures = _table(house, "measure").filter(pl.col("year") <= house.reference_year)
    sealed = pl.concat([house.store.read(SEALED, name) for name in GROUPS])
    sealed = sealed.filter(pl.col("year") <= house.reference_year)
    accounting = _accounting(house)
    found = [_summed(each, measures, sealed, inside, accounting) for each in catalogue.values()]
    decided = withhold(found, sealed, DECLARED, limits(DECLARED.values()))
    partners = distinct_partners(
        house.store.scan(HOUSE_STAGE, "measure_input"), _table(house, "partnership_claim"), inside
    )
    frames = [
        with_partners(evaluated(catalogue[name], cells), catalogue[name], partners)
        for name, cells in decided.items()
    ]
    columns = list(CONTRACTS["aggregate"].columns)
    return _written(house, "aggregate", pl.concat([frame.select(columns) for frame in frames]))


ASSETS = [peers, comparison, aggregate]
