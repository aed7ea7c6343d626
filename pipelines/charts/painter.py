"""Pictures by what they are drawn from, so that equal ones are drawn once.

Belongs here: gathering pictures by form and language and keeping what has been drawn. Does not belong
here: drawing (`renderer.py`), which picture stands on which page (`pipelines/site`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from itertools import islice
from typing import Any

import orjson

Picture = Mapping[str, Any]
"""`form`, `rows`, and `language` (German where it is left out)."""


_KEPT = 4000
"""Pictures kept between batches of pages: about 20 MB."""


class Painter:
    """Draws pictures and keeps them while the same ones may come again."""

    def __init__(self) -> None:
        self._drawn: dict[bytes, str] = {}
        self._renderer: Any = None

    def draw(self, pictures: Sequence[Picture]) -> None:
        """Draw what has not been drawn yet, one batch per form and language."""
        wanted: dict[tuple[str, str], dict[bytes, Any]] = {}
        for picture in pictures:
            key = orjson.dumps(picture)
            if key not in self._drawn:
                kind = (picture["form"], picture.get("language", "de"))
                wanted.setdefault(kind, {})[key] = picture["rows"]
        for (form, language), sets in sorted(wanted.items()):
            if self._renderer is None:
                from pipelines.charts.renderer import renderer  # noqa: PLC0415 - starts an engine

                self._renderer = renderer()
            drawn = self._renderer.draw(form, list(sets.values()), language)
            self._drawn.update(zip(sets, drawn, strict=True))

    def forget(self) -> None:
        """Let go of all but the pictures drawn last; they are the likeliest to come again."""
        if len(self._drawn) > _KEPT:
            self._drawn = dict(islice(reversed(self._drawn.items()), _KEPT // 2))

    def svg(self, picture: Picture, alternative: str) -> str:
        """A picture that `draw` has seen, with its alternative text, ready to stand in a page."""
        named = f'<svg role="img" aria-label="{escape(alternative)}"'
        return self._drawn[orjson.dumps(picture)].replace("<svg", named, 1)
