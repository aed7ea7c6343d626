"""German number and date forms.

Belongs here: how a number or date is written for a reader. Does not belong here: which number is
shown or what it means.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

MINUS = "\N{MINUS SIGN}"
_MONTHS = (
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()  # noqa: SIM905
)
_POPULATION_NOTE = re.compile(r"(\d{4})-(\d\d)-(\d\d)/census_(\d{4})")
_DAY = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")


@lru_cache(maxsize=100_000)
def number(value: float | int, decimals: int = 0) -> str:
    """A number with decimal comma and grouped thousands, rounded half away from zero.

    What is not zero is never written as zero: 0.004 with two decimals is "< 0,01".
    """
    if isinstance(value, int) and decimals == 0:
        return _grouped(Decimal(value))
    step = Decimal(1).scaleb(-decimals)
    exact = Decimal(repr(value))
    rounded = exact.quantize(step, rounding=ROUND_HALF_UP)
    if rounded == 0 and exact != 0:
        least = _grouped(step)
        return f"< {least}" if exact > 0 else f"> {MINUS}{least}"
    return _grouped(rounded)


def _grouped(value: Decimal) -> str:
    text = f"{abs(value):,}".replace(",", " ").replace(".", ",").replace(" ", ".")
    return f"{MINUS}{text}" if value < 0 else text


def euro(cents: int) -> str:
    """Whole cents as an amount in euro."""
    return f"{_grouped(Decimal(cents).scaleb(-2))} €"


def day(value: date) -> str:
    """A date in figures: 31.12.2022."""
    return f"{value.day:02}.{value.month:02}.{value.year}"


def long_day(value: date) -> str:
    """A date in words: 11. Juli 2018."""
    return f"{value.day}. {_MONTHS[value.month - 1]} {value.year}"


@lru_cache(maxsize=100_000)
def note(text: str | None) -> str:
    """A note of a table with its dates in German form and the census base in words."""
    if not text:
        return ""
    text = _POPULATION_NOTE.sub(r"Einwohner am \3.\2.\1 (Basis Zensus \4)", text)
    return _DAY.sub(r"\3.\2.\1", text)
