"""A map of Germany: units in classes of their value, those without a value in a class of their own.

Belongs here: the map, its classes, its legend and its rows. Does not belong here: outlines
(`../projection.py`, `../outlines.py`), headline and source, which stand around the map.

Classes have about equally many units and round limits; few different values get a class each. Zero is a
class of its own and never mixed with "no data". How many units a class has stands in the legend, counted
from the values and not from the outlines, so a town too small to see is still counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from math import floor, log10
from typing import Any

import numpy as np

from pipelines.charts.framework import framed
from pipelines.charts.outlines import Outlines, Spot, areas, borders_between
from pipelines.charts.palette import CLASSES, INK, MUTED, NOTHING, ZERO
from pipelines.charts.projection import GERMANY
from pipelines.charts.words import WORDS, Words, written

_LEGEND = 272
_LINE = 37
"""Height of the legend and of a line in it."""

_NOTHING, _ZERO = "nothing", "zero"
_NAMES = ("class1", "class2", "class3", "class4")
_MARK = 24

COLOUR_OF = {_NOTHING: NOTHING, _ZERO: ZERO, **dict(zip(_NAMES, CLASSES, strict=True))}


def rows(
    country: Outlines,
    values: Mapping[str, float],
    *,
    without: int,
    write: Callable[[float], str],
    digits: int = 8,
    language: str = "de",
) -> list[dict[str, Any]]:
    """The rows of a map.

    Args:
        country: outlines of the municipalities (`projection.read_outlines`), also for higher levels: what
            belongs to one district or Land is drawn as one area.
        values: key of a unit to its known value; the newest of each, for example.
        without: number of units of this level without a value, for the legend.
        write: a value in the form of its indicator and language; "ja" and "nein" for a binary one.
        digits: length of the keys: 8 municipalities, 5 districts, 2 Länder.
        language: "de" or "en".
    """
    words = WORDS[language]
    classes = _classes(list(values.values()), words, write, language)
    named = {key: _class_of(value, classes) for key, value in values.items()}
    found = {unit: named.get(unit[:digits], _NOTHING) for unit in country.units}
    counts = Counter(named.values())
    entries = [(name, text.replace("{count}", written(counts[name], language))) for name, _, text in classes]
    entries.append((_NOTHING, words.nothing.format(count=written(without, language))))
    unseen = len(set(values) - {unit[:digits] for unit in country.units})
    if unseen:
        entries.append(("unseen", words.unseen.format(count=written(unseen, language))))
    shapes = areas(country, found)
    return [
        *(_feature(name, "MultiPolygon", [[ring] for ring in shapes[name]]) for name in sorted(shapes)),
        _feature("border", "MultiLineString", _lands(country)),
        *_legend(entries),
    ]


def _feature(name: str, kind: str, coordinates: Sequence[Any]) -> dict[str, Any]:
    return {"type": "Feature", "k": name, "geometry": {"type": kind, "coordinates": coordinates}}


@cache
def _lands(country: Outlines) -> list[list[Spot]]:
    """The borders of the Länder."""
    return borders_between(country, {unit: unit[:2] for unit in country.units})


def _legend(entries: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    """The classes below the map, one above the other."""
    return [
        {"c": name, "l": text, "x": 18, "y": GERMANY[1] + 24 + position * _LINE}
        for position, (name, text) in enumerate(entries)
    ]


_Class = tuple[str, float, str]
"""Name, lowest value, text of the legend with `{count}` still open."""


def _classes(
    values: Sequence[float], words: Words, write: Callable[[float], str], language: str
) -> list[_Class]:
    """Classes from the lowest; zero first, then at most four of about equally many units."""
    found: list[_Class] = []
    if 0 in values:
        found.append((_ZERO, 0.0, words.one.format(low=write(0.0), count="{count}")))
    others = sorted(value for value in values if value)
    if not others:
        return found
    different = sorted(set(others))
    if len(different) <= len(_NAMES):
        names = _spread(len(different))
        said = [words.one.format(low=write(value), count="{count}") for value in different]
        return [*found, *zip(names, different, said, strict=True)]
    limits = [different[0], *_limits(np.asarray(others)), different[-1]]
    names, whole = _spread(len(limits) - 1), all(value == int(value) for value in different)
    for position, name in enumerate(names):
        low, high = limits[position], limits[position + 1]
        pattern = words.up_to if position == len(names) - 1 else words.between
        if pattern is words.between and whole and high - low == 1:
            pattern = words.one
        found.append((name, low, pattern.format(low=write(low), high=write(high), count="{count}")))
    return found


def _spread(count: int) -> Sequence[str]:
    """Names of so many classes, as far apart in lightness as they can be."""
    return {1: _NAMES[2:3], 2: (_NAMES[0], _NAMES[2]), 3: (_NAMES[0], _NAMES[1], _NAMES[3])}.get(
        count, _NAMES
    )


def _limits(others: np.ndarray[Any, Any]) -> list[float]:
    """Round limits near the quartiles, each above the lowest value and no two alike."""
    quartiles = np.quantile(others, [0.25, 0.5, 0.75])
    rounded = sorted({_rounded(float(limit)) for limit in quartiles})
    return [limit for limit in rounded if others[0] < limit <= others[-1]]


def _rounded(limit: float) -> float:
    """Two significant digits; the same as a person would choose."""
    if limit == 0:
        return 0.0
    step = 10.0 ** (floor(log10(abs(limit))) - 1)
    return round(round(limit / step) * step, 10)


def _class_of(value: float, classes: Sequence[_Class]) -> str:
    """Zero is its own class; any other value belongs to the last class that begins at or below it."""
    if value == 0:
        return _ZERO
    return [name for name, low, _ in classes if name != _ZERO and low <= value][-1]


def height(data: Sequence[Mapping[str, Any]]) -> int:
    """As high as the map and the lines of its legend."""
    return GERMANY[1] + _LINE * sum("l" in row for row in data) + _LINE // 2


def chart(alt: Any, words: Words) -> Any:
    """Areas of the classes, the borders of the Länder above them, the legend below."""
    domain, colours = list(COLOUR_OF), list(COLOUR_OF.values())
    legend = alt.Fill("c:N", scale=alt.Scale(domain=domain, range=colours), legend=None)
    width, height = GERMANY[0], GERMANY[1] + _LEGEND

    def place(axis: Any, field: str, size: int, *, falling: bool = False) -> Any:
        ends = [size, 0] if falling else [0, size]
        return axis(f"{field}:Q", axis=None, scale=alt.Scale(domain=ends, nice=False, zero=False))

    across, down = place(alt.X, "x", width), place(alt.Y, "y", height, falling=True)
    area = [
        alt.Chart()
        .mark_geoshape(clip=False, fill=colour, stroke=colour, strokeWidth=0.6)
        .transform_filter(f"datum.k === '{name}'")
        for name, colour in COLOUR_OF.items()
    ]
    border = alt.Chart().mark_geoshape(clip=False, filled=False, stroke=MUTED, strokeWidth=1.2)
    square = alt.Chart().mark_square(clip=False, size=_MARK**2, opacity=1, stroke=MUTED, strokeWidth=1.5)
    entry = alt.Chart().mark_text(clip=False, align="left", baseline="middle", dx=22, fontSize=24, color=INK)
    layers = [
        *area,
        border.transform_filter("datum.k === 'border'"),
        square.encode(x=across, y=down, fill=legend).transform_filter(
            "isValid(datum.c) && datum.c !== 'unseen'"
        ),
        entry.encode(x=across, y=down, text="l:N").transform_filter("isValid(datum.c)"),
    ]
    whole = framed(
        alt, layers, words, size=(width, height), sides=dict.fromkeys(("left", "right", "top", "bottom"), 0)
    )
    return whole.project(type="identity", scale=1, translate=[0, 0])
