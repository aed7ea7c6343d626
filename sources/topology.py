"""TopoJSON decoded into rings of longitude and latitude.

Belongs here: shared arcs, their delta encoding and the polygons put together from them. Does not
belong here: which units the outlines belong to (`boundaries.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

Point: TypeAlias = tuple[float, float]
Ring: TypeAlias = list[Point]
Polygon: TypeAlias = list[Ring]

DECIMALS = 5
"""Decimals of a degree kept: about one metre, finer than the outlines themselves."""
SMALLEST_RING = 4
"""Points of a closed ring at least: three corners and the first again."""


def decoded_arcs(topology: Mapping[str, Any]) -> list[Ring]:
    """Every arc as points in degrees.

    Raises:
        ValueError, TypeError, KeyError: the arcs or the transform are not of the TopoJSON form.
    """
    transform = topology.get("transform")
    scale_x, scale_y = (float(number) for number in transform["scale"]) if transform else (1.0, 1.0)
    shift_x, shift_y = (float(number) for number in transform["translate"]) if transform else (0.0, 0.0)
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step in arc:
            x, y = (x + step[0], y + step[1]) if transform else (step[0], step[1])
            points.append((round(x * scale_x + shift_x, DECIMALS), round(y * scale_y + shift_y, DECIMALS)))
        arcs.append(points)
    return arcs


def polygons(geometry: Mapping[str, Any], arcs: Sequence[Ring]) -> list[Polygon]:
    """The polygons of one TopoJSON geometry; none where it is null.

    Raises:
        ValueError, TypeError, KeyError, IndexError: neither a polygon nor null, or an arc is not there.
    """
    match geometry["type"]:
        case None:
            return []
        case "Polygon":
            parts = [geometry["arcs"]]
        case "MultiPolygon":
            parts = geometry["arcs"]
        case other:
            raise ValueError(f"geometry of kind {other}")
    return [part for rings in parts if (part := with_area([_ring(ring, arcs) for ring in rings]))]


def _ring(indices: Sequence[int], arcs: Sequence[Ring]) -> Ring:
    """Arcs joined end to end; ~n is arc n backwards, and a shared point stands once."""
    points: Ring = []
    for index in indices:
        forward = index if index >= 0 else ~index
        arc = arcs[forward] if index >= 0 else arcs[forward][::-1]
        points.extend(arc if not points else arc[1:])
    return points


def with_area(rings: Sequence[Ring]) -> Polygon:
    """The rings of one polygon that enclose anything; empty where the outer one does not.

    Generalisation shrinks small islands and holes to a line there and back; those are left out.

    Raises:
        ValueError: a ring does not end where it began.
    """
    if any(not ring or ring[0] != ring[-1] for ring in rings):
        raise ValueError("a ring that does not close")
    if not rings or len(rings[0]) < SMALLEST_RING:
        return []
    return [ring for ring in rings if len(ring) >= SMALLEST_RING]
