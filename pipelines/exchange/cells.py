"""Columns as text, made once for every different value.

Belongs here: the way every form of text takes. Does not belong here: what a cell looks like in a form.

Most columns of the downloads hold few different texts thousands of times. Looking up what was made of a text
costs a fraction of making it again.
"""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

_MANY = 4
"""Rows per different value from which looking up pays."""


def told(column: pl.Series, made: Callable[[pl.Series], pl.Expr]) -> pl.Series:
    """A column as text.

    Args:
        column: the values.
        made: from values to the expression that turns a column of that name into text, missing ones too.
    """
    different = column.unique(maintain_order=True)
    if different.len() * _MANY > column.len():
        return column.to_frame().select(made(column)).to_series().alias(column.name)
    texts = different.to_frame().select(made(different)).to_series()
    return column.replace_strict(different, texts, return_dtype=pl.String).alias(column.name)
