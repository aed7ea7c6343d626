"""What a list file is cut into: rows by role of their cells, and problems with single rows.

Belongs here: the form of what is cut. Does not belong here: the cutting (`table.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Record:
    """One row: its cells by role, its place and its wording."""

    cells: dict[str, str]
    notes: dict[str, str]
    locator: str
    raw_text: str

    def get(self, role: str) -> str | None:
        """The cell of a role, or null where it is empty or the list has no such column."""
        return self.cells.get(role) or None


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Why a row cannot be used, in the words of the quarantine."""

    record: Record
    rule: str
    column: str | None
    value: str | None
    reason: str
    remedy: str


@dataclass(frozen=True, kw_only=True)
class Cut:
    """A list file cut into records, the rows set aside, and the date it states for itself."""

    records: list[Record]
    problems: list[Problem] = field(default_factory=list)
    stated_on: str | None = None
