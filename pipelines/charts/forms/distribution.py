"""How the values of all units are spread: units per step of value, the own one marked where there is one.

Belongs here: the picture and its rows, steps included. Does not belong here: which units may be set
beside each other; the words around the picture.

Steps have a round width and start at zero or at a multiple of it; where each count has a step of its
own, its number stands in the middle of the step. Where few units lie far above all
others, the last step is open and says so, instead of pressing everybody else into the first one.
Units without a value are counted in words below the axis; they are in no step.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, log10
from typing import Any

import numpy as np

from pipelines.charts.framework import framed
from pipelines.charts.palette import ACTUAL, FLAGGED, INK, MUTED, OTHERS
from pipelines.charts.series import WIDTH
from pipelines.charts.words import WORDS, Words, written

_SIDES = {"left": 52, "right": 26, "top": 46, "bottom": 52}
_HEIGHT = 250
_STEPS = 12
"""About as many steps as are drawn."""

_MOST = 0.98
"""Share of the units that must be in closed steps; the highest beyond are drawn in the open one."""

_FAR = 1.6
"""How many times further than this share the highest must reach for an open step to be worth it."""

_EDGE = 0.3


def rows(
    values: Sequence[float],
    *,
    without: int,
    own: float | None = None,
    own_label: str = "",
    whole: bool = False,
    language: str = "de",
) -> list[dict[str, Any]]:
    """The rows of a distribution; none where no value is known, because there is nothing to draw.

    Args:
        values: one known value per unit.
        without: number of units without a value, said in words.
        own: value of the unit to mark (unit pages), null on the page of an indicator.
        own_label: what is written at it, such as "Aachen 0,85".
        whole: whether values are counts, so that steps are whole.
        language: "de" or "en".
    """
    words = WORDS[language]
    if not values:
        return []
    below = {"k": "without", "l": words.without.format(count=written(without, language))}
    edges, top = _edges(np.asarray(values, dtype=float), whole)
    counts = np.histogram(values, bins=edges)[0]
    width, last = edges[1] - edges[0], len(counts) - 1
    shown = [
        {
            "k": "open" if position == last and top is not None else "step",
            "v": round(float(edges[position]), 10),
            "w": round(float(edges[0] + width * (position + 1)), 10),
            "n": int(number),
            "l": words.above.format(value=written(top, language))
            if top is not None and position == last
            else "",
        }
        for position, number in enumerate(counts)
    ]
    return [*shown, *_marked(own, own_label, shown, top), below]


def _marked(
    own: float | None, label: str, steps: Sequence[dict[str, Any]], top: float | None
) -> list[dict[str, Any]]:
    """The mark of the own value; in the open step it stands in its middle and its text says how much."""
    if own is None:
        return []
    low, high = steps[0]["v"], steps[-1]["w"]
    place = own if top is None or own < top else (steps[-1]["v"] + high) / 2
    part = (place - low) / (high - low)
    align = "left" if part < _EDGE else "right" if part > 1 - _EDGE else "center"
    return [{"k": "own", "v": place, "l": label, "a": align}]


def _edges(values: np.ndarray[Any, Any], whole: bool) -> tuple[np.ndarray[Any, Any], float | None]:
    """Edges of the steps, and where the open step begins if there is one."""
    low, high = min(0.0, float(values.min())), float(values.max())
    most = float(np.quantile(values, _MOST))
    is_open = most > low and (high - low) > _FAR * (most - low)
    reach = most if is_open else high
    width = _round((reach - low) / _STEPS, whole) if reach > low else 1.0
    first = floor(low / width)
    count = max(1, ceil(round(reach / width, 9)) - first)
    if first + count <= round(reach / width, 9):
        count += 1
    edges = width * (np.arange(first, first + count + 1) - (0.5 if whole and width == 1 else 0))
    if not is_open or edges[-1] > high:
        if edges[-1] <= high:
            edges = np.append(edges, edges[-1] + width)
        return edges, None
    top = round(float(edges[-1]), 10)
    return np.append(edges, np.nextafter(high, np.inf)), float(ceil(top)) if whole else top


def _round(width: float, whole: bool) -> float:
    """The next width of the form 1, 2 or 5 times a power of ten; at least one for counts."""
    power = 10.0 ** floor(log10(width))
    found = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= width * (1 - 1e-9))
    return max(1.0, found) if whole else float(found)


def chart(alt: Any, words: Words) -> Any:
    """Bars from zero; a rule with the own value; what has no value in words."""
    across = alt.X(
        "v:Q",
        axis=alt.Axis(tickCount=5, grid=False, labelOverlap=False),
        scale=alt.Scale(nice=False, zero=False),
    )
    top = "domain('y')[1]"
    steps = alt.ExprRef(expr=f"sequence(0, {top} + 1, max(1, ceil({top} / 4)))")
    axis = alt.Axis(values=steps, format=",d", domain=False, ticks=False)
    up = alt.Y("n:Q", axis=axis, scale=alt.Scale(zero=True, nice=True))

    def where(mark: Any, kind: str) -> Any:
        return mark.transform_filter(f"datum.k === '{kind}'")

    def bars(kind: str, **look: Any) -> Any:
        mark = alt.Chart().mark_bar(binSpacing=1, **look)
        return where(mark.encode(x=across, x2="w:Q", y=up, y2=alt.datum(0)), kind)

    def text(**look: Any) -> Any:
        return alt.Chart().mark_text(**({"fontSize": 14} | look))

    height = _HEIGHT - _SIDES["top"] - _SIDES["bottom"]
    beyond = text(align="right", baseline="bottom", fontSize=13, color=MUTED)
    named = text(align={"expr": "datum.a"}, baseline="bottom", color=ACTUAL, fontWeight="bold")
    counted = text(align="left", baseline="top", fontSize=13, color=MUTED)
    below = text(align="left", baseline="bottom", fontSize=13, color=MUTED)
    rule = alt.Chart().mark_rule(color=ACTUAL, strokeWidth=2.5)
    layers = [
        bars("step", fill=OTHERS),
        bars("open", fill=FLAGGED, stroke=ACTUAL, strokeDash=[3, 2]),
        where(beyond.encode(x=alt.X("w:Q"), y=alt.value(height + 46), text="l:N"), "open"),
        where(rule.encode(x=across, y=alt.value(-4), y2=alt.value(height)), "own"),
        where(named.encode(x=across, y=alt.value(-8), text="l:N"), "own"),
        where(below.encode(x=alt.value(-46), y=alt.value(height + 46), text="l:N"), "without"),
        where(
            counted.encode(x=alt.value(-46), y=alt.value(-44), text=alt.value(words.units)),
            "without",
        ),
        alt.Chart().mark_rule(color=INK).encode(y=alt.datum(0)),
    ]
    return framed(alt, layers, words, size=(WIDTH, _HEIGHT), sides=_SIDES)
