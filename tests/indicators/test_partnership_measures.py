"""For which 31 December a statement holds, and what counts. All statements here are made up."""

from __future__ import annotations

from datetime import date

import duckdb
import narwhals.stable.v2 as nw
import polars as pl
import pytest

from indicators.measure import INPUT_COLUMNS, total
from indicators.measures.partnerships import GROUP
from quality.contract import enforce
from quality.contracts import CONTRACTS

WIKIDATA, WIKIPEDIA, PAPER = date(2017, 7, 28), date(2026, 2, 8), date(2025, 5, 7)


def claim(number: int, partner: str, country: str | None, day: date, **other: object) -> dict[str, object]:
    return {
        "claim_id": f"claim {number}",
        "partnership_id": f"a-{partner}",
        "ags": "05334002",
        "partner_name": partner,
        "partner_country": country,
        "category": "unspecified",
        "source_id": "test",
        "attested_on": day,
        "is_inventory": day != PAPER,
        "match_method": "exact",
        "match_score": 1.0,
        "snapshot_id": "0" * 64,
        "locator": f"line {number}",
        "raw_text": partner,
        **other,
    }


def tables(*rows: dict[str, object]) -> dict[str, pl.DataFrame]:
    aid = (
        [("ZAF", year, True, "UMIC", False) for year in range(2011, 2027)]
        + [("TZA", year, True, "LDC", True) for year in range(2011, 2027)]
        + [("CHL", 2017, True, "UMIC", False)]
    )
    return {
        "partnership_claim": pl.DataFrame(list(rows), schema=dict(CONTRACTS["partnership_claim"].schema)),
        "aid_recipient": pl.DataFrame(
            aid,
            schema={
                "country": pl.String,
                "year": pl.Int64,
                "is_recipient": pl.Boolean,
                "dac_group": pl.String,
                "is_ldc": pl.Boolean,
            },
            orient="row",
        ),
        "country": pl.DataFrame({"country": ["CHL", "DEU", "FRA", "TZA", "ZAF"]}),
        "years": pl.DataFrame({"year": list(range(2010, 2027))}),
    }


def inputs(*rows: dict[str, object]) -> pl.DataFrame:
    lazy = {name: nw.from_native(frame.lazy()) for name, frame in tables(*rows).items()}
    frame = GROUP.inputs(lazy).to_native().select(list(INPUT_COLUMNS)).collect()
    cast: pl.DataFrame = frame.cast(dict(CONTRACTS["measure_input"].schema))
    assert enforce(cast, CONTRACTS["measure_input"], source_id="test").rejected.is_empty()
    return cast


def measured(*rows: dict[str, object]) -> dict[tuple[str, int], tuple[int, str]]:
    """(measure, year) to (value, status)."""
    units = pl.LazyFrame(GROUP.units())
    result = total(nw.from_native(inputs(*rows).lazy()), nw.from_native(units)).to_native().collect()
    return {
        (row["measure_id"].removeprefix("partnerships_"), row["year"]): (row["value"], row["obs_status"])
        for row in result.iter_rows(named=True)
    }


def test_an_inventory_speaks_for_the_nearest_year_end_only() -> None:
    found = measured(claim(1, "Reims", "FRA", WIKIDATA), claim(2, "Kapstadt", "ZAF", WIKIPEDIA))
    assert {year for _, year in found} == {2017, 2025}
    assert found["foreign", 2017] == (1, "E")
    assert found["dac", 2017] == (0, "E")
    assert found["dac", 2025] == (1, "E")
    assert found["ldc", 2025] == (0, "E")


def test_a_document_reaches_back_to_the_stated_start_and_not_beyond_its_date() -> None:
    found = measured(claim(1, "Kapstadt", "ZAF", PAPER, valid_from=date(2020, 1, 1)))
    years = sorted(year for measure, year in found if measure == "dac")
    assert years == [2020, 2021, 2022, 2023, 2024]
    assert found["dac", 2024] == (1, "U")


def test_a_document_without_a_start_proves_one_year() -> None:
    found = measured(claim(1, "Kapstadt", "ZAF", PAPER))
    assert {year for _, year in found} == {2024}
    at_year_end = measured(claim(1, "Kapstadt", "ZAF", date(2022, 12, 31), is_inventory=False))
    assert {year for _, year in at_year_end} == {2022}


def test_a_stated_end_holds_for_all_statements() -> None:
    found = measured(
        claim(1, "Kapstadt", "ZAF", PAPER, valid_from=date(2020, 1, 1), valid_to=date(2022, 6, 30)),
        claim(2, "Kapstadt", "ZAF", WIKIPEDIA),
    )
    assert {year for _, year in found} == {2020, 2021}


def test_several_statements_count_once_and_the_best_is_shown() -> None:
    rows = inputs(
        claim(1, "Kapstadt", "ZAF", WIKIPEDIA, match_score=0.8),
        claim(2, "Kapstadt", "ZAF", WIKIPEDIA),
        claim(3, "Kapstadt", "ZAF", WIKIPEDIA),
    ).filter(pl.col("measure_id") == "partnerships_dac")
    assert rows.select("input_id", "contribution").rows() == [("claim 2", 1)]


def test_what_was_looked_at_and_not_counted_is_shown() -> None:
    rows = inputs(claim(1, "Reims", "FRA", WIKIPEDIA)).filter(pl.col("measure_id") == "partnerships_dac")
    assert rows["contribution"].item() == 0
    assert rows["note"].item() == "Reims (FRA), unspecified, not on the DAC list"


def test_the_list_of_the_same_year_decides() -> None:
    found = measured(claim(1, "Santiago", "CHL", WIKIDATA), claim(2, "Santiago", "CHL", WIKIPEDIA))
    assert found["dac", 2017] == (1, "E")
    assert found["dac", 2025] == (0, "E")


def test_contacts_are_abroad_but_no_partnerships_with_recipients() -> None:
    found = measured(
        claim(1, "Kapstadt", "ZAF", WIKIPEDIA, category="contact"), claim(2, "Masasi", "TZA", WIKIPEDIA)
    )
    assert (found["foreign", 2025], found["dac", 2025], found["ldc", 2025]) == ((2, "E"), (1, "E"), (1, "E"))


def test_a_statement_more_specific_than_contact_counts() -> None:
    found = measured(
        claim(1, "Kapstadt", "ZAF", WIKIPEDIA, category="contact"),
        claim(2, "Kapstadt", "ZAF", WIKIDATA, category="project"),
    )
    assert found["dac", 2025] == (1, "E")


@pytest.mark.parametrize("country", [None, "QQQ"])
def test_an_unknown_country_makes_the_count_uncertain(country: str | None) -> None:
    found = measured(claim(1, "Nowhere", country, WIKIPEDIA), claim(2, "Kapstadt", "ZAF", WIKIPEDIA))
    assert found["foreign", 2025] == (2, "E")
    assert found["dac", 2025] == (1, "U")


def test_a_year_the_list_does_not_cover_is_uncertain() -> None:
    found = measured(claim(1, "Kapstadt", "ZAF", PAPER, valid_from=date(2010, 1, 1)))
    assert found["foreign", 2010] == (1, "U")
    assert found["dac", 2010] == (0, "U")


def test_partners_inside_germany_are_left_out() -> None:
    assert measured(claim(1, "Naumburg", "DEU", WIKIPEDIA)) == {}


def test_units_nobody_lists_have_no_row_and_say_so() -> None:
    assert measured() == {}
    assert {(each.absent_status, each.absent_reason) for each in GROUP.measures} == {("O", "not_listed")}


def test_duckdb_gives_the_same_rows() -> None:
    rows = (
        claim(1, "Kapstadt", "ZAF", PAPER, valid_from=date(2000, 1, 1)),
        claim(2, "Kapstadt", "ZAF", WIKIPEDIA, match_score=0.9),
        claim(3, "Reims", "FRA", WIKIDATA),
        claim(4, "Nowhere", None, WIKIDATA),
        claim(5, "Masasi", "TZA", WIKIPEDIA, valid_to=date(2025, 12, 31)),
    )
    relations = {
        name: nw.from_native(duckdb.from_arrow(each.to_arrow())) for name, each in tables(*rows).items()
    }
    other = pl.DataFrame(GROUP.inputs(relations).to_native().to_arrow_table()).select(list(INPUT_COLUMNS))
    key = ["measure_id", "year", "input_id"]
    same = other.cast(dict(CONTRACTS["measure_input"].schema)).sort(key)
    assert same.equals(inputs(*rows).sort(key))
