"""Trend: the official rules with the worked examples of the method, and when no symbol may be given."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators import load_indicators
from indicators.target import Target
from indicators.trend import load_trend_methods, methods_table, trends
from indicators.trend_method import Outcome, Series
from quality.contract import enforce
from quality.contracts import CONTRACTS

YEARS = [2018, 2019, 2020, 2021, 2022, 2023]
RISING = [10.0, 11.0, 12.0, 13.0, 14.0, 15.0]
INDICATORS = load_indicators()
METHODS = load_trend_methods()


def rate(
    method: str,
    years: list[int],
    values: list[float],
    *,
    rising_is_good: bool = True,
    targets: tuple[Target, ...] = (),
) -> Outcome:
    """What one method says of a series."""
    series = Series(years=tuple(years), values=tuple(values), rising_is_good=rising_is_good, targets=targets)
    return METHODS[method].judge(series)


def weather(
    years: list[int], values: list[float], *, rising_is_good: bool, target: Target | None = None
) -> Outcome:
    """What the default says, with one target or none."""
    targets = (target,) if target else ()
    return rate("dns_weather", years, values, rising_is_good=rising_is_good, targets=targets)


@pytest.mark.parametrize(
    ("target", "symbol", "shortfall"),
    [(22.0, "sun", 0.0), (22.3, "sun", 0.3 / 7.3), (23.0, "sun_cloud", 1 / 8), (24.0, "cloud", 2 / 9)],
)
def test_worked_examples_of_the_method(target: float, symbol: str, shortfall: float) -> None:
    found = weather(YEARS, RISING, rising_is_good=True, target=Target(value=target, year=2030))
    assert (found.symbol, found.projected) == (symbol, 22.0)
    assert found.shortfall == pytest.approx(shortfall)


@pytest.mark.parametrize(
    ("missed", "symbol"), [(0.049, "sun"), (0.05, "sun_cloud"), (0.20, "sun_cloud"), (0.201, "cloud")]
)
def test_limits_belong_to_the_middle_symbol(missed: float, symbol: str) -> None:
    """The projection gains 7; a target of 15 + 7 / (1 - missed) is missed by exactly that share."""
    target = Target(value=15 + 7 / (1 - missed), year=2030)
    found = weather(YEARS, RISING, rising_is_good=True, target=target)
    assert found.symbol == symbol


def test_the_reversed_series_is_a_storm() -> None:
    found = weather(YEARS, RISING[::-1], rising_is_good=True, target=Target(value=22, year=2030))
    assert found.symbol == "storm"


def test_a_constant_series_short_of_its_target_is_a_storm() -> None:
    found = weather(YEARS, [10.0] * 6, rising_is_good=True, target=Target(value=22, year=2030))
    assert found.symbol == "storm"


@pytest.mark.parametrize(
    ("values", "symbol"),
    [
        ([20.0, 20.0, 20.0, 20.0], "sun"),
        ([24.0, 23.0, 22.0, 21.0], "sun_cloud"),
        ([10.0, 11.0, 12.0, 13.0], "cloud"),
        ([13.0, 12.0, 11.0, 10.0], "storm"),
    ],
)
def test_a_value_to_be_kept(values: list[float], symbol: str) -> None:
    found = weather(YEARS[:4], values, rising_is_good=True, target=Target(value=20, year=2030, keep=True))
    assert found.symbol == symbol


@pytest.mark.parametrize(
    ("values", "symbol"),
    [
        ([1.0, 2.0, 3.0, 4.0], "sun"),
        ([1.0, 3.0, 5.0, 4.0], "sun_cloud"),
        ([5.0, 3.0, 1.0, 2.0], "cloud"),
        ([4.0, 3.0, 2.0, 1.0], "storm"),
        ([2.0, 2.0, 2.0, 2.0], "storm"),
    ],
)
def test_without_target_average_and_last_change_decide(values: list[float], symbol: str) -> None:
    found = weather(YEARS[:4], values, rising_is_good=True)
    assert found.symbol == symbol


@given(st.lists(st.integers(-1000, 1000).map(float), min_size=4, max_size=8))
def test_falling_is_good_mirrors_rising_is_good(values: list[float]) -> None:
    years = list(range(2000, 2000 + len(values)))
    one = weather(years, values, rising_is_good=True)
    other = weather(years, [-value for value in values], rising_is_good=False)
    assert one.symbol == other.symbol


def test_only_the_last_six_values_count() -> None:
    years = list(range(2010, 2024))
    values = [100.0] * 8 + RISING
    assert weather(years, values, rising_is_good=True) == weather(YEARS, RISING, rising_is_good=True)


def observed(indicator: str, values: list[float], statuses: str) -> pl.DataFrame:
    """A made-up series of one unit, one letter of status per year."""
    years = list(range(2018, 2018 + len(values)))
    return pl.DataFrame(
        {
            "indicator_id": [indicator] * len(values),
            "ags": ["01001000"] * len(values),
            "year": years,
            "value": values,
            "obs_status": list(statuses),
            "further_reasons": pl.Series([None] * len(values), dtype=pl.String),
        }
    )


@pytest.mark.parametrize(
    ("indicator", "values", "statuses", "symbol", "reason"),
    [
        ("ez_ausg_ew", [1.0, 2.0, 3.0, 4.0], "AAAA", "sun", None),
        ("ez_ausg_ew", [1.0, 2.0, 3.0, 4.0], "AAAE", None, "trend_too_few_values"),
        ("ez_ausg_ew", [1.0, 2.0, 3.0, 4.0], "AABA", None, "trend_too_few_values"),
        ("ez_ausg_ew", [9.0, 9.0, 1.0, 2.0, 3.0, 4.0], "AABAAA", None, "trend_too_few_values"),
        ("ez_ausg_ew", [9.0, 9.0, 1.0, 2.0, 3.0, 4.0, 5.0], "AABAAAA", "sun", None),
        ("ez_ausg_ew", [9.0, 9.0, 1.0, 2.0, 3.0, 4.0], "AADAAA", None, "trend_too_few_values"),
        ("fairtrade_town", [0.0, 0.0, 1.0, 1.0], "AAAA", None, "trend_not_for_yes_no"),
        ("pt_gs_n", [1.0, 2.0, 3.0, 4.0], "AAAA", None, "trend_not_for_small_counts"),
        ("pt_gs_n", [10.0, 11.0, 12.0, 13.0], "AAAA", "sun", None),
        ("pt_int_n", [10.0, 11.0, 12.0, 13.0], "AAAA", None, "trend_without_direction"),
    ],
)
def test_a_symbol_or_the_reason_for_none(
    indicator: str, values: list[float], statuses: str, symbol: str | None, reason: str | None
) -> None:
    frame = trends(observed(indicator, values, statuses), INDICATORS)
    row = frame.filter("is_default").row(0, named=True)
    assert (row["symbol"], row["reason"]) == (symbol, reason)
    assert enforce(frame, CONTRACTS["trend"], source_id="test").rejected.is_empty()


def test_of_an_interval_the_weakest_bound_counts() -> None:
    """22 to 24 is reached at 22 where rising is good; 1 to 3 at 3 where falling is."""
    rising = rate("dns_weather", YEARS, RISING, targets=(Target(value=22, upper=24, year=2030),))
    falling = rate(
        "dns_weather",
        YEARS,
        RISING[::-1],
        rising_is_good=False,
        targets=(Target(value=1, upper=3, year=2030),),
    )
    assert (rising.symbol, rising.projected, rising.shortfall) == ("sun", 22.0, 0.0)
    assert (falling.symbol, falling.projected, falling.shortfall) == ("sun", 3.0, 0.0)


def test_of_several_years_the_next_counts_and_of_several_targets_the_worst() -> None:
    later = Target(value=1000, year=2045)
    past = Target(value=1, year=2020)
    assert (
        rate("dns_weather", YEARS, RISING, targets=(later, past, Target(value=22, year=2030))).symbol == "sun"
    )
    both = (Target(value=22, year=2030), Target(value=24, year=2030))
    assert rate("dns_weather", YEARS, RISING, targets=both).symbol == "cloud"
    assert rate("dns_weather", YEARS, RISING, targets=(*both, later, past)).target == both[1]


def test_a_target_reached_already_or_due_in_the_last_year_is_rated_as_one_to_keep() -> None:
    assert rate("dns_weather", YEARS, RISING, targets=(Target(value=14, year=2030),)).symbol == "sun"
    assert (
        rate("dns_weather", YEARS, RISING[::-1], targets=(Target(value=9, year=2030),)).symbol == "sun_cloud"
    )
    assert rate("dns_weather", YEARS, RISING, targets=(Target(value=16, year=2023),)).symbol == "cloud"


def grown(percent: float, years: int = 5) -> list[float]:
    return [100 * (1 + percent / 100) ** year for year in range(years + 1)]


@pytest.mark.parametrize(
    ("method", "percent", "symbol"),
    [
        ("eurostat", 1.0, "significant_progress"),
        ("eurostat", 0.9, "moderate_progress"),
        ("eurostat", 0.0, "moderate_progress"),
        ("eurostat", -0.5, "moderate_movement_away"),
        ("eurostat", -1.0, "moderate_movement_away"),
        ("eurostat", -1.1, "significant_movement_away"),
        ("open_sdg", 1.5, "on_track"),
        ("open_sdg", 1.4, "acceleration_needed"),
        ("open_sdg", 0.5, "acceleration_needed"),
        ("open_sdg", 0.0, "limited_progress"),
        ("open_sdg", -0.1, "deterioration"),
        ("eustat", 2.0, "on_track"),
        ("eustat", 0.5, "fair_progress"),
        ("eustat", 0.4, "stagnation"),
        ("astat", 5.1, "clear_improvement"),
        ("astat", 5.0, "slight_improvement"),
        ("astat", 1.0, "stable"),
        ("astat", -1.0, "stable"),
        ("astat", -1.1, "slight_deterioration"),
        ("astat", -5.0, "clear_deterioration"),
    ],
)
def test_limits_of_the_rates(method: str, percent: float, symbol: str) -> None:
    assert rate(method, YEARS, grown(percent)).symbol == symbol


@pytest.mark.parametrize(
    ("method", "part", "symbol"),
    [
        ("eurostat", 0.95, "significant_progress"),
        ("eurostat", 0.60, "moderate_progress"),
        ("eurostat", 0.0, "insufficient_progress"),
        ("eurostat", -0.1, "significant_movement_away"),
        ("open_sdg", 0.95, "on_track"),
        ("open_sdg", 0.60, "acceleration_needed"),
        ("open_sdg", 0.0, "limited_progress"),
        ("open_sdg", -0.1, "deterioration"),
    ],
)
def test_limits_of_pace_towards_a_target(method: str, part: float, symbol: str) -> None:
    """The target asks for 10 % a year from 2018 to 2030; the series grows by a part of that."""
    target = Target(value=100 * 1.1**12, year=2030)
    found = rate(method, YEARS, grown(10 * part), targets=(target,))
    assert found.symbol == symbol
    assert found.required_rate == pytest.approx(0.1)
    assert found.progress_ratio == pytest.approx(part)


def test_a_reached_target_is_achieved_in_open_sdg() -> None:
    assert rate("open_sdg", YEARS, RISING, targets=(Target(value=15, year=2030),)).symbol == "target_achieved"


def test_open_sdg_begins_in_2015() -> None:
    found = rate("open_sdg", [2010, 2016, 2018], [1.0, 100.0, 100.0])
    assert found.used is not None and found.used.years == (2016, 2018)
    assert (found.symbol, found.growth_rate) == ("limited_progress", 0.0)


def test_united_nations_chart_counts_the_way_covered() -> None:
    """From 100 in 2018 growing 3 % a year: 142.6 in 2030, of a way to 150 that is 85 %."""
    found = rate("eustat", YEARS, grown(3), targets=(Target(value=150, year=2030),))
    assert (found.symbol, found.projected) == ("fair_progress", pytest.approx(100 * 1.03**12))
    assert found.progress_ratio == pytest.approx((100 * 1.03**12 - 100) / 50)


@pytest.mark.parametrize("method", [each for each in METHODS if each != "dns_weather"])
@pytest.mark.parametrize("values", [[0.0, 1.0], [1.0, 0.0], [-2.0, 4.0]])
def test_from_nothing_no_rate_is_made(method: str, values: list[float]) -> None:
    """0 to 1 partnership is not +99,900 %."""
    found = rate(method, [2020, 2021], values)
    assert (found.symbol, found.reason) == (None, "trend_rate_undefined")


@given(
    st.lists(st.floats(0.01, 1e6) | st.just(0.0), min_size=2, max_size=8),
    st.booleans(),
    st.sampled_from(list(METHODS)),
    st.none() | st.tuples(st.floats(0.01, 1e6), st.integers(2018, 2045), st.booleans()),
)
def test_every_outcome_is_a_symbol_of_the_method_with_numbers_or_a_reason(
    values: list[float], rising: bool, method: str, aim: tuple[float, int, bool] | None
) -> None:
    targets = (Target(value=aim[0], year=aim[1], keep=aim[2]),) if aim else ()
    years = list(range(2015, 2015 + len(values)))
    found = rate(method, years, values, rising_is_good=rising, targets=targets)
    assert (found.symbol is None) != (found.reason is None)
    if found.symbol is not None:
        assert found.symbol in METHODS[method].symbols
        assert found.used is not None and len(found.used.values) >= METHODS[method].least_values
        numbers = (found.average_change, found.growth_rate)
        assert any(number is not None for number in numbers)


def test_alternatives_stand_beside_the_default_and_only_where_there_is_something_to_rate() -> None:
    frame = pl.concat(
        [
            observed("ez_ausg_ew", [1.0, 2.0, 3.0, 4.0], "AAAA"),
            observed("ez_ausg_anteil", [1.0, 2.0], "AA"),
            observed("ez_ausland", [1.0, 2.0, 3.0, 4.0], "AAAA"),
            observed("pt_gs_100k", [1.0], "A"),
            observed("pt_gs_n", [1.0, 2.0], "AA"),
        ]
    )
    found = trends(frame, INDICATORS)
    rated = {
        name: (rows["method"].to_list(), rows["symbol"].to_list())
        for (name,), rows in found.group_by("indicator_id", maintain_order=True)
    }
    assert rated["ez_ausg_ew"] == (
        ["astat", "dns_weather", "eurostat", "eustat", "open_sdg"],
        ["clear_improvement", "sun", "significant_progress", "on_track", "on_track"],
    )
    assert rated["ez_ausg_anteil"][1].count(None) == 1, "two values: the default says why not"
    assert [rated[name] for name in ("ez_ausland", "pt_gs_100k", "pt_gs_n")] == [
        (["dns_weather"], [None])
    ] * 3
    assert found.filter("is_default")["method"].unique().to_list() == ["dns_weather"]
    assert enforce(found, CONTRACTS["trend"], source_id="test").rejected.is_empty()


def test_a_break_beneath_a_stronger_flag_begins_anew() -> None:
    frame = observed("ez_ausg_ew", [9.0, 9.0, 9.0, 1.0, 2.0, 3.0, 4.0], "AAAEAAA").with_columns(
        further_reasons=pl.when(pl.col("obs_status") == "E").then(pl.lit("census_break, lower_bound"))
    )
    row = trends(frame, INDICATORS).filter("is_default").row(0, named=True)
    assert (row["symbol"], row["comparable_values"], row["first_year"]) == (None, 3, 2022)


def test_every_method_is_described_and_one_is_the_default() -> None:
    frame = methods_table()
    assert enforce(frame, CONTRACTS["trend_method"], source_id="test").rejected.is_empty()
    assert frame.filter("is_default")["method"].to_list() == ["dns_weather"]
    assert not frame.filter(method="eurostat")["is_verified"].item()
    assert set(METHODS) == {"dns_weather", "eurostat", "open_sdg", "eustat", "astat"}
