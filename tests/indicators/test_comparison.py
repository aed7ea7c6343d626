"""Bands, percentiles and sensitivity, on invented values."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.comparison import arranged
from indicators.comparison import compared as sliced
from indicators.comparison.arranged import seating
from indicators.comparison.comparable import comparable
from indicators.comparison.compared import NEEDED
from indicators.comparison.position import positions, sensitivities
from indicators.comparison.statistic import peer_statistics

NO_ACCOUNTS = pl.DataFrame(schema={"ags": pl.String, "year": pl.Int64, "accounting": pl.String})
KINDS = pl.DataFrame(
    {
        "indicator_id": ["a_count", "a_yes_no", "a_rate", "about_us", "a_share", "taxes"],
        "kind": ["count", "binary", "money", "share", "share", "money"],
        "family": ["partnerships", "programmes", "money", "data", "money", "context"],
    }
)
Said = tuple[float | None, str]


def key(number: int) -> str:
    return f"05{number:06}"


def compared(
    said: Sequence[Said],
    *,
    silent: int = 0,
    indicator: str = "a_count",
    weights: Mapping[int, int] | None = None,
    accounts: pl.DataFrame = NO_ACCOUNTS,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Statistic and positions of one group whose first members say `said` and whose others are silent."""
    everybody = [key(number) for number in range(len(said) + silent)]
    units = pl.DataFrame(
        {"ags": everybody, "population": [(weights or {}).get(n, 1_000) for n in range(len(everybody))]}
    )
    groups = pl.DataFrame(
        {
            "group_id": ["g"],
            "level": ["municipality"],
            "members": [len(everybody)],
            "population": [int(units["population"].sum())],
        }
    )
    members = pl.DataFrame({"group_id": ["g"] * len(everybody), "ags": everybody})
    observation = pl.DataFrame(
        [
            {
                "indicator_id": indicator,
                "ags": key(number),
                "year": 2024,
                "value": value,
                "obs_status": status,
                "reason": "small_number" if status == "Q" else None,
            }
            for number, (value, status) in enumerate(said)
        ],
        schema={
            "indicator_id": pl.String,
            "ags": pl.String,
            "year": pl.Int64,
            "value": pl.Float64,
            "obs_status": pl.String,
            "reason": pl.String,
        },
    )
    seated = seating(groups, members, units)
    values = comparable(observation, KINDS, seated)
    statistic = peer_statistics(values, seated, accounts)
    return statistic, positions(values, statistic, seated)


def test_quartiles_and_percentiles_of_nine_values() -> None:
    statistic, position = compared([(float(n), "A") for n in range(1, 10)])
    band = statistic.row(0, named=True)
    assert (band["lower_quartile"], band["median"], band["upper_quartile"]) == (3.0, 5.0, 7.0)
    assert (band["reporting"], band["members"], band["coverage"], band["obs_status"]) == (9, 9, 1.0, "A")
    first, middle = position.row(0, named=True), position.row(4, named=True)
    assert first["percentile"] == pytest.approx(100 * 0.5 / 9)
    assert (first["band"], middle["band"], middle["percentile"]) == ("below", "within", 50.0)


@pytest.mark.parametrize(
    ("reporting", "silent", "reason"),
    [(4, 0, "too_few_report"), (5, 5, None), (5, 6, "less_than_half_covered"), (10, 0, None)],
)
def test_a_band_needs_five_and_half_of_the_inhabitants(
    reporting: int, silent: int, reason: str | None
) -> None:
    statistic, position = compared([(float(n), "A") for n in range(reporting)], silent=silent)
    band = statistic.row(0, named=True)
    assert (band["median"] is None, band["reason"]) == (reason is not None, reason)
    assert set(position["reason"]) == {reason}
    assert (position["percentile"].null_count() == 0) == (reason is None)


def test_coverage_counts_inhabitants_not_units() -> None:
    statistic, _ = compared([(1.0, "A")] * 5, silent=5, weights={0: 100_000})
    assert statistic["coverage"].to_list() == [pytest.approx(104_000 / 109_000)]


def test_values_of_low_reliability_or_other_definition_are_set_aside() -> None:
    statistic, position = compared([(1.0, "E")] * 5 + [(99.0, "U"), (99.0, "D")])
    band = statistic.row(0, named=True)
    assert (band["reporting"], band["set_aside"], band["maximum"], band["obs_status"]) == (5, 2, 1.0, "E")
    assert position["reason"].to_list()[-2:] == ["value_unreliable", "definition_differs"]


def test_no_band_where_a_member_is_confidential() -> None:
    statistic, position = compared([(float(n), "A") for n in range(9)] + [(None, "Q")])
    band = statistic.row(0, named=True)
    assert (band["median"], band["suppressed"], band["obs_status"]) == (None, 1, "Q")
    assert set(position["reason"]) == {"members_confidential"}
    assert position.height == 9


def test_a_yes_no_indicator_has_a_share_and_no_quartile() -> None:
    statistic, position = compared([(1.0, "A")] * 2 + [(0.0, "A")] * 6, indicator="a_yes_no")
    band = statistic.row(0, named=True)
    assert (band["share_yes"], band["median"], band["minimum"]) == (25.0, None, None)
    assert set(position["reason"]) == {"no_band_for_yes_no"}


def test_mixed_accounting_gives_the_comparison_status_d() -> None:
    accounts = pl.DataFrame(
        {
            "ags": [key(n) for n in range(6)],
            "year": [2024] * 6,
            "accounting": ["cameral"] + ["doppik_cash"] * 5,
        }
    )
    said = [(float(n), "A") for n in range(6)]
    for of_budgets in ("a_rate", "a_share"):
        mixed = compared(said, indicator=of_budgets, accounts=accounts)[0].row(0, named=True)
        assert (mixed["obs_status"], mixed["reason"], mixed["median"]) == ("D", "mixed_accounting", 2.5)
    assert compared(said, indicator="taxes", accounts=accounts)[0]["obs_status"].to_list() == ["A"]
    assert compared(said, indicator="a_rate")[0]["obs_status"].to_list() == ["A"]
    assert compared(said, accounts=accounts)[0]["obs_status"].to_list() == ["A"]


def test_indicators_about_our_own_data_are_not_compared() -> None:
    assert compared([(50.0, "A")] * 9, indicator="about_us")[0].is_empty()


@settings(max_examples=40)
@given(st.lists(st.integers(0, 6), min_size=5, max_size=25))
def test_percentiles_average_fifty_and_equal_values_share_one(numbers: list[int]) -> None:
    _, position = compared([(float(n), "A") for n in numbers])
    assert position["percentile"].mean() == pytest.approx(50.0)
    assert position["percentile"].is_between(0, 100, closed="none").all()
    mine = dict(zip(position["ags"], position["percentile"], strict=True))
    for one, low in enumerate(numbers):
        for other, high in enumerate(numbers):
            if low == high:
                assert mine[key(one)] == mine[key(other)]
            elif low < high:
                assert mine[key(one)] < mine[key(other)]


def test_the_newest_year_with_a_band_is_shown_though_a_newer_value_exists() -> None:
    members = pl.DataFrame({"group_id": ["g"] * 6, "ags": [key(n) for n in range(6)]})
    units = members.select("ags", population=pl.lit(10))
    groups = pl.DataFrame({"group_id": ["g"], "level": ["municipality"], "members": [6], "population": [60]})
    seated = seating(groups, members, units)
    rows = [("a_count", key(n), 2020, float(n), "A", None) for n in range(6)]
    rows += [("a_count", key(0), 2024, 9.0, "A", None)]
    names = ("indicator_id", "ags", "year", "value", "obs_status", "reason")
    values = comparable(pl.DataFrame(rows, schema=names, orient="row"), KINDS, seated)
    statistic = peer_statistics(values, seated, NO_ACCOUNTS)
    assert sorted(statistic["year"]) == [2020, 2024]
    position = positions(values, statistic, seated)
    assert set(position["year"]) == {2020}


def test_what_is_compared_a_few_indicators_at_a_time_is_what_is_compared_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Made up: four indicators over two years, their rows in no order; of one the newer year has too few values."""
    units = pl.DataFrame({"ags": [key(n) for n in range(12)]}).with_columns(population=pl.lit(10))
    members = pl.concat([units.select("ags", group_id=pl.lit(name)) for name in ("g", "h")])
    groups = pl.DataFrame({"group_id": ["g", "h"], "members": [12, 12], "population": [120, 120]})
    groups = groups.with_columns(level=pl.lit("municipality"))
    kinds = pl.DataFrame(
        {
            "indicator_id": ["c", "a", "b", "d"],
            "kind": ["count", "binary", "money", "count"],
            "family": "money",
        }
    )
    rows = [
        (name, key(n), year, float(n * year % 7 if name != "a" else n % 2), "ABP"[n % 3], None)
        for n in range(12) for name in ("c", "a", "b", "d") for year in (2020, 2024)
        if name != "d" or year == 2020 or n < 2
    ]  # fmt: skip
    observation = pl.DataFrame(rows, schema=list(NEEDED), orient="row")
    accounts = units.select(
        "ags", year=pl.lit(2024, pl.Int64), accounting=pl.Series(["cameral", "doppik"] * 6)
    )
    seated = seating(groups, members, units)
    values = comparable(observation, kinds, seated)
    at_once = peer_statistics(values, seated, accounts)
    stand = positions(values, at_once, seated)
    looked_at: list[int] = []

    def watched(rows: pl.DataFrame, *others: Any) -> Any:
        looked_at.append(rows.height)
        return comparable(rows, *others)

    monkeypatch.setattr(sliced, "comparable", watched)
    for size, most in ((1, 12), (12, 12), (20, 14), (50, 48), (1_000, 86)):
        monkeypatch.setattr(sliced, "_SLICE", size)
        looked_at.clear()
        statistic, position = sliced.compared(
            observation, kinds, groups=groups, members=members, units=units, accounting=accounts
        )
        assert statistic.equals(at_once) and statistic.height == 16
        assert position.equals(stand) and position.height == 96
        assert max(looked_at) == most, "no more rows at one time"
    assert at_once["obs_status"].to_list().count("D") == 2, "two systems of accounts meet"


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(st.integers(0, 8), st.sampled_from([2020, 2021, 2024]), st.integers(0, 5)),
        unique_by=lambda said: said[:2],
        min_size=1,
    ),
    st.lists(st.sets(st.integers(0, 9)), min_size=1, max_size=5),
)
def test_a_group_is_described_by_the_values_of_its_members_and_no_others(
    said: list[tuple[int, int, int]], circles: list[set[int]]
) -> None:
    """Units in any number of groups, groups without a value, values of units in no group."""
    rows = [("a_count", key(unit), year, float(value), "A", None) for unit, year, value in said]
    members = pl.DataFrame(
        [(f"g{number}", key(unit)) for number, circle in enumerate(circles) for unit in sorted(circle)],
        schema={"group_id": pl.String, "ags": pl.String},
        orient="row",
    )
    groups = pl.DataFrame({"group_id": [f"g{number}" for number in range(len(circles))]}).with_columns(
        level=pl.lit("municipality"), members=pl.lit(10), population=pl.lit(10)
    )
    units = pl.DataFrame({"ags": [key(unit) for unit in range(10)]}).with_columns(population=pl.lit(1))
    seated = seating(groups, members, units)
    schema = dict.fromkeys(NEEDED, pl.String) | {"year": pl.Int64, "value": pl.Float64}
    values = comparable(pl.DataFrame(rows, schema=schema, orient="row"), KINDS, seated)
    expected: dict[tuple[str, int], list[float]] = {}
    for unit, year, value in said:
        for number, circle in enumerate(circles):
            if unit in circle:
                expected.setdefault((f"g{number}", year), []).append(float(value))
    for size in (1, 25, 1_000):
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(arranged, "_ROWS", size)
            statistic = peer_statistics(values, seated, NO_ACCOUNTS)
        found = {(row["group_id"], row["year"]): row for row in statistic.to_dicts()}
        assert found.keys() == expected.keys()
        for where, numbers in expected.items():
            assert found[where]["reporting"] == found[where]["population_covered"] == len(numbers)
            if len(numbers) >= 5:
                assert found[where]["median"] == statistics.median(numbers)
                assert found[where]["maximum"] == max(numbers)


def test_sensitivity_says_in_how_many_definitions() -> None:
    bands = ["above", "above", "within", "above", None, "below"]
    position = pl.DataFrame(
        {
            "indicator_id": ["a_count"] * 6,
            "ags": [key(1)] * 6,
            "year": [2024] * 6,
            "group_id": ["g1", "g2", "g3", "g4", "g5", "own"],
            "band": bands,
            "reason": [None] * 4 + ["too_few_report", None],
        }
    )
    groups = pl.DataFrame(
        {"group_id": ["g1", "g2", "g3", "g4", "g5", "own"], "in_sensitivity": [True] * 5 + [False]}
    )
    said = sensitivities(position, groups).row(0, named=True)
    assert (said["definitions"], said["comparable"], said["definitions_above"]) == (5, 4, 3)
    assert said["statement_de"] == "In 3 von 4 Vergleichsgruppen über der mittleren Hälfte"
    assert said["statement_en"] == "Above the middle half in 3 of 4 peer definitions"


def test_sensitivity_says_why_nothing_can_be_said() -> None:
    position = pl.DataFrame(
        [("a_count", key(1), 2024, "g1", None, "too_few_report")],
        schema=["indicator_id", "ags", "year", "group_id", "band", "reason"],
        orient="row",
        schema_overrides={"band": pl.String},
    )
    groups = pl.DataFrame({"group_id": ["g1"], "in_sensitivity": [True]})
    said = sensitivities(position, groups).row(0, named=True)
    assert (said["comparable"], said["reason"], said["statement_de"]) == (0, "too_few_report", None)
