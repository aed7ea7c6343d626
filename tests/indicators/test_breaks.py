"""Breaks: one base and one accounting system per line, and flags of other years. All made up."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from indicators import load_indicators, load_measure_groups
from indicators.breaks import accounting_of, with_breaks
from indicators.formula import observe
from quality.reasons import REASONS
from quality.status import BREAKS, CASCADE, NEVER_WITH_VALUE, begins_anew, begins_anew_expr

INDICATORS = load_indicators()
DECLARED = {measure.id: measure for group in load_measure_groups().values() for measure in group.measures}
OLD, NEW = "2021-06-30/census_2011", "2023-06-30/census_2022"


def series(*years: tuple[float | None, str, str | None]) -> pl.DataFrame:
    """Value, status and denominator, year by year from 2020."""
    return pl.DataFrame(
        [
            {
                "ags": "09188001",
                "year": 2020 + place,
                "value": value,
                "obs_status": status,
                "reason": None if status in {"A", "N"} else "lower_bound",
                "further_reasons": None,
                "denominator_id": denominator,
            }
            for place, (value, status, denominator) in enumerate(years)
        ],
        schema={
            "ags": pl.String,
            "year": pl.Int64,
            "value": pl.Float64,
            "obs_status": pl.String,
            "reason": pl.String,
            "further_reasons": pl.String,
            "denominator_id": pl.String,
        },
    )


def flags(frame: pl.DataFrame) -> list[tuple[str, str | None, str | None]]:
    return list(frame.select("obs_status", "reason", "further_reasons").iter_rows())


def test_the_first_value_on_the_other_census_is_a_break() -> None:
    found = with_breaks(series((1.0, "A", OLD), (1.1, "A", OLD), (1.2, "A", NEW), (1.3, "A", NEW)))
    assert flags(found) == [("A", None, None)] * 2 + [("B", "census_break", None), ("A", None, None)]


def test_the_break_follows_the_last_value_across_missing_years() -> None:
    found = with_breaks(series((1.0, "A", OLD), (None, "O", NEW), (None, "L", None), (1.2, "A", NEW)))
    assert [status for status, _, _ in flags(found)] == ["A", "O", "L", "B"]


def test_a_stronger_flag_stays_and_the_break_stands_beside_it() -> None:
    found = with_breaks(series((1.0, "A", OLD), (1.2, "E", NEW)))
    assert flags(found)[1] == ("E", "lower_bound", "census_break")
    assert begins_anew("E", "census_break")


def test_the_first_year_of_a_series_is_no_break() -> None:
    assert flags(with_breaks(series((1.0, "A", NEW), (1.2, "A", NEW)))) == [("A", None, None)] * 2


def test_a_count_without_denominator_never_breaks() -> None:
    given_ = series((1.0, "A", None), (2.0, "A", None))
    assert with_breaks(given_).equals(given_)


def test_units_do_not_break_each_other() -> None:
    one = series((1.0, "A", OLD))
    other = series((1.0, "A", NEW)).with_columns(ags=pl.lit("09188002"), year=pl.lit(2021, pl.Int64))
    assert flags(with_breaks(pl.concat([one, other]))) == [("A", None, None)] * 2


def booked(*systems: str) -> pl.DataFrame:
    return pl.DataFrame(
        {"ags": ["09188001"] * len(systems), "year": range(2020, 2020 + len(systems)), "accounting": systems}
    )


def test_another_accounting_system_is_another_definition() -> None:
    found = with_breaks(series(*[(1.0, "A", OLD)] * 3), booked("cameral", "doppik_cash", "doppik_cash"))
    assert flags(found) == [("A", None, None), ("D", "accounting_break", None), ("A", None, None)]


def test_a_value_of_several_systems_says_so_and_the_next_begins_anew() -> None:
    found = with_breaks(
        series(*[(1.0, "A", OLD)] * 3), booked("cameral", "cameral, doppik_cash", "doppik_cash")
    )
    reasons = [reason for _, reason, _ in flags(found)]
    assert reasons == [None, "accounting_mixed", "accounting_break"]


def test_both_breaks_of_one_year_are_named() -> None:
    found = with_breaks(series((1.0, "A", OLD), (1.0, "A", NEW)), booked("cameral", "doppik_cash"))
    assert flags(found)[1] == ("D", "accounting_break", "census_break")


def test_accounting_is_that_of_the_lines_that_count() -> None:
    inputs = pl.LazyFrame(
        {
            "ags": ["09188001"] * 3,
            "year": [2020] * 3,
            "input_table": ["budget_line", "budget_line", "spending_rule"],
            "input_id": ["a", "b", "r1"],
        }
    )
    lines = pl.LazyFrame({"budget_line_id": ["a", "b", "c"], "accounting": ["doppik_cash", "cameral", "x"]})
    assert accounting_of(inputs, lines)["accounting"].to_list() == ["cameral, doppik_cash"]


statuses = st.sampled_from(list(CASCADE))
points = st.tuples(st.none() | st.floats(-5, 5), statuses, st.sampled_from([None, OLD, NEW]))


@limits(max_examples=50)
@given(st.lists(points, min_size=1, max_size=8))
def test_no_line_runs_over_two_bases(points: list[tuple[float | None, str, str | None]]) -> None:
    """Between two neighbouring values on different bases the second always begins anew; no value,
    no missing value and no stronger flag is ever lost."""
    points = [(None if status in NEVER_WITH_VALUE else value, status, base) for value, status, base in points]
    before = series(*points)
    after = with_breaks(before)
    assert after.select("ags", "year", "value").equals(before.select("ags", "year", "value"))
    known = after.filter(pl.col("value").is_not_null() & pl.col("denominator_id").is_not_null()).rows(
        named=True
    )
    for one, other in pairwise(known):
        moved = one["denominator_id"] != other["denominator_id"]
        assert not moved or begins_anew(other["obs_status"], other["further_reasons"])
    for old, new in zip(before.rows(named=True), after.rows(named=True), strict=True):
        assert CASCADE.index(new["obs_status"]) >= CASCADE.index(old["obs_status"])
        assert old["value"] is not None or new["obs_status"] == old["obs_status"]
    in_frame = after.select(flag=begins_anew_expr(pl.col("obs_status"), pl.col("further_reasons")))["flag"]
    assert in_frame.to_list() == [begins_anew(s, further) for s, _, further in flags(after)]


def test_every_break_has_its_sentence() -> None:
    assert set(BREAKS) <= set(REASONS)


def observed(indicator: str, values: dict[str, int | None], **more: Any) -> dict[str, Any]:
    """One observation of the made-up town, or of another unit."""
    ags, level = more.get("ags", "09188001"), more.get("level", "municipality")
    measures = pl.DataFrame(
        [
            {
                "measure_id": name,
                "ags": ags,
                "year": 2023,
                "phase": "none" if name.startswith("population") else "actual",
                "value": value,
                "obs_status": "A" if value is not None else "O",
                "reason": None,
                "note": None,
            }
            for name, value in values.items()
        ],
        schema_overrides={"value": pl.Int64, "reason": pl.String, "note": pl.String},
    )
    units = pl.DataFrame({"ags": [ags], "level": [level], "is_live": [True]}).with_columns(
        territory_date=pl.lit(None, pl.Date)
    )
    frame = observe(
        INDICATORS[indicator],
        measures=measures,
        declared=DECLARED,
        units=units,
        reference_year=2023,
        phase="actual",
    )
    return frame.row(0, named=True) if frame.height else {}


@pytest.mark.parametrize(
    ("indicator", "values", "value", "status", "reason"),
    [
        ("ez_ausg_ew", {"development_spending": -5_000, "population_30_06": 10}, -5.0, "D", "reversals_outweigh"),
        ("ez_ausg_ew", {"development_spending": 5_000, "population_30_06": 10}, 5.0, "A", None),
        ("ez_eigenmittel", {"development_spending": 1_000, "development_grants": 900}, 10.0, "A", None),
        ("ez_eigenmittel", {"development_spending": 1_000, "development_grants": 1_500}, -50.0, "D", "grants_of_other_year"),
        ("ez_eigenmittel", {"development_spending": 1_000, "development_grants": -500}, 150.0, "D", "reversals_outweigh"),
    ],
)  # fmt: skip
def test_a_figure_outside_its_range_is_published_only_with_a_flag(
    indicator: str, values: dict[str, int | None], value: float, status: str, reason: str | None
) -> None:
    found = observed(indicator, values)
    assert (found["value"], found["obs_status"], found["reason"]) == (value, status, reason)


@limits(max_examples=50)
@given(st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9))
def test_own_funds_are_never_more_than_gross_without_a_flag(spending: int, grants: int) -> None:
    found = observed("ez_eigenmittel", {"development_spending": spending, "development_grants": grants})
    if found["obs_status"] == "A":
        assert 0 <= found["value"] <= 100
        assert spending >= 0 and grants >= 0
    elif spending == 0:
        assert (found["value"], found["obs_status"]) == (None, "M")
