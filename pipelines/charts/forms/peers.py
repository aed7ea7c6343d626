"""Where one unit stands among its peers: the middle half as a band, the median, the own value marked.

Belongs here: the strip and its rows. Does not belong here: who the peers are and whether there is a
band (`indicators/comparison`); the rule, the members and the sources stand beside it as text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pipelines.charts.framework import framed
from pipelines.charts.palette import ACTUAL, BAND, INK, MUTED, PAPER
from pipelines.charts.series import WIDTH
from pipelines.charts.words import WORDS, Words

_SIDES = {"left": 20, "right": 24, "top": 4, "bottom": 26}
_HEIGHT = 112
_MIDDLE, _LABEL, _BELOW = 38, 16, 74
"""Distance from above of the strip, of the own value written above it, of the median written below."""

_EDGE = 0.3
"""Part of the width in which a text is written towards the middle, so that it is not cut off."""


@dataclass(frozen=True, kw_only=True)
class Band:
    """The peers in one year (`peer_statistic`)."""

    lowest: float
    lower: float
    median: float
    upper: float
    highest: float


def rows(
    *,
    own: float | None,
    own_label: str,
    band: Band | None,
    median_label: str,
    reporting: int,
    language: str = "de",
) -> list[dict[str, Any]]:
    """The rows of a strip. Without a band it says that n is too small.

    Args:
        own: value of the unit in the year of the band, null where unknown.
        own_label: what is written at it, such as "Aachen 0,85".
        band: quartiles, median and extremes of the peers, null where fewer than the rule asks report.
        median_label: the median as it is written; ignored without a band.
        reporting: number of peers whose value is compared (n).
        language: "de" or "en".
    """
    words = WORDS[language]
    ends = [0.0, *((band.lowest, band.highest) if band else ()), *(() if own is None else (own,))]
    low, high = min(ends), max(ends)
    room = high if high > low else low + 1

    def at(value: float) -> str:
        part = (value - low) / (room - low)
        return "left" if part < _EDGE else "right" if part > 1 - _EDGE else "center"

    said: list[dict[str, Any]] = [{"k": "room", "v": low, "w": room}]
    if band is not None:
        text = words.middle.format(value=median_label, n=reporting)
        said += [
            {"k": "range", "v": band.lowest, "w": band.highest},
            {"k": "band", "v": band.lower, "w": band.upper},
            {"k": "median", "v": band.median, "l": text, "a": at(band.median)},
        ]
    else:
        said.append({"k": "none", "l": words.too_few.format(n=reporting)})
    if own is not None:
        said.append({"k": "own", "v": own, "l": own_label, "a": at(own)})
    else:
        said.append({"k": "unknown", "l": f"{own_label} {words.missing}".strip()})
    return said


def chart(alt: Any, words: Words) -> Any:
    """A line from the lowest to the highest value, the middle half as a band, the own value as a point."""
    axis = alt.Axis(tickCount=5, grid=False, labelOverlap=False)
    place = alt.X("v:Q", axis=axis, scale=alt.Scale(zero=True, nice=False))

    def where(mark: Any, kind: str) -> Any:
        return mark.transform_filter(f"datum.k === '{kind}'")

    def across(kind: str, top: int, bottom: int, **look: Any) -> Any:
        mark = alt.Chart().mark_rect(**look)
        return where(mark.encode(x=place, x2="w:Q", y=alt.value(top), y2=alt.value(bottom)), kind)

    def text(kind: str, height: int, colour: str, weight: str = "normal") -> Any:
        mark = alt.Chart().mark_text(
            align={"expr": "datum.a"}, baseline="bottom", fontSize=14, color=colour, fontWeight=weight
        )
        return where(mark.encode(x=place, y=alt.value(height), text="l:N"), kind)

    def beside(kind: str, height: int) -> Any:
        mark = alt.Chart().mark_text(align="left", baseline="bottom", fontSize=14, color=MUTED)
        return where(mark.encode(x=alt.value(0), y=alt.value(height), text="l:N"), kind)

    stroke = alt.Chart().mark_rule(color=INK, strokeWidth=2)
    point = alt.Chart().mark_point(
        shape="circle", size=150, fill=ACTUAL, stroke=PAPER, strokeWidth=1, opacity=1
    )
    layers = [
        across("room", 0, 1, fillOpacity=0),
        across("range", _MIDDLE - 1, _MIDDLE + 1, fill=MUTED),
        across("band", _MIDDLE - 12, _MIDDLE + 12, fill=BAND, stroke=MUTED, strokeWidth=1.5),
        where(
            stroke.encode(x=place, y=alt.value(_MIDDLE - 15), y2=alt.value(_MIDDLE + 15)),
            "median",
        ),
        text("median", _BELOW, INK),
        where(point.encode(x=place, y=alt.value(_MIDDLE)), "own"),
        text("own", _LABEL, ACTUAL, "bold"),
        beside("none", _BELOW),
        beside("unknown", _LABEL),
    ]
    return framed(alt, layers, words, size=(WIDTH, _HEIGHT), sides=_SIDES)
