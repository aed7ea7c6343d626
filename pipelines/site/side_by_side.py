"""Prepared comparisons: the municipalities of a district, the cities and the districts of a Land.

Belongs here: pages that set units of one set side by side without any script. Does not belong here: which
units form a set (`known.py`), the comparison of one's own choice (`static/vergleich.js`), peer groups
(`peers.py`).

Every unit stands in one set at most, so a changed value rewrites one page of these. The order is that of
names; nothing is ranked. Context and the rate of what is known are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from pipelines.charts.forms import multiples
from pipelines.charts.series import Point
from pipelines.site.cards import window
from pipelines.site.figure import alternative, picture
from pipelines.site.frames import Library
from pipelines.site.model import Page, Places, short
from pipelines.site.reading import Row, columns, grouped
from pipelines.site.wording import reservation, unit_named, with_unit

_NEEDED = ("indicator_id", "ags", "year", "value", "obs_status", "reason", "further_reasons", "note")


def side_by_side_count(library: Library) -> int:
    """Number of these pages in one language."""
    return len(library.companions)


def side_by_side_pages(places: Places) -> Iterator[Page]:
    """One page per set, in the order of addresses."""
    library = places.library
    series = (
        columns(library.tables, "observation", *_NEEDED)
        .join(library.valued, on=["ags", "indicator_id"], how="semi")
        .sort("ags", "indicator_id", "year")
    )
    for home, sets in library.companions.items():
        keys = [key for own in sets.values() for key in own]
        own = _cut(series, keys).to_dicts()
        model = _set(
            places,
            home,
            sets,
            {key: grouped(rows, "indicator_id") for key, rows in grouped(own, "ags").items()},
        )
        yield Page(
            address=f"{home}/vergleich",
            template="side_by_side.html",
            language=places.language,
            model=model,
            pictures=[
                each["picture"]
                for part in model["parts"]
                for row in part["indicators"]
                for each in row["figures"]
            ],
        )


def _cut(series: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """The rows of some units out of rows sorted by unit."""
    start = series["ags"].search_sorted(min(keys), side="left")
    end = series["ags"].search_sorted(max(keys), side="right")
    return series[start:end].filter(pl.col("ags").is_in(keys))


def way_to(library: Library, row: Row) -> str:
    """The address of the page a unit is compared on; empty where it is on none."""
    return library.companion_page.get(row["ags"], "")


def prepared(places: Places, place: Row) -> list[dict[str, Any]]:
    """Places whose page sets units side by side: a Land or district itself, and the districts of a Land."""
    below = places.library.districts.get(place["ags"], ())
    entries = [places.entry(unit) for unit in (place, *below)]
    return [entry for entry in entries if entry["address"] in places.library.companions]


def _set(
    places: Places, home: str, sets: Mapping[str, Sequence[str]], known: Mapping[str, Mapping[str, list[Row]]]
) -> dict[str, Any]:
    place = places.library.units[home.rsplit("/", 1)[-1]]
    return {
        "place": places.entry(place),
        "parts": [
            {
                "title": places.language.word("set", kind if place["level"] == "land" else "neighbours"),
                "members": [places.entry(places.library.units[key]) for key in keys],
                "indicators": [
                    told
                    for indicator in places.library.indicators
                    if (
                        told := _indicator(
                            places, indicator, {key: known[key] for key in keys if key in known}
                        )
                    )
                ],
            }
            for kind, keys in sets.items()
        ],
        "others": prepared(places, place)[1:] if place["level"] == "land" else [],
    }


def _indicator(
    places: Places, indicator: Row, known: Mapping[str, Mapping[str, list[Row]]]
) -> dict[str, Any] | None:
    """One indicator of several units; null where fewer than two of them have a value."""
    if indicator["is_context"] or indicator["family"] == "data":
        return None
    rows = {
        key: own[indicator["indicator_id"]] for key, own in known.items() if indicator["indicator_id"] in own
    }
    rows = {key: own for key, own in rows.items() if any(row["value"] is not None for row in own)}
    if len(rows) < 2:  # noqa: PLR2004 - one alone is no comparison
        return None
    language = places.language
    newest = {key: [row for row in own if row["value"] is not None][-1] for key, own in rows.items()}
    return {
        "id": indicator["indicator_id"],
        "name": language.of(indicator, "name"),
        "unit": unit_named(language, indicator),
        "figures": _figures(places, indicator, rows),
        "years_differ": len({row["year"] for row in newest.values()}) > 1,
        "rows": [
            {
                "place": places.entry(places.library.units[key]),
                "value": with_unit(language, indicator, row["value"]),
                "year": row["year"],
                "status": reservation(language, row),
            }
            for key, row in newest.items()
        ],
        "silent": language.counted("set_silent", len(known) - len(rows)) if len(known) > len(rows) else "",
    }


def _figures(places: Places, indicator: Row, rows: Mapping[str, list[Row]]) -> list[dict[str, Any]]:
    """Small multiples on one scale; none for a yes or no, for one year only, or for more units than fit."""
    several_years = any(sum(row["value"] is not None for row in own) > 1 for own in rows.values())
    if indicator["kind"] == "binary" or not several_years or len(rows) > multiples.MOST:
        return []
    language = places.language
    drawn: list[tuple[str, list[Point]]] = []
    said: list[str] = []
    for key, own in rows.items():
        series, _ = window(own, ())
        name = short(places.name(key))
        drawn.append((name, multiples.points_of(picture(language, indicator, series, ())["rows"])))
        said.append(f"{name}: {alternative(language, indicator, series, ())}")
    shown = {"form": "multiples", "language": language.code, "rows": multiples.rows(drawn)}
    return [{"picture": shown, "alternative": " ".join(said)}]
