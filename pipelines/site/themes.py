"""Themes: the order in which the page of a unit tells what is known.

Belongs here: which theme an indicator or a documented fact belongs to, and laying cards, lists and gaps
out by theme. Does not belong here: what a card or a list says (`cards.py`, `facts.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pipelines.site.edition import Edition
from pipelines.site.facts import engagements, partnerships, set_aside

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


def themes(
    edition: Edition, cards: Sequence[dict[str, Any]], gaps: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Themes with something to say: cards, documented facts, and what there is no value for."""
    facts = engagements(edition)
    laid_out: list[dict[str, Any]] = [
        {
            "id": theme,
            "title": edition.language[f"theme_{theme}"],
            "cards": [card for card in cards if card["family"] == theme],
            "gaps": [gap for gap in gaps if gap["family"] == theme],
            "facts": [fact for fact in facts if THEME_OF_FACT.get(fact["kind"], "programmes") == theme],
            "partnerships": partnerships(edition) if theme == "partnerships" else {"rows": []},
            "set_aside": set_aside(edition) if theme == "money" else [],
        }
        for theme in THEMES
    ]
    for theme in laid_out:
        theme["known"] = bool(
            theme["cards"] or theme["facts"] or theme["partnerships"]["rows"] or theme["set_aside"]
        )
    return [theme for theme in laid_out if theme["known"] or theme["gaps"]]
