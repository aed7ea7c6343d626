"""What one decision about a row in quarantine is.

Belongs here: the declaration. Does not belong here: reading entries (`parsing.py`) or carrying them out
(`applying.py`).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from quality.corrections.entry import Problem, Scalar

ACTIONS = ("release", "reject")


@dataclass(frozen=True, kw_only=True)
class Decision:
    """A person says of one row that waits: use it, as completed here, or leave it out for good.

    The row is found by its fingerprint (`quarantine.row_hash`): as soon as the provider writes it
    otherwise, the decision no longer speaks of it. `rules` are all rules it may break; a row that breaks
    another one too is not released.
    """

    id: str
    file: str
    source: str
    """Source the row came from; `house` where it was left out when sources were put together."""
    table: str
    row_hash: str
    locator: str
    """Where the row stood when the decision was made, for a person to find it again."""
    rules: tuple[str, ...]
    action: str
    reason: str
    date: datetime.date
    author: str
    """Role of the person who answers for it."""
    values: Mapping[str, Scalar]
    """Column to the value the row gets; only where it is released."""


@dataclass(frozen=True, kw_only=True)
class Decisions:
    """Decisions that can be carried out, and entries that cannot be read."""

    good: tuple[Decision, ...] = ()
    problems: tuple[Problem, ...] = ()

    def of(self, source: str, table: str) -> tuple[Decision, ...]:
        """Decisions about rows of one source meant for one table."""
        return tuple(each for each in self.good if (each.source, each.table) == (source, table))


def together(lists: Iterable[Decisions]) -> Decisions:
    """Several lists as one; an id or a row that is decided twice is a problem of the second."""
    good: dict[str, Decision] = {}
    rows: dict[tuple[str, str, str], str] = {}
    problems: list[Problem] = []
    for decisions in lists:
        problems.extend(decisions.problems)
        for each in decisions.good:
            row = (each.source, each.table, each.row_hash)
            if each.id in good:
                text = f"the id {each.id} is taken by an entry of {good[each.id].file}"
                problems.append(Problem(id=each.id, file=each.file, text=text))
            elif row in rows:
                text = f"the row is already decided by {rows[row]}"
                problems.append(Problem(id=each.id, file=each.file, text=text))
            else:
                good[each.id], rows[row] = each, each.id
    return Decisions(good=tuple(good.values()), problems=tuple(problems))
