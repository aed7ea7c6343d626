"""Direction by compound annual rate as ASTAT, the statistics institute of South Tyrol, prints it.

Belongs here: that rule; it knows no targets. Looked at are the last six values, since the text we
have names no period.

In the desired direction: above 5 % a year clear improvement, above 1 % slight, from -1 % stable, above
-5 % slight deterioration, else clear deterioration.
"""

from __future__ import annotations

from indicators.trend_method import Outcome, Scale, Series, TrendMethod, by_rate
from quality.status import Text

WINDOW = 6
SCALE = Scale(
    limits=(
        (0.05, "clear_improvement"),
        (0.01, "slight_improvement"),
        (-0.01, "stable"),
        (-0.05, "slight_deterioration"),
    ),
    otherwise="clear_deterioration",
    strict=frozenset({"clear_improvement", "slight_improvement", "slight_deterioration"}),
)


def judge(series: Series) -> Outcome:
    """The symbol of one series."""
    return by_rate(series.last(WINDOW), least=2, without_target=SCALE, with_target=None)


METHOD = TrendMethod(
    id="astat",
    name=Text(de="Richtung nach ASTAT", en="Direction after ASTAT"),
    rule=Text(
        de="Durchschnittliche jährliche Wachstumsrate der letzten sechs Werte, in fünf Stufen von über 5 % bis unter -5 %.",
        en="Compound annual growth rate of the last six values, in five steps from above 5 % to below -5 %.",
    ),
    symbols=SCALE.symbols,
    stated_in="ASTAT, method page; the period is our choice",
    is_verified=False,
    least_values=2,
    window=WINDOW,
    judge=judge,
)
"""An alternative."""
