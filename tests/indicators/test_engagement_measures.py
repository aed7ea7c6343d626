"""What documents prove for which 31 December."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import narwhals.stable.v2 as nw
import polars as pl
import pytest

from indicators.measure import INPUT_COLUMNS, total
from indicators.measures.engagement import GROUP
from indicators.self_report_knowledge import TABLES
from quality.contract import enforce
from quality.contracts import CONTRACTS
from quality.reasons import REASONS
from quality.status import consistent_expr

Cell = tuple[int | None, str, str | None]
YEARS = tuple(range(2011, 2028))


def fact(kind: str, value: float = 1.0, **changes: Any) -> dict[str, Any]:
    """A synthetic engagement of Aachen, of unit 0/1, attested in May 2025."""
    row: dict[str, Any] = {
        "engagement_id": "document_facts:line 1",
        "ags": "05334002",
        "kind": kind,
        "value": value,
        "unit": "0/1",
        "valid_from": None,
        "valid_from_text": None,
        "valid_to": None,
        "valid_to_text": None,
        "attested_on": date(2025, 5, 7),
        "note": None,
        "document": "paper",
        "source_id": "document_facts",
        "snapshot_id": "0" * 64,
        "locator": "line 1",
        "raw_text": "a line",
    }
    return row | changes


def rows_of(*facts: dict[str, Any], years: tuple[int, ...] = YEARS) -> pl.DataFrame:
    engagement = pl.DataFrame(list(facts), schema=CONTRACTS["engagement"].schema)
    tables = {
        "engagement": nw.from_native(engagement.lazy()),
        "years": nw.from_native(pl.LazyFrame({"year": years}, schema={"year": pl.Int64})),
        **{name: nw.from_native(CONTRACTS[name].empty().lazy()) for name in TABLES},
    }
    result: pl.DataFrame = nw.to_native(GROUP.inputs(tables)).collect()
    return result.sort("measure_id", "ags", "year")


def cells(*facts: dict[str, Any], years: tuple[int, ...] = YEARS) -> dict[int, Cell]:
    rows = rows_of(*facts, years=years)
    assert rows["year"].is_unique().all()
    return {
        row["year"]: (row["contribution"], row["obs_status"], row["reason"])
        for row in rows.iter_rows(named=True)
    }


def test_a_title_since_2011_whose_renewals_are_not_stated() -> None:
    found = cells(fact("fairtrade_town", valid_from=date(2011, 1, 1)))
    assert found[2011] == found[2012] == (1, "A", None)
    for year in range(2013, 2025):
        assert found[year] == (1, "E", "title_not_confirmed")
    for year in (2025, 2026, 2027):
        assert found[year] == (None, "O", "title_not_confirmed")


def test_an_award_alone_holds_for_two_years() -> None:
    award = fact("fairtrade_town", valid_from=date(2014, 5, 9), attested_on=date(2014, 5, 9))
    found = cells(award)
    assert 2013 not in found
    assert found[2014] == found[2015] == (1, "A", None)
    assert found[2016] == (None, "O", "title_not_confirmed")


def test_a_renewal_document_makes_the_estimate_certain() -> None:
    award = fact("fairtrade_town", valid_from=date(2011, 1, 1))
    renewal = fact(
        "fairtrade_town",
        valid_from=date(2015, 3, 1),
        attested_on=date(2015, 3, 1),
        engagement_id="list:line 9",
    )
    found = cells(award, renewal)
    assert [found[year][1] for year in (2014, 2015, 2016, 2017)] == ["E", "A", "A", "E"]
    assert all(value == 1 for year, (value, _, _) in found.items() if year <= 2024)


def test_a_title_without_a_date_of_award_is_an_estimate() -> None:
    found = cells(fact("fairtrade_town"))
    assert found[2024] == (1, "E", "title_not_confirmed")
    assert 2023 not in found
    assert found[2025][0] is None


def test_a_resolution_does_not_expire_and_did_not_exist_before() -> None:
    found = cells(fact("agenda_2030_resolution", valid_from=date(2018, 7, 11)))
    assert all(found[year] == (0, "A", None) for year in range(2015, 2018))
    assert min(found) == 2015, "nothing is said of years before the Agenda was adopted"
    assert all(found[year] == (1, "A", None) for year in range(2018, 2028))


def test_a_resolution_without_a_date_says_nothing_about_earlier_years() -> None:
    found = cells(fact("agenda_2030_resolution"))
    assert min(found) == 2025
    assert found[2025] == (1, "A", None)


def test_a_post_granted_until_2026() -> None:
    found = cells(
        fact("coordination_position", valid_from=date(2024, 10, 1), valid_to=date(2026, 12, 31)),
    )
    assert 2023 not in found
    assert found[2024] == (1, "A", None)
    assert found[2025] == found[2026] == (1, "I", "stated_in_advance")
    assert found[2027] == (None, "O", "not_attested_for_year")


def test_a_post_that_ends_inside_a_year_is_not_counted_at_its_end() -> None:
    post = fact("coordination_position", valid_from=date(2020, 1, 1), valid_to=date(2022, 6, 30))
    found = cells(post)
    assert found[2021] == (1, "A", None)
    assert found[2022][0] is None


def test_no_concept_yet_is_a_confirmed_zero_for_the_last_year_end() -> None:
    found = cells(fact("development_policy_concept", 0.0, valid_to=date(2025, 5, 31)))
    assert 2023 not in found
    assert found[2024] == (0, "A", None)
    assert found[2025] == (None, "O", "not_attested_for_year")


def test_a_concept_is_in_force_up_to_the_document() -> None:
    found = cells(fact("development_policy_concept", valid_from=date(2019, 1, 1)))
    assert 2018 not in found
    assert all(found[year] == (1, "A", None) for year in range(2019, 2025))
    assert found[2025] == (None, "O", "not_attested_for_year")


def test_a_document_of_31_december_proves_that_day() -> None:
    found = cells(
        fact("development_policy_concept", valid_from=date(2019, 1, 1), attested_on=date(2024, 12, 31))
    )
    assert found[2024][0] == 1
    assert found[2025][0] is None


def test_the_newer_of_two_contradicting_documents_counts_once() -> None:
    older = fact(
        "development_policy_concept",
        0.0,
        valid_from=date(2019, 1, 1),
        attested_on=date(2022, 6, 1),
        engagement_id="a",
    )
    newer = fact("development_policy_concept", valid_from=date(2020, 1, 1), engagement_id="b")
    found = cells(older, newer)
    assert found[2019] == (0, "A", None)
    assert found[2020] == found[2021] == (1, "A", None)


def test_quantities_are_no_measure_here() -> None:
    assert rows_of(fact("coordination_position_grant_share", 90.0, unit="percent")).is_empty()


def test_no_facts_no_rows() -> None:
    assert rows_of().is_empty()
    assert rows_of().columns == list(INPUT_COLUMNS)


def test_form_of_the_rows_and_of_the_totals() -> None:
    rows = rows_of(
        fact("fairtrade_town", valid_from=date(2011, 1, 1)),
        fact("coordination_position", valid_from=date(2024, 10, 1), valid_to=date(2026, 12, 31)),
        fact("agenda_2030_resolution", valid_from=date(2018, 7, 11)),
        fact("development_policy_concept", 0.0),
    )
    assert enforce(rows, CONTRACTS["measure_input"], source_id="engagement").rejected.is_empty()
    assert rows.select(consistent_expr(pl.col("contribution"), pl.col("obs_status")).all()).item()
    assert set(rows["reason"].drop_nulls()) <= set(REASONS)
    unknown = rows.filter(pl.col("contribution").is_null())
    assert unknown["input_table"].null_count() == unknown.height > 0
    assert rows["note"].unique().to_list() == ["paper"]
    units = pl.LazyFrame(GROUP.units())
    totals = nw.to_native(total(nw.from_native(rows.lazy()), nw.from_native(units))).collect()
    assert enforce(totals, CONTRACTS["measure"], source_id="engagement").rejected.is_empty()
    assert totals.height == rows.height


def test_the_facts_we_ship() -> None:
    """The written-down facts, read as the pipeline reads them, for reference year 2025."""
    reader = pytest.importorskip("sources.document_facts")
    raw_type = pytest.importorskip("sources.source").Raw
    path = Path(__file__).resolve().parents[2] / "sources" / "embedded" / "document_facts.csv"
    raw = raw_type(name=path.name, content=path.read_bytes(), snapshot_id="0" * 64)
    facts = reader.read([raw], {}).tables["engagement"].to_dicts()
    rows = rows_of(*facts, years=tuple(range(2011, 2026)))
    ones = rows.filter(pl.col("contribution") == 1).group_by("measure_id", "ags").agg(pl.col("year").max())
    assert sorted(ones.iter_rows()) == [
        ("agenda_2030_resolution", "05334002", 2025),
        ("coordination_position", "05334002", 2025),
        ("development_policy_concept", "08311000", 2024),
        ("development_policy_concept", "09162000", 2024),
        ("development_policy_concept", "09564000", 2024),
        ("fairtrade_town", "05334002", 2024),
        ("migration_development_body", "05515000", 2020),
    ]
    zeros = rows.filter(pl.col("measure_id") == "development_policy_concept", pl.col("contribution") == 0)
    assert zeros.select("ags", "year").rows() == [("05334002", 2024)]


def test_same_result_in_duckdb(tmp_path: Path) -> None:
    """The rules use only operations that a database carries out alike."""
    duckdb = pytest.importorskip("duckdb")
    facts = [
        fact("fairtrade_town", valid_from=date(2011, 1, 1)),
        fact("coordination_position", valid_from=date(2024, 10, 1), valid_to=date(2026, 12, 31)),
        fact("agenda_2030_resolution", valid_from=date(2018, 7, 11)),
        fact("development_policy_concept", 0.0, valid_to=date(2025, 5, 31)),
    ]
    expected = rows_of(*facts)
    engagement = pl.DataFrame(facts, schema=CONTRACTS["engagement"].schema).to_arrow()  # noqa: F841
    years = pl.DataFrame({"year": YEARS}, schema={"year": pl.Int64}).to_arrow()  # noqa: F841
    reports = CONTRACTS["self_report"].empty().to_arrow()  # noqa: F841
    contacts = CONTRACTS["self_report_contact"].empty().to_arrow()  # noqa: F841
    with duckdb.connect() as connection:
        tables = {
            "engagement": nw.from_native(connection.sql("select * from engagement")),
            "years": nw.from_native(connection.sql("select * from years")),
            "self_report": nw.from_native(connection.sql("select * from reports")),
            "self_report_contact": nw.from_native(connection.sql("select * from contacts")),
        }
        found = pl.from_arrow(nw.to_native(GROUP.inputs(tables)).to_arrow_table())
    assert isinstance(found, pl.DataFrame)
    assert found.sort("measure_id", "ags", "year").cast(dict(expected.schema)).equals(expected)
