"""The chart forms of the product, one Altair declaration per kind of indicator.

Belongs here: what a picture of a money amount, a count, a share or a yes/no title looks like, and
the rows such a picture is drawn from. Does not belong here: turning rows into SVG (`renderer.py`),
headlines, units and sources, which stand as text around the picture (`pipelines/site`).

Conventions: bars start at zero, values are written at the bars, plan figures are outlines, flagged
values (estimated, provisional, other definition) are lighter with a broken outline, and a year
without a value keeps its place on the axis with the mark "k. A.". Where a series begins anew (another
census base, another definition) no line runs across and a broken rule stands before the year. There is no second axis and no
layout that depends on the width of a text, so every renderer draws the same picture.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Literal

Form = Literal["amount", "count", "share", "binary"]
Row = Mapping[str, Any]

FORMS: tuple[Form, ...] = ("amount", "count", "share", "binary")
FORM_OF_KIND: Mapping[str, Form] = {
    "money": "amount",
    "rate": "amount",
    "count": "count",
    "share": "share",
    "binary": "binary",
    "balance": "amount",
    "score": "share",
    "level": "count",
}
"""Kind of indicator to the form its values are drawn in."""

WIDTH, HEIGHT = 360, 210
INK, MUTED, GRID = "#1d2733", "#56616e", "#d5dae0"
ACTUAL, FLAGGED, PLAN = "#14558f", "#b3d1ec", "#8a4b00"
"""Colours with a contrast of at least 4.5 to white; a style sheet may exchange them by attribute."""

FONT = "system-ui, sans-serif"
_LABEL_SPACE = 8.5
"""Points a character of a value label takes, to decide which labels fit."""

_LABEL_HEIGHT = 24


@dataclass(frozen=True, kw_only=True)
class Point:
    """One year of a series as a picture needs it: actual value, plan value, and their wording."""

    year: int
    value: float | None
    label: str
    flagged: bool = False
    anew: bool = False
    """Whether the series begins anew here: not comparable with the years before."""
    plan: float | None = None
    plan_label: str = ""


def rows(points: Sequence[Point]) -> list[dict[str, Any]]:
    """The data rows of a form; where space is short only the highest and the newest are labelled."""
    space = (WIDTH - 78) / max(len(points), 1)
    longest = max((len(p.label or p.plan_label) for p in points), default=0)
    shown = set(range(len(points))) if longest * _LABEL_SPACE <= space else _landmarks(points)
    flat = not any(point.value or point.plan for point in points)
    highest = max((figure for p in points for figure in (p.value, p.plan) if figure is not None), default=0)
    pieces = list(accumulate(int(point.anew) for point in points))
    return [
        {
            "y": str(point.year),
            "v": point.value,
            "p": point.plan,
            "k": "none" if point.value is None else "flagged" if point.flagged else "actual",
            "l": point.label if position in shown and point.value is not None else "",
            "q": point.plan_label if position in shown and point.value is None else "",
            "a": _anchor(point, highest),
            "t": 1 if flat else None,
            "s": pieces[position],
            "b": int(point.anew),
        }
        for position, point in enumerate(points)
    ]


def _anchor(point: Point, highest: float) -> float:
    """Height of a written value: on its bar, or on the outline where that would cross the writing."""
    value = max(point.value if point.value is not None else point.plan or 0, 0)
    gap = ((point.plan or 0) - value) * (HEIGHT - 56)
    return max(point.plan or 0, 0) if 0 <= gap < _LABEL_HEIGHT * highest else value


def _landmarks(points: Sequence[Point]) -> set[int]:
    """Positions of the highest and of the newest figure, unless they stand too close together."""
    known = [(p.value if p.value is not None else p.plan, i) for i, p in enumerate(points)]
    figures = [(figure, i) for figure, i in known if figure is not None]
    if not figures:
        return set()
    newest = figures[-1][1]
    highest = max(figures, key=lambda item: (item[0], item[1]))[1]
    apart = (newest - highest) * (WIDTH - 78) / len(points) >= 8 * _LABEL_SPACE
    return {newest, highest} if apart else {newest}


def declare(form: Form) -> dict[str, Any]:
    """The Vega-Lite specification of a form over a named, empty data set `rows`."""
    import altair as alt  # noqa: PLC0415 - costs a second, only the pages need it

    layers = {
        "amount": _bars(alt, counts=False),
        "count": _bars(alt, counts=True),
        "share": _line(alt),
        "binary": _squares(alt),
    }[form]
    height = 34 if form == "binary" else HEIGHT - 56
    chart = (
        alt.layer(*layers, data=alt.NamedData(name="rows"))
        .properties(
            width=WIDTH - 78,
            height=height,
            padding={"left": 52, "right": 26, "top": 26, "bottom": 30},
            autosize="none",
        )
        .configure(
            font=FONT,
            background="transparent",
            aria=False,
            locale=_german(alt),
            view=alt.ViewConfig(stroke=None),
            axis=_axis(alt),
        )
    )
    return chart.to_dict()  # type: ignore[no-any-return]


def _axis(alt: Any) -> Any:
    return alt.AxisConfig(
        labelFontSize=13, labelColor=MUTED, gridColor=GRID, domainColor=MUTED, tickColor=MUTED, title=None
    )


def _german(alt: Any) -> Any:
    number = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " €"]}
    return alt.Locale(number=alt.NumberLocale(**number))


def _wide(share: float, most: int) -> dict[str, str]:
    """Width of a bar: a share of its year's space, never so wide that one year looks like a wall."""
    return {"expr": f"min(bandwidth('x') * {share}, {most})"}


_CENTRE = 0.5
_PADDING = 0.25
"""Part of a year's space that stays empty beside its bar."""


def _years(alt: Any, padding: float = _PADDING, position: float = _CENTRE) -> Any:
    """The axis of years: at most about seven are written, each keeps its tick."""
    every = "ceil(length(domain('x')) / 7)"
    newest = "(+peek(domain('x')) - +datum.value)"
    return alt.X(
        "y:O",
        axis=alt.Axis(
            labelAngle=0, labelOverlap=False, labelExpr=f"{newest} % {every} == 0 ? datum.label : ''"
        ),
        scale=alt.Scale(paddingInner=padding, paddingOuter=padding / 2),
        **({} if position == _CENTRE else {"bandPosition": position}),
    )


def _amounts(alt: Any, field: str, counts: bool) -> Any:
    """The axis of amounts, from zero; counts get whole steps."""
    top = "domain('y')[1]"
    steps = alt.ExprRef(expr=f"sequence(0, {top} + 1, max(1, ceil({top} / 4)))")
    whole = {"values": steps, "format": ",d"} if counts else {}
    axis = alt.Axis(tickCount=4, domain=False, ticks=False, **whole)
    return alt.Y(f"{field}:Q", axis=axis, scale=alt.Scale(zero=True, nice=True))


def _bars(alt: Any, *, counts: bool) -> list[Any]:
    """Filled bars for actual values inside outlined bars for plan values."""

    def bar(field: str, where: str, share: float, most: int, **look: Any) -> Any:
        mark = alt.Chart().mark_bar(width=_wide(share, most), **look)
        return mark.encode(x=_years(alt), y=_amounts(alt, field, counts)).transform_filter(where)

    return [
        bar("p", "isValid(datum.p)", 1, 76, fillOpacity=0, stroke=PLAN, strokeWidth=1.5),
        bar("v", "datum.k === 'actual'", 0.7, 52, fill=ACTUAL),
        bar("v", "datum.k === 'flagged'", 0.7, 52, fill=FLAGGED, stroke=ACTUAL, strokeDash=[3, 2]),
        *_framework(alt, counts, above=3),
    ]


def _line(alt: Any) -> list[Any]:
    """Points joined by a line that breaks where a year is missing; plan values are open squares."""

    def dot(field: str, where: str, **look: Any) -> Any:
        mark = alt.Chart().mark_point(opacity=1, **look)
        return mark.encode(x=_years(alt), y=_amounts(alt, field, False)).transform_filter(where)

    line = alt.Chart().mark_line(color=ACTUAL, strokeWidth=2, invalid="break-paths-show-domains")
    return [
        line.encode(x=_years(alt), y=_amounts(alt, "v", False), detail="s:N"),
        dot("p", "isValid(datum.p)", shape="square", fillOpacity=0, stroke=PLAN, size=70, strokeWidth=1.5),
        dot("v", "datum.k === 'actual'", fill=ACTUAL, stroke=ACTUAL, size=55),
        dot("v", "datum.k === 'flagged'", fill=FLAGGED, stroke=ACTUAL, size=55),
        *_framework(alt, False, above=7),
    ]


def _framework(alt: Any, counts: bool, above: int) -> list[Any]:
    """What bars and lines share: written values, the mark of missing years, the base line.

    Where every figure is zero, an unseen rule at one gives the axis its height.
    """

    def label(field: str, colour: str) -> Any:
        mark = alt.Chart().mark_text(baseline="bottom", dy=-above, fontSize=14, color=colour)
        coded = mark.encode(x=_years(alt), y=_amounts(alt, "a", counts), text=f"{field}:N")
        return coded.transform_filter(f"datum.{field} !== ''")

    room = alt.Chart().mark_rule(strokeOpacity=0).encode(y=_amounts(alt, "t", counts))
    return [
        label("l", INK),
        label("q", PLAN),
        _missing(alt, "left", HEIGHT - 61).transform_filter("datum.v === null && datum.p === null"),
        alt.Chart().mark_rule(color=MUTED).encode(y=alt.datum(0)),
        room.transform_filter("isValid(datum.t)"),
        _gap(alt),
    ]


def _gap(alt: Any) -> Any:
    """The rule before a year in which the series begins anew, in the middle of the space between bars."""
    before = {"expr": f"-bandwidth('x') * {_PADDING / (1 - _PADDING) / 2}"}
    mark = alt.Chart().mark_rule(color=MUTED, strokeWidth=1.5, strokeDash=[5, 4], xOffset=before)
    return mark.encode(x=_years(alt, position=0)).transform_filter("datum.b === 1")


def _missing(alt: Any, align: str, height: int, padding: float = _PADDING) -> Any:
    """The mark of a year without any figure."""
    mark = alt.Chart().mark_text(angle=270, align=align, baseline="middle", fontSize=12, color=MUTED)
    return mark.encode(x=_years(alt, padding), y=alt.value(height), text=alt.value("k. A."))


def _squares(alt: Any) -> list[Any]:
    """One field per year: filled for yes, outlined for no, the mark where nothing is known."""

    def square(where: str, **look: Any) -> Any:
        mark = alt.Chart().mark_bar(width=_wide(1, 60), **look)
        coded = mark.encode(x=_years(alt, 0.15), y=alt.value(0), y2=alt.value(34))
        return coded.transform_filter(where)

    word = alt.Chart().mark_text(baseline="bottom", dy=-3, fontSize=14, color=INK)
    return [
        square("datum.v === 1 && datum.k === 'actual'", fill=ACTUAL),
        square("datum.v === 1 && datum.k === 'flagged'", fill=FLAGGED, stroke=ACTUAL, strokeDash=[3, 2]),
        square("datum.v === 0", fillOpacity=0, stroke=MUTED),
        word.encode(x=_years(alt, 0.15), y=alt.value(0), text="l:N").transform_filter("datum.l !== ''"),
        _missing(alt, "center", 17, 0.15).transform_filter("datum.v === null"),
    ]
