"""What pictures themselves say, and how they write numbers, by language.

Belongs here: the few words inside a picture and the number form of its axes. Does not belong here:
headlines, units, sources and alternative texts, which stand around a picture (`pipelines/site`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Words:
    """One language as pictures need it."""

    decimal: str
    thousands: str
    missing: str
    """Mark of a year or value nobody states."""
    too_few: str
    """Said in place of a band; holds `{n}`."""
    middle: str
    """Said of the median; holds `{value}` and `{n}`."""
    above: str
    """Said of the open last step; holds `{value}`."""
    without: str
    """How many units have no value; holds `{count}`."""
    units: str
    """What the height of a step counts."""
    nothing: str
    """Class of a map: units without a value; holds `{count}`."""
    one: str
    """Class of a map that is one value; holds `{low}` and `{count}`."""
    between: str
    """Class of a map from a value up to below another; holds `{low}`, `{high}` and `{count}`."""
    up_to: str
    """Highest class of a map; holds `{low}`, `{high}` and `{count}`."""
    unseen: str
    """What has a value and no place on the map; holds `{count}`."""


WORDS: Mapping[str, Words] = {
    "de": Words(
        decimal=",",
        thousands=".",
        missing="k. A.",
        too_few="keine Spanne: n zu klein (n = {n})",
        middle="Median {value} (n = {n})",
        above="ab {value}",
        without="ohne Wert: {count}",
        units="Anzahl der Gebietseinheiten",
        nothing="keine Angabe ({count})",
        one="{low} ({count})",
        between="{low} bis unter {high} ({count})",
        up_to="{low} bis {high} ({count})",
        unseen="nicht auf der Karte: {count}",
    ),
    "en": Words(
        decimal=".",
        thousands=",",
        missing="n/a",
        too_few="no band: n too small (n = {n})",
        middle="Median {value} (n = {n})",
        above="{value} and more",
        without="without a value: {count}",
        units="number of units",
        nothing="no data ({count})",
        one="{low} ({count})",
        between="{low} to below {high} ({count})",
        up_to="{low} to {high} ({count})",
        unseen="not on the map: {count}",
    ),
}


def written(value: float, language: str) -> str:
    """A number at an axis: no more decimals than it needs, in the form of the language."""
    text = f"{value:,.10g}" if value != int(value) else f"{value:,.0f}"
    words = WORDS[language]
    return text.translate(str.maketrans(",.", words.thousands + words.decimal))
