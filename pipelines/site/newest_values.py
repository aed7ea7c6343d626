"""Newest values of all municipalities in two pictures: how they are spread, and where.

Belongs here: which values are shown together, their years, words beside the pictures. Does not belong
here: the rest of an indicator's page (`indicator_page.py`), forms (`pipelines/charts`).
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from pipelines.charts.forms import distribution
from pipelines.site.frames import Library
from pipelines.site.germany import LEAST
from pipelines.site.language import Language
from pipelines.site.ledger import Ledger
from pipelines.site.reading import Row
from pipelines.site.wording import with_unit, written

_FEW_UNITS = 10
"""Municipalities below which a distribution says less than the list of their values."""

_FEW_VALUES = 12
"""Different values up to which a table says how often each occurs."""


def newest_values(library: Library, about: Ledger, language: Language, row: Row) -> dict[str, Any]:
    """Picture of the newest values of municipalities, and how often which value occurs where they are few.

    Only municipalities that exist: levels are never mixed. Newest values may be of different years, so
    every title says of which.
    """
    found = [each for each in about.latest.get(row["indicator_id"], []) if exists(library, each["ags"])]
    towns = [each for each in found if _level(library, each["ags"]) == "municipality"]
    values, years = [each["value"] for each in towns], _years(language, towns)
    frequency = Counter(values)
    model: dict[str, Any] = {"cards": [], "frequency": [], "frequency_count": language.number(len(values))}
    if about.map is not None and len(values) >= LEAST:
        found_values = {each["ags"]: each["value"] for each in found}
        alternative = language.say(
            "map_alternative", name=language.of(row, "name"), count=model["frequency_count"]
        )
        card = about.map.card(
            found_values,
            lambda value: written(language, row, value),
            language,
            alternative,
            worded_by=row,
        )
        model["cards"].append({**card, "title": language.say("map_title", years=years)})
    if len(values) >= _FEW_UNITS and len(frequency) <= _FEW_VALUES:
        model["frequency"] = [
            {"value": with_unit(language, row, value), "count": language.number(count)}
            for value, count in sorted(frequency.items())
        ]
    if len(values) >= _FEW_UNITS and len(frequency) > 1 and row["kind"] != "binary":
        missing = sum(
            each["units"]
            for each in about.coverage.get(row["indicator_id"], ())
            if each["level"] == "municipality" and not each["has_value"]
        )
        rows = distribution.rows(
            values, without=missing, whole=row["kind"] == "count", language=language.code
        )
        picture = {"form": "distribution", "rows": rows, "language": language.code}
        title = language.say("distribution_title", count=model["frequency_count"], years=years)
        card = {"picture": picture, "alternative": _alternative(language, row, values), "title": title}
        model["cards"].insert(0, card)
    return model


def _alternative(language: Language, row: Row, values: list[float]) -> str:
    ordered = sorted(values)
    middle = ordered[(len(ordered) - 1) // 2]
    return language.say(
        "distribution_alternative",
        name=language.of(row, "name"),
        count=language.number(len(values)),
        least=with_unit(language, row, ordered[0]),
        most=with_unit(language, row, ordered[-1]),
        middle=with_unit(language, row, middle),
    )


def _years(language: Language, rows: list[Row]) -> str:
    """The years values are of: one, or the first and the last."""
    years = sorted({each["year"] for each in rows})
    if len(years) < 2:  # noqa: PLR2004 - one year is no span
        return "".join(map(str, years))
    return language.say("years_from_to", first=years[0], last=years[-1])


def exists(library: Library, ags: str) -> bool:
    """Whether the unit is one of today's."""
    unit = library.units.get(ags)
    return unit is not None and unit["valid_to"] is None


def _level(library: Library, ags: str) -> str:
    unit = library.units.get(ags)
    return str(unit["level"]) if unit else ""
