"""Start page: finding a municipality, what SDG 17 means here, how much is known, what is new.

Belongs here: what this page says. Does not belong here: the list the search reads (`search.py`), HTML.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from pipelines.site.frames import Library
from pipelines.site.language import Language
from pipelines.site.ledger import Ledger
from pipelines.site.model import Places
from pipelines.site.reading import Row, sort_key


def home(library: Library, about: Ledger, places: Places) -> dict[str, Any]:
    """The model of the start page."""
    lands = sorted(
        (row for row in library.units.values() if row["level"] == "land"),
        key=lambda row: sort_key(row["name"]),
    )
    return {
        "lands": [_land(library, places, row) for row in lands],
        "cards": _map(library, about, places.language),
        "news": _news(library, about, places),
    }


def _map(library: Library, about: Ledger, language: Language) -> list[dict[str, Any]]:
    """Where something is known: one map, or none without outlines."""
    if about.map is None:
        return []
    known = dict.fromkeys(library.with_facts, 1.0)
    alternative = language["known_alternative"]
    said = language["known_class"]
    return [about.map.card(known, lambda _: said, language, alternative, worded_by=said)]


def _land(library: Library, places: Places, row: Row) -> dict[str, Any]:
    language = places.language
    live = [each for each in library.municipalities.get(row["ags"], ()) if each["valid_to"] is None]
    known = sum(each["ags"] in library.with_facts for each in live)
    return {
        **places.entry(row),
        "municipalities": language.number(len(live)),
        "with_facts": language.number(known),
        "share": f"{language.number(100 * known / len(live))} %" if live else "",
    }


def _news(library: Library, about: Ledger, places: Places) -> dict[str, Any] | None:
    """What the newest release is and which published numbers it changed; null where none is recorded."""
    if not about.releases:
        return None
    language = places.language
    newest = about.releases[0]
    names = {row["indicator_id"]: language.of(row, "name") for row in library.indicators}
    return {
        "release": language.say(
            "news_release",
            number=newest["number"],
            date=language.day(date.fromisoformat(newest["recorded_at"][:10])),
            year=newest["reference_year"],
        ),
        "first": len(about.releases) == 1,
        "changes": [
            {
                "id": row["indicator_id"],
                "indicator": names.get(row["indicator_id"], row["indicator_id"]),
                "causes": causes(language, row["causes"]),
                "changes": language.number(row["changes"]),
                "units": language.number(row["units"]),
            }
            for row in about.revisions
            if row["indicator_id"] in names
        ],
    }


def causes(language: Language, codes: str | None) -> str:
    """Causes of a revision in words."""
    return ", ".join(
        language.word("cause", code.strip()) for code in (codes or "").split(",") if code.strip()
    )
