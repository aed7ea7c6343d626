"""What comes of a returned form: rows taken, and what the office is told about the rest.

Belongs here: the form of the outcome. Does not belong here: the rules (`self_report_check.py`) or
the page it is shown on (the network's side of the house).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sources.self_report_item import FormItem


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What is wrong with one cell, and what to do."""

    field: str
    problem: str
    remedy: str


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing the office is told. `row` is null for the whole file; a hint rejects nothing."""

    row: int | None
    field: str
    value: str
    problem: str
    remedy: str
    is_hint: bool = False
    text: str = ""
    """The row as written."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """One accepted row, in the words of the table `self_report`."""

    row: int
    year: int
    item: FormItem
    value: float | None
    quantity: int | None
    status: str
    obs_status: str
    phase: str
    gross_net: str | None
    evidence_url: str | None
    reported_on: date
    office: str
    text: str

    @property
    def key(self) -> tuple[int, str, str]:
        """What a later report must share to supersede this one."""
        return (self.year, self.item.item, self.phase)

    @property
    def content(self) -> tuple[object, ...]:
        """What makes two rows say the same."""
        return (*self.key, self.value, self.status, self.gross_net)


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What came of one file: rows taken, what the office is told, rows left empty in the form."""

    reports: tuple[Report, ...]
    findings: tuple[Finding, ...]
    untouched: int = 0

    @property
    def refused(self) -> bool:
        """Whether nothing was taken."""
        return not self.reports
