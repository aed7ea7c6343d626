"""Rows as text, made once for every different value.

Belongs here: the way every form of text takes. Does not belong here: what a cell looks like in a form.

Most columns of the downloads hold few different texts thousands of times, and many follow from another one, as
the name of a unit from its key. Looking up what was made of a text costs a fraction of making it again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

import polars as pl

from pipelines.exchange.columns import COLUMNS, FOLLOWS, Kind

_MANY = 4
"""Rows per different value from which looking up pays."""

Made = Callable[[pl.Series, Kind], pl.Expr]
"""From values and their kind to the expression that turns a column of that name into text, missing ones too."""


def row_texts(rows: pl.DataFrame, made: Made, separator: str = "") -> pl.Series:
    """Every row as one text.

    Args:
        rows: in the columns of every download.
        made: how a cell is written.
        separator: what stands between cells.
    """
    neighbours = groupby(COLUMNS, key=lambda name: FOLLOWS.get(name, name))
    texts = [_told(rows, key, list(names), made, separator) for key, names in neighbours]
    return pl.select(pl.concat_str(texts, separator=separator)).to_series()


def told(column: pl.Series, made: Callable[[pl.Series], pl.Expr]) -> pl.Series:
    """A column as text.

    Args:
        column: the values.
        made: from values to the expression that turns a column of that name into text, missing ones too.
    """
    return _looked_up(column.to_frame(), column.name, lambda few: made(few[column.name])).alias(column.name)


def _told(rows: pl.DataFrame, key: str, names: Sequence[str], made: Made, separator: str) -> pl.Series:
    """Neighbouring columns that follow from one of the row, as one text."""

    def cells(few: pl.DataFrame) -> pl.Expr:
        return pl.concat_str([made(few[name], COLUMNS[name][0]) for name in names], separator=separator)

    if COLUMNS[key][0] == "number":
        return rows.select(cells(rows)).to_series()
    return _looked_up(rows.select(*{key, *names}), key, cells)


def _looked_up(rows: pl.DataFrame, key: str, made: Callable[[pl.DataFrame], pl.Expr]) -> pl.Series:
    """A text of each row, made once for each different key where keys are few."""
    few = rows.unique(subset=key, keep="any")
    if few.height * _MANY > rows.height:
        return rows.select(made(rows)).to_series()
    texts = few.select(made(few)).to_series()
    return rows[key].replace_strict(few[key], texts, return_dtype=pl.String)
