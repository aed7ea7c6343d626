"""Maps of Germany on overview pages: which municipalities are drawn in which class.

Belongs here: choosing the values of a map and making its card. Does not belong here: drawing
(`pipelines/charts`), where outlines come from (`sources/boundaries.py`).

A map costs about as much as five hundred other pictures, so it is drawn where it shows something: for
indicators with a value for many municipalities. Without outlines there is no map, and the tables say all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import orjson
import polars as pl

from pipelines.charts.forms import choropleth
from pipelines.charts.outlines import Outlines
from pipelines.charts.painter import Later
from pipelines.charts.projection import germany, read_outlines
from pipelines.site.frames import Library
from pipelines.site.holdings import hash_of
from pipelines.site.language import Language

LEAST = 200
"""Municipalities with a value from which an indicator has a map."""


@dataclass(frozen=True, kw_only=True)
class Map:
    """The outlines of living municipalities, and how many there are."""

    shapes: pl.DataFrame
    """Rows of `boundary` with `ags` and `geometry`."""
    municipalities: frozenset[str]

    @cached_property
    def country(self) -> Outlines:
        """The outlines, joined and simplified; takes seconds."""
        return read_outlines(self.shapes, "ags", germany)

    def card(
        self,
        values: Mapping[str, float],
        write: Callable[[float], str],
        language: Language,
        alternative: str,
        *,
        worded_by: object,
    ) -> dict[str, Any]:
        """The card of a map of municipalities; units without a value are a class of their own.

        Args:
            values: unit to its value.
            write: a value in words.
            language: language of the legend.
            alternative: what the map shows, in words.
            worded_by: what decides `write` besides the language; anything JSON can hold.
        """
        known = {key: value for key, value in values.items() if key in self.municipalities}
        without = len(self.municipalities) - len(known)

        def rows() -> list[dict[str, Any]]:
            return choropleth.rows(self.country, known, without=without, write=write, language=language.code)

        said = [self._shapes_hash, sorted(known.items()), without, language.code, worded_by]
        decided_by = hashlib.sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()
        later = Later(decided_by=decided_by, make=rows)
        picture = {"form": "choropleth", "rows": later, "language": language.code}
        return {"picture": picture, "alternative": alternative}

    @cached_property
    def _shapes_hash(self) -> str:
        return hash_of(self.shapes)


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
    return Map(shapes=shapes.select("ags", "geometry"), municipalities=live)
