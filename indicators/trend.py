"""Where a series is heading: the weather symbols of the German sustainability strategy.

Belongs here: the rules of the symbols, and when no symbol may be given. Does not belong here:
status (how a figure came about) or comparison with others, which are kept apart from the trend.

Official rule: the average of the last five annual changes (the last six values, four at least) is
projected in a straight line to the target year. Without a target, the direction of the average and
of the last change decide. House rules on top: no symbol for yes-no indicators, scores and levels, and for counts under
ten, none across a break or a change of definition, and only normal values (status A) count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import polars as pl

from indicators.indicator import Indicator

Symbol = Literal["sun", "sun_cloud", "cloud", "storm"]

METHOD = "dns_weather"
WINDOW = 6
"""Values looked at: six values make five annual changes."""
LEAST_VALUES = 4
SMALL_COUNT = 10
REACHED_WITHIN, NEARLY_WITHIN = 0.05, 0.20
"""Shares of the gap between target and present value that may be missed."""
RESTARTS_AT = ("B", "D")
"""Statuses that begin a series anew: values before are not comparable with values after."""
ROUNDING = 1e-9
"""A shortfall is compared with its limits up to the rounding of binary fractions."""


@dataclass(frozen=True, kw_only=True)
class Target:
    """A value to be reached by a year, or, with `keep`, one not to be lost."""

    value: float
    year: int
    keep: bool = False


@dataclass(frozen=True, kw_only=True)
class Weather:
    """A symbol with the numbers behind it; `projected` and `shortfall` only where there is a target."""

    symbol: Symbol
    average_change: float
    last_change: float
    projected: float | None = None
    shortfall: float | None = None
    """Part of the gap that the projection misses; negative where it overshoots."""


def weather(
    years: Sequence[int], values: Sequence[float], *, rising_is_good: bool, target: Target | None = None
) -> Weather | None:
    """The symbol of one series, or null where there are too few values.

    Args:
        years: years of the values, ascending.
        values: one value per year, all comparable with each other.
        rising_is_good: whether a higher value is better.
        target: what is to be reached or kept.
    """
    if len(values) < LEAST_VALUES:
        return None
    years, values = years[-WINDOW:], values[-WINDOW:]
    sign = 1 if rising_is_good else -1
    average = (values[-1] - values[0]) / (years[-1] - years[0])
    last = (values[-1] - values[-2]) / (years[-1] - years[-2])
    if target is None:
        return Weather(
            symbol=_by_direction(average * sign, last * sign), average_change=average, last_change=last
        )
    projected = values[-1] + average * (target.year - years[-1])
    reached = (values[-1] - target.value) * sign >= 0
    if target.keep or reached or target.year <= years[-1]:
        return Weather(
            symbol=_by_keeping(average * sign, reached=reached),
            average_change=average,
            last_change=last,
            projected=projected,
        )
    shortfall = (target.value - projected) / (target.value - values[-1])
    return Weather(
        symbol=_by_shortfall(shortfall, average * sign),
        average_change=average,
        last_change=last,
        projected=projected,
        shortfall=shortfall,
    )


def _by_direction(average: float, last: float) -> Symbol:
    if average > 0:
        return "sun" if last > 0 else "sun_cloud"
    return "cloud" if last > 0 else "storm"


def _by_keeping(average: float, *, reached: bool) -> Symbol:
    if reached:
        return "sun" if average >= 0 else "sun_cloud"
    return "cloud" if average > 0 else "storm"


def _by_shortfall(shortfall: float, average: float) -> Symbol:
    if average <= 0:
        return "storm"
    if shortfall < REACHED_WITHIN - ROUNDING:
        return "sun"
    return "sun_cloud" if shortfall <= NEARLY_WITHIN + ROUNDING else "cloud"


def trends(observation: pl.DataFrame, indicators: Mapping[str, Indicator]) -> pl.DataFrame:
    """One row of `trend` per unit and indicator with at least one value: a symbol or the reason for none.

    Args:
        observation: table `observation`.
        indicators: the catalogue.
    """
    series = (
        observation.filter(pl.col("value").is_not_null())
        .sort("indicator_id", "ags", "year")
        .group_by("indicator_id", "ags", maintain_order=True)
        .agg("year", "value", "obs_status")
    )
    rows = [_row(row, indicators[row["indicator_id"]]) for row in series.iter_rows(named=True)]
    schema = {
        "indicator_id": pl.String,
        "ags": pl.String,
        "method": pl.String,
        "symbol": pl.String,
        "reason": pl.String,
        "first_year": pl.Int64,
        "last_year": pl.Int64,
        "comparable_values": pl.Int64,
        "average_change": pl.Float64,
        "last_change": pl.Float64,
    }
    return pl.DataFrame(rows, schema=schema, orient="row").sort("indicator_id", "ags")


def _row(row: Mapping[str, list[float]], indicator: Indicator) -> tuple[object, ...]:
    years, values = _comparable(row["year"], row["value"], row["obs_status"])
    reason = _why_none(indicator, values)
    found = None if reason else weather(years, values, rising_is_good=indicator.direction == "higher")
    return (
        indicator.id,
        row["ags"],
        METHOD,
        found.symbol if found else None,
        reason,
        years[0] if years else None,
        years[-1] if years else None,
        len(values),
        found.average_change if found else None,
        found.last_change if found else None,
    )


def _comparable(
    years: Sequence[float], values: Sequence[float], statuses: Sequence[object]
) -> tuple[list[int], list[float]]:
    """Normal values since the last break; the value that carries the break begins the new series."""
    chosen_years: list[int] = []
    chosen: list[float] = []
    for year, value, status in zip(years, values, statuses, strict=True):
        if status in RESTARTS_AT:
            chosen_years, chosen = [], []
        if status in {"A", "B"}:
            chosen_years.append(int(year))
            chosen.append(value)
    return chosen_years[-WINDOW:], chosen[-WINDOW:]


def _why_none(indicator: Indicator, values: Sequence[float]) -> str | None:
    if indicator.kind == "binary":
        return "trend_not_for_yes_no"
    if indicator.kind in {"score", "level"}:
        return "trend_not_for_points"
    if indicator.direction == "none":
        return "trend_without_direction"
    if len(values) < LEAST_VALUES:
        return "trend_too_few_values"
    if indicator.kind == "count" and max(values) < SMALL_COUNT:
        return "trend_not_for_small_counts"
    return None
