"""Complementary suppression: which sums may be published though they hold confidential values.

Belongs here: the test a set of sums must pass, and the choice of sums. Does not belong here: what is
confidential by itself (`indicators/confidentiality.py`) or the sums (`indicators/comparison/aggregate.py`).

The attacker we defend against knows everything that is published: every value that is not
confidential, who belongs to which group, every sum, and that a confidential value lies above zero
and below the limit of three persons. He may be the office of a unit that reported, and know its own
value. He subtracts sums from each other as he likes.

Two units are told apart by the published sums exactly when one sum holds one of them and not the
other. Units that no sum tells apart form an atom. Every published sum is a sum of whole atoms, so
nobody can learn more than the total of every atom, however many sums overlap. A sum may therefore be
published only if every atom that would result

- holds at least three confidential values, and
- leaves each of them an interval of at least half a person's units, even to an attacker who knows
  one of the others: of m values between 1 and the limit less one that come to T, each can lie anywhere
  between max(1, T - (m - 1)(limit - 1)) and min(limit - 1, T - (m - 1)), and those bounds are attained.

Sums are asked in a fixed order (Germany, Länder, peer groups), each beside those accepted before; a
sum that fails is withheld as a whole (confidentiality status D). The test assumes that atoms become
known exactly; what is published is coarser: the confidential part of a sum is rounded to multiples
of the limit. So the same sum in two releases, between which one confidential report came or went,
leaves that report anywhere between zero and the limit.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field

FEWEST_VALUES = 3
"""Confidential values an atom must hold: with two, each knows the other by its own."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One sum that might be published: the confidential values in it, by unit."""

    key: Hashable
    values: Mapping[str, int]


@dataclass(kw_only=True)
class Published:
    """The sums accepted so far of one measure and year, as the atoms they leave.

    `limit` is the smallest publishable value, `per_person` the units of one person.
    """

    limit: int
    per_person: int
    _atom_of: dict[str, int] = field(default_factory=dict)
    """Unit to the number of its atom; a unit in no published sum has none."""
    _atoms: dict[int, dict[str, int]] = field(default_factory=dict)
    _next: int = 0

    def allows(self, cell: Cell) -> bool:
        """Whether publishing this sum beside the others leaves every confidential value uncertain."""
        return all(self._is_safe(part) for part in self._parts(cell))

    def add(self, cell: Cell) -> None:
        """Count a sum as published."""
        for part in self._parts(cell):
            for unit in part:
                self._atoms.pop(self._atom_of.pop(unit, -1), None)
            self._atoms[self._next] = dict(part)
            self._atom_of.update(dict.fromkeys(part, self._next))
            self._next += 1

    def _parts(self, cell: Cell) -> list[Mapping[str, int]]:
        """The atoms that are new: what the sum takes out of each old atom, and what remains of it."""
        fresh = {unit: value for unit, value in cell.values.items() if unit not in self._atom_of}
        touched = {self._atom_of[unit] for unit in cell.values if unit in self._atom_of}
        parts: list[Mapping[str, int]] = [fresh]
        for number in sorted(touched):
            atom = self._atoms[number]
            parts.append({unit: value for unit, value in atom.items() if unit in cell.values})
            parts.append({unit: value for unit, value in atom.items() if unit not in cell.values})
        return [part for part in parts if part]

    def _is_safe(self, atom: Mapping[str, int]) -> bool:
        values = sorted(atom.values())
        if len(values) < FEWEST_VALUES:
            return False
        total, others = sum(values), len(values) - 1
        return all(width(total - known, others, self.limit) * 2 >= self.per_person for known in set(values))


def width(total: int, number: int, limit: int) -> int:
    """Length of the interval each of `number` values between 1 and `limit` - 1 can lie in, given their total."""
    lowest = max(1, total - (number - 1) * (limit - 1))
    highest = min(limit - 1, total - (number - 1))
    return highest - lowest


def publishable(cells: Sequence[Cell], *, limit: int, per_person: int) -> list[bool]:
    """Which sums of one measure and year may be published together, asked in the order given."""
    published = Published(limit=limit, per_person=per_person)
    verdicts: list[bool] = []
    for cell in cells:
        verdict = published.allows(cell)
        if verdict:
            published.add(cell)
        verdicts.append(verdict)
    return verdicts


def rounded(confidential: int, limit: int) -> int:
    """The confidential part of a sum as it is published: the nearest multiple of the limit, halves up."""
    return (2 * confidential + limit) // (2 * limit) * limit
