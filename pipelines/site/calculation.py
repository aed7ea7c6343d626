"""How a value was computed, with the numbers of the unit filled into the formula.

Belongs here: the sentence "19.182,24 € ÷ 18.917 Einwohner = 1,01 €". Does not belong here: reading
formulas (`formula.py`) or computing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pipelines.site.formula import spelled
from pipelines.site.frames import Library, Row
from pipelines.site.numbers import euro, note, number
from pipelines.site.texts import DE, UNITS
from pipelines.site.wording import with_unit


def calculations(
    library: Library, indicator: Row, ags: str, latest: Row | None, planned: Sequence[Row]
) -> list[dict[str, Any]]:
    """The formula with the numbers of the newest actual and of the newest plan year."""
    chosen = [(latest, "actual"), (planned[-1] if planned else None, "plan")]
    return [
        _calculation(library, indicator, ags, row, phase)
        for row, phase in chosen
        if row is not None and indicator["formula"] and not indicator["formula"].isidentifier()
    ]


def _calculation(library: Library, indicator: Row, ags: str, row: Row, phase: str) -> dict[str, Any]:
    def found(measure: str) -> Row | None:
        key = (measure, ags, row["year"])
        return library.measures.get((*key, phase)) or library.measures.get((*key, "none"))

    said_above = note(row["note"])
    notes: list[str] = []

    def filled(measure: str) -> str:
        entry = found(measure)
        if entry is None or entry["value"] is None:
            return DE["missing"]
        if entry["note"] and (said := note(entry["note"])) not in (*notes, said_above):
            notes.append(said)
        return _measured(entry)

    return {
        "year": row["year"],
        "plan": phase == "plan",
        "words": words(library, indicator),
        "numbers": f"{_spelled(indicator, filled)} = {with_unit(indicator, row['value'])}",
        "notes": notes,
    }


def words(library: Library, indicator: Row) -> str:
    """The formula with the names of its measures."""
    key = indicator["indicator_id"]
    if key not in library.formulas:
        names = library.measure_names
        library.formulas[key] = _spelled(indicator, lambda measure: names.get(measure, measure))
    return library.formulas[key]


def _spelled(indicator: Row, word: Callable[[str], str]) -> str:
    return spelled(indicator["formula"], word, cents_to_euro=indicator["kind"] == "money")


def _measured(entry: Row) -> str:
    if entry["unit"] == "cent":
        return euro(entry["value"])
    if entry["unit"] == "0/1":
        return DE["yes"] if entry["value"] else DE["no"]
    one, many = UNITS.get(entry["unit"], ("", ""))
    return f"{number(entry['value'])} {one if entry['value'] == 1 else many}".strip()
