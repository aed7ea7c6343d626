"""A picture with the words that stand around it on a page: headline, subtitle, legend, source.

Belongs here: placing words above and below a drawn picture, as one SVG. Does not belong here: what the words
say (`pipelines/council/pictures.py`), drawing the picture (`renderer.py`), files (`standalone.py`).

The conventions of official statistics: the headline says the message, the subtitle the statistic and its
unit, the source stands below on the left. Widths of texts are estimated, as in the pictures themselves.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from pipelines.charts.palette import ACTUAL, FLAGGED, FONT, INK, MUTED, PAPER, PLAN

_SIZE = re.compile(r'<svg[^>]*? width="([\d.]+)"[^>]*? height="([\d.]+)"')
_SPOKEN = re.compile(r' (?:role|aria-label)="[^"]*"')
_EDGE, _LEAST = 14.0, 420.0
"""Space around everything, and the least width of a plate, in steps of a picture of ordinary width."""

_WIDE, _WIDE_BOLD = 0.53, 0.57
"""Mean width of a letter as part of its size."""

_LEADING, _AFTER = 1.3, 0.25
"""From line to line, and after the last, as parts of the size of letters."""

_LEGEND, _SWATCH = 12.0, 10.0
_LOOKS: Mapping[str, str] = {
    "actual": f'fill="{ACTUAL}"',
    "yes": f'fill="{ACTUAL}"',
    "flagged": f'fill="{FLAGGED}" stroke="{ACTUAL}" stroke-dasharray="3,2"',
    "plan": f'fill="none" stroke="{PLAN}" stroke-width="1.5"',
    "no": f'fill="none" stroke="{MUTED}"',
}


@dataclass(frozen=True, kw_only=True)
class Caption:
    """The words around a picture."""

    headline: str
    subtitle: str
    source: str
    legend: Sequence[tuple[str, str]] = ()
    """Mark and what it means, in the order they are written."""


@dataclass(frozen=True, kw_only=True)
class _Look:
    """How a text is set."""

    size: float
    colour: str
    bold: bool = False


def plated(svg: str, caption: Caption) -> str:
    """The picture with its words as one SVG on paper; of the picture only its drawing is kept.

    Args:
        svg: a drawn picture with width and height.
        caption: what stands around it.

    Raises:
        ValueError: the picture has no size.
    """
    found = _SIZE.search(svg)
    if found is None:
        raise ValueError("A picture without width and height cannot be placed.")
    width, height = float(found[1]), float(found[2])
    step = max(1.0, width / _LEAST)
    whole = max(width, _LEAST) + 2 * _EDGE * step
    room, y, parts = whole - 2 * _EDGE * step, _EDGE * step, []
    left = _EDGE * step
    for text, look in (
        (caption.headline, _Look(size=18 * step, colour=INK, bold=True)),
        (caption.subtitle, _Look(size=13 * step, colour=MUTED)),
    ):
        lines, y = _lines(text, (left, y), room, look)
        parts.append(lines)
    y += 6 * step
    parts.append(
        _SPOKEN.sub("", svg, count=2).replace("<svg", f'<svg x="{(whole - width) / 2:g}" y="{y:g}"', 1)
    )
    y += height + 4 * step
    legend, y = _legend(caption.legend, y, room, step)
    lines, y = _lines(caption.source, (left, y), room, _Look(size=11 * step, colour=MUTED))
    size = f'width="{whole:g}" height="{y + _EDGE * step:g}"'
    box = f'viewBox="0 0 {whole:g} {y + _EDGE * step:g}"'
    paper = f'<rect width="100%" height="100%" fill="{PAPER}"/>'
    return f'<svg {size} {box} font-family="{FONT}">{paper}{"".join(parts)}{legend}{lines}</svg>'


def _lines(text: str, at: tuple[float, float], room: float, look: _Look) -> tuple[str, float]:
    """A text broken into lines that fit, and where the next thing may stand."""
    (x, y), size, lines = at, look.size, [""]
    most = int(room / (size * (_WIDE_BOLD if look.bold else _WIDE)))
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) > most and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    drawn = f'font-size="{size:g}" fill="{look.colour}"' + (' font-weight="bold"' if look.bold else "")
    said = [
        f'<text x="{x:g}" y="{y + size * (1 + _LEADING * number):.1f}" {drawn}>{escape(line)}</text>'
        for number, line in enumerate(lines)
        if line
    ]
    return "".join(said), y + size * (_LEADING * len(said) + (_AFTER if said else 0))


def _legend(entries: Sequence[tuple[str, str]], y: float, room: float, step: float) -> tuple[str, float]:
    """Marks with their meaning, one after the other, broken into lines."""
    if not entries:
        return "", y
    x, size, parts = _EDGE * step, _LEGEND * step, []
    for mark, text in entries:
        swatch = _SWATCH * step + 5 * step if mark in _LOOKS else 0.0
        long = swatch + len(text) * size * _WIDE + 14 * step
        if x + long > room + _EDGE * step and x > _EDGE * step:
            x, y = _EDGE * step, y + size * 1.5
        if swatch:
            side = f'width="{_SWATCH * step:g}" height="{_SWATCH * step:g}"'
            parts.append(f'<rect x="{x:.1f}" y="{y + size * 0.25:.1f}" {side} {_LOOKS[mark]}/>')
        parts.append(
            f'<text x="{x + swatch:.1f}" y="{y + size:.1f}" font-size="{size:g}" fill="{INK}">{escape(text)}</text>'
        )
        x += long
    return "".join(parts), y + size * 1.8
