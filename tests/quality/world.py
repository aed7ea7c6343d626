"""A made-up country with one Land, one district and a few units, in which every rule holds.

Everything in here is invented, so that a test can break one thing and see which rule says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

import duckdb
import polars as pl

from quality.contracts import CONTRACTS
from tests.quality.made_up import good_table

AUDITED = ("quality_result", "quality_finding")
"""Tables the audit of a finished file fills."""
FILE = "a" * 64
FROM_FILES = (
    "territory_change",
    "peer_attribute",
    "aid_recipient_vintage",
    "symbol",
    "peer_list",
)
"""Tables no rule relates to another, but for the file each row was read from."""
TOWN, WOOD, GONE = "09188001", "09188002", "09188003"

Row = Mapping[str, object]


def row(table: str, **values: object) -> Row:
    """One row of a table: made-up values, except where a test says otherwise."""
    unknown = set(values) - set(CONTRACTS[table].columns)
    assert not unknown, f"{table} has no {unknown}"
    plain = good_table(table, 1).row(0, named=True)
    empty = {name: None for name, column in CONTRACTS[table].columns.items() if column.nullable}
    return {**plain, **empty, **values}


def _unit(ags: str, level: str, **values: object) -> Row:
    return row(
        "municipality",
        **{
            "ags": ags,
            "level": level,
            "valid_from": date(2019, 12, 31),
            "is_unincorporated": False,
            **values,
        },
    )


def _measure(measure_id: str, value: int | None, unit: str, **values: object) -> Row:
    settings: Row = {
        "ags": TOWN,
        "year": 2023,
        "phase": "actual" if unit == "cent" else "none",
        "obs_status": "A" if value is not None else "L",
        "reason": None if value is not None else "not_collected",
        "inputs": 1 if value is not None else 0,
        **values,
    }
    return row("measure", measure_id=measure_id, value=value, unit=unit, **settings)


def _input(measure_id: str, contribution: int, table: str, key: str, **values: object) -> Row:
    money = table in ("budget_line", "line_tag")
    settings: Row = {
        "ags": TOWN,
        "year": 2023,
        "phase": "actual" if money else "none",
        "obs_status": "A",
        "snapshot_id": FILE,
        "locator": "line 1",
        "raw_text": "made up",
        **values,
    }
    return row(
        "measure_input",
        measure_id=measure_id,
        contribution=contribution,
        input_table=table,
        input_id=key,
        **settings,
    )


def _line(key: str, cents: int, **values: object) -> Row:
    settings = {"ags": TOWN, "year": 2023, "phase": "actual", "direction": "expenditure", **values}
    return row("budget_line", budget_line_id=key, amount_cents=cents, budget_part="current", **settings)


def _indicator(indicator_id: str, formula: str, kind: str, family: str = "money") -> Row:
    return row(
        "indicator",
        indicator_id=indicator_id,
        formula=formula,
        kind=kind,
        family=family,
        definition_version="1.0",
    )


def _observed(indicator_id: str, value: float | None, **values: object) -> Row:
    settings: Row = {
        "ags": TOWN,
        "year": 2023,
        "obs_status": "A" if value is not None else "L",
        "reason": None if value is not None else "not_collected",
        "definition_version": "1.0",
        **values,
    }
    return row("observation", indicator_id=indicator_id, value=value, **settings)


def _compared() -> dict[str, list[Row]]:
    """The one town among its peers: itself."""
    said: Row = {"indicator_id": "pt_gs_n", "year": 2023, "group_id": "size.09", "reason": "too_few_report"}
    counts = {"reporting": 1, "set_aside": 0, "suppressed": 0, "members": 1}
    return {
        "peer_group": [
            row(
                "peer_group",
                group_id="size.09",
                level="municipality",
                in_sensitivity=True,
                members=1,
                population=1_000,
            )
        ],
        "peer_member": [row("peer_member", group_id="size.09", ags=TOWN)],
        "peer_statistic": [
            row("peer_statistic", **said, **counts, population_covered=1_000, coverage=1.0, obs_status="O")
        ],
        "aggregate": [
            row(
                "aggregate",
                indicator_id="pt_gs_n",
                area_id=area,
                area_kind=kind,
                level="municipality",
                year=2023,
                method="sum",
                value=2.0,
                numerator=2.0,
                reporting=1,
                members=1,
                coverage=1.0,
                conf_status="F",
                obs_status="A",
            )
            for area, kind in (("DG", "federation"), ("09", "land"), ("size.09", "peer_group"))
        ],
        "peer_position": [row("peer_position", ags=TOWN, **said)],
        "peer_sensitivity": [
            row(
                "peer_sensitivity",
                indicator_id="pt_gs_n",
                ags=TOWN,
                year=2023,
                definitions=1,
                reason="too_few_report",
            )
        ],
    }


@cache
def good_world() -> Mapping[str, pl.DataFrame]:
    """Every published table but those of the audit, consistent in itself."""
    spending = {"development_abroad": 600, "development_domestic": 400}
    partnerships = {"partnerships_ldc": 1, "partnerships_dac": 2, "partnerships_foreign": 3}
    rows: dict[str, list[Row]] = {
        **{table: [row(table, snapshot_id=FILE)] for table in FROM_FILES},
        "reference_series": [row("reference_series", value=1.0)],
        "official_series": [row("official_series", source_id="made_up", value=1.0)],
        "self_report": [row("self_report", ags=TOWN, source_id="made_up", value=1)],
        "self_report_contact": [row("self_report_contact", ags=TOWN)],
        "context_definition": [row("context_definition", definition_id="made up", source_id="made_up")],
        "context_series": [
            row(
                "context_series",
                indicator="made up",
                ags=TOWN,
                year=2023,
                definition_id="made up",
                source_id="made_up",
                value=1.0,
            )
        ],
        "source": [row("source", source_id="made_up", state="read", rows_accepted=90, rows_quarantined=1)],
        "snapshot": [
            row("snapshot", snapshot_id=FILE, source_id="made_up", retrieved_at="2026-11-20T01:00:00+00:00")
        ],
        "reason": [
            row("reason", reason=code)
            for code in ("not_collected", "unit_dissolved", "trend_too_few_values", "too_few_report")
        ],
        **_compared(),
        "country": [row("country", country=code) for code in ("KEN", "ZAF", "FRA")],
        "aid_recipient": [
            row("aid_recipient", country="KEN", year=2023, is_recipient=True, dac_group="LDC", is_ldc=True),
            row("aid_recipient", country="FRA", year=2023, is_recipient=False, is_ldc=False),
        ],
        "municipality": [
            _unit("09", "land"),
            _unit("09188", "district", land="09"),
            _unit("091885101", "association", land="09", district="09188"),
            _unit(
                TOWN,
                "municipality",
                land="09",
                district="09188",
                association="091885101",
                ars="091885101001",
                type_code="64",
                longitude=11.3,
                latitude=48.1,
            ),
            _unit(WOOD, "municipality", land="09", district="09188", type_code="66", is_unincorporated=True),
            _unit(
                GONE, "municipality", land="09", district="09188", type_code="64", valid_to=date(2020, 12, 31)
            ),
        ],
        "decision": [row("decision", state="applied", action="reject")],
        "correction": [row("correction", state="applied", row_key="population_id=p1")],
        "population": [row("population", population_id="p1", ags=TOWN, inhabitants=1_000)],
        "territory_weight": [
            row(
                "territory_weight",
                year_from=2023,
                key_from=TOWN,
                key_to=TOWN,
                level="municipality",
                population_weight=1.0,
                area_weight=1.0,
                territory_to=date(2024, 12, 31),
                snapshot_id=FILE,
            )
        ],
        "territory_step": [
            row(
                "territory_step",
                key_from=GONE,
                key_to=TOWN,
                level="municipality",
                kind="dissolution",
                known_until=date(2020, 12, 30),
                effective_on=date(2020, 12, 31),
                population_weight=1.0,
                area_weight=1.0,
                method="change_list",
            )
        ],
        "territory_path": [
            row(
                "territory_path",
                year=2019,
                key_from=part,
                key_to=TOWN,
                level="municipality",
                population_weight=1.0,
                area_weight=1.0,
            )
            for part in (TOWN, GONE)
        ],
        "budget_line": [
            _line("abroad", 600),
            _line("domestic", 400),
            _line("rest", 99_000),
            _line("internal", 7) | {"budget_part": "internal"},
            _line("planned", 500, year=2024, phase="plan"),
        ],
        "spending_rule": [
            row(
                "spending_rule",
                rule_id=f"made_up.{part}",
                ags=TOWN,
                tag=f"development_{part}",
                evidence="an invented project with an invented partner",
                reviewer="a test",
            )
            for part in ("abroad", "domestic")
        ],
        "line_tag": [
            row(
                "line_tag",
                budget_line_id=part,
                rule_id=f"made_up.{part}",
                tag=f"development_{part}",
                amount_cents=cents,
            )
            for part, cents in (("abroad", 600), ("domestic", 400))
        ],
        "partnership": [
            row("partnership", partnership_id="one", ags=TOWN, partner_country="KEN", statements=1)
        ],
        "partnership_claim": [
            row("partnership_claim", claim_id="c1", partnership_id="one", ags=TOWN, source_id="made_up")
        ],
        "partnership_review": [row("partnership_review", source_id="made_up")],
        "engagement": [
            row("engagement", engagement_id="e1", ags=TOWN, source_id="made_up", value=1.0, unit="0/1")
        ],
        "measure": [
            *(_measure(name, cents, "cent") for name, cents in spending.items()),
            _measure("development_spending", 1_000, "cent", inputs=2),
            _measure("total_payments", 100_000, "cent", inputs=3),
            _measure("development_grants", 100, "cent"),
            _measure("development_spending", 500, "cent", year=2024, phase="plan"),
            *(_measure(name, count, "count") for name, count in partnerships.items()),
            _measure("population_30_06", 1_000, "persons"),
            _measure("tax_revenue_per_inhabitant", 1_000_000, "millionth"),
            _measure("fairtrade_town", 1, "0/1"),
            _measure("fairtrade_town", None, "0/1", year=2022),
        ],
        "register_unit": [
            row("register_unit", ags=TOWN, land="09", territory_date=date(2023, 12, 31), area_hectare=100)
        ],
        "indicator_measure": [
            row("indicator_measure", indicator_id="pt_gs_n", measure_id="partnerships_dac")
        ],
        "measure_input": [
            *(
                _input(f"development_{p}", cents, "line_tag", p, rule_id=f"made_up.{p}")
                for p, cents in (("abroad", 600), ("domestic", 400))
            ),
            *(
                _input("development_spending", cents, "line_tag", p)
                for p, cents in (("abroad", 600), ("domestic", 400))
            ),
            *(
                _input("total_payments", cents, "budget_line", p)
                for p, cents in (("abroad", 600), ("domestic", 400), ("rest", 99_000))
            ),
            _input("development_grants", 100, "budget_line", "rest"),
            _input("development_spending", 500, "budget_line", "planned", year=2024, phase="plan"),
            *(_input(name, count, "partnership", "one") for name, count in partnerships.items()),
            _input("population_30_06", 1_000, "population", "p1"),
            _input("tax_revenue_per_inhabitant", 1_000_000, "context_series", f"made_up/made up/{TOWN}/2023"),
            _input("fairtrade_town", 1, "engagement", "e1"),
        ],
        "indicator": [
            _indicator(
                "ez_ausg_anteil",
                "cast(100 * development_spending as double) / nullif(total_payments, 0)",
                "share",
            ),
            _indicator(
                "ez_ausg_ew",
                "cast(development_spending as double) / nullif(100 * population_30_06, 0)",
                "money",
            ),
            _indicator("pt_gs_n", "partnerships_dac", "count", "partnerships"),
            _indicator("fairtrade_town", "fairtrade_town", "binary", "fair_trade"),
        ],
        "indicator_standard": [row("indicator_standard", indicator_id="pt_gs_n")],
        "coverage": [row("coverage", indicator_id="pt_gs_n", has_value=True)],
        "observation": [
            _observed("ez_ausg_anteil", 1.0),
            _observed("ez_ausg_ew", 0.01),
            _observed("pt_gs_n", 2.0),
            _observed("fairtrade_town", 1.0),
            _observed("fairtrade_town", None, year=2022),
            _observed("fairtrade_town", None, ags=GONE, obs_status="M", reason="unit_dissolved"),
        ],
        "observation_current_territory": [
            row(
                "observation_current_territory",
                indicator_id="pt_gs_n",
                ags=TOWN,
                year=2019,
                value=None,
                obs_status="O",
                reason="not_collected",
                definition_version="1.0",
            )
        ],
        "observation_plan": [_observed("ez_ausg_ew", 0.005, year=2024)],
        "budget_coverage": [
            row(
                "budget_coverage",
                ags=TOWN,
                phase="actual",
                is_whole_budget=True,
                lines=4,
                decided_lines=2,
                current_expenditure_cents=100_000,
                undecided_cents=99_000,
                year=2023,
            )
        ],
        "price_index": [
            row(
                "price_index", series_id="prices", base_year=2023, year=2023, value=100.0, source_id="made_up"
            ),
            row(
                "price_index", series_id="prices", base_year=2023, year=2022, value=95.0, source_id="made_up"
            ),
        ],
        "observation_real": [
            row(
                "observation_real",
                indicator_id="ez_ausg_ew",
                ags=TOWN,
                year=2023,
                value=0.01,
                base_year=2023,
                series_id="prices",
                index_value=100.0,
                index_is_chained=False,
                obs_status="A",
            )
        ],
        "trend_method": [
            row(
                "trend_method",
                method="dns_weather",
                is_default=True,
                symbols="sun,sun_cloud,cloud,storm",
                least_values=4,
                window_values=6,
            )
        ],
        "trend": [
            row(
                "trend",
                indicator_id="ez_ausg_ew",
                ags=TOWN,
                method="dns_weather",
                is_default=True,
                symbol="sun",
                first_year=2020,
                last_year=2023,
                comparable_values=4,
                average_change=0.001,
                last_change=0.001,
            ),
            row(
                "trend",
                indicator_id="pt_gs_n",
                ags=TOWN,
                method="dns_weather",
                is_default=True,
                reason="trend_too_few_values",
                comparable_values=1,
            ),
        ],
    }
    rows |= _vintages(rows["observation"])
    return {table: _frame(table, rows.get(table, [])) for table in CONTRACTS if table not in AUDITED}


def _vintages(observed: list[Row]) -> dict[str, list[Row]]:
    """Two releases of different origins; in the second, one value of the first has been revised."""
    revised = observed[2]
    old = {**revised, "value": 1.9, "valid_from_release": "r1", "valid_to_release": "r2"}
    standing = [
        {**each, "valid_from_release": "r2" if each is revised else "r1", "valid_to_release": None}
        for each in observed
    ]
    change = row(
        "revision",
        release_id="r2",
        previous_release_id="r1",
        indicator_id=revised["indicator_id"],
        ags=revised["ags"],
        year=revised["year"],
        old_value=1.9,
        new_value=revised["value"],
        causes="source",
    )
    releases = [
        row(
            "release_history",
            number=number,
            release_id=f"r{number}",
            origin=origin,
            reference_year=2025,
            recorded_at=f"2026-11-2{number}T01:00:00+00:00",
        )
        for number, origin in ((1, "embedded"), (2, "archive"))
    ]
    waiting = row("quarantine_history", release_id="r2", gone_unexplained=0)
    return {
        "quarantine_history": [waiting],
        "observation_history": [old, *standing],
        "release_history": releases,
        "revision": [change],
    }


def _frame(table: str, rows: list[Row]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=CONTRACTS[table].schema, orient="row")


def database(tables: Mapping[str, pl.DataFrame]) -> duckdb.DuckDBPyConnection:
    """The tables in memory, as the pipeline would have them in the finished file."""
    connection = duckdb.connect()
    connection.execute(
        "SET threads = 1"
    )  # many tiny questions; with more threads the engine fails now and then
    for name, frame in tables.items():
        connection.register("given", frame.to_arrow())
        connection.execute(f'CREATE TABLE "{name}" AS SELECT * FROM given')  # noqa: S608
        connection.unregister("given")
    return connection


def tables(connection: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Names of the tables of a database."""
    return frozenset(
        connection.sql("SELECT table_name FROM information_schema.tables").pl()["table_name"].to_list()
    )
