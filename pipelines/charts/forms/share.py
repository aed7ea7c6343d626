"""A share or score over years: points joined where years adjoin. Rows: `pipelines.charts.series.rows`."""

from __future__ import annotations

from typing import Any

from pipelines.charts.framework import amounts, around, framed, years
from pipelines.charts.palette import ACTUAL, FLAGGED, PLAN
from pipelines.charts.words import Words


def chart(alt: Any, words: Words) -> Any:
    """A line that breaks where a year is missing or the series begins anew; plan values are open squares."""

    def dot(field: str, where: str, **look: Any) -> Any:
        mark = alt.Chart().mark_point(opacity=1, **look)
        return mark.encode(x=years(alt), y=amounts(alt, field, False)).transform_filter(where)

    line = alt.Chart().mark_line(color=ACTUAL, strokeWidth=2, invalid="break-paths-show-domains")
    layers = [
        line.encode(x=years(alt), y=amounts(alt, "v", False), detail="s:N"),
        dot("p", "isValid(datum.p)", shape="square", fillOpacity=0, stroke=PLAN, size=70, strokeWidth=1.5),
        dot("v", "datum.k === 'actual'", fill=ACTUAL, stroke=ACTUAL, size=55),
        dot("v", "datum.k === 'flagged'", fill=FLAGGED, stroke=ACTUAL, size=55),
        *around(alt, words, False, above=7),
    ]
    return framed(alt, layers, words)
