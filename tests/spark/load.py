"""What the engines are compared on: the tables of a night, and a made-up load beside them.

Belongs here: reading the tables, and rows made from a seed for the tables that are small or empty in a night on
the facts that ship with the program. Nothing made up here is real; the keys are those of real units so that
populations are found for them.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from indicators import load_measure_groups
from indicators.measures.context import TAKEN_FROM
from indicators.tagging import tag_lines
from quality.contracts import CONTRACTS

SEED = 17
LINES = 40_000
YEARS = range(2011, 2026)
ACCOUNTS = ("6", "60", "601", "6011", "602", "603", "61", "62", "68", "69", "7", "70", "7341", "75", "78")
TAGS = ("development_abroad", "development_domestic", "grant_received", "fair_trade", "unattributable")
PROVENANCE = {"snapshot_id": "0" * 64, "locator": "row", "raw_text": "made up"}
MADE_UP = "made_up"


def tables_of(home: Path) -> dict[str, pl.DataFrame]:
    """Every table a measure group reads: what a night made, and the load; all but `unit_years`."""
    names = {name for group in load_measure_groups().values() for name in group.tables}
    house = home / "tables" / "house"
    tables = {name: pl.read_parquet(path) for name in names if (path := house / f"{name}.parquet").exists()}
    tables["core_observation"] = pl.read_parquet(home / "tables" / "observation" / "_core.parquet")
    tables["years"] = pl.DataFrame({"year": list(YEARS)}, schema={"year": pl.Int64})
    units = sorted(tables["municipality"].filter(pl.col("level") == "municipality")["ags"].unique())
    drawn = random.Random(SEED)  # noqa: S311 - a repeatable load, no secret
    load = {
        "budget_line": _lines(units, drawn),
        "spending_rule": _rules(units),
        "municipal_finance": _accounts(units, drawn),
        "context_series": _series(units, drawn),
        "context_definition": _definitions(),
        "self_report": _statements(units, drawn),
        "self_report_contact": _rows(
            "self_report_contact", ({"ags": a, "year": y} for a in units for y in YEARS)
        ),
        "partnership_claim": _claims(units, drawn),
        "engagement": _facts(units, drawn),
    }
    load["line_tag"] = tag_lines(load["budget_line"], load["spending_rule"])
    return {name: pl.concat([frame, load[name]]) if name in load else frame for name, frame in tables.items()}


def _rows(table: str, rows: Any) -> pl.DataFrame:
    """Rows that name only what matters."""
    contract = CONTRACTS[table]
    empty = dict.fromkeys(contract.columns)
    known = {name: value for name, value in PROVENANCE.items() if name in empty}
    return pl.DataFrame([empty | known | dict(row) for row in rows], schema=dict(contract.schema))


def _amount(drawn: random.Random) -> int | None:
    """Cents: one in fifty unknown, one in ten a reversal, up to ten million euros."""
    if drawn.random() < 1 / 50:
        return None
    sign, size = drawn.choice((1,) * 9 + (-1,)), int(drawn.paretovariate(0.5) * 1_000)
    return sign * (size % 10**9)


def _lines(units: list[str], drawn: random.Random) -> pl.DataFrame:
    def line(number: int) -> Mapping[str, Any]:
        return {
            "budget_line_id": f"{MADE_UP}:{number}",
            "ags": drawn.choice(units),
            "year": drawn.choice(YEARS),
            "phase": drawn.choice(("plan", "supplementary", "actual", "actual_preliminary")),
            "accounting": drawn.choice(("cameral", "doppik_cash", "doppik_result")),
            "direction": drawn.choice(("expenditure", "expenditure", "revenue")),
            "budget_part": drawn.choice(("current", "current", "investment")),
            "function_code": str(drawn.randrange(100, 160)),
            "line_text": "Zuschuss",
            "amount_cents": _amount(drawn),
        }

    return _rows("budget_line", map(line, range(LINES)))


def _rules(units: list[str]) -> pl.DataFrame:
    """Five functions of every unit are tagged; of every third unit one purpose is confirmed to be none."""
    tagging = (
        {
            "rule_id": f"{MADE_UP}:{ags}:{tag}",
            "ags": ags,
            "tag": tag,
            "confirmed_none": False,
            "function_pattern": str(100 + place),
            "share": 1.0,
            "obs_status": "AD"[place % 2],
            "reason": (None, "mixed_bodies")[place % 2],
        }
        for ags in units
        for place, tag in enumerate(TAGS)
    )
    none = (
        {
            "rule_id": f"{MADE_UP}:{ags}:none",
            "ags": ags,
            "tag": "international_partnership",
            "confirmed_none": True,
            "year_from": 2015,
            "share": 0.0,
            "obs_status": "A",
        }
        for ags in units[::3]
    )
    return _rows("spending_rule", [*tagging, *none])


def _accounts(units: list[str], drawn: random.Random) -> pl.DataFrame:
    def row(ags: str, year: int, group: str, account: str) -> Mapping[str, Any]:
        cents = _amount(drawn)
        return {
            "ags": ags,
            "level": "municipality",
            "year": year,
            "product_group": group,
            "account": account,
            "amount_cents": cents,
            "obs_status": "Q" if cents is None else "A",
            "is_total": account in {"6", "7"},
        }

    return _rows(
        "municipal_finance",
        (
            row(ags, y, group, account)
            for ags in units
            for y in YEARS
            for group in ("111", "999")
            for account in ACCOUNTS
        ),
    )


def _series(units: list[str], drawn: random.Random) -> pl.DataFrame:
    def row(name: str, ags: str, year: int) -> Mapping[str, Any]:
        value = None if drawn.random() < 0.1 else drawn.randrange(-(10**8), 10**8) / 10 ** drawn.randrange(7)
        return {
            "indicator": name,
            "ags": ags,
            "year": year,
            "value": value,
            "obs_status": "L" if value is None else drawn.choice("AAE"),
            "is_class_midpoint": False,
            "definition_id": f"{name}/{year % 2}",
            "source_id": MADE_UP,
        }

    return _rows(
        "context_series", (row(name, ags, year) for name in TAKEN_FROM for ags in units for year in YEARS)
    )


def _definitions() -> pl.DataFrame:
    return _rows(
        "context_definition",
        (
            {
                "definition_id": f"{name}/{odd}",
                "indicator": name,
                "title": f"Haushalte mit {(50, 100)[odd]} Mbit/s",
                "calculation": "Größe / Einwohner",
                "source_id": MADE_UP,
            }
            for name in TAKEN_FROM
            for odd in (0, 1)
        ),
    )


def _statements(units: list[str], drawn: random.Random) -> pl.DataFrame:
    items = {
        "development_spending": "actual",
        "fair_trade_spending": "actual",
        "eligible_procurement": "actual",
    }
    items |= dict.fromkeys(("awards", "seconded_expert_months", "coordination_position"), "none")

    def row(item: str, ags: str, year: int) -> Mapping[str, Any]:
        quantity = None if drawn.random() < 0.2 else drawn.randrange(2 if items[item] == "none" else 10**7)
        return {
            "report_id": f"{MADE_UP}:{item}:{ags}:{year}",
            "ags": ags,
            "year": year,
            "item": item,
            "quantity": quantity,
            "obs_status": drawn.choice("MO") if quantity is None else "A",
            "phase": items[item],
            "office": "Amt für Städtepartnerschaften",
            "version": 1,
            "source_id": MADE_UP,
        }

    return _rows(
        "self_report", (row(item, ags, year) for item in items for ags in units for year in YEARS[::2])
    )


def _claims(units: list[str], drawn: random.Random) -> pl.DataFrame:
    def row(number: int) -> Mapping[str, Any]:
        listed, start = drawn.random() < 0.5, drawn.choice((None, 1990, 2012, 2018))
        return {
            "claim_id": f"{MADE_UP}:{number}",
            "partnership_id": f"{MADE_UP}:{number % 1_500}",
            "ags": units[number % 1_500 % len(units)],
            "partner_name": drawn.choice(("Łódź", "İzmir", "São Paulo", "Kyjiw")),
            "partner_country": drawn.choice((None, "POL", "TUR", "TZA", "ZAF", "XKX")),
            "category": drawn.choice(("partnership", "friendship", "contact", "project", "unspecified")),
            "source_id": MADE_UP,
            "attested_on": drawn.choice(
                (date(2017, 7, 28), date(2026, 2, 8), date(2019, 12, 31), date(2021, 5, 7))
            ),
            "is_inventory": listed,
            "valid_from": None if start is None else date(start, 1, 1),
            "valid_to": drawn.choice((None, None, date(2020, 6, 30))),
            "match_score": drawn.choice((1.0, 0.95)),
        }

    return _rows("partnership_claim", map(row, range(4_000)))


def _facts(units: list[str], drawn: random.Random) -> pl.DataFrame:
    kinds = (
        "fairtrade_town",
        "agenda_2030_resolution",
        "coordination_position",
        "development_policy_concept",
    )
    counts = ("fair_trade_award", "school_building_projects", "fairtrade_schools", "schools")

    def row(number: int) -> Mapping[str, Any]:
        kind, start = drawn.choice(kinds + counts), date(drawn.choice(YEARS), drawn.randrange(1, 13), 15)
        counted = kind in counts
        return {
            "engagement_id": f"{MADE_UP}:{number}",
            "ags": drawn.choice(units),
            "kind": kind,
            "value": float(drawn.randrange(12) if counted else drawn.randrange(2)),
            "unit": "n" if counted else "0/1",
            "valid_from": drawn.choice((None, start)),
            "valid_to": drawn.choice((None, None, date(2022, 12, 31))),
            "attested_on": date(drawn.choice(YEARS), 12, drawn.choice((30, 31))),
            "document": "Bericht",
        }

    return _rows("engagement", map(row, range(2_000)))
