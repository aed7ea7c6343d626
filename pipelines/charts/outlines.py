"""Outlines of territorial units as lines between neighbours, small enough for a picture.

Belongs here: from polygons on a grid to shared lines, simplified once, and from classes of units to the
areas of each class. Does not belong here: where polygons come from (`sources/boundaries.py`), their
projection (`projection.py`), colours and legends (`forms/`).

Neighbours share a line, so simplifying lines instead of polygons leaves neither gaps nor overlaps, and
units of one class melt into one area: what lies between two of them is not drawn. The bytes of a map
therefore depend on how mixed its classes are, not on the number of units.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np

Spot = tuple[int, int]
Ring = list[Spot]
Sides = tuple[tuple[str, int], ...]
"""Units along a line: +1 where the outline of the unit runs with the line, -1 where against it."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """A piece of border between two ends."""

    spots: tuple[Spot, ...]
    sides: Sides


@dataclass(frozen=True, kw_only=True, eq=False)
class Outlines:
    """All borders of a map; compared by identity, because there is one per map."""

    units: frozenset[str]
    lines: tuple[Line, ...]

    @cached_property
    def neighbours(self) -> tuple[tuple[str, ...], np.ndarray[Any, Any]]:
        """Units, and per line the positions of at most two of them; -1 for nobody, -2 where more meet."""
        names = tuple(sorted(self.units))
        position = {name: number for number, name in enumerate(names)}
        sides = np.full((len(self.lines), 2), -1)
        for number, line in enumerate(self.lines):
            signs = sorted(sign for _, sign in line.sides)
            if signs in ([1], [-1], [-1, 1]):
                for unit, sign in line.sides:
                    sides[number, 0 if sign > 0 else 1] = position[unit]
            else:
                sides[number] = -2
        return names, sides


def outlines(shapes: Iterable[tuple[str, Sequence[Sequence[Spot]]]], tolerance: float) -> Outlines:
    """Shared, simplified lines of units.

    Args:
        shapes: unit and one polygon of it on a whole-numbered grid (outer ring first, then holes); a
            unit of several parts comes several times.
        tolerance: how far a line may leave its border, in steps of the grid.
    """
    net: dict[tuple[Spot, Spot], dict[str, int]] = defaultdict(dict)
    units = set()
    for unit, polygon in shapes:
        units.add(unit)
        for position, ring in enumerate(polygon):
            _add(net, unit, _thinned(ring), outer=position == 0)
    edges = {edge: sides for edge, own in net.items() if (sides := _sides(own))}
    lines = [Line(spots=_simple(spots, tolerance), sides=sides) for spots, sides in _chains(edges)]
    return Outlines(units=frozenset(units), lines=tuple(line for line in lines if len(line.spots) > 1))


def areas(borders: Outlines, class_of: Mapping[str, str]) -> dict[str, list[Ring]]:
    """The area of each class as closed rings; outer rings and holes run in opposite directions.

    Args:
        borders: the lines of all units.
        class_of: unit to class; a unit without a class belongs to no area.
    """
    names, sides = borders.neighbours
    numbered = {name: number for number, name in enumerate(sorted(set(class_of.values())))}
    classes = np.array([numbered.get(class_of.get(name, ""), -1) for name in names] + [-1])
    of_line = classes[np.maximum(sides, -1)]
    drawn = np.flatnonzero((of_line[:, 0] != of_line[:, 1]) | (sides[:, 0] == -2))  # noqa: PLR2004 - see `neighbours`
    pieces: dict[str, list[tuple[Spot, ...]]] = defaultdict(list)
    for line in (borders.lines[number] for number in drawn):
        sums: dict[str, int] = defaultdict(int)
        for unit, sign in line.sides:
            if unit in class_of:
                sums[class_of[unit]] += sign
        for name, total in sums.items():
            pieces[name] += [line.spots if total > 0 else line.spots[::-1]] * abs(total)
    return {name: _rings(own) for name, own in pieces.items()}


def borders_between(borders: Outlines, group_of: Mapping[str, str]) -> list[list[Spot]]:
    """The lines that part two groups of units, or a group from what is outside."""
    found = []
    for line in borders.lines:
        groups = {(group_of.get(unit, ""), sign) for unit, sign in line.sides}
        if len({group for group, _ in groups}) > 1 or len(groups) == 1:
            found.append(list(line.spots))
    return found


def _thinned(ring: Sequence[Spot]) -> list[Spot]:
    """The ring without repeated spots, closed."""
    kept = [spot for before, spot in zip([None, *ring], ring, strict=False) if spot != before]
    return kept if not kept or kept[0] == kept[-1] else [*kept, kept[0]]


def _add(
    net: dict[tuple[Spot, Spot], dict[str, int]], unit: str, ring: Sequence[Spot], *, outer: bool
) -> None:
    """Count the edges of a ring for its unit, outer rings in one direction and holes in the other."""
    turned = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) > 0
    sign = 1 if turned == outer else -1
    for a, b in pairwise(ring):
        edge, with_it = ((a, b), sign) if a < b else ((b, a), -sign)
        own = net[edge]
        own[unit] = own.get(unit, 0) + with_it


def _sides(own: Mapping[str, int]) -> Sides:
    return tuple(sorted((unit, sign) for unit, sign in own.items() if sign))


def _chains(edges: Mapping[tuple[Spot, Spot], Sides]) -> Iterable[tuple[list[Spot], Sides]]:
    """Edges of the same sides joined end to end, each direction as its sides say."""
    at: dict[tuple[Spot, Sides], list[Spot]] = defaultdict(list)
    count: dict[Spot, int] = defaultdict(int)
    for (a, b), sides in edges.items():
        start, end, key = (a, b, sides) if sides[0][1] > 0 else (b, a, _reversed(sides))
        at[start, key].append(end)
        count[a] += 1
        count[b] += 1
    ends = {spot for spot, number in count.items() if number != 2}  # noqa: PLR2004 - a line passes through
    ends |= {spot for spot, number in _kinds(at).items() if number > 1}
    for start, key in [place for place in at if place[0] in ends]:
        while at[start, key]:
            yield _walk(at, start, key, ends), key
    for start, key in list(at):
        while at[start, key]:
            yield _walk(at, start, key, {start}), key


def _reversed(sides: Sides) -> Sides:
    return tuple((unit, -sign) for unit, sign in sides)


def _kinds(at: Mapping[tuple[Spot, Sides], list[Spot]]) -> dict[Spot, int]:
    """How many kinds of edges meet at a spot."""
    kinds: dict[Spot, set[Hashable]] = defaultdict(set)
    for (start, key), targets in at.items():
        for end in targets:
            kinds[start].add(key)
            kinds[end].add(key)
    return {spot: len(own) for spot, own in kinds.items()}


def _walk(at: dict[tuple[Spot, Sides], list[Spot]], start: Spot, key: Sides, ends: set[Spot]) -> list[Spot]:
    spots = [start]
    while at[spots[-1], key]:
        spots.append(at[spots[-1], key].pop())
        if spots[-1] in ends:
            break
    return spots


def _simple(spots: Sequence[Spot], tolerance: float) -> tuple[Spot, ...]:
    """Douglas and Peucker: the ends, and every spot that lies too far from the line without it."""
    if spots[0] == spots[-1] and len(spots) > 3:  # noqa: PLR2004 - a loop is halved at its far side
        far = max(range(len(spots)), key=lambda i: _square(spots[0], spots[i]))
        halves = _simple(spots[: far + 1], tolerance), _simple(spots[far:], tolerance)
        joined = (*halves[0], *halves[1][1:])
        return joined if len(joined) > 3 else tuple(spots)  # noqa: PLR2004 - an area needs three corners
    kept = {0, len(spots) - 1}
    stack = [(0, len(spots) - 1)]
    while stack:
        first, last = stack.pop()
        if last - first > 1:
            far = max(range(first + 1, last), key=lambda i: _away(spots[first], spots[last], spots[i]))
            if _away(spots[first], spots[last], spots[far]) > tolerance**2:
                kept.add(far)
                stack += [(first, far), (far, last)]
    return tuple(spots[i] for i in sorted(kept))


def _square(a: Spot, b: Spot) -> int:
    return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2


def _away(a: Spot, b: Spot, spot: Spot) -> float:
    """Squared distance of a spot from the straight line between two others."""
    length = _square(a, b)
    if length == 0:
        return _square(a, spot)
    part = max(0.0, min(1.0, ((spot[0] - a[0]) * (b[0] - a[0]) + (spot[1] - a[1]) * (b[1] - a[1])) / length))
    x, y = a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])
    return (spot[0] - x) ** 2 + (spot[1] - y) ** 2


def _rings(pieces: Sequence[tuple[Spot, ...]]) -> list[Ring]:
    """Directed lines joined to closed rings."""
    at: dict[Spot, list[tuple[Spot, ...]]] = defaultdict(list)
    for piece in pieces:
        at[piece[0]].append(piece)
    rings = []
    for first in sorted(at):
        while at[first]:
            ring = list(at[first].pop())
            while ring[-1] != ring[0] and at[ring[-1]]:
                ring += at[ring[-1]].pop()[1:]
            rings.append(ring)
    return rings
