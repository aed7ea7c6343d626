"""Files to download and the piece to embed, as the page of a unit offers them.

Belongs here: which files are named on a page. Does not belong here: what is in them or where they lie
(`pipelines/exchange`).
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from pipelines.exchange.addresses import files_of
from pipelines.site.language import Language
from pipelines.site.model import Page, Places, address, short
from pipelines.site.reading import Row

_VALUES = 4
"""Values a piece to embed shows at most."""


def downloads(places: Places, row: Row) -> list[dict[str, str]]:
    """Name and address below the site of every file of a unit; none where nothing is published of it."""
    key = row["ags"]
    families = {each["indicator_id"]: each["family"] for each in places.library.indicators}
    content = any(families[each] != "data" for each in places.library.valued_of.get(key, ()))
    offered = files_of(key, row["level"], observed=key in places.library.observed, content=content)
    return [{"address": file.address, "label": places.language.text(file.label)} for file in offered]


def snippet(language: Language, row: Row, public_address: str | None) -> str:
    """The HTML that embeds the small page of a unit; without a public address the reader puts it in."""
    title = escape(f"{language['product']}: {short(row['name'])}")
    return (
        f'<iframe src="{escape(public_address or language["embed_placeholder"])}/{language.prefix}{address(row)}/einbetten/index.html" title="{title}" '
        'width="100%" height="420" loading="lazy"></iframe>'
    )


def piece(language: Language, row: Row, model: dict[str, Any]) -> Page:
    """The page to embed elsewhere: sentences and first values of a unit, and the way to its page."""
    cards: Sequence[dict[str, Any]] = [card for theme in model["themes"] for card in theme["cards"]]
    return Page(
        address=f"{address(row)}/einbetten",
        template="piece.html",
        language=language,
        model={
            "name": short(row["name"]),
            "headline": model["headline"],
            "place": address(row),
            "values": [
                {key: card[key] for key in ("id", "name", "value", "unit", "year", "status")}
                for card in cards
                if card["value"]
            ][:_VALUES],
        },
    )
