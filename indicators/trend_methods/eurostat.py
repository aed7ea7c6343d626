"""Eurostat-style: compound annual rate against the rate a target requires.

Belongs here: that rule as the method notes of this project have it, which mark it as unverified.
Does not belong here: the short and long periods Eurostat publishes side by side; looked at are the
last six values, as for the default, so that the two can be compared.

With target, achieved rate over required rate: from 0.95 significant progress, from 0.60 moderate,
from 0 insufficient, below movement away. Without: from 1 % a year in the desired direction
significant progress, from 0 moderate, from -1 % moderate movement away, below significant.
"""

from __future__ import annotations

from indicators.trend_method import Outcome, Scale, Series, TrendMethod, by_rate
from quality.status import Text

WINDOW = 6
WITH_TARGET = Scale(
    limits=((0.95, "significant_progress"), (0.60, "moderate_progress"), (0.0, "insufficient_progress")),
    otherwise="significant_movement_away",
)
WITHOUT_TARGET = Scale(
    limits=((0.01, "significant_progress"), (0.0, "moderate_progress"), (-0.01, "moderate_movement_away")),
    otherwise="significant_movement_away",
)


def judge(series: Series) -> Outcome:
    """The symbol of one series."""
    return by_rate(series.last(WINDOW), least=2, without_target=WITHOUT_TARGET, with_target=WITH_TARGET)


METHOD = TrendMethod(
    id="eurostat",
    name=Text(de="Wachstumsrate nach Art von Eurostat", en="Growth rate in the manner of Eurostat"),
    rule=Text(
        de="Durchschnittliche jährliche Wachstumsrate der letzten sechs Werte, verglichen mit der für das Ziel nötigen Rate oder mit 1 % und -1 %.",
        en="Compound annual growth rate of the last six values, against the rate the target requires or against 1 % and -1 %.",
    ),
    symbols=(
        "significant_progress",
        "moderate_progress",
        "insufficient_progress",
        "moderate_movement_away",
        "significant_movement_away",
    ),
    stated_in="Limits from general knowledge, not checked against Eurostat's own text",
    is_verified=False,
    least_values=2,
    window=WINDOW,
    judge=judge,
)
"""An alternative."""
