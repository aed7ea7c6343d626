"""One thing a municipality may report: unit, range, phases, evidence, and how it is called.

Belongs here: the form of an item and the kinds that recur. Does not belong here: which items the
form has (`self_report_form.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

UNIT_NAMES = {
    "EUR": "EUR",
    "0/1": "0/1",
    "n": "Anzahl",
    "fte": "VZÄ",
    "months": "Monate",
    "points": "Punkte",
    "level": "Stufe",
}
"""Unit of the table to the word in the form."""

DECIMALS = {"EUR": 2, "fte": 2}
"""Decimal places a unit may have; every other unit is whole."""


@dataclass(frozen=True, kw_only=True)
class FormItem:
    """One thing an office may report.

    `minimum` and `maximum` are inclusive. `phases` is empty where there is no plan. `gross` says
    that the money must be gross. `needs_evidence` asks for an address wherever the answer is yes.
    Values above zero and below `suppress_below` are not published.
    """

    merkmal: str
    item: str
    indicator: int
    label: str
    unit: Literal["EUR", "0/1", "n", "fte", "months", "points", "level"]
    maximum: float
    minimum: float = 0
    explanation: str = ""
    phases: tuple[str, ...] = ()
    gross: bool = False
    needs_evidence: bool = False
    suppress_below: float = 0

    @property
    def unit_name(self) -> str:
        """The unit as the form calls it."""
        return UNIT_NAMES[self.unit]

    @property
    def scale(self) -> int:
        """Whole numbers per unit: 100 for cents and hundredths of a post."""
        return int(10 ** DECIMALS.get(self.unit, 0))


def money(merkmal: str, item: str, indicator: int, label: str, explanation: str) -> FormItem:
    """An amount in euro, gross, planned or actual."""
    return FormItem(
        merkmal=merkmal,
        item=item,
        indicator=indicator,
        label=label,
        unit="EUR",
        maximum=10_000_000_000,
        explanation=explanation,
        phases=("ist", "plan"),
        gross=True,
    )


def yes_no(merkmal: str, item: str, indicator: int, label: str, *, needs_evidence: bool = False) -> FormItem:
    """A question answered with 0 or 1."""
    return FormItem(
        merkmal=merkmal,
        item=item,
        indicator=indicator,
        label=label,
        unit="0/1",
        maximum=1,
        explanation="1 = ja, 0 = nein, Stand 31. Dezember",
        needs_evidence=needs_evidence,
    )


def count(merkmal: str, item: str, indicator: int, label: str, explanation: str = "") -> FormItem:
    """A whole number of things."""
    return FormItem(
        merkmal=merkmal,
        item=item,
        indicator=indicator,
        label=label,
        unit="n",
        maximum=10_000,
        explanation=explanation or "Anzahl im Jahr",
    )
