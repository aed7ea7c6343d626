"""One statement of Wikidata on twinned bodies: its rows put together, its dates, its country.

Belongs here: what the rows about one statement say together. Does not belong here: what becomes of
it (`sources/wikidata_statements.py`).

The service sends one row per combination of facts: a partner with two countries makes two rows. Of
several countries those with an end are left out, then those of a lower rank, then those of no ISO
code (states of the past); if more than one is left, a person decides.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

import orjson

RANKS = ("NormalRank", "PreferredRank")
DAY, MONTH, YEAR = 11, 10, 9
"""Precision of a date as Wikidata counts it; below a year it names no period we can use."""
Row: TypeAlias = dict[str, Any]
Facts: TypeAlias = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Statement:
    """All rows about one statement, in the order received."""

    id: str
    read_on: date
    snapshot_id: str
    rows: tuple[Facts, ...]

    def first(self, name: str) -> str | None:
        """The first value stated of a fact."""
        return next((row[name] for row in self.rows if name in row), None)

    def values(self, name: str) -> list[str]:
        """All different values of a fact."""
        return list(dict.fromkeys(row[name] for row in self.rows if name in row))

    def provenance(self) -> Row:
        """Where the statement stands, and what was received of it."""
        ends = f"{entity(self.first('g'))} to {entity(self.first('p'))}"
        return {
            "snapshot_id": self.snapshot_id,
            "locator": f"statement {self.id} ({ends})",
            "raw_text": orjson.dumps(self.rows).decode(),
        }


def entity(address: str | None) -> str:
    """The last part of an address: a QID or the id of a statement."""
    return (address or "?").rpartition("/")[2]


def rank_of(text: str | None) -> int:
    """0 for normal, 1 for preferred, -1 for a rank that does not count."""
    name = (text or "").rpartition("#")[2]
    return RANKS.index(name) if name in RANKS else -1


def period(statement: Statement) -> tuple[date | None, date | None]:
    """Earliest start and latest end stated."""

    def dates(name: str, turned: Callable[[str, str], date | None]) -> list[date]:
        pairs = [(row[name], row.get(f"{name}Precision", "")) for row in statement.rows if name in row]
        return [found for found in (turned(*pair) for pair in pairs) if found is not None]

    return (
        min(dates("start", first_day_of), default=None),
        max(dates("end", last_day_of), default=None),
    )


def first_day_of(time: str, precision: str) -> date | None:
    """First day of the day, month or year meant; null where the precision is coarser or the text no date."""
    found = re.match(r"\+?(\d{4})-(\d{2})-(\d{2})T", time)
    if found is None or not precision.isdigit() or int(precision) < YEAR:
        return None
    year, month, day = map(int, found.groups())
    exact = int(precision)
    try:
        return date(year, month if exact >= MONTH else 1, day if exact >= DAY else 1)
    except ValueError:
        return None


def last_day_of(time: str, precision: str) -> date | None:
    """Last day of the day, month or year meant, as `first_day_of`."""
    first = first_day_of(time, precision)
    if first is None or int(precision) >= DAY:
        return first
    month = first.month if int(precision) == MONTH else 12
    return date(first.year, month, calendar.monthrange(first.year, month)[1])


def degrees(text: str | None) -> float | None:
    """A coordinate; what is no number on earth is not known."""
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if abs(value) <= 180 else None  # noqa: PLR2004 - degrees


def country_of(statement: Statement, codes: Mapping[str, str]) -> tuple[str | None, str | None]:
    """The country of the partner, or null and why."""
    stated = [row for row in statement.rows if "country" in row]
    if not stated:
        return None, "Wikidata names no country of the partner"
    current = [row for row in stated if "countryEnd" not in row] or stated
    best = max(rank_of(row.get("countryRank")) for row in current)
    left = {
        row["country"]: (codes.get(row.get("iso", "")), row.get("countryLabel") or entity(row["country"]))
        for row in current
        if rank_of(row.get("countryRank")) == best
    }
    names = ", ".join(sorted(name for _, name in left.values()))
    known = {code for code, _ in left.values() if code is not None}
    if len(known) > 1:
        return None, f"Wikidata names several countries of the partner: {names}"
    if not known:
        return None, f"{names} is no country of today (no ISO 3166-1 code)"
    return known.pop(), None
