"""Up to five units over the same years on one scale, one field above the other.

Belongs here: the picture and its rows. Does not belong here: whether these units may be compared; the
page says so beside it.

All fields share the height of the highest value, so a short bar is a small value in whichever field it
stands. A year without a value keeps its place and is marked.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipelines.charts.framework import framed, wide, years
from pipelines.charts.palette import ACTUAL, FLAGGED, INK, MUTED
from pipelines.charts.series import WIDTH, Point, Row, landmarks
from pipelines.charts.words import Words

MOST = 5
_SIDES = {"left": 12, "right": 12, "top": 4, "bottom": 30}
_HEIGHT = 460
_FLOOR, _ROOM = 0.06, 0.6
"""Part of a field below its base line, and the part that bars may fill; the rest is for the name."""


def rows(units: Sequence[tuple[str, Sequence[Point]]]) -> list[dict[str, Any]]:
    """The rows of small multiples.

    Args:
        units: name and series of each unit, at most five; plan values are left out.

    Raises:
        ValueError: more than five units, because fields would become too small to read.
    """
    if len(units) > MOST:
        raise ValueError(f"{len(units)} units; small multiples show at most {MOST}.")
    values = [point.value for _, series in units for point in series if point.value is not None]
    low, high = min([0.0, *values]), max([0.0, *values])
    span = high - low or 1.0
    span_of_years = sorted({point.year for _, series in units for point in series})
    made: list[dict[str, Any]] = []
    for position, (name, series) in enumerate(units):
        ground = len(units) - 1 - position
        zero = ground + _FLOOR + _ROOM * -low / span
        shown = landmarks(series)
        known = {point.year: (index, point) for index, point in enumerate(series)}
        made.append({"k": "name", "b": ground + 0.94, "l": name, "y": str(span_of_years[0])})
        for year in span_of_years:
            index, point = known.get(year, (-1, Point(year=year, value=None, label="")))
            kind = "none" if point.value is None else "flagged" if point.flagged else "actual"
            top = zero + _ROOM * (point.value or 0) / span
            text = point.label if index in shown and point.value is not None else ""
            made.append(
                {
                    "k": kind,
                    "y": str(year),
                    "b": zero,
                    "t": top,
                    "h": max(top, zero),
                    "l": text,
                    "n": len(units),
                }
            )
    return made


def points_of(series: Sequence[Row]) -> list[Point]:
    """The points of a series that was made for a picture of its own (`pipelines.charts.series.rows`)."""
    return [
        Point(year=int(row["y"]), value=row["v"], label=row["l"], flagged=row["k"] == "flagged")
        for row in series
    ]


def chart(alt: Any, words: Words) -> Any:
    """Bars of equal scale, a base line and a name per field."""
    up = alt.Y("b:Q", axis=None, scale=alt.Scale(domainMin=0, zero=True, nice=False))
    across = years(alt)

    def of(mark: Any, kind: str) -> Any:
        return mark.transform_filter(f"datum.k === '{kind}'")

    def bars(kind: str, **look: Any) -> Any:
        mark = alt.Chart().mark_bar(width=wide(0.7, 52), **look)
        return of(mark.encode(x=across, y=up, y2="t:Q"), kind)

    said = alt.Chart().mark_text(baseline="bottom", dy=-3, fontSize=13, color=INK)
    name = alt.Chart().mark_text(align="left", baseline="top", fontSize=14, fontWeight="bold", color=INK)
    none = alt.Chart().mark_text(angle=270, align="left", baseline="middle", dx=5, fontSize=12, color=MUTED)
    base = alt.Chart().mark_rule(color=MUTED)
    layers = [
        bars("actual", fill=ACTUAL),
        bars("flagged", fill=FLAGGED, stroke=ACTUAL, strokeDash=[3, 2]),
        said.encode(x=across, y=alt.Y("h:Q", axis=None), text="l:N").transform_filter(
            "isValid(datum.t) && datum.l !== ''"
        ),
        of(none.encode(x=across, y=up, text=alt.value(words.missing)), "none"),
        of(name.encode(x=alt.value(0), y=up, text="l:N"), "name"),
        base.encode(y=up).transform_filter("isValid(datum.t)"),
    ]
    return framed(alt, layers, words, size=(WIDTH, _HEIGHT), sides=_SIDES)
