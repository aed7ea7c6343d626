"""What one correction is.

Belongs here: the declaration of an entry and of a list of entries. Does not belong here: reading
them (`parsing.py`) or carrying them out (`applying.py`).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Scalar = str | int | float | bool | datetime.date

ACTIONS = ("set", "drop")
REPORT_STATES = ("open", "reported", "acknowledged", "declined")
"""Where the matter stands with the provider. All but open need the day of the report."""


@dataclass(frozen=True, kw_only=True)
class Correction:
    """One declared, dated correction of rows of one provider in one table.

    `within` says which rows of the provider the entry speaks about at all (usually one edition);
    where there are none, the release does not hold these data and the entry rests. Among them `where`
    selects the rows to correct, by exact values. `expect` is what the provider still says today:
    the number of rows and old values. As soon as that is no longer found, the entry has expired.
    """

    id: str
    file: str
    table: str
    provider: str
    """Id of the source whose rows are wrong."""
    where: Mapping[str, tuple[Scalar, ...]]
    action: str
    reason: str
    """What is wrong, what is right, and the evidence."""
    date: datetime.date
    author: str
    """Role of the person who answers for it."""
    status: str
    reported: datetime.date | None
    expected_rows: int
    expected_values: Mapping[str, Scalar]
    within: Mapping[str, tuple[Scalar, ...]]
    values: Mapping[str, Scalar]
    """Column to the right value."""
    formulas: Mapping[str, str]
    """Column to an SQL expression over the columns of the same row."""
    cleared: tuple[str, ...]
    """Columns that become null."""

    @property
    def changed_columns(self) -> tuple[str, ...]:
        """Columns that get another content."""
        return (*self.values, *self.formulas, *self.cleared)


@dataclass(frozen=True, kw_only=True)
class Problem:
    """An entry that cannot be read, with everything that is wrong with it."""

    id: str
    file: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Entries:
    """Entries that can be carried out, and those that cannot be read."""

    good: tuple[Correction, ...] = ()
    problems: tuple[Problem, ...] = ()

    def of(self, provider: str, table: str) -> tuple[Correction, ...]:
        """Entries about one table of one source, in the order they are carried out."""
        return tuple(each for each in self.good if (each.provider, each.table) == (provider, table))


def together(lists: Iterable[Entries]) -> Entries:
    """Several lists as one; an id that occurs twice is a problem of the second."""
    good: dict[str, Correction] = {}
    problems: list[Problem] = []
    for entries in lists:
        problems.extend(entries.problems)
        for each in entries.good:
            if each.id in good:
                text = f"the id {each.id} is taken by an entry of {good[each.id].file}"
                problems.append(Problem(id=each.id, file=each.file, text=text))
            else:
                good[each.id] = each
    return Entries(good=tuple(good.values()), problems=tuple(problems))
