"""Page models that are not about one place: start, indicators, sources, checks.

Belongs here: what these pages say. Does not belong here: pages of places (`model.py`), HTML.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import orjson
import polars as pl

from pipelines.site.calculation import words
from pipelines.site.frames import Library, Row, sort_key
from pipelines.site.language import Language
from pipelines.site.model import Page, Places
from pipelines.site.wording import reason, status, unit_named, with_unit

MANY = 3000
"""Units with a value from which an indicator page counts values instead of listing units."""


def count(library: Library) -> int:
    """Number of these pages."""
    return 4 + len(library.indicators)


def pages(library: Library, places: Places) -> Iterator[Page]:
    """Start page, indicators and their list, sources, checks."""
    language = places.language
    yield _page("", "index.html", language, _start(library, places))
    yield _page("indikator", "indicators.html", language, _catalogue(library, language))
    for indicator in library.indicators:
        yield _page(
            f"indikator/{indicator['indicator_id']}",
            "indicator.html",
            language,
            _indicator(library, places, indicator),
        )
    yield _page("quellen", "sources.html", language, _sources(library, language))
    yield _page("qualitaet", "checks.html", language, _checks(library, language))


def _page(address: str, template: str, language: Language, model: dict[str, Any]) -> Page:
    return Page(address=address, template=template, language=language, model=model)


def _start(library: Library, places: Places) -> dict[str, Any]:
    lands = [row for row in library.units.values() if row["level"] == "land"]
    return {
        "lands": [
            {**places.entry(row), "summary": places.summary(row["ags"])}
            for row in sorted(lands, key=lambda row: sort_key(row["name"]))
        ],
        "indicators": _catalogue(library, places.language)["indicators"],
    }


def _catalogue(library: Library, language: Language) -> dict[str, Any]:
    return {
        "indicators": [
            {
                "id": row["indicator_id"],
                "name": language.of(row, "name"),
                "description": language.of(row, "description"),
                "unit": unit_named(language, row),
                "units": language.number(len(_latest(library, row["indicator_id"]))),
            }
            for row in library.indicators
        ]
    }


def _latest(library: Library, indicator_id: str) -> list[Row]:
    """The newest valued observation of every unit that has one."""
    return library.newest.filter(pl.col("indicator_id") == indicator_id).to_dicts()


def _indicator(library: Library, places: Places, row: Row) -> dict[str, Any]:
    language = places.language
    latest = _latest(library, row["indicator_id"])
    many = len(latest) > MANY
    return {
        "id": row["indicator_id"],
        "name": language.of(row, "name"),
        "description": language.of(row, "description"),
        "unit": unit_named(language, row),
        "formula": row["formula"] or "",
        "words": words(library, language, row) if row["formula"] else "",
        "version": row["definition_version"],
        "concepts": _concepts(language, row["metadata"]),
        "coverage": language.counted("coverage", len(latest)),
        "values": [] if many else _values(library, places, row, latest),
        "spread": _spread(language, row, latest) if many else [],
        "reasons": _reasons(library, language, row["indicator_id"]),
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


def _concepts(language: Language, metadata: str) -> list[dict[str, str]]:
    """SDMX concepts with their text; a text is a string, a list, or a mapping by language."""
    concepts = orjson.loads(metadata or "{}")
    known = [concept for concept in CONCEPTS if concept in concepts]
    ordered = [*known, *sorted(set(concepts) - set(known))]
    return [{"concept": concept, "text": _said(language, concepts[concept])} for concept in ordered]


def _said(language: Language, text: Any) -> str:
    if isinstance(text, dict):
        return _said(language, text.get(language.code, ""))
    return "; ".join(map(str, text)) if isinstance(text, list) else str(text)


def _values(library: Library, places: Places, indicator: Row, latest: list[Row]) -> list[dict[str, Any]]:
    listed = [(library.units[row["ags"]], row) for row in latest if row["ags"] in library.units]
    listed.sort(key=lambda pair: (pair[0]["land"] or "", sort_key(pair[0]["name"]), pair[0]["ags"]))
    return [
        {
            "place": places.entry(place),
            "land": library.units.get(place["land"] or "", {}).get("name", ""),
            "year": row["year"],
            "value": with_unit(places.language, indicator, row["value"]),
            "status": status(places.language, row),
        }
        for place, row in listed
    ]


def _spread(language: Language, indicator: Row, latest: list[Row]) -> list[dict[str, str]]:
    frequency = Counter(row["value"] for row in latest)
    return [
        {"value": with_unit(language, indicator, value), "count": language.number(count)}
        for value, count in sorted(frequency.items())
    ]


def _reasons(library: Library, language: Language, indicator_id: str) -> list[dict[str, str]]:
    """Why the other units have no value: their newest status and reason, counted."""
    counted = library.absent.filter(pl.col("indicator_id") == indicator_id).with_columns(value=None)
    return [
        {
            "status": status(language, row),
            "reason": reason(library, language, row),
            "count": language.number(row["units"]),
        }
        for row in counted.to_dicts()
    ]


def _sources(library: Library, language: Language) -> dict[str, Any]:
    return {
        "sources": [
            {
                **{key: row[key] or "" for key in _SOURCE},
                "id": row["source_id"],
                "homepage": _address(row["homepage"]),
                "state": language.word("state", row["state"]),
                "problem": row["problem"] or "",
                "accepted": language.number(row["rows_accepted"]),
                "quarantined": language.number(row["rows_quarantined"]),
                "files": [
                    {
                        "name": each["name"],
                        "hash": each["snapshot_id"],
                        "size": language.say("bytes", count=language.number(each["size_bytes"])),
                    }
                    for each in library.files.get(row["source_id"], [])
                ],
            }
            for row in library.sources.values()
        ]
    }


_SOURCE = ("title", "publisher", "licence", "attribution")


def _address(homepage: str | None) -> str:
    """An address a reader may follow; anything but the web is left out."""
    return homepage if homepage and homepage.startswith(("https://", "http://")) else ""


def _checks(library: Library, language: Language) -> dict[str, Any]:
    checks = [
        {
            **{key: row[key] or "" for key in ("check_id", "table_name", "observed", "expected", "remedy")},
            "severity": language.word("severity", row["severity"]),
            "passed": row["passed"],
            "checked": "" if row["checked"] is None else language.number(row["checked"]),
            "unexpected": "" if row["unexpected"] is None else language.number(row["unexpected"]),
        }
        for row in library.checks
    ]
    failed = [check for check in checks if not check["passed"]]
    return {"failed": failed, "passed": [check for check in checks if check["passed"]]}
