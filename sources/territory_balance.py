"""Who took over whose territory, told from two editions of the register alone: by balancing figures.

Belongs here: the search for groups of units whose losses and gains agree, and the demand that there
be only one way. Does not belong here: which editions are compared, or what follows (`territory_steps.py`).

Between two editions some units lose (one that vanished loses everything) and some gain (a new one
gains everything). A group balances when the losses of its units add up to the gains of its units:

- in area, within half a hectare for each rounded figure that takes part;
- in inhabitants to the person, where both editions count the same day;
- otherwise the successor must have about as many inhabitants as its parts had together.

A group is either several losers with one gainer (each goes there whole) or one loser with several
gainers (its figures say in which shares). A share needs inhabitants of the same day, or a loser
without inhabitants. The groups of a Land must cover every vanished and every new unit in exactly one
way. Where two ways are possible, or none, nothing is concluded.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

ROUNDING = 0.5
"""Hectares by which one figure of area may be rounded."""

DRIFT = 0.1
"""Share by which the inhabitants of a successor may differ from its parts when the days differ."""

MOST_UNITS = 26
"""Units among which a sum is looked for: beyond that, figures agree by chance."""


@dataclass(frozen=True, kw_only=True)
class Shift:
    """What one unit lost or gained between two editions, as positive numbers.

    `inhabitants` is null where the editions count different days. `before` and `after` are the
    inhabitants each edition states (null where the unit is not in it), `area_before` the area the earlier
    one states. `is_whole`: the unit vanished or is new, so its area is one rounded figure, not the
    difference of two.
    """

    key: str
    hectare: int
    area_before: int
    inhabitants: int | None
    before: int | None
    after: int | None
    is_whole: bool

    @property
    def slack(self) -> float:
        """Hectares by which rounding may blur this shift."""
        return ROUNDING if self.is_whole else 2 * ROUNDING


@dataclass(frozen=True)
class Group:
    """Losers and gainers whose figures agree; one side is a single unit."""

    losers: tuple[Shift, ...]
    gainers: tuple[Shift, ...]

    @property
    def members(self) -> frozenset[str]:
        """Every unit of the group, losing or gaining."""
        return frozenset(f"-{each.key}" for each in self.losers) | {f"+{each.key}" for each in self.gainers}


@dataclass(frozen=True)
class Outcome:
    """What balances in one way only, and the vanished and new units nothing can be said about."""

    groups: tuple[Group, ...]
    open_losers: tuple[Shift, ...]
    open_gainers: tuple[Shift, ...]


def balance(losers: Sequence[Shift], gainers: Sequence[Shift]) -> Outcome:
    """The one way in which losses and gains of a Land agree, as far as there is one."""
    found = list(_groups(losers, gainers))
    chosen: list[Group] = []
    for part in _components(found):
        must = {
            name
            for name, shift in _named(losers, gainers).items()
            if any(name in group.members for group in part) and (shift.is_whole or shift.inhabitants)
        }
        ways = _covers(part, frozenset(must))
        if len(ways) == 1:
            chosen += ways[0]
    settled = frozenset[str]().union(*(group.members for group in chosen))
    return Outcome(
        groups=tuple(sorted(chosen, key=lambda group: group.losers[0].key)),
        open_losers=tuple(each for each in losers if f"-{each.key}" not in settled),
        open_gainers=tuple(each for each in gainers if f"+{each.key}" not in settled),
    )


def _named(losers: Sequence[Shift], gainers: Sequence[Shift]) -> dict[str, Shift]:
    return {**{f"-{each.key}": each for each in losers}, **{f"+{each.key}": each for each in gainers}}


def _groups(losers: Sequence[Shift], gainers: Sequence[Shift]) -> Iterator[Group]:
    for gainer in gainers:
        for parts in _sums(losers, gainer):
            group = Group(parts, (gainer,))
            if _plausible(group):
                yield group
    for loser in losers:
        if loser.inhabitants is None and loser.before != 0:
            continue
        for parts in _sums(gainers, loser):
            if len(parts) > 1:
                yield Group((loser,), parts)


def _sums(items: Sequence[Shift], target: Shift) -> list[tuple[Shift, ...]]:
    """Every choice of items that adds up to the target, found by meeting in the middle."""
    room = target.slack + sum(each.slack for each in items)
    fitting = [
        each
        for each in items
        if each.hectare <= target.hectare + room and (each.inhabitants or 0) <= (target.inhabitants or 0)
    ]
    if not fitting or len(fitting) > MOST_UNITS:
        return []
    half = len(fitting) // 2
    first = sorted(_choices(fitting[:half]), key=lambda choice: choice[0])
    areas = [area for area, _, _ in first]
    result = []
    for area, people, chosen in _choices(fitting[half:]):
        missing = target.hectare - area
        for other in first[bisect_left(areas, missing - room) : bisect_right(areas, missing + room)]:
            together = other[2] + chosen
            slack = target.slack + sum(each.slack for each in together)
            exact = target.inhabitants is None or other[1] + people == target.inhabitants
            if together and exact and abs(other[0] - missing) <= slack:
                result.append(together)
    return result


def _choices(items: Sequence[Shift]) -> list[tuple[int, int, tuple[Shift, ...]]]:
    """Area, inhabitants and members of every choice of items, the empty one among them."""
    found: list[tuple[int, int, tuple[Shift, ...]]] = [(0, 0, ())]
    for each in items:
        found += [
            (area + each.hectare, people + (each.inhabitants or 0), (*chosen, each))
            for area, people, chosen in found
        ]
    return found


def _plausible(group: Group) -> bool:
    """Whether the successor has about the inhabitants its parts had; always so where the day is the same."""
    gainer = group.gainers[0]
    if gainer.inhabitants is not None:
        return True
    parts = (gainer.before or 0) + sum(each.before or 0 for each in group.losers)
    return abs((gainer.after or 0) - parts) <= DRIFT * parts


def _components(groups: Sequence[Group]) -> list[list[Group]]:
    """Groups that share units, together: what one of them takes the other cannot have."""
    parts: list[tuple[set[str], list[Group]]] = []
    for group in groups:
        touching = [part for part in parts if part[0] & group.members]
        parts = [part for part in parts if not part[0] & group.members]
        members = set(group.members).union(*(names for names, _ in touching))
        parts.append((members, [group, *(each for _, listed in touching for each in listed)]))
    return [listed for _, listed in parts]


def _covers(groups: Sequence[Group], must: frozenset[str]) -> list[list[Group]]:
    """At most two of the ways in which groups cover every unit of `must` once and no unit twice."""
    if not must:
        return [[]]
    first = min(must)
    ways: list[list[Group]] = []
    for group in groups:
        if first not in group.members:
            continue
        rest = [each for each in groups if not each.members & group.members]
        for way in _covers(rest, must - group.members):
            ways.append([group, *way])
            if len(ways) > 1:
                return ways
    return ways
