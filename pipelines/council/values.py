"""The rows of the table of values in a report, and the numbered remarks they lead to.

Belongs here: how a newest value is put in words. Does not belong here: which values are chosen
(`contents.py`), how they are computed or flagged.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipelines.site.edition import Edition
from pipelines.site.language import Language
from pipelines.site.wording import LOWER_BOUND, reasons_of


class Notes:
    """Remarks on values, each said once and numbered in the order of its first use."""

    def __init__(self, most: int) -> None:
        self.texts: list[str] = []
        self.most = most

    def number(self, text: str) -> str:
        """The number of a remark; nothing where no room is left."""
        if text not in self.texts and len(self.texts) < self.most:
            self.texts.append(text)
        return str(self.texts.index(text) + 1) if text in self.texts else ""


def value_row(edition: Edition, card: Mapping[str, Any], notes: Notes) -> list[str]:
    """Name, year, value with unit, status, number of the remark; a plan where there is nothing else."""
    line = next(
        (row for row in (card["actual"] if card["value"] else card["plan"]) if not row["missing"]), None
    )
    if line is None:
        return [card["name"], "", "", "", ""]
    shown, status = f"{line['value']} {card['unit']}".strip(), line["status"]
    if card["value"] and _is_lower_bound(edition, card):
        shown, status = _at_least(edition.language, card, shown), edition.language["report_lower_bound"]
    marks = [notes.number(card["remarks"][mark - 1]) for mark in line["marks"]]
    year = str(card["year"] or line["year"])
    return [card["name"], year, shown, status, ", ".join(filter(None, marks))]


def _is_lower_bound(edition: Edition, card: Mapping[str, Any]) -> bool:
    """Whether the newest value counts only what the sources name."""
    rows = edition.dossier.actual.get(card["id"], ())
    newest = next((row for row in reversed(rows) if row["value"] is not None), None)
    return newest is not None and LOWER_BOUND in reasons_of(newest)


def _at_least(language: Language, card: Mapping[str, Any], shown: str) -> str:
    """A lower bound is never printed as a plain figure, least of all a zero."""
    if card["amount"]:
        return language.say("report_at_least", value=shown)
    return language["report_none_named"]
