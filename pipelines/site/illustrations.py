"""Pictures on the page of a unit beside its series: partners in the world, the place among peers.

Belongs here: choosing what such a picture shows, and its alternative text. Does not belong here: how it is
drawn (`pipelines/charts`), who the peers are (`standing.py`), the list of partners (`facts.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pipelines.charts.forms import peers as strip_form
from pipelines.charts.forms import world
from pipelines.site.edition import Edition
from pipelines.site.holdings import WITHOUT_STRIP
from pipelines.site.reading import Row
from pipelines.site.wording import written

_SAID = 12
"""Countries named in an alternative text; the list beside the map names all."""


def partner_map(edition: Edition) -> dict[str, Any] | None:
    """The map of partner countries and places; null without partners or without outlines of countries."""
    partners, outlines = edition.dossier.partnerships, edition.library.world
    if not partners or outlines is None:
        return None
    language = edition.language
    rows = world.rows(outlines, partners, language=language.code)
    known = {
        row["partner_country"]: edition.library.countries.get(row["partner_country"]) for row in partners
    }
    names = sorted(language.of(row, "name") for row in known.values() if row)
    listed = ", ".join(names[:_SAID]) + (" …" if len(names) > _SAID else "")
    if not rows:
        return None
    # Without words the picture is the same in every language, so it is drawn once.
    code = language.code if any(row.get("k") == "unseen" for row in rows) else "de"
    return {
        "picture": {"form": "world", "language": code, "rows": rows},
        "alternative": language.say("world_alternative", countries=listed),
    }


def strip(edition: Edition, indicator_id: str, positions: Sequence[Row]) -> dict[str, Any] | None:
    """The own value in the band of the first peer group that has one; null where no group has."""
    library, language = edition.library, edition.language
    indicator = next(row for row in library.indicators if row["indicator_id"] == indicator_id)
    placed = next((row for row in positions if row["band"] is not None), None)
    if placed is None or indicator["kind"] in WITHOUT_STRIP:
        return None
    rows = edition.dossier.actual.get(indicator_id, ())
    own = next((row["value"] for row in rows if row["year"] == placed["year"]), None)
    if own is None or placed["median"] is None:
        return None
    said = {
        key: written(language, indicator, placed[key])
        for key in ("lower_quartile", "median", "upper_quartile")
    }
    group = library.groups.get(placed["group_id"])
    name = language.of(group, "name") if group else placed["group_id"]
    label = language.say("strip_own", value=written(language, indicator, own))
    return {
        "picture": {
            "form": "peers",
            "language": language.code,
            "rows": strip_form.rows(
                own=own,
                own_label=label,
                band=_band(placed),
                median_label=said["median"],
                reporting=placed["reporting"],
                language=language.code,
            ),
        },
        "alternative": language.say(
            "strip_alternative", own=label, group=name, year=placed["year"], n=placed["reporting"], **said
        ),
        "caption": language.say("strip_caption", group=name, year=placed["year"]),
    }


def _band(row: Row) -> strip_form.Band:
    return strip_form.Band(
        lowest=row["minimum"],
        lower=row["lower_quartile"],
        median=row["median"],
        upper=row["upper_quartile"],
        highest=row["maximum"],
    )


def pictures_of(model: Mapping[str, Any]) -> list[dict[str, Any]]:
    """All pictures the page of a unit shows."""
    found = []
    for theme in model.get("themes", ()):
        for card in theme["cards"]:
            found.append(card["picture"])
            if card["peers"] and card["peers"]["strip"]:
                found.append(card["peers"]["strip"]["picture"])
        if theme["partnerships"].get("map"):
            found.append(theme["partnerships"]["map"]["picture"])
    return found
