"""Maps of Germany on overview pages: which municipalities are drawn in which class.

Belongs here: choosing the values of a map and making its card. Does not belong here: drawing
(`pipelines/charts`), where outlines come from (`sources/boundaries.py`).

A map costs about as much as five hundred other pictures, so it is drawn where it shows something: for
indicators with a value for many municipalities. Without outlines there is no map, and the tables say all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from pipelines.charts.forms import choropleth
from pipelines.charts.outlines import Outlines
from pipelines.charts.projection import germany, read_outlines
from pipelines.site.frames import Library
from pipelines.site.language import Language

LEAST = 200
"""Municipalities with a value from which an indicator has a map."""


@dataclass(frozen=True, kw_only=True)
class Map:
    """The outlines of living municipalities, and how many there are."""

    country: Outlines
    municipalities: frozenset[str]

    def card(
        self, values: Mapping[str, float], write: Callable[[float], str], language: Language, alternative: str
    ) -> dict[str, Any]:
        """The card of a map of municipalities; units without a value are a class of their own."""
        known = {key: value for key, value in values.items() if key in self.municipalities}
        rows = choropleth.rows(
            self.country,
            known,
            without=len(self.municipalities) - len(known),
            write=write,
            language=language.code,
        )
        picture = {"form": "choropleth", "rows": rows, "language": language.code}
        return {"picture": picture, "alternative": alternative}


def read_map(library: Library) -> Map | None:
    """The map of the municipalities of table `boundary`; null where it is empty."""
    shapes = library.table("boundary").filter(pl.col("level") == "municipality")
    if shapes.is_empty():
        return None
    live = frozenset(
        row["ags"]
        for row in library.units.values()
        if row["level"] == "municipality" and row["valid_to"] is None and not row["is_unincorporated"]
    )
    return Map(country=read_outlines(shapes, "ags", germany), municipalities=live)
