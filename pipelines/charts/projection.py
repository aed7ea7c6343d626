"""Longitude and latitude to places on a picture.

Belongs here: the two projections of the product and reading outlines of tables through them. Does not
belong here: what is drawn (`forms/`), how outlines share lines (`outlines.py`).

Germany: Lambert's conformal conic with the parallels of the official map (48°40' and 53°40', EPSG:5243),
one step of the grid is one kilometre. The world: Equal Earth (Šavrič, Patterson and Jenny 2018), in which
no country looks larger than it is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import orjson
import polars as pl

from pipelines.charts.outlines import Outlines, Spot, outlines

Numbers = np.ndarray[Any, np.dtype[np.float64]]
Projection = Callable[[Numbers, Numbers], tuple[Numbers, Numbers]]

TOLERANCE = 1.4
"""How far a border on a map may leave the real one: 1.4 km, a stroke's width. A map of any indicator then
stays below about 150 KB."""

GERMANY = (642, 874)
"""Width and height of the map of Germany, in kilometres."""

WORLD = (640, 284)
"""Width and height of the map of the world, in steps."""

_EARTH = 6371.0
"""Mean radius in kilometres."""


def germany(longitude: Numbers, latitude: Numbers) -> tuple[Numbers, Numbers]:
    """Kilometres from the upper left corner of the map of Germany."""
    first, second, centre, middle = np.radians([48 + 2 / 3, 53 + 2 / 3, 51.0, 10.5])

    def half(angle: Any) -> Any:
        return np.tan(np.pi / 4 + angle / 2)

    cone = np.log(np.cos(first) / np.cos(second)) / np.log(half(second) / half(first))
    scale = np.cos(first) * half(first) ** cone / cone
    radius = _EARTH * scale / half(np.radians(latitude)) ** cone
    angle = cone * (np.radians(longitude) - middle)
    x = radius * np.sin(angle)
    y = _EARTH * scale / half(centre) ** cone - radius * np.cos(angle)
    return x + 325.0, 456.0 - y


def world(longitude: Numbers, latitude: Numbers) -> tuple[Numbers, Numbers]:
    """Steps from the upper left corner of the map of the world, which ends before Antarctica."""
    one, two, three, four = 1.340264, -0.081106, 0.000893, 0.003796
    t = np.arcsin(np.sqrt(3) / 2 * np.sin(np.radians(latitude)))
    slope = 9 * four * t**8 + 7 * three * t**6 + 3 * two * t**2 + one
    x = 2 * np.sqrt(3) * np.radians(longitude) * np.cos(t) / (3 * slope)
    y = four * t**9 + three * t**7 + two * t**3 + one * t
    unit = (WORLD[0] / 2 - 2) / 2.7066
    return WORLD[0] / 2 + x * unit, 1.3173 * unit + 4 - y * unit


def read_outlines(
    table: pl.DataFrame, key: str, projection: Projection, tolerance: float = TOLERANCE
) -> Outlines:
    """The outlines of a table with GeoJSON polygons in degrees, as shared lines.

    Args:
        table: columns `key` and `geometry`; a unit whose geometry is null has no outline.
        key: name of the column with the keys of the units.
        projection: degrees to places on the picture.
        tolerance: how far a line may leave its border, in steps of the grid.
    """
    shapes: list[tuple[str, list[list[Spot]]]] = []
    rows = table.select(key, "geometry").drop_nulls().sort(key)
    for unit, text in rows.iter_rows():
        shape = orjson.loads(text)
        parts = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        shapes += [(unit, [_placed(ring, projection) for ring in part]) for part in parts]
    return outlines(shapes, tolerance)


def _placed(ring: list[list[float]], projection: Projection) -> list[Spot]:
    degrees = np.asarray(ring, dtype=float)
    longitude = degrees[:, 0]
    if np.abs(np.diff(longitude)).max(initial=0) > 180:  # noqa: PLR2004 - the ring crosses the date line
        longitude = np.where(longitude < 0, longitude + 360, longitude)
    x, y = projection(longitude, degrees[:, 1])
    return list(zip(np.rint(x).astype(int).tolist(), np.rint(y).astype(int).tolist(), strict=True))
