"""What became of a unit, and which units went into it.

Belongs here: wording the steps of the territory for one unit. Does not belong here: finding the steps out
(`indicators/territory.py`), carrying values over them (`standing.py`).

A step whose receiver nobody can tell names every unit that may have received it, and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pipelines.site.model import Places
from pipelines.site.reading import Row

_GIVEN_AWAY = ("dissolution", "key_change", "separation")


def successors(places: Places, row: Row) -> list[dict[str, Any]]:
    """Where a unit, its key or a part of it went, oldest first, with day and share where known."""
    steps = [step for step in places.library.steps.get(row["ags"], ()) if step["kind"] in _GIVEN_AWAY]
    return _told(places, steps, "key_to", lambda kind: places.language.word("became", kind))


def predecessors(places: Places, row: Row) -> list[dict[str, Any]]:
    """Units that went into this one as a whole or with a part, oldest first."""
    steps = places.library.steps_into.get(row["ags"], ())
    return _told(places, steps, "key_from", lambda kind: places.language.word("received", kind))


def _told(
    places: Places, steps: Sequence[Row], other: str, worded: Callable[[str], str]
) -> list[dict[str, Any]]:
    found: dict[tuple[object, ...], dict[str, Any]] = {}
    for step in steps:
        unknown = step["method"] == "none"
        key = (step["kind"], step["known_until"], step["effective_on"], unknown)
        line = found.setdefault(
            key,
            {
                "what": worded("unknown" if unknown else step["kind"]),
                "when": _when(places, step),
                "units": [],
            },
        )
        link = places.link(step[other])
        line["units"].append(
            {
                "name": link["name"] if link else places.name(step[other]),
                "address": link["address"] if link else "",
                "share": "" if unknown else _share(places, step),
            }
        )
    return list(found.values())


def _when(places: Places, step: Row) -> str:
    language = places.language
    if step["is_exact_day"]:
        return language.say("step_on", day=language.day(step["effective_on"]))
    return language.say(
        "step_between", first=language.day(step["known_until"]), last=language.day(step["effective_on"])
    )


def _share(places: Places, step: Row) -> str:
    """How much of the old unit went this way; a whole unit needs no share."""
    base = "area" if step["is_uninhabited"] else "population"
    weight = step[f"{base}_weight"]
    if weight is None or weight == 1:
        return ""
    return places.language.say(f"step_share_{base}", share=places.language.number(100 * weight, 1))
