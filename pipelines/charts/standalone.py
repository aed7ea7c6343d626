"""A picture as a file of its own: SVG with its colours for dark pages, or PNG.

Belongs here: what a drawn picture needs besides, so that it can be opened or linked without a page.
Does not belong here: drawing it (`renderer.py`), writing the file.
"""

from __future__ import annotations

import re
from html import escape

from pipelines.charts.palette import COLOURS, style_sheet

_DENSITY = 2.0
"""Dots per point of a PNG: sharp on a page of print width."""

_NAMED = '<svg xmlns="http://www.w3.org/2000/svg"'
_COLOURED = re.compile(r' (fill|stroke)="(#[0-9a-f]{6})"')
_DARK = {colour.light: colour.dark for colour in COLOURS.values()}


def as_svg(svg: str, alternative: str, *, dark: bool = False) -> str:
    """The picture with name space and title.

    Args:
        svg: a picture, alone or with its words (`plate.py`).
        alternative: what it shows, for those who do not see it.
        dark: whether its colours are those for dark pages; otherwise it follows the reader's scheme.
    """
    named = f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(alternative)}"'
    style = "" if dark else f"<style>{style_sheet()}</style>"
    opened = (darkened(svg) if dark else svg).replace("<svg", named, 1)
    end = opened.index(">") + 1
    return f"{opened[:end]}<title>{escape(alternative)}</title>{style}{opened[end:]}"


def darkened(svg: str) -> str:
    """The picture in its colours for dark pages."""

    def other(match: re.Match[str]) -> str:
        return f' {match[1]}="{_DARK.get(match[2], match[2])}"'

    return _COLOURED.sub(other, svg)


def as_png(svg: str, *, dark: bool = False) -> bytes:
    """The picture as PNG, drawn by vl-convert without a network; it stands on paper of its own."""
    import vl_convert  # noqa: PLC0415 - costs a second

    drawn = darkened(svg) if dark else svg
    return bytes(vl_convert.svg_to_png(drawn.replace("<svg", _NAMED, 1), scale=_DENSITY))
