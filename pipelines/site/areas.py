"""What the units of a Land report together: ratios of sums, sums and shares of yes, with their coverage.

Belongs here: wording the table `aggregate` for one Land. Does not belong here: adding anything up
(`indicators`), values of single units.
"""

from __future__ import annotations

from typing import Any

from pipelines.site.model import Places
from pipelines.site.peers import percent
from pipelines.site.reading import Row
from pipelines.site.wording import reason_text, reservation, with_unit

UNSAID = ("L", "M", "O", "Q", "U")
"""Statuses of totals a page does not print: there is none, or less than half of the people stand behind it."""


def totals(places: Places, land: str) -> dict[str, list[dict[str, Any]]]:
    """Newest total of each indicator and level, and why others have none; levels are never mixed."""
    rows = places.library.land_totals.get(land, {})
    known: list[dict[str, Any]] = []
    unknown: dict[str, list[dict[str, Any]]] = {}
    for indicator in places.library.indicators:
        for level in ("municipality", "district"):
            row = rows.get((indicator["indicator_id"], level))
            if row is None:
                continue
            told = _told(places, indicator, row)
            if row["obs_status"] not in UNSAID:
                known.append(told)
            else:
                unknown.setdefault(told["reason"] or told["status"], []).append(told)
    return {
        "known": known,
        "unknown": [
            {
                "reason": why,
                "indicators": [{key: told[key] for key in ("id", "name", "level")} for told in own],
            }
            for why, own in unknown.items()
        ],
    }


def _told(places: Places, indicator: Row, row: Row) -> dict[str, Any]:
    language = places.language
    return {
        "id": indicator["indicator_id"],
        "name": language.of(indicator, "name"),
        "level": language[f"level_{row['level']}"],
        "year": row["year"],
        "method": language[f"method_{row['method']}"],
        "value": "" if row["value"] is None else _value(places, indicator, row),
        "reporting": language.say(
            "n_of", n=language.number(row["reporting"]), all=language.number(row["members"])
        ),
        "coverage": percent(language, row["coverage"]),
        "partners": "" if row["distinct_partners"] is None else language.number(row["distinct_partners"]),
        "status": reservation(language, row),
        "reason": reason_text(places.library, language, row["reason"]) if row["reason"] else "",
    }


def _value(places: Places, indicator: Row, row: Row) -> str:
    if row["method"] == "share_of_yes":
        return f"{places.language.number(row['value'], 1)} %"
    return with_unit(places.language, indicator, row["value"])
