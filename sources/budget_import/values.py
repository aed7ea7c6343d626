"""Values: one declared text of a record as an expression.

Belongs here: applying `Value` and conditions. Does not belong here: amounts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce

import polars as pl

from sources.budget_import.description import Value
from sources.budget_import.wording import join_divided_words, tidy

Names = Mapping[str, Mapping[str, str]]
"""Lookup name to code to name."""


def first_of(values: Sequence[Value], names: Names) -> pl.Expr:
    """The first of several values that is not empty."""
    return pl.coalesce([apply_value(value, names) for value in values])


def apply_value(value: Value, names: Names) -> pl.Expr:
    """The value of every record; null where there is none, or where a word has no translation."""
    text = _start(value)
    if value.extract:
        text = text.str.extract(value.extract, 1)
    if value.pad:
        text = pl.when(text != "").then(text.str.zfill(value.pad))
    if value.words:
        text = text.replace_strict(dict(value.words), default=None, return_dtype=pl.String)
    if value.lookup:
        text = _look_up(text, names[value.lookup])
    if value.join_divided_words:
        text = join_divided_words(text)
    return tidy(text)


def applies(when: Mapping[str, str]) -> pl.Expr:
    """True where every column contains a match of its expression."""
    return pl.all_horizontal([pl.col(column).str.contains(pattern) for column, pattern in when.items()])


def _start(value: Value) -> pl.Expr:
    if value.column is not None:
        return pl.col(value.column)
    if value.constant is not None:
        return pl.lit(value.constant)
    none: pl.Expr = pl.lit(None, pl.String)
    return reduce(
        lambda rest, case: pl.when(applies(case.when)).then(pl.lit(case.value)).otherwise(rest),
        reversed(value.cases),
        none,
    )


def _look_up(code: pl.Expr, names: Mapping[str, str]) -> pl.Expr:
    if not names:
        return pl.lit(None, pl.String)
    return code.replace_strict(dict(names), default=None, return_dtype=pl.String)
