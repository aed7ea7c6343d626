"""Remarks of lists and documents beside a documented fact, in the reader's language where the words are codes.

Belongs here: notes of table `engagement`. Does not belong here: notes of observations (`language.py`).

What a list writes in fixed words (rank, category, prize) is told in our words. Anything else is the
words of whoever wrote it: it stays as it is, with the language it is in.
"""

from __future__ import annotations

import re

from pipelines.site.language import Language
from pipelines.site.reading import Row

_WRITTEN_IN_GERMAN = ("document_facts",)
"""Sources whose remarks are German; those of the lists are English."""

_PAIR = re.compile(r"(rank|category|prize_eur|date_basis): (.+)")
_UNREMARKABLE = "stated"
"""A date a source simply states needs no remark."""


def remark(language: Language, row: Row) -> tuple[str, str]:
    """The remark beside a fact and the language it is in, empty where that is the reader's own."""
    text = row["note"] or ""
    told = [_told(language, *found.groups()) for part in text.split("; ") if (found := _PAIR.fullmatch(part))]
    if told and len(told) == len(text.split("; ")) and None not in told:
        return ", ".join(filter(None, told)), ""
    written = "de" if row["source_id"] in _WRITTEN_IN_GERMAN else "en"
    return text, written if text and written != language.code else ""


def _told(language: Language, key: str, value: str) -> str | None:
    """One fixed word of a list; null where it is not one we know."""
    if key == "prize_eur":
        return language.say("prize", amount=language.number(int(value))) if value.isdigit() else None
    if key == "date_basis" and value == _UNREMARKABLE:
        return ""
    if key == "rank" and value.isdigit():
        return language.say("rank", place=value)
    code = re.sub(r"\W+", "_", value).strip("_")
    words = {
        "rank": language.word("rank", code),
        "category": language.word("category_of_award", code),
        "date_basis": language.word("date_basis", code),
    }
    return words[key] if words[key] != code else None
