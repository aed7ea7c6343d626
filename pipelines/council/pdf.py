"""The council report as a tagged PDF (PDF/UA-1), set by typst from its own fonts and no network.

Belongs here: handing data and pictures to the template, and finding the room that fits on two pages.
Does not belong here: what the report says (`contents.py`).

All data go in as JSON and come out as text: the template never reads a name as markup, whatever signs it
contains.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from importlib import resources
from typing import Any

import orjson

from pipelines.charts.painter import Painter
from pipelines.charts.palette import FONT
from pipelines.council.contents import ROOMS, Room

PAGES = 2
SET_IN = "Libertinus Serif"
"""The font of the report; it ships inside typst, and pictures are set in it too."""


def as_pdf(made: Callable[[Room], dict[str, Any]], built_at: datetime, painter: Painter) -> bytes:
    """The report as PDF of exactly two pages.

    Args:
        made: the contents for a given room (`contents.contents`).
        built_at: moment of the release, written into the file instead of today, so that the same release
            gives the same bytes.
        painter: draws the pictures; one for all reports, since starting it costs two seconds.

    Raises:
        ValueError: not even the tightest room fits, which means a text has no bounds.
    """
    import typst  # noqa: PLC0415 - only the report needs it

    source = resources.files("pipelines.council").joinpath("templates/report.typ").read_bytes()
    for room in ROOMS:
        data = orjson.dumps(drawn(made(room), painter, set_in=SET_IN)).decode()
        inputs: dict[str, Any] = {"sys_inputs": {"data": data}, "ignore_system_fonts": True}
        if _pages(typst.compile(source, format="svg", **inputs)) == PAGES:
            return bytes(
                typst.compile(source, format="pdf", pdf_standards=["ua-1"], timestamp=built_at, **inputs)
            )
    raise ValueError("The report does not fit on two pages in its tightest form: a text has no bounds.")


def drawn(report: dict[str, Any], painter: Painter, *, set_in: str = FONT) -> dict[str, Any]:
    """The report with each figure's picture as SVG in place of its rows."""
    pictures = [figure["picture"] for figure in report["figures"]]
    painter.draw(pictures)

    def with_svg(figure: Mapping[str, Any]) -> dict[str, Any]:
        svg = painter.svg(figure["picture"], figure["alternative"])
        named = svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1).replace(FONT, set_in)
        return {**figure, "picture": None, "svg": named}

    return {**report, "figures": [with_svg(figure) for figure in report["figures"]]}


def _pages(pictures: bytes | list[bytes]) -> int:
    return len(pictures) if isinstance(pictures, list) else 1
