"""Page models that are not about one place: start, indicators, sources, checks.

Belongs here: what these pages say. Does not belong here: pages of places (`model.py`), HTML.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import orjson

from pipelines.site.calculation import words
from pipelines.site.frames import Library, Row
from pipelines.site.model import Page, Places, sort_key
from pipelines.site.numbers import number
from pipelines.site.texts import DE, SEVERITY, STATE
from pipelines.site.wording import reason, status, unit, written

MANY = 3000
"""Units with a value from which an indicator page counts values instead of listing units."""


NOT_COLLECTED = "L"
"""Status of what exists and nobody collects."""


def count(library: Library) -> int:
    """Number of these pages."""
    return 4 + len(library.indicators)


def pages(library: Library, places: Places) -> Iterator[Page]:
    """Start page, indicators and their list, sources, checks."""
    yield Page(address="", template="index.html", model=_start(library, places))
    yield Page(address="indikator", template="indicators.html", model=_catalogue(library))
    for indicator in library.indicators:
        yield Page(
            address=f"indikator/{indicator['indicator_id']}",
            template="indicator.html",
            model=_indicator(library, places, indicator),
        )
    yield Page(address="quellen", template="sources.html", model=_sources(library))
    yield Page(address="qualitaet", template="checks.html", model=_checks(library))


def _start(library: Library, places: Places) -> dict[str, Any]:
    lands = [row for row in library.units.values() if row["level"] == "land"]
    return {
        "lands": [
            {**places.entry(row), "summary": places.summary(row["ags"])}
            for row in sorted(lands, key=lambda row: sort_key(row["name"]))
        ],
        "indicators": _catalogue(library)["indicators"],
    }


def _catalogue(library: Library) -> dict[str, Any]:
    return {
        "indicators": [
            {
                "id": row["indicator_id"],
                "name": row["name_de"],
                "description": row["description_de"],
                "unit": "ja/nein" if row["kind"] == "binary" else row["unit_de"],
                "units": number(len(_latest(library, row["indicator_id"]))),
            }
            for row in library.indicators
        ]
    }


def _latest(library: Library, indicator_id: str) -> list[Row]:
    """The newest valued observation of every unit that has one."""
    found = []
    for indicators in library.actual.values():
        valued = [row for row in indicators.get(indicator_id, ()) if row["value"] is not None]
        found += valued[-1:]
    return found


def _indicator(library: Library, places: Places, row: Row) -> dict[str, Any]:
    latest = _latest(library, row["indicator_id"])
    many = len(latest) > MANY
    return {
        "id": row["indicator_id"],
        "name": row["name_de"],
        "description": row["description_de"],
        "unit": "ja/nein" if row["kind"] == "binary" else row["unit_de"],
        "formula": row["formula"] or "",
        "words": words(library, row) if row["formula"] else "",
        "version": row["definition_version"],
        "concepts": _concepts(row["metadata"]),
        "coverage": DE["coverage_one" if len(latest) == 1 else "coverage_text"].format(
            count=number(len(latest))
        ),
        "values": [] if many else _values(library, places, row, latest),
        "spread": _spread(row, latest) if many else [],
        "reasons": _reasons(library, row["indicator_id"]),
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


def _concepts(metadata: str) -> list[dict[str, str]]:
    """SDMX concepts with their German text; a text is a string, a list, or a mapping by language."""
    concepts = orjson.loads(metadata or "{}")
    known = [concept for concept in CONCEPTS if concept in concepts]
    ordered = [*known, *sorted(set(concepts) - set(known))]
    return [{"concept": concept, "text": _german(concepts[concept])} for concept in ordered]


def _german(text: Any) -> str:
    if isinstance(text, dict):
        return _german(text.get("de", ""))
    return "; ".join(map(str, text)) if isinstance(text, list) else str(text)


def _values(library: Library, places: Places, indicator: Row, latest: list[Row]) -> list[dict[str, Any]]:
    listed = [(library.units[row["ags"]], row) for row in latest if row["ags"] in library.units]
    listed.sort(key=lambda pair: (pair[0]["land"] or "", sort_key(pair[0]["name"]), pair[0]["ags"]))
    return [
        {
            "place": places.entry(place),
            "land": library.units.get(place["land"] or "", {}).get("name", ""),
            "year": row["year"],
            "value": f"{written(indicator, row['value'])} {unit(indicator)}".strip(),
            "status": status(row),
        }
        for place, row in listed
    ]


def _spread(indicator: Row, latest: list[Row]) -> list[dict[str, str]]:
    frequency = Counter(row["value"] for row in latest)
    return [
        {"value": f"{written(indicator, value)} {unit(indicator)}".strip(), "count": number(count)}
        for value, count in sorted(frequency.items())
    ]


def _reasons(library: Library, indicator_id: str) -> list[dict[str, str]]:
    """Why the other units have no value: their newest status and reason, counted.

    A unit of which some year was read is not one nobody asks about, whatever the newest year says.
    """
    counted: Counter[tuple[str, str]] = Counter()
    for indicators in library.actual.values():
        rows = indicators.get(indicator_id, ())
        if rows and all(row["value"] is None for row in rows):
            newest = [*rows[-1:], *(row for row in rows if row["obs_status"] != NOT_COLLECTED)][-1]
            counted[(status(newest), reason(library, newest))] += 1
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return [{"status": key[0], "reason": key[1], "count": number(count)} for key, count in ordered]


def _sources(library: Library) -> dict[str, Any]:
    return {
        "sources": [
            {
                **{key: row[key] or "" for key in _SOURCE},
                "id": row["source_id"],
                "homepage": _address(row["homepage"]),
                "state": STATE.get(row["state"], row["state"]),
                "problem": row["problem"] or "",
                "accepted": number(row["rows_accepted"]),
                "quarantined": number(row["rows_quarantined"]),
                "files": [
                    {"name": each["name"], "hash": each["snapshot_id"], "size": number(each["size_bytes"])}
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


def _checks(library: Library) -> dict[str, Any]:
    checks = [
        {
            **{key: row[key] or "" for key in ("check_id", "table_name", "observed", "expected", "remedy")},
            "severity": SEVERITY.get(row["severity"], row["severity"]),
            "passed": row["passed"],
            "checked": "" if row["checked"] is None else number(row["checked"]),
            "unexpected": "" if row["unexpected"] is None else number(row["unexpected"]),
        }
        for row in library.checks
    ]
    failed = [check for check in checks if not check["passed"]]
    return {"failed": failed, "passed": [check for check in checks if check["passed"]]}
