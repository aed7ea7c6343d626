"""Trend: the official rules with the worked examples of the method, and when no symbol may be given."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators import load_indicators
from indicators.trend import Target, trends, weather
from quality.contract import enforce
from quality.contracts import CONTRACTS

YEARS = [2018, 2019, 2020, 2021, 2022, 2023]
RISING = [10.0, 11.0, 12.0, 13.0, 14.0, 15.0]
INDICATORS = load_indicators()


@pytest.mark.parametrize(
    ("target", "symbol", "shortfall"),
    [(22.0, "sun", 0.0), (22.3, "sun", 0.3 / 7.3), (23.0, "sun_cloud", 1 / 8), (24.0, "cloud", 2 / 9)],
)
def test_worked_examples_of_the_method(target: float, symbol: str, shortfall: float) -> None:
    found = weather(YEARS, RISING, rising_is_good=True, target=Target(value=target, year=2030))
    assert found is not None
    assert (found.symbol, found.projected) == (symbol, 22.0)
    assert found.shortfall == pytest.approx(shortfall)


@pytest.mark.parametrize(
    ("missed", "symbol"), [(0.049, "sun"), (0.05, "sun_cloud"), (0.20, "sun_cloud"), (0.201, "cloud")]
)
def test_limits_belong_to_the_middle_symbol(missed: float, symbol: str) -> None:
    """The projection gains 7; a target of 15 + 7 / (1 - missed) is missed by exactly that share."""
    target = Target(value=15 + 7 / (1 - missed), year=2030)
    found = weather(YEARS, RISING, rising_is_good=True, target=target)
    assert found is not None
    assert found.symbol == symbol


def test_the_reversed_series_is_a_storm() -> None:
    found = weather(YEARS, RISING[::-1], rising_is_good=True, target=Target(value=22, year=2030))
    assert found is not None
    assert found.symbol == "storm"


def test_a_constant_series_short_of_its_target_is_a_storm() -> None:
    found = weather(YEARS, [10.0] * 6, rising_is_good=True, target=Target(value=22, year=2030))
    assert found is not None
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
    assert found is not None
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
    assert found is not None
    assert found.symbol == symbol


@given(st.lists(st.integers(-1000, 1000).map(float), min_size=4, max_size=8))
def test_falling_is_good_mirrors_rising_is_good(values: list[float]) -> None:
    years = list(range(2000, 2000 + len(values)))
    one = weather(years, values, rising_is_good=True)
    other = weather(years, [-value for value in values], rising_is_good=False)
    assert one is not None and other is not None
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
        }
    )


@pytest.mark.parametrize(
    ("indicator", "values", "statuses", "symbol", "reason"),
    [
        ("ez_ausg_ew", [1.0, 2.0, 3.0, 4.0], "AAAA", "sun", None),
        ("ez_ausg_ew", [1.0, 2.0, 3.0, 4.0], "AAAE", None, "trend_too_few_values"),
        ("ez_ausg_ew", [1.0, 2.0, 3.0, 4.0], "AABA", None, "trend_too_few_values"),
        ("ez_ausg_ew", [9.0, 9.0, 1.0, 2.0, 3.0, 4.0], "AABAAA", "sun", None),
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
    row = frame.row(0, named=True)
    assert (row["symbol"], row["reason"]) == (symbol, reason)
    assert enforce(frame, CONTRACTS["trend"], source_id="test").rejected.is_empty()
