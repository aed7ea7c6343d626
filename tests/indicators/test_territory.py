"""Measures on the newest territory: made-up units, every rule of statistics by itself."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.measure import RULE_BY_UNIT, Measure
from indicators.territory import carried
from quality.contracts import CONTRACTS
from tests.quality.made_up import good_table

Row = dict[str, object]
NEW, OLD, OTHER = "01000001", "01000002", "01000003"


def measure(identifier: str, unit: str, **values: str) -> Measure:
    return Measure(id=identifier, unit=unit, name_de="x", name_en="x", description="x", **values)  # type: ignore[arg-type]


DECLARED = {
    each.id: each
    for each in (
        measure("spending", "cent"),
        measure("land", "hectare"),
        measure("title", "0/1"),
        measure("quota", "per mille"),
        measure("kept", "count", territory_rule="not_convertible"),
    )
}


def said(
    ags: str, value: int | None, *, of: str = "spending", year: int = 2019, status: str | None = None
) -> Row:
    known = status or ("A" if value is not None else "O")
    return {"measure_id": of, "ags": ags, "year": year, "phase": "none", "value": value, "obs_status": known}


def part(key_from: str, weight: float | None = 1.0, **values: object) -> Row:
    plain = {"area_weight": weight, "is_derived": False, "is_uninhabited": False, "via": "bbsr 2020-12-31"}
    return {"year": 2019, "key_from": key_from, "key_to": NEW, "population_weight": weight, **plain, **values}


def frame(table: str, rows: list[Row]) -> pl.DataFrame:
    plain = good_table(table, 1).row(0, named=True)
    empty = {name: None for name, column in CONTRACTS[table].columns.items() if column.nullable}
    return pl.DataFrame([{**plain, **empty, **row} for row in rows], schema=CONTRACTS[table].schema)


def result(measures: list[Row], parts: list[Row]) -> list[Row]:
    found = carried(frame("measure", measures), frame("territory_path", parts), DECLARED)
    return found.select("year", "value", "obs_status", "reason", "estimated_share").to_dicts()


def only(measures: list[Row], parts: list[Row]) -> tuple[object, ...]:
    (row,) = result(measures, parts)
    return row["value"], row["obs_status"], row["reason"], row["estimated_share"]


def test_a_merged_unit_has_the_sum_of_its_parts() -> None:
    values = [said(NEW, 100), said(OLD, 23)]
    assert only(values, [part(NEW), part(OLD)]) == (123.0, "A", None, 0.0)


def test_one_unknown_part_makes_the_sum_unknown() -> None:
    unlisted = ("O", "territory_part_unknown", 0.0)
    assert only([said(NEW, 100), said(OLD, None)], [part(NEW), part(OLD)])[1:] == unlisted
    silent = only([said(NEW, 100)], [part(NEW), part(OLD)])
    assert silent == (None, "L", "territory_part_unknown", 0.0), "silence means what the measure declares"


def test_zero_is_a_figure_and_unknown_is_not() -> None:
    assert only([said(NEW, 0), said(OLD, 0)], [part(NEW), part(OLD)])[:2] == (0.0, "A")


def test_shares_of_inhabitants_and_of_area() -> None:
    way = [part(NEW), part(OLD, 0.25, area_weight=0.5)]
    assert only([said(NEW, 100), said(OLD, 40)], way) == (110.0, "E", "territory_estimated", 10 / 110)
    acres = [said(NEW, 100, of="land"), said(OLD, 40, of="land")]
    assert only(acres, way) == (120.0, "E", "territory_estimated", 20 / 120)


def test_a_step_told_from_editions_makes_an_estimate() -> None:
    way = [part(NEW), part(OLD, is_derived=True)]
    assert only([said(NEW, 75), said(OLD, 25)], way) == (100.0, "E", "territory_estimated", 0.25)


def test_a_stronger_flag_than_an_estimate_stays() -> None:
    way = [part(NEW), part(OLD, 0.5)]
    assert only([said(NEW, 75, status="U"), said(OLD, 50)], way)[:2] == (100.0, "U")


def test_the_flag_of_an_unknown_sum_is_that_of_its_unknown_parts() -> None:
    assert only([said(NEW, 1, status="U"), said(OLD, None, status="Q")], [part(NEW), part(OLD)])[1] == "Q"


def test_a_unit_nobody_can_follow_leaves_its_possible_receivers_unknown() -> None:
    way = [part(NEW), part(OLD, None, via="bbsr 2020-12-31, none 2023-11-30")]
    assert only([said(NEW, 100), said(OLD, 5)], way) == (None, "O", "territory_successor_unknown", 0.0)
    defect = [part(NEW), part(OLD, None)]
    assert only([said(NEW, 100), said(OLD, 5)], defect)[2] == "territory_weight_defect"


def test_an_area_without_inhabitants_brings_nothing() -> None:
    way = [part(NEW), part(OLD, 0.4, is_uninhabited=True)]
    assert only([said(NEW, 7)], way) == (7.0, "A", None, 0.0)


def test_a_value_stated_for_a_key_that_did_not_exist_yet_stands() -> None:
    assert result([said(NEW, 7), said(OLD, 3)], [part(OLD), part(OTHER)]) == []


def test_other_years_are_left_alone() -> None:
    assert result([said(NEW, 7, year=2020), said(OLD, 3, year=2020)], [part(NEW), part(OLD)]) == []


def test_what_cannot_be_carried_says_so() -> None:
    for name in ("quota", "kept"):
        outcome = only([said(NEW, 7, of=name)], [part(NEW), part(OLD)])
        assert outcome == (None, "O", "territory_not_convertible", 0.0)
    assert DECLARED["quota"].rule_of_territory == "not_convertible", "a unit nobody declared is not guessed"
    assert DECLARED["spending"].rule_of_territory == RULE_BY_UNIT["cent"] == "population"


MERGED = [part(NEW), part(OLD)]


@pytest.mark.parametrize(
    ("facts", "parts", "outcome"),
    [
        pytest.param({OLD: 1}, MERGED, (1.0, "D", "territory_succession"), id="taken over, not renewed"),
        pytest.param({NEW: 0, OLD: 1}, MERGED, (0.0, "A", None), id="the unit's own word comes first"),
        pytest.param({NEW: 1, OLD: 0}, MERGED, (1.0, "A", None), id="its own word again"),
        pytest.param({OLD: 0}, MERGED, (None, "L", "x"), id="a part is unknown"),
        pytest.param({OLD: 1}, [part(OLD)], (1.0, "A", None), id="only the key changed"),
        pytest.param(
            {OLD: 0, OTHER: 0}, [part(OLD), part(OTHER)], (0.0, "D", "territory_succession"), id="none had it"
        ),
        pytest.param(
            {OLD: 1}, [part(OLD), part(OTHER)], (1.0, "D", "territory_succession"), id="one of two had it"
        ),
        pytest.param({NEW: 1, OLD: 1}, [part(NEW), part(OLD, 0.2)], (1.0, "A", None), id="a small part"),
    ],
)
def test_facts_pass_to_the_successor(
    facts: dict[str, int], parts: list[Row], outcome: tuple[object, ...]
) -> None:
    value, status, reason, share = only([said(key, fact, of="title") for key, fact in facts.items()], parts)
    assert (value, status) == outcome[:2] and share == 0.0
    assert reason == outcome[2] or value is None


def test_a_small_part_does_not_bring_its_title_along() -> None:
    rows = result([said(OLD, 1, of="title")], [part(NEW), part(OLD, 0.2)])
    assert [row["value"] for row in rows] == [None]


def test_a_fact_renewed_by_the_successor_is_no_longer_marked() -> None:
    facts = [said(OLD, 1, of="title"), said(NEW, 1, of="title", year=2022)]
    assert only(facts, MERGED) == (1.0, "A", None, 0.0)
    before = [said(OLD, 1, of="title"), said(NEW, 1, of="title", year=2018)]
    assert only(before, MERGED)[1] == "D"


@settings(max_examples=50)
@given(
    st.lists(st.tuples(st.integers(-1_000, 10**9) | st.none(), st.floats(0.01, 1)), min_size=1, max_size=5)
)
def test_no_partial_sum_is_ever_shown_as_the_whole(parts: list[tuple[int | None, float]]) -> None:
    keys = [f"0200000{n}" for n in range(len(parts))]
    values = [said(key, value) for key, (value, _) in zip(keys, parts, strict=True)]
    value, status, _, share = only(values, [part(k, w) for k, (_, w) in zip(keys, parts, strict=True)])
    if any(each is None for each, _ in parts):
        assert value is None and status == "O"
    else:
        assert value == pytest.approx(sum((v or 0) * w for v, w in parts))
        assert 0 <= float(str(share)) <= 1 and (status == "E" or share == 0)
