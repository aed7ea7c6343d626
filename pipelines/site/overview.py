"""Pages that are not about one place: which there are, under which address, from which template.

Belongs here: the list of these pages. Does not belong here: what each says (`home.py`,
`indicator_page.py`, `quality_page.py`, `source_page.py`, `statements/`), pages of places (`model.py`), HTML.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipelines.charts.palette import ACTUAL, FLAGGED, INK, MUTED
from pipelines.charts.words import WORDS
from pipelines.exchange.addresses import FILES
from pipelines.site.figure import UNFLAGGED
from pipelines.site.frames import Library
from pipelines.site.home import home
from pipelines.site.indicator_page import indicator_page_count, indicator_pages
from pipelines.site.ledger import Ledger
from pipelines.site.model import Page, Places
from pipelines.site.quality_page import concerned, quality, unit_quality_pages
from pipelines.site.source_page import sources
from pipelines.site.statement import statements, told
from pipelines.site.wording import unit_named
from quality.status import OBS_STATUS


def count(library: Library, about: Ledger) -> int:
    """Number of these pages in one language."""
    standing = 5 + len(list(statements()))
    return standing + indicator_page_count(library, about) + len(concerned(library, about))


def pages(library: Library, about: Ledger, places: Places, contact: str | None) -> Iterator[Page]:
    """Start, indicators and their list, comparison, sources, quality, standing text."""
    language = places.language

    def page(address: str, template: str, model: dict[str, Any]) -> Page:
        return Page(address=address, template=template, language=language, model=model)

    yield page("", "index.html", home(library, about, places))
    yield page("indikator", "indicators.html", _catalogue(library, about, places))
    for indicator in library.indicators:
        yield from indicator_pages(library, about, places, indicator)
    yield page(
        "vergleich",
        "compare.html",
        {
            "most": MOST_COMPARED,
            "doubtful": [language.text(OBS_STATUS[code]) for code in NOT_COMPARABLE],
            "unflagged": [language.text(OBS_STATUS[code]) for code in UNFLAGGED],
            "missing": WORDS[language.code].missing,
            "colours": {"ink": INK, "muted": MUTED, "actual": ACTUAL, "flagged": FLAGGED},
            "lands": [places.entry(row) for row in library.units.values() if row["level"] == "land"],
        },
    )
    yield page("quellen", "sources.html", {"sources": sources(library, language), "table": FILES.address})
    yield page("qualitaet", "quality.html", quality(library, about, language))
    yield from unit_quality_pages(library, about, places)
    for statement in statements():
        model = told(statement, language)
        if statement.address == "lizenz":
            model["sources"] = sources(library, language)
        if statement.address == "kontakt":
            model["contact"] = contact or ""
        yield page(statement.address, "statement.html", model)


MOST_COMPARED = 5
"""Municipalities that can be set side by side."""

NOT_COMPARABLE = ("B", "D")
"""Statuses of values that must not be set beside others without saying so."""


def _catalogue(library: Library, about: Ledger, places: Places) -> dict[str, Any]:
    """The list of indicators by family, in the order of their numbers."""
    language = places.language
    families: dict[str, list[dict[str, str]]] = {}
    for row in library.indicators:
        entry = {
            "id": row["indicator_id"],
            "name": language.of(row, "name"),
            "description": language.of(row, "description"),
            "unit": unit_named(language, row),
            "units": language.number(len(about.latest.get(row["indicator_id"], ()))),
        }
        families.setdefault(row["family"], []).append(entry)
    return {
        "families": [
            {"name": language.word("theme", family), "indicators": entries}
            for family, entries in families.items()
        ]
    }
