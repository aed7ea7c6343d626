"""Page of one indicator: definition, distribution, sums, coverage, and every unit with a value.

Belongs here: what these pages say. Does not belong here: HTML, drawing.

Where many units have a value, they stand on one page per Land, so that no page becomes heavy.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from pipelines.site.calculation import words
from pipelines.site.frames import Library
from pipelines.site.language import Language
from pipelines.site.ledger import Ledger
from pipelines.site.model import Page, Places
from pipelines.site.newest_values import exists, newest_values
from pipelines.site.reading import Row, sort_key
from pipelines.site.wording import reason, reservation, status, unit_named, with_unit

MANY = 400
"""Units with a value from which they stand on a page of their own for each Land."""


def indicator_pages(library: Library, about: Ledger, places: Places, row: Row) -> Iterator[Page]:
    """The page of an indicator, and one per Land where many units have a value."""
    language = places.language
    latest = about.latest.get(row["indicator_id"], [])
    by_land = _by_land(library, latest)
    many = len(latest) > MANY
    address = f"indikator/{row['indicator_id']}"
    named = {"id": row["indicator_id"], "name": language.of(row, "name")}
    model = {
        **named,
        **_definition(library, language, row),
        **newest_values(library, about, language, row),
        "sums": _sums(library, about, language, row),
        "coverage": language.counted("coverage", sum(exists(library, each["ags"]) for each in latest)),
        "reasons": _coverage(library, about, language, row["indicator_id"]),
        "values": [] if many else _values(places, row, latest),
        "lands": _lands(places, by_land, address) if many else [],
    }
    yield Page(address=address, template="indicator.html", language=language, model=model)
    if many:
        for land, rows in by_land.items():
            shown = {**named, "land": places.name(land), "values": _values(places, row, rows)}
            yield Page(
                address=f"{address}/{land}", template="indicator_land.html", language=language, model=shown
            )


def indicator_page_count(library: Library, about: Ledger) -> int:
    """Number of these pages in one language."""
    many = [rows for rows in about.latest.values() if len(rows) > MANY]
    return len(library.indicators) + sum(len(_by_land(library, rows)) for rows in many)


def _definition(library: Library, language: Language, row: Row) -> dict[str, Any]:
    return {
        "description": language.of(row, "description"),
        "unit": unit_named(language, row),
        "version": row["definition_version"],
        "formula": row["formula"] or "",
        "words": words(library, language, row) if row["formula"] else "",
        "concepts": _concepts(language, row["metadata"]),
    }


CONCEPTS = (
    "STAT_CONC_DEF",
    "UNIT_MEASURE",
    "SOURCE_TYPE",
    "DATA_COMP",
    "COMPARABILITY",
    "REC_USE_LIM",
    "PITFALLS",
    "STANDARDS",
)
"""SDMX concepts in the order a reader needs them; unknown ones follow."""


def _concepts(language: Language, metadata: str) -> list[dict[str, Any]]:
    """SDMX concepts with their text; a text is a string, a list, or a mapping by language."""
    concepts = orjson.loads(metadata or "{}")
    known = [concept for concept in CONCEPTS if concept in concepts]
    ordered = [*known, *sorted(set(concepts) - set(known))]
    return [{"concept": concept, "texts": _said(language, concepts[concept])} for concept in ordered]


def _said(language: Language, text: Any) -> list[str]:
    if isinstance(text, dict):
        return _said(language, text.get(language.code, ""))
    return [str(each) for each in text] if isinstance(text, list) else [str(text)]


def _sums(library: Library, about: Ledger, language: Language, row: Row) -> list[dict[str, Any]]:
    """Germany and the Länder: ratio of sums over the municipalities known, with coverage; null with reason."""
    return [
        {
            "area": language["germany"]
            if each["area_kind"] == "federation"
            else _name(library, each["area_id"]),
            "year": each["year"],
            "value": _summed(language, row, each),
            "reporting": language.say(
                "of_members",
                count=language.number(each["reporting"]),
                members=language.number(each["members"]),
            ),
            "coverage": "" if each["coverage"] is None else f"{language.number(100 * each['coverage'])} %",
            "status": reservation(language, each),
            "reason": reason(library, language, {**each, "further_reasons": None}),
        }
        for each in sorted(about.sums.get(row["indicator_id"], ()), key=lambda each: _place(library, each))
    ]


def _summed(language: Language, row: Row, each: Row) -> str:
    """A sum as written; none where less than half of the population is covered, which says too little."""
    if each["value"] is None or each["reason"] == "less_than_half_covered":
        return ""
    if each["method"] == "share_of_yes":
        return f"{language.number(each['value'], 1)} %"
    return with_unit(language, row, each["value"])


def _place(library: Library, each: Row) -> tuple[bool, str]:
    """Germany first, then Länder by name."""
    return each["area_kind"] != "federation", sort_key(_name(library, each["area_id"]))


def _name(library: Library, key: str) -> str:
    unit = library.units.get(key)
    return str(unit["name"]) if unit else key


def _coverage(library: Library, about: Ledger, language: Language, indicator_id: str) -> list[dict[str, str]]:
    """How many units have a value and why the others have none, by level."""
    rows = sorted(
        about.coverage.get(indicator_id, ()),
        key=lambda row: (row["level"] != "municipality", row["level"], not row["has_value"], -row["units"]),
    )
    return [
        {
            "level": language.word("level", row["level"]),
            "value": language["yes" if row["has_value"] else "no"],
            "status": status(language, row),
            "reason": reason(library, language, {**row, "value": None}),
            "count": language.number(row["units"]),
        }
        for row in rows
    ]


def _by_land(library: Library, latest: list[Row]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in latest:
        unit = library.units.get(row["ags"])
        if unit and unit["land"]:
            groups.setdefault(unit["land"], []).append(row)
    return dict(sorted(groups.items()))


def _lands(places: Places, by_land: dict[str, list[Row]], address: str) -> list[dict[str, str]]:
    return [
        {
            "name": places.name(land),
            "address": f"{address}/{land}",
            "count": places.language.number(len(rows)),
        }
        for land, rows in by_land.items()
    ]


def _values(places: Places, indicator: Row, latest: list[Row]) -> list[dict[str, Any]]:
    units = places.library.units
    listed = [(units[row["ags"]], row) for row in latest if row["ags"] in units]
    listed.sort(key=lambda pair: (pair[0]["land"] or "", sort_key(pair[0]["name"]), pair[0]["ags"]))
    return [
        {
            "place": places.entry(place),
            "level": places.language.word("level", place["level"]),
            "land": places.name(place["land"]) if place["land"] else "",
            "year": row["year"],
            "value": with_unit(places.language, indicator, row["value"]),
            "status": reservation(places.language, row),
        }
        for place, row in listed
    ]
