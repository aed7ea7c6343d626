"""Single columns of an undescribed budget: does this one hold money, years, words, or nothing we know?

Belongs here: recognising one column by heading and values. Does not belong here: what a column of
money means (`columns.py`), or the words (`headings.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from sources.budget_import import headings
from sources.budget_import.open_table import Table
from sources.budget_import.sniffing import FIGURE, YEAR

MOST = 0.95
"""Share of the rows a guess about a column must hold for."""

MANY = 0.9

FEW_WORDS = 200
"""Distinct words beyond which a column names things and not phases or directions."""

_MONEY = re.compile(r"(?i)betrag|amount|wert|cost|earning|euro|\beur\b|_eur|zuschuss")

_PROVISIONAL = re.compile(r"(?i)provis|vorl[aä]u")


def year_column_of(table: Table) -> str | None:
    """The column that holds nothing but years."""
    for name in table.header:
        if not re.search(r"(?i)jahr|year", name):
            continue
        texts = set(table.counts(name)) - {""}
        if texts and all(YEAR.fullmatch(text) for text in texts):
            return name
    return None


def holds_money(table: Table, name: str) -> bool:
    """Whether heading and values of a column say money."""
    named = (
        headings.phase_of(name)
        or headings.year_of(name)
        or _MONEY.search(name)
        or headings.is_no_budget(name)
    )
    if not named or headings.role_of(name):
        return False
    telling = {text: count for text, count in table.counts(name).items() if re.search(r"\d", text)}
    figures = sum(count for text, count in telling.items() if FIGURE.fullmatch(text) or _is_float(text))
    return bool(telling) and figures >= MANY * sum(telling.values())


def _is_float(text: str) -> bool:
    return bool(re.fullmatch(r"-?\d+(\.\d+)?([eE][+-]?\d+)?", text))


def worded_column(
    table: Table, names: Sequence[str], words_of: Callable[[set[str]], Mapping[str, str]]
) -> tuple[str | None, Mapping[str, str]]:
    """The first column almost all of whose words have a meaning."""
    for name in names:
        counts = table.counts(name)
        if len(counts) > FEW_WORDS:
            continue
        words = words_of(set(counts) - {""})
        if words and sum(counts[word] for word in words) >= MOST * len(table.raw_texts):
            return name, words
    return None, {}


def wording(table: Table, names: Sequence[str]) -> Mapping[str, str]:
    """The column with the longest texts holds the wording of the lines."""
    letters = {name: sum(len(re.findall(r"[^\W\d_]", text)) for text in table.counts(name)) for name in names}
    longest = max(letters, key=lambda name: letters[name], default=None)
    return {"line_text": longest} if longest is not None and letters[longest] else {}


def part_words_of(values: set[str]) -> Mapping[str, str]:
    """Words for parts of a budget among these values, with the part each means."""
    stems = {"verwaltung": "current", "vermögen": "capital", "vermoegen": "capital", "investi": "capital"}
    stems |= {"ergebnishaushalt": "current", "ergebnisplan": "current"}
    return {
        value: part
        for value in sorted(values)
        for stem, part in stems.items()
        if value.lower().startswith(stem)
    }


def provisional_column_of(table: Table, names: Sequence[str]) -> str | None:
    """The column that tells preliminary results from final ones."""
    for name in names:
        if _PROVISIONAL.search(name) and set(table.counts(name)) <= {"true", "false"}:
            return name
    return None
