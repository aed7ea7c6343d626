"""Bars over years, for amounts and for counts.

Belongs here: the layers of the two forms. Does not belong here: the forms themselves (`forms/`).
"""

from __future__ import annotations

from typing import Any

from pipelines.charts.framework import amounts, around, wide, years
from pipelines.charts.palette import ACTUAL, FLAGGED, PLAN
from pipelines.charts.words import Words


def bars(alt: Any, words: Words, *, counts: bool) -> list[Any]:
    """Filled bars for actual values inside outlined bars for plan values."""

    def bar(field: str, where: str, share: float, most: int, **look: Any) -> Any:
        mark = alt.Chart().mark_bar(width=wide(share, most), **look)
        return mark.encode(x=years(alt), y=amounts(alt, field, counts)).transform_filter(where)

    return [
        bar("p", "isValid(datum.p)", 1, 76, fillOpacity=0, stroke=PLAN, strokeWidth=1.5),
        bar("v", "datum.k === 'actual'", 0.7, 52, fill=ACTUAL),
        bar("v", "datum.k === 'flagged'", 0.7, 52, fill=FLAGGED, stroke=ACTUAL, strokeDash=[3, 2]),
        *around(alt, words, counts, above=3),
    ]
