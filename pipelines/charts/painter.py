"""Pictures by what they are drawn from, so that equal ones are drawn once.

Belongs here: gathering pictures by form and language and keeping what has been drawn. Does not belong
here: drawing (`renderer.py`), which picture stands on which page (`pipelines/site`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from html import escape
from itertools import islice
from typing import Any

import orjson

Picture = Mapping[str, Any]
"""`form`, `rows` or `Later` in their place, and `language` (German where it is left out)."""


class Later:
    """Rows that cost so much that they are made only when the picture must be drawn."""

    def __init__(self, decided_by: str, make: Callable[[], Sequence[Any]]) -> None:
        """Promise rows.

        Args:
            decided_by: SHA-256 of everything the rows are made from.
            make: makes them.
        """
        self.decided_by = decided_by
        self.make = make


def written(value: Any) -> Any:
    """What stands for rows that are not made yet where a picture is hashed."""
    if isinstance(value, Later):
        return value.decided_by
    raise TypeError(f"{type(value)} cannot be part of a picture")


_KEPT = 4000
"""Pictures kept between batches of pages: about 20 MB."""


class Painter:
    """Draws pictures and keeps them while the same ones may come again."""

    def __init__(self, kept: Callable[[str], str | None] = lambda _: None) -> None:
        """Nothing is drawn yet; `kept` knows pictures by what decides their rows."""
        self._kept = kept
        self._drawn: dict[bytes, str] = {}
        self._renderer: Any = None

    def draw(self, pictures: Sequence[Picture]) -> None:
        """Draw what has not been drawn yet, one batch per form and language.

        Rows that are made only now are large: they are drawn one by one and let go of.
        """
        wanted: dict[tuple[str, str], dict[bytes, Any]] = {}
        for picture in pictures:
            key = _key(picture)
            if key in self._drawn:
                continue
            kind = (picture["form"], picture.get("language", "de"))
            if isinstance(later := picture["rows"], Later):
                kept = self._kept(later.decided_by)
                self._drawn[key] = kept or self._new(*kind, [later.make()])[0]
            else:
                wanted.setdefault(kind, {})[key] = picture["rows"]
        for (form, language), sets in sorted(wanted.items()):
            self._drawn.update(zip(sets, self._new(form, language, list(sets.values())), strict=True))

    def _new(self, form: str, language: str, sets: Sequence[Sequence[Any]]) -> Sequence[str]:
        """Pictures of one form and language, drawn together."""
        if self._renderer is None:
            from pipelines.charts.renderer import renderer  # noqa: PLC0415 - starts an engine

            self._renderer = renderer()
        drawn: Sequence[str] = self._renderer.draw(form, sets, language)
        return drawn

    def forget(self) -> None:
        """Let go of all but the pictures drawn last; they are the likeliest to come again."""
        if len(self._drawn) > _KEPT:
            self._drawn = dict(islice(reversed(self._drawn.items()), _KEPT // 2))

    def give_back(self) -> None:
        """Let the renderer let go of what it keeps for speed."""
        if self._renderer is not None:
            self._renderer.give_back()

    def drawn(self, picture: Picture) -> str | None:
        """A picture that `draw` has seen and not let go of."""
        return self._drawn.get(_key(picture))

    def svg(self, picture: Picture, alternative: str) -> str:
        """A picture that `draw` has seen, with its alternative text, ready to stand in a page."""
        named = f'<svg role="img" aria-label="{escape(alternative)}"'
        return self._drawn[_key(picture)].replace("<svg", named, 1)


def _key(picture: Picture) -> bytes:
    """What stands for a picture: its rows would take more memory than the picture."""
    return hashlib.sha256(orjson.dumps(picture, default=written)).digest()
