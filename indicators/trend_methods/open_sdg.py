"""Open SDG progress measure, made by Statistics Canada: compound annual rate since 2015.

Belongs here: that rule. Does not belong here: its scaling near natural limits, which needs limits no
indicator declares, and its replacement of zero by 0.001, which turns 0 to 1 partnership into
+99,900 %: a zero at either end is refused instead.

With target, R = achieved rate in the desired direction over the size of the required rate: target
reached achieved, from 0.95 on track, from 0.60 acceleration needed, from 0 limited progress, below
deterioration. Without: from 1.5 % a year on track, from 0.5 %, from 0, below.
"""

from __future__ import annotations

from indicators.trend_method import Outcome, Scale, Series, TrendMethod, by_rate
from quality.status import Text

BASE_YEAR = 2015
ACHIEVED = "target_achieved"
WITH_TARGET = Scale(
    limits=((0.95, "on_track"), (0.60, "acceleration_needed"), (0.0, "limited_progress")),
    otherwise="deterioration",
)
WITHOUT_TARGET = Scale(
    limits=((0.015, "on_track"), (0.005, "acceleration_needed"), (0.0, "limited_progress")),
    otherwise="deterioration",
)


def judge(series: Series) -> Outcome:
    """The symbol of one series, from 2015 or the first value after."""
    return by_rate(
        series.since(BASE_YEAR),
        least=2,
        without_target=WITHOUT_TARGET,
        with_target=WITH_TARGET,
        achieved=ACHIEVED,
    )


METHOD = TrendMethod(
    id="open_sdg",
    name=Text(de="Fortschrittsmaß von Open SDG", en="Open SDG progress measure"),
    rule=Text(
        de="Durchschnittliche jährliche Wachstumsrate seit 2015, geteilt durch die für das Ziel nötige Rate; ohne Ziel verglichen mit 1,5 % und 0,5 %.",
        en="Compound annual growth rate since 2015 over the rate the target requires; without a target against 1.5 % and 0.5 %.",
    ),
    symbols=(ACHIEVED, *WITH_TARGET.symbols),
    stated_in="open-sdg/open-sdg, docs/progress-methodology.md (Statistics Canada)",
    is_verified=True,
    least_values=2,
    window=None,
    judge=judge,
)
"""An alternative."""
