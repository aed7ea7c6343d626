"""Signs: which side of an undescribed budget is written negative, and how a line tells its side.

Belongs here: guesses from values. Does not belong here: which column holds what (`columns.py`), or
turning signs for good (`harmonise.py`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sources.budget_import.open_table import Table

MANY = 0.9
HALF = 0.5


def account_column(table: Table, names: Sequence[str]) -> str | None:
    """A column of account numbers whose first digit tells the direction."""
    for name in names:
        texts = [text for text in table.texts(name) if text]
        if texts and re.search(r"(?i)konto|kostenart|account", name):
            told = sum(bool(re.match(r"[4-7]\d{3,}$", text)) for text in texts)
            if told >= MANY * len(texts):
                return name
    return None


def _direction_of_row(
    table: Table, direction: str | None, words: Mapping[str, str], account: str | None
) -> list[str | None]:
    if direction:
        return [words.get(text) for text in table.texts(direction)]
    if account:
        sides = {"4": "revenue", "6": "revenue", "5": "expenditure", "7": "expenditure"}
        return [sides.get(text[:1]) for text in table.texts(account)]
    return []


def sign_of(
    table: Table, read: Sequence[str], direction: str | None, words: Mapping[str, str], account: str | None
) -> tuple[str | None, str]:
    """What a positive figure means, and the convention in words."""
    sides = _direction_of_row(table, direction, words, account)
    if not sides:
        return None, "je Spalte" if read else "unbekannt"
    share = {}
    for side in ("revenue", "expenditure"):
        signed = [
            negative(table.cell(place, name))
            for name in read
            for place, found in enumerate(sides)
            if found == side and re.search("[1-9]", table.cell(place, name))
        ]
        share[side] = sum(signed) / len(signed) if signed else 0.0
    if share["revenue"] > HALF > share["expenditure"]:
        return "expenditure", "Einnahmen negativ"
    if share["expenditure"] > HALF > share["revenue"]:
        return "revenue", "Ausgaben negativ"
    return None, "beide positiv; ein Minus ist eine Rückbuchung"


def negative(text: str) -> bool:
    """True for a minus on either side."""
    return text.startswith(("-", "−")) or text.endswith(("-", "−"))
