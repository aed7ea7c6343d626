"""What a series is to reach or to keep, and which of several targets counts.

Belongs here: targets as declared, intervals, several years. Does not belong here: how progress
towards a target is rated (`indicators/trend_methods/`, one file per method).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Target:
    """A value to be reached by a year, or, with `keep`, one not to be lost.

    `value` to `upper` is an interval where both are given; its weakest bound counts: the lower one
    where rising is good, the upper one where falling is.
    """

    value: float
    year: int
    keep: bool = False
    upper: float | None = None

    def bound(self, *, rising_is_good: bool) -> float:
        """The value progress is measured against, in the unit of the indicator."""
        return self.value if rising_is_good or self.upper is None else self.upper


def due(targets: Sequence[Target], last_year: int) -> tuple[Target, ...]:
    """The targets to rate by: of several target years the next, counted from the last value.

    A target to be kept is always due. Where every target year is past, the latest one counts.
    """
    dated = [target for target in targets if not target.keep]
    ahead = [target.year for target in dated if target.year >= last_year]
    year = min(ahead) if ahead else max((target.year for target in dated), default=None)
    return tuple(target for target in targets if target.keep or target.year == year)
