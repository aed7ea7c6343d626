"""The chart forms of the product: one module per form, found by its file name.

Belongs here: finding forms and which one a kind of indicator is drawn in. Does not belong here: what a
form looks like (its own module), turning rows into SVG (`../renderer.py`), headlines, units and sources,
which stand as text around the picture (`pipelines/site`).

A form is one file with `chart(alt, words)`, an Altair chart over the named, empty data set `rows`, and a
function that makes such rows from plain values; where little room below is needed for few rows, also
`height(rows)`. Conventions of all forms: bars start at zero, values are
written at what they belong to, plan figures are outlines, flagged values are lighter with a broken
outline, what is missing keeps its place and is marked in words, and there is no second axis, no hatching
and no layout that depends on the width of a text, so every renderer draws the same picture.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

from pipelines.charts.series import Point, Row, rows
from pipelines.charts.words import WORDS

Form = str

FORMS: tuple[Form, ...] = tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))
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
"""Kind of indicator to the form its values over time are drawn in."""

__all__ = ["FORMS", "FORM_OF_KIND", "Form", "Point", "Row", "declare", "height_of", "rows"]


def declare(form: Form, language: str = "de") -> dict[str, Any]:
    """The Vega-Lite specification of a form over a named, empty data set `rows`.

    Raises:
        ModuleNotFoundError: there is no such form.
    """
    import altair as alt  # noqa: PLC0415 - costs a second, only the pages need it

    module = import_module(f"{__name__}.{form}")
    return module.chart(alt, WORDS[language]).to_dict()  # type: ignore[no-any-return]


def height_of(form: Form, data: Sequence[Row]) -> int | None:
    """The height a picture needs for its rows, where the form declares one; null where all have one height."""
    needed = getattr(import_module(f"{__name__}.{form}"), "height", None)
    return None if needed is None else int(needed(data))
