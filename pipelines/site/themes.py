"""Themes: the order in which the page of a unit tells what is known.

Belongs here: which theme an indicator or a documented fact belongs to, and laying cards, lists and gaps
out by theme. Does not belong here: what a card or a list says (`cards.py`, `facts.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pipelines.site.edition import Edition
from pipelines.site.facts import engagements, partnerships, set_aside
from pipelines.site.gaps import Line, gathered

THEMES = ("money", "partnerships", "fair_trade", "programmes", "migration", "context")
"""Families of indicators in the order of the page; the family `data` stands in its head."""

THEME_OF_FACT: Mapping[str, str] = {
    "fairtrade_town": "fair_trade",
    "fair_trade_award": "fair_trade",
    "fairtrade_schools": "fair_trade",
    "migration_development_body": "migration",
    "migrant_organisations_housed": "migration",
}
"""Kind of documented fact to its theme; what is not named here belongs to the programmes."""


def themes(edition: Edition, cards: Sequence[dict[str, Any]], gaps: Sequence[Line]) -> list[dict[str, Any]]:
    """Themes of which something is known: cards, documented facts, and what there is no value for."""
    facts = engagements(edition)
    laid_out: list[dict[str, Any]] = [
        {
            "id": theme,
            "title": edition.language[f"theme_{theme}"],
            "cards": [card for card in cards if card["family"] == theme],
            "gaps": [gap for gap in gaps if theme in gap["families"]],
            "facts": [fact for fact in facts if THEME_OF_FACT.get(fact["kind"], "programmes") == theme],
            "partnerships": partnerships(edition) if theme == "partnerships" else {"rows": []},
            "set_aside": set_aside(edition) if theme == "money" else [],
        }
        for theme in THEMES
    ]
    return [
        theme
        for theme in laid_out
        if theme["cards"] or theme["facts"] or theme["partnerships"]["rows"] or theme["set_aside"]
    ]


def silent(edition: Edition, laid_out: Sequence[dict[str, Any]], gaps: Sequence[Line]) -> dict[str, Any]:
    """Themes of which nothing is known: their names, and why, in as few lines as there are reasons."""
    shown = {theme["id"] for theme in laid_out}
    names = [theme for theme in THEMES if theme not in shown]
    lines = gathered([gap for gap in gaps if not shown.intersection(gap["families"])])
    return {
        "names": [edition.language[f"theme_{theme}"] for theme in names],
        "gaps": [
            {
                **line,
                "themes": [
                    edition.language[f"theme_{theme}"] for theme in THEMES if theme in line["families"]
                ],
                "count": edition.language.counted("indicators", len(line["indicators"])),
            }
            for line in lines
            if "data" not in line["families"]
        ],
    }
