"""The style sheets as they are published: with the colours of the pictures, without what only people read.

Belongs here: making a style sheet small. Does not belong here: their rules (`templates/*.css`), the
colours of pictures (`pipelines/charts/palette.py`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import resources

from pipelines.charts.palette import style_sheet

_TEXT = re.compile(r'("[^"]*")')
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_AROUND = re.compile(r"\s*([{};,>])\s*|(?<=:)\s+")


def published() -> Mapping[str, bytes]:
    """File name to the sheet every page loads, and to the one only pages with lists load besides."""
    templates = resources.files("pipelines.site").joinpath("templates")
    rules = {name: templates.joinpath(name).read_text("utf-8") for name in ("style.css", "lists.css")}
    rules["style.css"] += style_sheet()
    return {name: minified(sheet).encode() for name, sheet in rules.items()}


def minified(sheet: str) -> str:
    """A style sheet without comments and without space that means nothing; texts in quotation marks stay.

    Space before a colon stays (it joins selectors), and space around signs of a sum.
    """
    parts = _TEXT.split(_COMMENT.sub("", sheet))
    parts[::2] = (_AROUND.sub(r"\1", re.sub(r"\s+", " ", part)).replace(";}", "}") for part in parts[::2])
    return "".join(parts).strip()
