"""What a trend method is: a series in, a symbol or a reason out, with the numbers behind it.

Belongs here: the declaration of a method, the series it is given, its outcome, and what several
methods share. Does not belong here: any one method (`indicators/trend_methods/`, one file each) or
the choice of series (`indicators/trend.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from indicators.target import Target, due
from quality.status import Text

ROUNDING = 1e-9
"""Ratios and rates are compared with their limits up to the rounding of binary fractions."""


@dataclass(frozen=True, kw_only=True)
class Series:
    """Comparable values of one unit since the last break, one per year, years ascending."""

    years: tuple[int, ...]
    values: tuple[float, ...]
    rising_is_good: bool
    targets: tuple[Target, ...] = ()

    @property
    def sign(self) -> int:
        """1 where more is better, -1 where less is."""
        return 1 if self.rising_is_good else -1

    def last(self, number: int) -> Series:
        """The newest values only."""
        return self._of(slice(-number, None))

    def since(self, year: int) -> Series:
        """The values from a year on."""
        return self._of(slice(sum(each < year for each in self.years), None))

    def _of(self, part: slice) -> Series:
        return Series(
            years=self.years[part],
            values=self.values[part],
            rising_is_good=self.rising_is_good,
            targets=self.targets,
        )


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """A symbol or the reason for none, and the numbers behind it as far as the method has them.

    Changes are per year in the unit of the indicator, rates per year as a fraction (0.02 is 2 %).
    `shortfall` is the part of the gap to the target that the projection misses, negative where it
    overshoots; `progress_ratio` is achieved pace over required pace.
    """

    symbol: str | None = None
    reason: str | None = None
    used: Series | None = None
    average_change: float | None = None
    last_change: float | None = None
    growth_rate: float | None = None
    required_rate: float | None = None
    progress_ratio: float | None = None
    target: Target | None = None
    projected: float | None = None
    shortfall: float | None = None


@dataclass(frozen=True, kw_only=True)
class TrendMethod:
    """A published rule. `symbols` run from best to worst; `stated_in` cites where the rule is written.

    `is_verified` is false where the limits are from general knowledge and were not checked against
    the office's own text. `least_values` and `window` count values (null: no limit).
    """

    id: str
    name: Text
    rule: Text
    symbols: tuple[str, ...]
    stated_in: str
    is_verified: bool
    least_values: int
    window: int | None
    judge: Callable[[Series], Outcome]
    is_default: bool = False


@dataclass(frozen=True, kw_only=True)
class Scale:
    """Limits from best to worst: the first limit that is reached gives the symbol, none the last."""

    limits: tuple[tuple[float, str], ...]
    otherwise: str
    strict: frozenset[str] = field(default_factory=frozenset)
    """Symbols whose limit itself is not enough."""

    def of(self, number: float) -> str:
        """The symbol of a number whose higher values are better."""
        for limit, symbol in self.limits:
            enough = number > limit + ROUNDING if symbol in self.strict else number >= limit - ROUNDING
            if enough:
                return symbol
        return self.otherwise

    @property
    def symbols(self) -> tuple[str, ...]:
        """From best to worst."""
        return (*(symbol for _, symbol in self.limits), self.otherwise)


def worst(method_symbols: Sequence[str], outcomes: Sequence[Outcome]) -> Outcome:
    """Of several targets the worst symbol counts; the first of equal ones."""
    return max(outcomes, key=lambda each: method_symbols.index(each.symbol) if each.symbol else -1)


def growth(series: Series) -> float | None:
    """Compound annual rate between the first and the last value; null where none is defined.

    A rate needs two values above zero: from zero every step is infinite, and among negative values
    growth and decline change places. Zero is not replaced by a small number (0 to 1 partnership
    would be +99,900 %).
    """
    years = series.years[-1] - series.years[0]
    if years <= 0 or series.values[0] <= 0 or series.values[-1] <= 0:
        return None
    return float((series.values[-1] / series.values[0]) ** (1 / years) - 1)


def by_rate(
    series: Series,
    *,
    least: int,
    without_target: Scale,
    with_target: Scale | None,
    achieved: str | None = None,
) -> Outcome:
    """Rate a series by its compound annual rate, against what the target requires where there is one.

    Args:
        series: the values the method looks at.
        least: values needed.
        without_target: limits of the rate in the desired direction.
        with_target: limits of achieved over required rate; null where the method knows no targets.
        achieved: symbol of a target already reached, where the method has one.
    """
    if len(series.values) < least:
        return Outcome(reason="trend_too_few_values", used=series)
    rate = growth(series)
    if rate is None:
        return Outcome(reason="trend_rate_undefined", used=series)
    targets = due(series.targets, series.years[-1]) if with_target else ()
    if with_target is None or not targets:
        return Outcome(symbol=without_target.of(rate * series.sign), used=series, growth_rate=rate)
    symbols = (*((achieved,) if achieved else ()), *with_target.symbols)
    return worst(symbols, [_against(series, target, rate, with_target, achieved) for target in targets])


def _against(series: Series, target: Target, rate: float, scale: Scale, achieved: str | None) -> Outcome:
    bound = target.bound(rising_is_good=series.rising_is_good)
    reached = (series.values[-1] - bound) * series.sign >= 0
    if achieved and reached:
        return Outcome(symbol=achieved, used=series, growth_rate=rate, target=target)
    years = target.year - series.years[0]
    if years <= 0 or bound <= 0:
        return Outcome(reason="trend_rate_undefined", used=series, growth_rate=rate, target=target)
    required = (bound / series.values[0]) ** (1 / years) - 1
    ratio = _pace(rate * series.sign, required * series.sign, reached=reached)
    return Outcome(
        symbol=scale.of(ratio),
        used=series,
        growth_rate=rate,
        required_rate=required,
        progress_ratio=ratio,
        target=target,
    )


def _pace(achieved: float, required: float, *, reached: bool) -> float:
    """Achieved over required rate; where the base was at the target already, whether it stayed there."""
    if required > 0:
        return achieved / required
    if reached:
        return 1.0
    return achieved / abs(required) if required else -1.0
