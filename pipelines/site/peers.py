"""Pages of peer groups: the rule, the members, and the band of every indicator with what it rests on.

Belongs here: what many units share of a comparison. Does not belong here: on which side of the band one
unit lies (`standing.py`), how a band is computed (`indicators`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from pipelines.site.frames import Library
from pipelines.site.language import Language
from pipelines.site.model import Page, Places, has_page
from pipelines.site.reading import Row, grouped, sort_key
from pipelines.site.standing import PEERS
from pipelines.site.wording import reason_text, with_unit

LISTED = 250
"""Members with a value up to which a page lists every value."""


def peer_count(library: Library) -> int:
    """Number of these pages in one language."""
    return len(library.groups)


def peer_pages(places: Places) -> Iterator[Page]:
    """One page per group, in the order of the keys."""
    library = places.library
    members = dict(library.table("peer_member").group_by("group_id").agg(pl.col("ags").sort()).iter_rows())
    bands = grouped(_newest_bands(library).to_dicts(), "group_id")
    positions = library.table("peer_position").filter(pl.col("band").is_not_null()).sort("group_id")
    values = library.newest.select("indicator_id", "ags", "year", "value")
    placed = positions.join(values, on=["indicator_id", "ags", "year"], maintain_order="left")
    of_group = placed.partition_by("group_id", as_dict=True)
    for key, group in library.groups.items():
        own = of_group[key,].to_dicts() if (key,) in of_group else []
        yield Page(
            address=f"{PEERS}/{key}",
            template="peers.html",
            language=places.language,
            model=_group(
                places, group, members.get(key, []), bands.get(key, []), grouped(own, "indicator_id")
            ),
        )


def _newest_bands(library: Library) -> pl.DataFrame:
    statistic = library.table("peer_statistic").sort("indicator_id", "group_id", "year")
    return statistic.group_by("indicator_id", "group_id", maintain_order=True).last()


def _group(
    places: Places, group: Row, members: list[str], bands: list[Row], placed: dict[str, list[Row]]
) -> dict[str, Any]:
    library, language = places.library, places.language
    by_indicator = {row["indicator_id"]: row for row in bands}
    units = [library.units[ags] for ags in members if ags in library.units]
    entries = [
        places.entry(row)
        for row in sorted(units, key=lambda row: sort_key(row["name"]))
        if has_page(library, row)
    ]
    population = group["population"]
    told = [
        _indicator(places, indicator, by_indicator[key], placed.get(key, []))
        for indicator in library.indicators
        if (key := indicator["indicator_id"]) in by_indicator
    ]
    return {
        "name": language.of(group, "name"),
        "rule": language.of(group, "rule"),
        "members": language.number(group["members"]),
        "population": language.number(population) if population is not None else "",
        "population_date": language.day(group["population_date"]) if group["population_date"] else "",
        "indicators": [row for row in told if row["band"] or row["share_yes"]],
        "refused": [row for row in told if not row["band"] and not row["share_yes"]],
        "entries": entries,
    }


def _indicator(places: Places, indicator: Row, band: Row, placed: list[Row]) -> dict[str, Any]:
    library, language = places.library, places.language

    def told(value: float | None) -> str:
        return "" if value is None else with_unit(language, indicator, value)

    return {
        "id": indicator["indicator_id"],
        "name": language.of(indicator, "name"),
        "year": band["year"],
        "reporting": language.say(
            "n_of", n=language.number(band["reporting"]), all=language.number(band["members"])
        ),
        "coverage": percent(language, band["coverage"]),
        "band": band["median"] is not None,
        "lower": told(band["lower_quartile"]),
        "median": told(band["median"]),
        "upper": told(band["upper_quartile"]),
        "lowest": told(band["minimum"]),
        "highest": told(band["maximum"]),
        "share_yes": "" if band["share_yes"] is None else f"{language.number(band['share_yes'], 1)} %",
        "reason": reason_text(library, language, band["reason"]) if band["reason"] else "",
        "rows": _rows(places, indicator, placed) if len(placed) <= LISTED else [],
    }


def _rows(places: Places, indicator: Row, placed: list[Row]) -> list[dict[str, Any]]:
    language, units = places.language, places.library.units
    listed = sorted(
        (row for row in placed if row["ags"] in units), key=lambda row: sort_key(units[row["ags"]]["name"])
    )
    return [
        {
            "place": places.entry(units[row["ags"]]),
            "value": with_unit(language, indicator, row["value"]),
            "band": language[f"band_{row['band']}"],
            "percentile": language.number(row["percentile"], 0),
        }
        for row in listed
    ]


def percent(language: Language, share: float | None) -> str:
    """A share between 0 and 1 in percent; nothing where unknown."""
    return "" if share is None else f"{language.number(100 * share, 0)} %"
