"""A yes or no over years: one field per year. Rows: `pipelines.charts.series.rows`."""

from __future__ import annotations

from typing import Any

from pipelines.charts.framework import SIDES, framed, missing, wide, years
from pipelines.charts.palette import ACTUAL, FLAGGED, INK, MUTED
from pipelines.charts.series import WIDTH
from pipelines.charts.words import Words

_FIELD = 34
_PADDING = 0.15


def chart(alt: Any, words: Words) -> Any:
    """Filled for yes, outlined for no, the mark where nothing is known."""

    def square(where: str, **look: Any) -> Any:
        mark = alt.Chart().mark_bar(width=wide(1, 60), **look)
        coded = mark.encode(x=years(alt, _PADDING), y=alt.value(0), y2=alt.value(_FIELD))
        return coded.transform_filter(where)

    word = alt.Chart().mark_text(baseline="bottom", dy=-3, fontSize=14, color=INK)
    layers = [
        square("datum.v === 1 && datum.k === 'actual'", fill=ACTUAL),
        square("datum.v === 1 && datum.k === 'flagged'", fill=FLAGGED, stroke=ACTUAL, strokeDash=[3, 2]),
        square("datum.v === 0", fillOpacity=0, stroke=MUTED),
        word.encode(x=years(alt, _PADDING), y=alt.value(0), text="l:N").transform_filter("datum.l !== ''"),
        missing(alt, words, "center", _FIELD // 2, _PADDING).transform_filter("datum.v === null"),
    ]
    return framed(alt, layers, words, size=(WIDTH, _FIELD + SIDES["top"] + SIDES["bottom"]))
