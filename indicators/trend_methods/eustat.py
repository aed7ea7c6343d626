"""Progress chart of the United Nations as EUSTAT applies it.

Belongs here: that rule. Does not belong here: how the value of 2030 is projected, of which the text
we have says nothing; it is carried on with the compound annual rate, which the rule uses without
target.

With target: part of the way from the base to the target that the projection covers, from 0.95 on
track, from 0.10 fair progress, below stagnation. Without: from 2 % a year, from 0.5 %, below.
"""

from __future__ import annotations

from indicators.target import Target, due
from indicators.trend_method import Outcome, Scale, Series, TrendMethod, by_rate, growth, worst
from quality.status import Text

BASE_YEAR = 2015
WITH_TARGET = Scale(limits=((0.95, "on_track"), (0.10, "fair_progress")), otherwise="stagnation")
WITHOUT_TARGET = Scale(limits=((0.02, "on_track"), (0.005, "fair_progress")), otherwise="stagnation")


def judge(series: Series) -> Outcome:
    """The symbol of one series, from 2015 or the first value after."""
    used = series.since(BASE_YEAR)
    plain = by_rate(used, least=2, without_target=WITHOUT_TARGET, with_target=None)
    rate = growth(used) if plain.symbol else None
    targets = due(used.targets, used.years[-1]) if rate is not None else ()
    if rate is None or not targets:
        return plain
    return worst(WITH_TARGET.symbols, [_towards(used, target, rate) for target in targets])


def _towards(used: Series, target: Target, rate: float) -> Outcome:
    bound = target.bound(rising_is_good=used.rising_is_good)
    projected = used.values[-1] * (1 + rate) ** max(target.year - used.years[-1], 0)
    way = bound - used.values[0]
    if way * used.sign <= 0:  # the base is at the target already: what counts is whether it stays there
        ratio = 1.0 if (projected - bound) * used.sign >= 0 else 0.0
    else:
        ratio = (projected - used.values[0]) / way
    return Outcome(
        symbol=WITH_TARGET.of(ratio),
        used=used,
        growth_rate=rate,
        target=target,
        projected=projected,
        progress_ratio=ratio,
    )


METHOD = TrendMethod(
    id="eustat",
    name=Text(
        de="Fortschrittsbild der Vereinten Nationen nach EUSTAT",
        en="Progress chart of the United Nations after EUSTAT",
    ),
    rule=Text(
        de="Anteil des Weges zum Ziel, den die Fortschreibung zurücklegt; ohne Ziel die jährliche Wachstumsrate seit 2015, verglichen mit 2 % und 0,5 %.",
        en="Part of the way to the target that the projection covers; without a target the annual growth rate since 2015 against 2 % and 0.5 %.",
    ),
    symbols=WITH_TARGET.symbols,
    stated_in="EUSTAT-DES/site, methodology; the projection is our reading",
    is_verified=False,
    least_values=2,
    window=None,
    judge=judge,
)
"""An alternative."""
