"""Projects by their funding period, and quantities that documents state. All rows here are made up."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from indicators.measures import project_partnerships, schools, self_reports
from tests.indicators.synthetic import cells, table

TOWN = "05334002"
YEARS = pl.DataFrame({"year": list(range(2018, 2027))})


def project(number: int, **other: Any) -> dict[str, Any]:
    return {
        "claim_id": f"claim {number}",
        "partnership_id": "one",
        "ags": TOWN,
        "partner_name": "Partner",
        "partner_country": "ZAF",
        "category": "project",
        "source_id": "test",
        "attested_on": date(2022, 12, 31),
        "is_inventory": False,
        "match_method": "exact",
        "match_score": 1.0,
        **other,
    }


def projects(*rows: dict[str, Any]) -> dict[int, tuple[int | None, str]]:
    tables = {"partnership_claim": table("partnership_claim", *rows), "years": YEARS}
    found = cells(project_partnerships.GROUP, tables)
    return {year: (value, status) for (_, _, year), (value, status, _) in found.items()}


def test_a_project_counts_in_every_year_its_funding_touches() -> None:
    found = projects(project(1, valid_from=date(2019, 12, 31), valid_to=date(2021, 1, 1)))
    assert found == {2019: (1, "U"), 2020: (1, "U"), 2021: (1, "U")}


def test_an_end_stated_in_advance_is_carried_on_and_not_beyond() -> None:
    found = projects(project(1, valid_from=date(2022, 1, 1), valid_to=date(2024, 6, 30), is_inventory=True))
    assert found == {2022: (1, "E"), 2023: (1, "I"), 2024: (1, "I")}


def test_without_a_period_a_project_counts_in_the_year_of_its_source() -> None:
    assert projects(project(1)) == {2022: (1, "U")}


@pytest.mark.parametrize(
    "other", [{"partnership_id": "one"}, {"partner_country": "DEU"}, {"category": "partnership"}]
)
def test_partners_count_once_abroad_and_only_for_projects(other: dict[str, Any]) -> None:
    assert projects(project(1), project(2, **({"partnership_id": "two"} | other))) == {2022: (1, "U")}


def test_two_partners_are_two() -> None:
    assert projects(project(1), project(2, partnership_id="two", partner_country=None)) == {2022: (2, "U")}


def stated(number: int, kind: str, value: float, **other: Any) -> dict[str, Any]:
    return {
        "engagement_id": f"e{number}",
        "ags": TOWN,
        "kind": kind,
        "value": value,
        "unit": "n",
        "attested_on": date(2019, 12, 31),
        "document": "paper",
        "source_id": "test",
        **other,
    }


def reported(item: str, quantity: int, **other: Any) -> dict[str, Any]:
    return {
        "report_id": item,
        "ags": TOWN,
        "year": 2019,
        "item": item,
        "quantity": quantity,
        "obs_status": "A",
        "phase": "none",
        "office": "Amt",
        "version": 1,
        "source_id": "self_report",
        **other,
    }


def own(engagement: pl.DataFrame, *reports: dict[str, Any]) -> dict[str, Any]:
    tables = {
        "engagement": engagement,
        "self_report": table("self_report", *reports),
        "self_report_contact": table("self_report_contact"),
    }
    return {measure: cell for (measure, _, _), cell in cells(self_reports.GROUP, tables).items()}


def test_awards_of_a_year_add_up_and_are_a_lower_bound() -> None:
    prizes = table(
        "engagement",
        stated(1, "fair_trade_award", 1.0, valid_from=date(2019, 1, 1)),
        stated(2, "fair_trade_award", 1.0),
    )
    assert own(prizes)["awards"] == (2, "U", "lower_bound")
    assert own(prizes, reported("awards", 3))["awards"] == (3, "A", None)


def test_of_several_documents_on_a_quantity_the_newest_counts() -> None:
    schools_built = table(
        "engagement",
        stated(1, "school_building_projects", 12.0, attested_on=date(2019, 3, 1)),
        stated(2, "school_building_projects", 13.0, valid_to=date(2019, 12, 31)),
    )
    assert own(schools_built)["school_building_projects"] == (13, "U", "lower_bound")


@pytest.mark.parametrize(
    ("part", "expected"), [(100, (100, "A", None)), (101, (None, "O", "contradictory_statements"))]
)
def test_more_fair_purchases_than_purchases_is_a_contradiction(part: int, expected: object) -> None:
    found = own(
        table("engagement"),
        reported("eligible_procurement", 100, phase="actual"),
        reported("fair_trade_spending", part, phase="actual"),
    )
    assert found["eligible_procurement"] == expected


def test_schools_are_counted_where_a_list_states_them() -> None:
    counts = table(
        "engagement", stated(1, "fairtrade_schools", 3.0), stated(2, "schools", 60.0), stated(3, "other", 9.0)
    )
    assert cells(schools.GROUP, {"engagement": counts}) == {
        ("fairtrade_schools", TOWN, 2019): (3, "A", None),
        ("schools", TOWN, 2019): (60, "A", None),
    }
