"""The colours of all pictures, in the light and in the dark scheme, and the rules that exchange them.

Belongs here: every colour a form may use, with its counterpart on a dark page, and the style sheet made
from them. Does not belong here: which colour means what in a form (`forms/`), the colours of the page.

A picture carries its light colours as attributes. A page exchanges them by attribute selectors, so no
style attribute is needed and a strict content security policy holds. Whatever carries meaning has a
contrast of at least 3:1 to both papers, or an outline that has; no two colours that must be told apart
rest on hue alone. `tests/pipelines/test_palette.py` measures both, also for three colour-vision types.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Colour:
    """One colour of the pictures."""

    light: str
    dark: str
    forced: str
    """System colour that stands for it where the reader's own colours are forced."""


COLOURS = {
    "paper": Colour(light="#ffffff", dark="#12171d", forced="Canvas"),
    "ink": Colour(light="#1d2733", dark="#e8ecf1", forced="CanvasText"),
    "muted": Colour(light="#56616e", dark="#aab4c0", forced="CanvasText"),
    "grid": Colour(light="#d5dae0", dark="#3a4450", forced="GrayText"),
    "actual": Colour(light="#14558f", dark="#86bdf0", forced="Highlight"),
    "flagged": Colour(light="#b3d1ec", dark="#2f5170", forced="Canvas"),
    "plan": Colour(light="#8a4b00", dark="#f0b36b", forced="CanvasText"),
    "others": Colour(light="#7a8694", dark="#8593a1", forced="GrayText"),
    "band": Colour(light="#e3e8ed", dark="#2a333d", forced="Canvas"),
    "nothing": Colour(light="#eef1f4", dark="#222a33", forced="Canvas"),
    "zero": Colour(light="#a98f63", dark="#b39a6d", forced="GrayText"),
    "class1": Colour(light="#6797ca", dark="#4a6f96", forced="Highlight"),
    "class2": Colour(light="#386fad", dark="#6d9ac9", forced="Highlight"),
    "class3": Colour(light="#154b82", dark="#9cc3ec", forced="Highlight"),
    "class4": Colour(light="#0a2947", dark="#dcebfb", forced="Highlight"),
}
"""Name to colour; the classes of a map run from little to much."""

PAPER = COLOURS["paper"].light
"""What pictures stand on: here only for the ring around a mark that lies on another."""

INK, MUTED, GRID = (COLOURS[name].light for name in ("ink", "muted", "grid"))
ACTUAL, FLAGGED, PLAN = (COLOURS[name].light for name in ("actual", "flagged", "plan"))
OTHERS, BAND, NOTHING, ZERO = (COLOURS[name].light for name in ("others", "band", "nothing", "zero"))
CLASSES = tuple(COLOURS[f"class{number}"].light for number in range(1, 5))
OUTLINED = ("paper", "grid", "flagged", "band", "nothing")
"""Colours that carry no meaning alone: a form draws an outline or a written mark with them."""

FONT = "system-ui, sans-serif"


def style_sheet() -> str:
    """The rules that exchange the colours on a dark screen, and for readers who force their own; print stays light.

    They name attributes only pictures have, so they hold on a page and inside a picture file alike.
    """
    return (
        f"@media screen and (prefers-color-scheme: dark) {{\n{_rules('dark')}}}\n"
        f"@media screen and (forced-colors: active) {{\n{_rules('forced')}}}\n"
    )


def _rules(scheme: str) -> str:
    """One rule for each shade and kind; names that share a shade share the rule."""
    sharing: dict[str, list[str]] = {}
    for colour in COLOURS.values():
        sharing.setdefault(getattr(colour, scheme), []).append(colour.light)
    return "".join(
        f"{_any(kind, lights)}{{{kind}:{shade}}}\n"
        for shade, lights in sharing.items()
        for kind in ("fill", "stroke")
    )


def _any(kind: str, colours: Sequence[str]) -> str:
    parts = [f'[{kind}="{colour}"]' for colour in colours]
    return parts[0] if len(parts) == 1 else f":is({', '.join(parts)})"
