"""Where in the world the partners of one unit are: their countries filled, their places as dots.

Belongs here: the map and its rows. Does not belong here: the list of partners, which stands beside the
map because a map alone names nobody; outlines (`../projection.py`).

The map is equal-area, so no country looks larger than it is. Partners whose country has no outline at
this scale and whose place no source states are counted in words below.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
import polars as pl

from pipelines.charts.framework import framed
from pipelines.charts.outlines import Outlines, Ring, areas
from pipelines.charts.palette import CLASSES, MUTED, NOTHING, PAPER, PLAN
from pipelines.charts.projection import WORLD, read_outlines, world
from pipelines.charts.words import WORDS, Words, written

_BELOW = 34
_LAND, _PARTNER = "land", "partner"
_EMPTY = ("ATA",)
"""Countries outside the picture."""

_TOLERANCE = 1.1


def read_world(table: pl.DataFrame) -> Outlines | None:
    """The outlines of `country_outline`; null where the release has none, so there is a list only."""
    kept = table.filter(~pl.col("country").is_in(_EMPTY))
    return None if kept.is_empty() else read_outlines(kept, "country", world, _TOLERANCE)


def rows(
    outlines: Outlines, partners: Iterable[Mapping[str, Any]], *, language: str = "de"
) -> list[dict[str, Any]]:
    """The rows of the map; none where nobody has a place on it.

    Args:
        outlines: all countries (`read_world`).
        partners: rows of `partnership` with `partner_country`, `partner_latitude`, `partner_longitude`.
        language: "de" or "en".
    """
    own = list(partners)
    placed = [
        row for row in own if row["partner_latitude"] is not None and row["partner_longitude"] is not None
    ]
    countries = {row["partner_country"] for row in own} & outlines.units
    unseen = sum(row["partner_country"] not in outlines.units and row not in placed for row in own)
    if not countries and not placed:
        return []
    filled = areas(outlines, dict.fromkeys(countries, _PARTNER))
    said = WORDS[language].unseen.format(count=written(unseen, language))
    return [
        _feature(_LAND, _land(outlines)),
        *([_feature(_PARTNER, filled[_PARTNER])] if countries else []),
        *({"k": "place", "x": x, "y": y} for x, y in sorted(set(_spots(placed)))),
        *([{"k": "unseen", "l": said}] if unseen else []),
    ]


def _spots(placed: list[Mapping[str, Any]]) -> list[tuple[int, int]]:
    """Places in whole steps of the picture."""
    if not placed:
        return []
    x, y = world(
        np.array([row["partner_longitude"] for row in placed], dtype=float),
        np.array([row["partner_latitude"] for row in placed], dtype=float),
    )
    return list(zip(np.rint(x).astype(int).tolist(), np.rint(y).astype(int).tolist(), strict=True))


@cache
def _land(outlines: Outlines) -> list[Ring]:
    """All countries as one area; specks without a corner are left out."""
    whole = areas(outlines, dict.fromkeys(outlines.units, _LAND))[_LAND]
    return [ring for ring in whole if len(ring) > 4]  # noqa: PLR2004 - a triangle is closed by a fourth spot


def _feature(name: str, rings: list[Ring]) -> dict[str, Any]:
    shape = {"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]}
    return {"type": "Feature", "k": name, "geometry": shape}


def height(data: Sequence[Mapping[str, Any]]) -> int:
    """As high as the map, and a line of words where a partner is not on it."""
    return WORLD[1] + _BELOW * any("l" in row for row in data)


def chart(alt: Any, words: Words) -> Any:
    """Land in one quiet colour with its coast, partner countries filled, places above them."""

    def scaled(axis: Any, field: str, ends: list[int]) -> Any:
        return axis(f"{field}:Q", axis=None, scale=alt.Scale(domain=ends, nice=False, zero=False))

    def area(name: str, colour: str, stroke: str, width: float) -> Any:
        mark = alt.Chart().mark_geoshape(clip=False, fill=colour, stroke=stroke, strokeWidth=width)
        return mark.transform_filter(f"datum.k === '{name}'")

    width, height = WORLD[0], WORLD[1] + _BELOW
    across, down = scaled(alt.X, "x", [0, width]), scaled(alt.Y, "y", [height, 0])
    dot = alt.Chart().mark_circle(clip=False, size=110, opacity=1, fill=PLAN, stroke=PAPER, strokeWidth=1.5)
    said = alt.Chart().mark_text(clip=False, align="left", baseline="middle", fontSize=22, color=MUTED)
    layers = [
        area(_LAND, NOTHING, MUTED, 0.7),
        area(_PARTNER, CLASSES[1], CLASSES[2], 0.8),
        dot.encode(x=across, y=down).transform_filter("datum.k === 'place'"),
        said.encode(x=alt.value(4), y=alt.value(height - 14), text="l:N").transform_filter(
            "datum.k === 'unseen'"
        ),
    ]
    sides = dict.fromkeys(("left", "right", "top", "bottom"), 0)
    whole = framed(alt, layers, words, size=(width, height), sides=sides)
    return whole.project(type="identity", scale=1, translate=[0, 0])
