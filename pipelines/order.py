"""Whether rows lie in published order already, which is seen in a fraction of the time it takes to sort them.

Belongs here: the question. Does not belong here: which order a table has (`quality/contracts`), sorting.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl


def is_out_of_order(order: Sequence[str]) -> pl.Expr:
    """Whether any row stands before one it has to follow; one value for all rows.

    Also true where one of the columns has a null, because programs put nulls at different ends, and where no
    order is named.
    """
    if not order:
        return pl.lit(value=True)
    descends = pl.lit(value=False)
    for name in reversed(order):
        before, here = pl.col(name).shift(1), pl.col(name)
        descends = (before > here) | ((before == here) & descends)
    return descends.any() | pl.any_horizontal(pl.col(order).null_count() > 0)
