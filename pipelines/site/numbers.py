"""Number and date forms, by locale.

Belongs here: how a number or date is written for a reader. Does not belong here: which number is
shown or what it means.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache

from babel.dates import format_date
from babel.numbers import NumberPattern, parse_pattern

MINUS = "\N{MINUS SIGN}"
_YEAR, _MONTH = 4, 7
"""Length of a date as a document states it: 2011, 2024-10, 2018-07-11."""
_SHORT_DAY = {"de_DE": "dd.MM.y", "en_GB": "d MMM y"}
_SHORT_MONTH = {"de_DE": "MM/y", "en_GB": "MMM y"}
_POPULATION_NOTE = re.compile(r"(\d{4})-(\d\d)-(\d\d)/census_(\d{4})")
_DAY = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")


@lru_cache(maxsize=100_000)
def number(value: float, decimals: int = 0, locale: str = "de_DE") -> str:
    """A number with the locale's decimal sign and grouped thousands, rounded half away from zero.

    What is not zero is never written as zero: 0.004 with two decimals is "< 0,01".
    """
    step = Decimal(1).scaleb(-decimals)
    exact = Decimal(value) if isinstance(value, int) else Decimal(repr(value))
    rounded = exact.quantize(step, rounding=ROUND_HALF_UP)
    if rounded == 0 and exact != 0:
        least = _grouped(step, decimals, locale)
        return f"< {least}" if exact > 0 else f"> {MINUS}{least}"
    return _grouped(rounded, decimals, locale)


def _grouped(value: Decimal, decimals: int, locale: str) -> str:
    return str(_pattern(decimals).apply(value, locale)).replace("-", MINUS)


@cache
def _pattern(decimals: int) -> NumberPattern:
    return parse_pattern("#,##0" + ("." + "0" * decimals if decimals else ""))


@lru_cache(maxsize=10_000)
def euro(cents: int, locale: str = "de_DE") -> str:
    """Whole cents as an amount in euro: 19.182,24 € or €19,182.24."""
    pattern = "#,##0.00 €" if locale == "de_DE" else "€#,##0.00"
    return str(parse_pattern(pattern).apply(Decimal(cents).scaleb(-2), locale)).replace("-", MINUS)


@lru_cache(maxsize=10_000)
def day(value: date, locale: str = "de_DE") -> str:
    """A date, short: 31.12.2022 or 31 Dec 2022."""
    return str(format_date(value, _SHORT_DAY[locale], locale))


@lru_cache(maxsize=10_000)
def long_day(value: date, locale: str = "de_DE") -> str:
    """A date in words: 11. Juli 2018 or 11 July 2018."""
    return str(format_date(value, "long", locale))


@lru_cache(maxsize=10_000)
def as_stated(text: str, locale: str = "de_DE") -> str:
    """A date with the precision its document has: 2011, 10/2024 or 11.07.2018."""
    if len(text) > _MONTH:
        return day(date.fromisoformat(text), locale)
    if len(text) > _YEAR:
        return str(format_date(date.fromisoformat(f"{text}-01"), _SHORT_MONTH[locale], locale))
    return text


def note(text: str, population: str, locale: str) -> str:
    """A note of a table with its dates in the form of the locale.

    A population note, `2022-12-31/census_2011`, becomes the sentence `population` with date and census.
    """

    def people(found: re.Match[str]) -> str:
        stated = date.fromisoformat("-".join(found.groups()[:3]))
        return population.format(date=day(stated, locale), census=found[4])

    text = _POPULATION_NOTE.sub(people, text)
    return _DAY.sub(lambda found: day(date.fromisoformat(found[0]), locale), text)
