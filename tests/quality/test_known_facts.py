"""Control figures: asked only where the data they speak of were read, and then to the last cent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import duckdb
import polars as pl
import pytest

from quality.contracts import CONTRACTS
from quality.corrections import shipped
from quality.corrections.applying import apply
from quality.known_facts import (
    BALANCED_BUDGETS,
    DAC_LIST_2024,
    DISTRICTS_AT_YEAR_END,
    LAND_POPULATION,
    LANDS,
    REGISTER_EDITIONS,
    RegisterEdition,
)
from quality.plausibility import FACTS, to_rows
from quality.rules.engagements import ENGAGEMENT_RULES
from quality.rules.inhabitants import INHABITANT_RULES
from quality.rules.money import MONEY_RULES
from quality.rules.register import REGISTER_RULES
from sources import load_sources
from sources.source import Raw
from tests.quality.world import database, tables

EDITION = next(edition for edition in REGISTER_EDITIONS if edition.territory_date == date(2023, 11, 30))


CHECKS = (*FACTS, *REGISTER_RULES, *INHABITANT_RULES, *MONEY_RULES, *ENGAGEMENT_RULES)


def made_up_register(edition: RegisterEdition) -> dict[str, pl.DataFrame]:
    """Invented units that come to the totals of an edition: equal shares of districts per Land."""
    lands = sorted(LAND_POPULATION)
    districts = [f"{lands[i % LANDS]}{i // LANDS:03d}" for i in range(edition.districts)]
    towns = [
        f"{districts[i % edition.districts]}{i // edition.districts:03d}"
        for i in range(edition.municipalities)
    ]
    wild = set(towns[: edition.unincorporated])
    units = pl.DataFrame(
        [
            *((land, "land", None, None) for land in lands),
            *((district, "district", district[:2], None) for district in districts),
            *((town, "municipality", town[:2], town[:5]) for town in towns),
        ],
        schema=dict.fromkeys(("ags", "level", "land", "district"), pl.String),
        orient="row",
    ).with_columns(
        is_unincorporated=pl.col("ags").is_in(list(wild)),
        type_code=pl.when(pl.col("ags").is_in(list(wild))).then(pl.lit("66")),
        territory_date=pl.lit(edition.territory_date),
        valid_from=pl.lit(edition.territory_date),
        valid_to=pl.lit(None, pl.Date),
    )
    return {
        "register_unit": _filled("register_unit", units),
        "municipality": _filled("municipality", units),
        "population": _inhabitants(edition, towns),
    }


def _inhabitants(edition: RegisterEdition, towns: list[str]) -> pl.DataFrame:
    """Every Land gets the same part of its plausible range, the rest goes to one town."""
    low, high = (sum(bounds[i] for bounds in LAND_POPULATION.values()) for i in (0, 1))
    part = (edition.population - low) / (high - low)
    per_land = {land: int(a + part * (b - a)) for land, (a, b) in LAND_POPULATION.items()}
    towns_of = {land: [town for town in towns if town.startswith(land)] for land in per_land}
    counted = {town: per_land[land] // len(here) for land, here in towns_of.items() for town in here}
    counted[towns[0]] += edition.population - sum(counted.values())
    sums: dict[str, int] = {}
    for town, count in counted.items():
        sums[town[:5]] = sums.get(town[:5], 0) + count
    return _filled(
        "population",
        pl.DataFrame(
            {"ags": [*counted, *sums], "inhabitants": [*counted.values(), *sums.values()]}
        ).with_columns(
            census_base=pl.lit("census_2022"),
            reference_date=pl.lit(edition.population_date),
            territory_date=pl.lit(edition.territory_date),
        ),
    )


def _filled(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Add the columns of the contract a test does not care about."""
    missing = {name: dtype for name, dtype in CONTRACTS[table].schema.items() if name not in frame.columns}
    return frame.with_columns(pl.lit(None, dtype).alias(name) for name, dtype in missing.items()).select(
        list(CONTRACTS[table].columns)
    )


def _ask(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    return to_rows(CHECKS, lambda sql: connection.sql(sql).pl(), tables(connection))


def _failed(connection: duckdb.DuckDBPyConnection) -> set[str]:
    return set(_ask(connection).filter(~pl.col("passed"))["check_id"])


def _world(**given: pl.DataFrame) -> duckdb.DuckDBPyConnection:
    """Given tables, every other one empty. References of the given ones point nowhere; that is not looked at."""
    empty = {name: c.empty() for name, c in CONTRACTS.items() if name != "quality_result"}
    return database({**empty, **given})


@pytest.fixture(scope="module")
def register() -> dict[str, pl.DataFrame]:
    return made_up_register(EDITION)


BALANCE = "budget_line.revenue_equals_expenditure"
REGISTER_IDS = {
    *(
        f"register_unit.{name}_2023-11-30"
        for name in ("municipalities", "unincorporated", "districts", "lands")
    ),
    "population.inhabitants_2023-11-30",
}


def test_full_register_meets_its_figures(register: dict[str, pl.DataFrame]) -> None:
    rows = _ask(_world(**register))
    figures = rows.filter(pl.col("kind") == "plausibility")
    assert set(figures["check_id"]) == REGISTER_IDS
    assert figures["passed"].all()
    assert set(figures["severity"]) == {"stop"}
    assert {
        "register_unit.district_count",
        "municipality.live_districts",
        "population.districts_add_up",
    } <= set(rows.filter("passed")["check_id"])
    assert "population.land_in_range" in set(rows.filter("passed")["check_id"])


@pytest.mark.parametrize(
    ("broken", "statement"),
    [
        ({"register_unit.municipalities_2023-11-30"},
         "DELETE FROM register_unit WHERE ags = '01001001'"),
        ({"register_unit.unincorporated_2023-11-30"},
         "UPDATE register_unit SET is_unincorporated = true WHERE ags = '01001020'"),
        ({"register_unit.districts_2023-11-30", "register_unit.district_count", "municipality.live_districts"},
         "DELETE FROM register_unit WHERE ags = '01001'"),
        ({"register_unit.lands_2023-11-30"}, "DELETE FROM register_unit WHERE ags = '01'"),
        ({"population.inhabitants_2023-11-30", "population.districts_add_up"},
         "UPDATE population SET inhabitants = inhabitants + 1 WHERE ags = '01001001'"),
        ({"population.land_in_range", "population.inhabitants_2023-11-30", "population.districts_add_up"},
         "UPDATE population SET inhabitants = 1 WHERE ags LIKE '04%' AND length(ags) = 8"),
        ({"municipality.association_exists"},
         "UPDATE municipality SET association = '010019999' WHERE ags = '01001001'"),
        ({"municipality.live_districts"},
         "UPDATE municipality SET valid_to = DATE '2023-12-31' WHERE ags = '01001'"),
    ],
)  # fmt: skip
def test_register_that_misses_a_figure(
    register: dict[str, pl.DataFrame], broken: set[str], statement: str
) -> None:
    before = _failed(_world(**register))
    world = _world(**register)
    world.execute(statement)
    assert _failed(world) - before == broken


@pytest.mark.parametrize(
    ("source", "file", "day"),
    [
        ("gv100ad", "GV100AD_301123.txt.gz", "2023-11-30"),
        ("register_extract", "31122019_Auszug_GV.xlsx", "2019-12-31"),
        ("register_extract", "AuszugGV2QAktuell_30062024.xlsx", "2024-06-30"),
    ],
)
def test_figures_are_those_of_the_original_files(
    raw_file: Callable[[str], Raw], source: str, file: str, day: str
) -> None:
    """After the declared corrections: the extract of 2024 prints nobody in Fehrbellin, and that is traced."""
    tables = dict(load_sources()[source].read([raw_file(f"gemeindeverzeichnis/{file}")], {}).tables)
    done = apply(tables["population"], CONTRACTS["population"], shipped().of(source, "population"))
    changed = done.trace.filter(pl.col("state") == "applied").sort("provider_value")
    assert changed["provider_value"].to_list() == (["0", "2564041", "90777"] if day == "2024-06-30" else [])
    rows = _ask(_world(register_unit=tables["register_unit"], population=done.frame))
    figures = rows.filter(pl.col("kind") == "plausibility")
    assert set(figures["check_id"]) == {name.replace("2023-11-30", day) for name in REGISTER_IDS}
    assert figures["passed"].all(), figures.filter(~pl.col("passed")).rows()
    broken = set(rows.filter(~pl.col("passed"))["check_id"])
    assert not broken & {
        "population.land_in_range",
        "population.districts_add_up",
        "register_unit.district_count",
    }


def test_selection_of_municipalities_is_not_taken_for_the_register(register: dict[str, pl.DataFrame]) -> None:
    few = {name: frame.head(5_000) for name, frame in register.items()}
    rows = _ask(_world(**few))
    assert rows.filter(pl.col("kind") == "plausibility").is_empty()
    assert "register_unit.district_count" not in set(rows["check_id"])


@pytest.mark.parametrize(("day", "good"), [(date(2021, 3, 31), True), (date(2021, 12, 31), False)])
def test_district_count_allows_both_sides_of_a_reform_year(
    day: date, good: bool, register: dict[str, pl.DataFrame]
) -> None:
    """401 districts at the end of 2020, 400 at the end of 2021: in between either may be right."""
    unit = register["register_unit"].with_columns(territory_date=pl.lit(day))
    extra = unit.filter(pl.col("level") == "district").head(1).with_columns(ags=pl.lit("01999"))
    world = _world(register_unit=pl.concat([unit, extra]))
    assert ("register_unit.district_count" not in _failed(world)) is good


def _budget(ags: str, year: int, phase: str, cents: int, lines: int = 1_100) -> pl.DataFrame:
    each = cents // lines
    amounts = [each] * (lines - 1) + [cents - each * (lines - 1)]
    sides = [
        pl.DataFrame({"amount_cents": amounts}).with_columns(
            direction=pl.lit(side), ags=pl.lit(ags), year=pl.lit(year, pl.Int64), phase=pl.lit(phase)
        )
        for side in ("revenue", "expenditure")
    ]
    return _filled("budget_line", pl.concat(sides))


@pytest.mark.parametrize("budget", BALANCED_BUDGETS, ids=lambda b: f"{b.name} {b.year} {b.phase}")
def test_budget_totals_to_the_cent(budget: object) -> None:
    ags, year, phase, cents = budget.ags, budget.year, budget.phase, budget.total_cents  # type: ignore[attr-defined]
    check = f"budget_line.total_{budget.name.lower()}_{year}_{phase}"  # type: ignore[attr-defined]
    world = _world(budget_line=_budget(ags, year, phase, cents))
    assert check in set(_ask(world)["check_id"])
    assert not _failed(world) & {check, BALANCE}
    world.execute("UPDATE budget_line SET amount_cents = amount_cents + 1")
    assert _failed(world) & {check, BALANCE} == {check}, "both sides are off by the same"
    world.execute("UPDATE budget_line SET amount_cents = amount_cents - 1 WHERE direction = 'revenue'")
    assert _failed(world) & {check, BALANCE} == {BALANCE}


def test_few_cited_lines_need_not_balance() -> None:
    lines = _budget("09188121", 2015, "actual", 1_000, lines=5).filter(pl.col("direction") == "expenditure")
    assert not {x for x in _failed(_world(budget_line=lines)) if "total" in x or "equals" in x}


def test_dac_list_by_group() -> None:
    groups = [group for group, count in DAC_LIST_2024.items() for _ in range(count)]
    listed = _filled(
        "aid_recipient",
        pl.DataFrame({"dac_group": groups}).with_columns(
            country=pl.format("C{}", pl.int_range(pl.len())),
            year=pl.lit(2024, pl.Int64),
            is_recipient=pl.lit(True),
            is_ldc=pl.col("dac_group") == "LDC",
        ),
    )
    world = _world(aid_recipient=listed)
    ids = {f"aid_recipient.{group.lower()}_2024" for group in DAC_LIST_2024}
    assert ids <= set(_ask(world)["check_id"]) and not ids & _failed(world)
    world.execute("UPDATE aid_recipient SET dac_group = 'LMIC' WHERE country = 'C0'")
    assert _failed(world) >= {"aid_recipient.ldc_2024", "aid_recipient.lmic_2024", "aid_recipient.group_fits"}


def test_figures_themselves() -> None:
    assert sum(DAC_LIST_2024.values()) == 141
    assert set(LAND_POPULATION) == {f"{land:02d}" for land in range(1, LANDS + 1)}
    assert all(low < high for low, high in LAND_POPULATION.values())
    for edition in REGISTER_EDITIONS:
        year = (edition.territory_date - timedelta(days=1)).year
        assert DISTRICTS_AT_YEAR_END[year] == edition.districts
        assert edition.unincorporated < edition.municipalities
    assert {fact.table for fact in FACTS} == {"register_unit", "population", "budget_line", "aid_recipient"}
