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


def _told(rows: pl.DataFrame, key: str, names: Sequence[str], made: Made, separator: str) -> pl.Series:
    """Neighbouring columns that follow from one of the row, as one text."""
    different = rows.select(*{key, *names}).unique(subset=key, keep="any")
    is_few = different.height * _MANY <= rows.height
    chosen = different if is_few else rows
    cells = [made(chosen[name], COLUMNS[name][0]) for name in names]
    texts = chosen.select(pl.concat_str(cells, separator=separator)).to_series()
    return rows[key].replace_strict(chosen[key], texts, return_dtype=pl.String) if is_few else texts
