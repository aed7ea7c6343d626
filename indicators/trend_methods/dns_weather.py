"""Weather symbols of the German sustainability strategy: the default.

Belongs here: the official rules, line by line. Does not belong here: when no symbol may be given to
a municipal series (`indicators/trend.py`).

The average of the last five annual changes (the last six values, four at least) is projected in a
straight line to the target year. Target to be reached: missed by less than 5 % of the gap between
target and present value sun, 5 to 20 % sun and cloud, more cloud, wrong direction or constant
storm. Target to be kept, reached already, or due in the last year: reached and not worsening sun,
reached and worsening sun and cloud, not reached and improving cloud, else storm. No target: average
and last change right sun, average right sun and cloud, last right cloud, neither storm.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from indicators.target import Target, due
from indicators.trend_method import ROUNDING, Outcome, Series, TrendMethod, worst
from quality.status import Text

Symbol = Literal["sun", "sun_cloud", "cloud", "storm"]

SYMBOLS: tuple[Symbol, ...] = ("sun", "sun_cloud", "cloud", "storm")
WINDOW = 6
"""Values looked at: six values make five annual changes."""
LEAST_VALUES = 4
REACHED_WITHIN, NEARLY_WITHIN = 0.05, 0.20
"""Shares of the gap between target and present value that may be missed."""


def judge(series: Series) -> Outcome:
    """The symbol of one series; of several due targets the worst."""
    used = series.last(WINDOW)
    if len(used.values) < LEAST_VALUES:
        return Outcome(reason="trend_too_few_values", used=used)
    targets: Sequence[Target | None] = due(used.targets, used.years[-1]) or [None]
    return worst(SYMBOLS, [_towards(used, target) for target in targets])


def _towards(used: Series, target: Target | None) -> Outcome:
    years, values, sign = used.years, used.values, used.sign
    average = (values[-1] - values[0]) / (years[-1] - years[0])
    last = (values[-1] - values[-2]) / (years[-1] - years[-2])
    if target is None:
        symbol = _by_direction(average * sign, last * sign)
        return Outcome(symbol=symbol, used=used, average_change=average, last_change=last)
    bound = target.bound(rising_is_good=used.rising_is_good)
    projected = values[-1] + average * (target.year - years[-1])
    reached = (values[-1] - bound) * sign >= 0
    shortfall = None
    if target.keep or reached or target.year <= years[-1]:
        symbol = _by_keeping(average * sign, reached=reached)
    else:
        shortfall = (bound - projected) / (bound - values[-1])
        symbol = _by_shortfall(shortfall, average * sign)
    return Outcome(
        symbol=symbol,
        used=used,
        average_change=average,
        last_change=last,
        target=target,
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


METHOD = TrendMethod(
    id="dns_weather",
    name=Text(
        de="Wettersymbole der Deutschen Nachhaltigkeitsstrategie",
        en="Weather symbols of the German sustainability strategy",
    ),
    rule=Text(
        de="Durchschnitt der letzten fünf jährlichen Veränderungen, geradlinig bis zum Zieljahr fortgeführt; ohne Ziel entscheiden Durchschnitt und letzte Veränderung.",
        en="Average of the last five annual changes, carried on in a straight line to the target year; without a target the average and the last change decide.",
    ),
    symbols=SYMBOLS,
    stated_in="Destatis, Indikatorenbericht zur Deutschen Nachhaltigkeitsstrategie, Anhang zur Bewertung",
    is_verified=True,
    least_values=LEAST_VALUES,
    window=WINDOW,
    judge=judge,
    is_default=True,
)
"""The default."""
