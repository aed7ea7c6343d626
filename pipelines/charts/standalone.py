"""A picture as a file of its own: SVG with its colours for dark pages, or PNG.

Belongs here: what a drawn picture needs besides, so that it can be opened or linked without a page.
Does not belong here: drawing it (`renderer.py`), writing the file.
"""

from __future__ import annotations

from html import escape

from pipelines.charts.palette import PAPER, style_sheet

_DENSITY = 2.0
"""Dots per point of a PNG: sharp on a page of print width."""


def as_svg(svg: str, alternative: str) -> str:
    """The picture with name space, title and the rules that exchange its colours."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(alternative)}"',
        f"<title>{escape(alternative)}</title><style>{style_sheet('')}</style>",
    )
    opened = svg.replace("<svg", head[0], 1)
    end = opened.index(">") + 1
    return opened[:end] + head[1] + opened[end:]


def as_png(svg: str) -> bytes:
    """The picture as PNG on white paper, drawn by vl-convert without a network."""
    import vl_convert  # noqa: PLC0415 - costs a second

    named = svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    end = named.index(">") + 1
    painted = f'{named[:end]}<rect width="100%" height="100%" fill="{PAPER}"/>{named[end:]}'
    return bytes(vl_convert.svg_to_png(painted, scale=_DENSITY))
