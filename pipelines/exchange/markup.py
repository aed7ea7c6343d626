"""Texts inside XML: signs it needs by name, and signs it cannot carry at all.

Belongs here: making any text safe. Does not belong here: the elements around it (`workbook.py`, `sdmx_data.py`).
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

IN_TEXT: Mapping[str, str] = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
"""Signs that need a name between elements; the first must stand first."""

IN_ATTRIBUTE: Mapping[str, str] = {**IN_TEXT, '"': "&quot;", "\n": "&#10;", "\t": "&#9;"}
"""Signs that need a name between quotation marks."""

_CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f]"


def safe(column: pl.Series, names: Mapping[str, str]) -> pl.Expr:
    """The texts of a column, changed only where a sign asks for it; control signs become blanks."""
    text = pl.col(column.name)
    if column.str.contains(_CONTROL).any():
        text = text.str.replace_all(_CONTROL, " ")
    for sign, name in names.items():
        if column.str.contains(sign, literal=True).any():
            text = text.str.replace_all(sign, name, literal=True)
    return text
