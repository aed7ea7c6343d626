"""What the forms share: the frame of a picture, axes, the marks of missing years and of a break.

Belongs here: Altair pieces that at least two forms use. Does not belong here: a form (`forms/`), rows
(`series.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pipelines.charts.palette import FONT, GRID, INK, MUTED, PLAN
from pipelines.charts.series import HEIGHT, WIDTH
from pipelines.charts.words import Words

SIDES = {"left": 52, "right": 26, "top": 26, "bottom": 30}
"""Space around the drawing of a series, for its axes."""

CENTRE = 0.5
PADDING = 0.25
"""Part of a year's space that stays empty beside its bar."""


def framed(
    alt: Any,
    layers: Sequence[Any],
    words: Words,
    *,
    size: tuple[int, int] = (WIDTH, HEIGHT),
    sides: Mapping[str, int] = SIDES,
) -> Any:
    """The layers as one picture of a fixed size, over the empty data set `rows`.

    Args:
        alt: the Altair module.
        layers: what is drawn, from the bottom up.
        words: the language of the numbers.
        size: width and height of the whole picture.
        sides: how much of it stays around the drawing.
    """
    width, height = size
    return (
        alt.layer(*layers, data=alt.NamedData(name="rows"))
        .properties(
            width=width - sides["left"] - sides["right"],
            height=height - sides["top"] - sides["bottom"],
            padding=dict(sides),
            autosize="none",
        )
        .configure(
            font=FONT,
            background="transparent",
            aria=False,
            locale=_locale(alt, words),
            view=alt.ViewConfig(stroke=None),
            axis=_axis(alt),
        )
    )


def _axis(alt: Any) -> Any:
    return alt.AxisConfig(
        labelFontSize=13, labelColor=MUTED, gridColor=GRID, domainColor=MUTED, tickColor=MUTED, title=None
    )


def _locale(alt: Any, words: Words) -> Any:
    number = {
        "decimal": words.decimal,
        "thousands": words.thousands,
        "grouping": [3],
        "currency": ["", " €"],
    }
    return alt.Locale(number=alt.NumberLocale(**number))


def wide(share: float, most: int) -> dict[str, str]:
    """Width of a bar: a share of its year's space, never so wide that one year looks like a wall."""
    return {"expr": f"min(bandwidth('x') * {share}, {most})"}


def years(alt: Any, padding: float = PADDING, position: float = CENTRE) -> Any:
    """The axis of years: at most about seven are written, each keeps its tick."""
    every = "ceil(length(domain('x')) / 7)"
    newest = "(+peek(domain('x')) - +datum.value)"
    return alt.X(
        "y:O",
        axis=alt.Axis(
            labelAngle=0, labelOverlap=False, labelExpr=f"{newest} % {every} == 0 ? datum.label : ''"
        ),
        scale=alt.Scale(paddingInner=padding, paddingOuter=padding / 2),
        **({} if position == CENTRE else {"bandPosition": position}),
    )


def amounts(alt: Any, field: str, counts: bool) -> Any:
    """The axis of amounts, from zero; counts get whole steps."""
    top = "domain('y')[1]"
    steps = alt.ExprRef(expr=f"sequence(0, {top} + 1, max(1, ceil({top} / 4)))")
    whole = {"values": steps, "format": ",d"} if counts else {}
    axis = alt.Axis(tickCount=4, domain=False, ticks=False, **whole)
    return alt.Y(f"{field}:Q", axis=axis, scale=alt.Scale(zero=True, nice=True), stack=None)


def around(alt: Any, words: Words, counts: bool, above: int) -> list[Any]:
    """What bars and lines share: written values, the mark of missing years, the base line.

    Where every figure is zero, an unseen rule at one gives the axis its height. The base line has one row of
    its own, so that it is drawn once and not once for each year.
    """

    def label(field: str, colour: str) -> Any:
        mark = alt.Chart().mark_text(baseline="bottom", dy=-above, fontSize=14, color=colour)
        coded = mark.encode(x=years(alt), y=amounts(alt, "a", counts), text=f"{field}:N")
        return coded.transform_filter(f"datum.{field} !== ''")

    room = alt.Chart().mark_rule(strokeOpacity=0).encode(y=amounts(alt, "t", counts))
    nothing = missing(alt, words, "left", HEIGHT - 61)
    return [
        label("l", INK),
        label("q", PLAN),
        nothing.transform_filter("datum.v === null && datum.p === null"),
        alt.Chart(alt.InlineData(values=[{}])).mark_rule(color=MUTED).encode(y=alt.datum(0)),
        room.transform_filter("isValid(datum.t)"),
        _gap(alt),
    ]


def _gap(alt: Any) -> Any:
    """The rule before a year in which the series begins anew, in the middle of the space between bars."""
    before = {"expr": f"-bandwidth('x') * {PADDING / (1 - PADDING) / 2}"}
    mark = alt.Chart().mark_rule(color=MUTED, strokeWidth=1.5, strokeDash=[5, 4], xOffset=before)
    return mark.encode(x=years(alt, position=0)).transform_filter("datum.b === 1")


def missing(alt: Any, words: Words, align: str, height: int, padding: float = PADDING) -> Any:
    """The mark of a year without any figure."""
    mark = alt.Chart().mark_text(angle=270, align=align, baseline="middle", fontSize=12, color=MUTED)
    return mark.encode(x=years(alt, padding), y=alt.value(height), text=alt.value(words.missing))
