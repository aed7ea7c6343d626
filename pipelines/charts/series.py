"""Rows of a series over years: what the forms over time are drawn from.

Belongs here: from values of years to the data rows of a form, and which values are written. Does not
belong here: what a form looks like (`forms/`).

A year without a value keeps its place on the axis and is marked. Where a series begins anew (another
census base, another definition) no line runs across and a broken rule stands before the year.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

Row = Mapping[str, Any]

WIDTH, HEIGHT = 360, 210
_LABEL_SPACE = 8.5
"""Points a character of a value label takes, to decide which labels fit."""

_LABEL_HEIGHT = 24


@dataclass(frozen=True, kw_only=True)
class Point:
    """One year of a series as a picture needs it: actual value, plan value, and their wording."""

    year: int
    value: float | None
    label: str
    flagged: bool = False
    anew: bool = False
    """Whether the series begins anew here: not comparable with the years before."""
    plan: float | None = None
    plan_label: str = ""


def rows(points: Sequence[Point]) -> list[dict[str, Any]]:
    """The data rows of a form; where space is short only the highest and the newest are labelled."""
    space = (WIDTH - 78) / max(len(points), 1)
    longest = max((len(p.label or p.plan_label) for p in points), default=0)
    shown = set(range(len(points))) if longest * _LABEL_SPACE <= space else landmarks(points)
    flat = not any(point.value or point.plan for point in points)
    highest = max((figure for p in points for figure in (p.value, p.plan) if figure is not None), default=0)
    pieces = list(accumulate(int(point.anew) for point in points))
    return [
        {
            "y": str(point.year),
            "v": point.value,
            "p": point.plan,
            "k": "none" if point.value is None else "flagged" if point.flagged else "actual",
            "l": point.label if position in shown and point.value is not None else "",
            "q": point.plan_label if position in shown and point.value is None else "",
            "a": _anchor(point, highest),
            "t": 1 if flat else None,
            "s": pieces[position],
            "b": int(point.anew),
        }
        for position, point in enumerate(points)
    ]


def _anchor(point: Point, highest: float) -> float:
    """Height of a written value: on its bar, or on the outline where that would cross the writing."""
    value = max(point.value if point.value is not None else point.plan or 0, 0)
    gap = ((point.plan or 0) - value) * (HEIGHT - 56)
    return max(point.plan or 0, 0) if 0 <= gap < _LABEL_HEIGHT * highest else value


def landmarks(points: Sequence[Point]) -> set[int]:
    """Positions of the highest and of the newest figure in a series, unless they stand too close together."""
    known = [(p.value if p.value is not None else p.plan, i) for i, p in enumerate(points)]
    figures = [(figure, i) for figure, i in known if figure is not None]
    if not figures:
        return set()
    newest = figures[-1][1]
    highest = max(figures, key=lambda item: (item[0], item[1]))[1]
    apart = (newest - highest) * (WIDTH - 78) / len(points) >= 8 * _LABEL_SPACE
    return {newest, highest} if apart else {newest}
