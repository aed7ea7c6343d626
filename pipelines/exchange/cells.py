"""Rows as text, made once for every different value.

Belongs here: the way every form of text takes. Does not belong here: what a cell looks like in a form.

Most columns of the downloads hold few different texts thousands of times, and many follow from another one, as
the name of a unit from its key. The values of a column are told apart once for all forms; each form then makes
a text of every different value, and the rows look theirs up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

import polars as pl

from pipelines.exchange.columns import COLUMNS, FOLLOWS, Kind

_MANY = 4
"""Rows per different value from which looking up pays."""

Cell = Callable[[pl.Series, Kind], pl.Expr]
"""From values and their kind to the expression that turns a column of that name into text, missing ones too."""


class Texts:
    """Rows whose texts are made in one form after the other."""

    def __init__(self, rows: pl.DataFrame) -> None:
        """Take the rows; of columns that follow from another one, each of its values has the same everywhere."""
        self.rows = rows
        self._known: dict[str, tuple[pl.Series, pl.Series] | None] = {}

    def of_rows(self, cell: Cell, separator: str = "") -> pl.Series:
        """Every row as one text.

        Args:
            cell: how a cell of a column is written.
            separator: what stands between cells.
        """
        neighbours = groupby(COLUMNS, key=lambda name: FOLLOWS.get(name, name))
        texts = [self._together(key, list(names), cell, separator) for key, names in neighbours]
        return pl.select(pl.concat_str(texts, separator=separator)).to_series()

    def of_column(self, name: str, made: Callable[[pl.DataFrame], pl.Series]) -> pl.Series:
        """A text of each row that one column decides.

        Args:
            name: the column.
            made: texts of some of the rows, in their order.
        """
        if name not in self._known:
            self._known[name] = _told_apart(self.rows[name])
        known = self._known[name]
        if known is None:
            return made(self.rows)
        places, firsts = known
        return made(self.rows[firsts]).gather(places)

    def _together(self, key: str, names: Sequence[str], cell: Cell, separator: str) -> pl.Series:
        """Neighbouring columns that follow from one of the row, as one text."""

        def made(some: pl.DataFrame) -> pl.Series:
            cells = [cell(some[name], COLUMNS[name][0]) for name in names]
            return some.select(pl.concat_str(cells, separator=separator)).to_series()

        return self.of_column(key, made)


def told(column: pl.Series, made: Callable[[pl.Series], pl.Expr]) -> pl.Series:
    """A column as text.

    Args:
        column: the values.
        made: from values to the expression that turns a column of that name into text, missing ones too.
    """
    name = column.name
    texts = Texts(column.to_frame()).of_column(name, lambda few: few.select(made(few[name])).to_series())
    return texts.alias(name)


def _told_apart(column: pl.Series) -> tuple[pl.Series, pl.Series] | None:
    """Of each row the place of its value among the different ones, and where each of these stands first.

    Null where that does not pay: where most values differ, as of numbers. Values that stand in long runs are
    looked at once a run.
    """
    if column.dtype.is_float() or column.is_empty():
        return None
    runs = column.rle_id()
    if (runs[-1] + 1) * _MANY > len(column):
        codes, firsts = _different(column)
        return (codes, firsts) if len(firsts) * _MANY <= len(column) else None
    begins = runs.arg_unique().sort()
    codes, firsts = _different(column.gather(begins))
    return codes.gather(runs), begins.gather(firsts)


def _different(column: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The same of any values, however many differ."""
    if column.dtype == pl.String:
        codes = column.cast(pl.Categorical(pl.Categories.random())).to_physical()
        if codes.has_nulls():
            codes = codes.fill_null(codes.n_unique() - 1)  # the others are counted from zero
    else:
        different = column.unique()
        codes = column.replace_strict(different, pl.int_range(len(different), eager=True))
    firsts = codes.arg_unique()
    return codes, firsts.gather(codes.gather(firsts).arg_sort())
