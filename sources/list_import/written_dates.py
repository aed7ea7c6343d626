"""Dates as people write them in lists, kept with the precision they were written with.

Belongs here: from a cell to YYYY, YYYY-MM or YYYY-MM-DD, first and last day of it. Does not belong
here: what a date means for a list.
"""

from __future__ import annotations

import calendar
import re
from datetime import date

MONTHS = (
    "januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober",
    "november", "dezember",
)  # fmt: skip
EARLIEST, LATEST = 1900, 2100

_FORMS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[T ]00:00(?::00)?)?"),
    re.compile(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})"),
    re.compile(r"(?P<day>\d{1,2})\.\s?(?P<name>[A-Za-zäÄ]+)\s(?P<year>\d{4})"),
    re.compile(r"(?P<name>[A-Za-zäÄ]+)\s(?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})"),
    re.compile(r"(?P<month>\d{1,2})[./](?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})"),
)
_DAY_IN_TEXT = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}\.\s?\d{1,2}\.\s?\d{4}")


def written_date(text: str) -> str | None:
    """YYYY, YYYY-MM or YYYY-MM-DD, as precise as the text; null where it is no date that exists."""
    for form in _FORMS:
        found = form.fullmatch(text.strip())
        if found:
            return _checked(found.groupdict())
    return None


def _checked(parts: dict[str, str | None]) -> str | None:
    year, name = int(parts["year"] or 0), (parts.get("name") or "").lower()
    if name and name not in MONTHS:
        return None
    month = MONTHS.index(name) + 1 if name else int(parts.get("month") or 0)
    day = int(parts.get("day") or 0)
    if not EARLIEST <= year <= LATEST:
        return None
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    has_month, has_day = bool(name or parts.get("month")), bool(parts.get("day"))
    return f"{year:04d}" + (f"-{month:02d}" if has_month else "") + (f"-{day:02d}" if has_day else "")


def first_date_in(text: str) -> str | None:
    """The first full date in a longer text ("Stand: 31.10.2026", "liste_2026-10-31.csv")."""
    return next((day for found in _DAY_IN_TEXT.findall(text) if (day := written_date(found))), None)


def first_day(text: str) -> date:
    """First day of a year, month or day."""
    year, month, day = (*map(int, text.split("-")), 1, 1)[:3]
    return date(year, month, day)


def last_day(text: str) -> date:
    """Last day of a year, month or day."""
    parts = tuple(map(int, text.split("-")))
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return date(year, month, parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1])  # noqa: PLR2004
