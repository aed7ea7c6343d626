"""What units say about themselves beside budgets and documents: precedence, silence, impossible figures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import duckdb
import narwhals.stable.v2 as nw
import polars as pl
import pytest

from indicators import load_measure_groups
from indicators.measure import INPUT_COLUMNS, total
from indicators.measures import engagement, self_reports, spending
from indicators.tagging import tag_lines
from quality.contract import enforce
from quality.contracts import CONTRACTS
from quality.reasons import REASONS
from sources.self_report_form import ITEMS
from tests.indicators.spending_examples import lines, rules

AGS = "09188121"
PROVENANCE = {"snapshot_id": "0" * 64, "locator": "row 2", "raw_text": "synthetic"}


def said(item: str, value: float | None = None, status: str = "A", **changes: Any) -> dict[str, Any]:
    """A synthetic statement of Gilching for 2015."""
    declared = next(each for each in ITEMS if each.item == item)
    row = {
        "report_id": f"{item}-1",
        "ags": AGS,
        "year": 2015,
        "item": item,
        "value": value,
        "quantity": None if value is None else round(value * declared.scale),
        "unit": declared.unit,
        "status": "reported",
        "obs_status": status,
        "phase": "actual" if declared.phases else "none",
        "gross_net": None,
        "evidence_url": None,
        "reported_on": date(2016, 3, 1),
        "received_on": date(2016, 3, 2),
        "office": "Amt für Internationales",
        "version": 1,
        "superseded_by": None,
        "superseded_on": None,
        "source_id": "self_report",
        **PROVENANCE,
    }
    return row | changes


def tables_of(
    *statements: Mapping[str, Any],
    asked: tuple[int, ...] = (),
    budget: pl.DataFrame | None = None,
    decisions: pl.DataFrame | None = None,
    facts: tuple[Mapping[str, Any], ...] = (),
) -> dict[str, pl.DataFrame]:
    """Every table the three groups need, made up."""
    budget = lines() if budget is None else budget
    decisions = rules() if decisions is None else decisions
    contacts = [
        {"ags": AGS, "year": year, "contacted_on": date(year + 1, 1, 9), **PROVENANCE} for year in asked
    ]
    return {
        "self_report": pl.DataFrame(list(statements), schema=CONTRACTS["self_report"].schema),
        "self_report_contact": pl.DataFrame(contacts, schema=CONTRACTS["self_report_contact"].schema),
        "budget_line": budget,
        "spending_rule": decisions,
        "line_tag": tag_lines(budget, decisions),
        "engagement": pl.DataFrame(list(facts), schema=CONTRACTS["engagement"].schema),
        "years": pl.DataFrame({"year": [2014, 2015, 2016]}, schema={"year": pl.Int64}),
    }


def inputs_of(group: Any, tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    lazy = {name: nw.from_native(tables[name].lazy()) for name in group.tables}
    frame: pl.DataFrame = nw.to_native(group.inputs(lazy)).collect().select(list(INPUT_COLUMNS))
    assert enforce(
        frame.cast(dict(CONTRACTS["measure_input"].schema)), CONTRACTS["measure_input"], source_id="test"
    ).rejected.is_empty()
    assert set(frame["reason"].drop_nulls()) <= set(REASONS)
    return frame


def cells(group: Any, tables: Mapping[str, pl.DataFrame]) -> dict[tuple[str, int, str], tuple[Any, ...]]:
    """Measure, year and phase to value, status and reason; each key once."""
    units = nw.from_native(pl.LazyFrame(group.units()))
    rows = total(nw.from_native(inputs_of(group, tables).lazy()), units).to_native().collect()
    assert rows.select("measure_id", "ags", "year", "phase").is_unique().all()
    return {
        (row["measure_id"], row["year"], row["phase"]): (row["value"], row["obs_status"], row["reason"])
        for row in rows.iter_rows(named=True)
    }


def fact(kind: str, value: float, **changes: Any) -> dict[str, Any]:
    row = {
        "engagement_id": "document_facts:line 1",
        "ags": AGS,
        "kind": kind,
        "value": value,
        "unit": "0/1",
        "valid_from": date(2015, 1, 1),
        "valid_from_text": None,
        "valid_to": None,
        "valid_to_text": None,
        "attested_on": date(2015, 12, 31),
        "note": None,
        "document": "paper",
        "source_id": "document_facts",
        **PROVENANCE,
    }
    return row | changes


DEVELOPMENT = ("development_spending", 2015, "actual")


def test_every_item_of_the_form_is_a_measure() -> None:
    measures = {measure.id for group in load_measure_groups().values() for measure in group.measures}
    assert {item.item for item in ITEMS} <= measures


def test_a_statement_stands_where_no_budget_is_known() -> None:
    found = cells(spending.GROUP, tables_of(said("development_spending", 2500.5)))
    assert found[DEVELOPMENT] == (250050, "A", None)
    rows = inputs_of(spending.GROUP, tables_of(said("development_spending", 2500.5)))
    row = rows.row(0, named=True)
    assert (row["input_table"], row["input_id"]) == ("self_report", "development_spending-1")
    assert row["note"] == "Eigenangabe: Amt für Internationales"


def test_a_statement_fills_the_gap_a_budget_leaves() -> None:
    tables = tables_of(said("development_spending", 5.0), budget=lines({"amount_cents": 9000}))
    found = cells(spending.GROUP, tables)
    assert found[DEVELOPMENT] == (500, "A", None)
    assert found["development_abroad", 2015, "actual"][1:] == ("O", "unmapped")


def test_the_budget_goes_first() -> None:
    budget = lines({"function_code": "1", "amount_cents": 900}, {"function_code": "2", "amount_cents": 9000})
    decisions = rules({"rule_id": "r1", "tag": "development_abroad", "function_pattern": "1"})
    found = cells(
        spending.GROUP, tables_of(said("development_spending", 5.0), budget=budget, decisions=decisions)
    )
    assert found[DEVELOPMENT] == (900, "U", "partly_attributable")


def test_a_plan_never_becomes_an_actual_figure() -> None:
    found = cells(spending.GROUP, tables_of(said("development_spending", 5.0, phase="plan")))
    assert set(found) == {("development_spending", 2015, "plan")}


@pytest.mark.parametrize(("stated", "counts"), [(90.0, True), (90.01, False)])
def test_more_than_all_payments_counts_nowhere(stated: float, counts: bool) -> None:
    tables = tables_of(said("development_spending", stated), budget=lines({"amount_cents": 9000}))
    assert cells(spending.GROUP, tables)[DEVELOPMENT][0] == (9000 if counts else None)


def test_less_than_a_known_part_counts_nowhere() -> None:
    budget = lines(
        {"function_code": "1", "direction": "revenue", "amount_cents": 700},
        {"function_code": "2", "amount_cents": 9000},
    )
    decisions = rules({"rule_id": "r1", "tag": "grant_received", "function_pattern": "1"})
    too_small = tables_of(said("development_spending", 6.0), budget=budget, decisions=decisions)
    enough = tables_of(said("development_spending", 8.0), budget=budget, decisions=decisions)
    assert cells(spending.GROUP, too_small)[DEVELOPMENT][0] is None
    assert cells(spending.GROUP, enough)[DEVELOPMENT][0] == 800


@pytest.mark.parametrize(
    ("fact_changes", "expected"),
    [
        ({}, (1, "A", None)),
        ({"attested_on": date(2014, 12, 31), "valid_from": date(2014, 1, 1)}, (0, "A", None)),
        (
            {
                "attested_on": date(2014, 12, 31),
                "valid_from": date(2014, 1, 1),
                "valid_to": date(2016, 12, 31),
            },
            (0, "A", None),
        ),
    ],
    ids=["a document for the year goes first", "nothing known", "stated in advance gives way"],
)
def test_documents_and_statements(fact_changes: dict[str, Any], expected: tuple[Any, ...]) -> None:
    tables = tables_of(
        said("coordination_position", 0.0), facts=(fact("coordination_position", 1.0, **fact_changes),)
    )
    assert cells(engagement.GROUP, tables)["coordination_position", 2015, "none"] == expected


def test_statuses_without_value() -> None:
    tables = tables_of(
        said("awards", status="O"),
        said("school_building_projects", status="M"),
        said("development_policy_staff", status="Q"),
        said("projects_with_migrant_partners", 0.0),
    )
    found = cells(self_reports.GROUP, tables)
    assert found["awards", 2015, "none"] == (None, "O", "answer_declined")
    assert found["school_building_projects", 2015, "none"] == (None, "M", "not_applicable")
    assert found["development_policy_staff", 2015, "none"] == (None, "Q", "small_number")
    assert found["projects_with_migrant_partners", 2015, "none"] == (0, "A", None)


def test_silence_after_an_inquiry_is_o_and_no_inquiry_says_nothing() -> None:
    found = cells(self_reports.GROUP, tables_of(said("awards", 2.0), asked=(2015,)))
    assert found["awards", 2015, "none"] == (2, "A", None)
    assert found["migrant_organisation_rooms", 2015, "none"] == (None, "O", "inquiry_unanswered")
    assert {year for _, year, _ in found} == {2015}
    absent = {measure.absent_status for measure in self_reports.GROUP.measures}
    assert absent == {"L"}, "a unit nobody asked has status L"


def test_silence_never_replaces_what_others_know() -> None:
    tables = tables_of(asked=(2015,), facts=(fact("coordination_position", 1.0),))
    found = cells(engagement.GROUP, tables)
    assert found["coordination_position", 2015, "none"] == (1, "A", None)
    assert found["development_policy_concept", 2015, "none"] == (None, "O", "inquiry_unanswered")


def test_a_superseded_statement_counts_no_more() -> None:
    tables = tables_of(
        said("awards", 7.0, superseded_by="awards-2"), said("awards", 2.0, report_id="awards-2", version=2)
    )
    assert cells(self_reports.GROUP, tables)["awards", 2015, "none"][0] == 2


@pytest.mark.parametrize(
    "group", [spending.GROUP, engagement.GROUP, self_reports.GROUP], ids=lambda each: each.id
)
def test_duckdb_makes_the_same_rows(group: Any) -> None:
    tables = tables_of(
        said("development_spending", 95.0),
        said("fair_trade_spending", 5.0),
        said("coordination_position", 0.0),
        said("awards", status="O"),
        asked=(2014, 2015),
        budget=lines({"amount_cents": 9000}),
        facts=(fact("coordination_position", 1.0), fact("agenda_2030_resolution", 1.0)),
    )
    connection = duckdb.connect()
    frames: dict[str, Any] = {}
    for name in group.tables:
        connection.register(name, tables[name].to_arrow())
        frames[name] = nw.from_native(connection.table(name))
    there = group.inputs(frames).to_native().pl()
    here = inputs_of(group, tables)
    assert there.sort(INPUT_COLUMNS).rows() == here.sort(INPUT_COLUMNS).rows()
