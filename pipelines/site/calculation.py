"""How a value was computed, with the numbers of the unit filled into the formula.

Belongs here: the sentence "19.182,24 € ÷ 18.917 Einwohner = 1,01 €". Does not belong here: reading
formulas (`formula.py`) or computing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pipelines.site.edition import Edition
from pipelines.site.formula import spelled
from pipelines.site.frames import Library
from pipelines.site.language import Language
from pipelines.site.reading import Row
from pipelines.site.wording import with_unit


def calculations(
    edition: Edition, indicator: Row, latest: Row | None, planned: Sequence[Row]
) -> list[dict[str, Any]]:
    """The formula with the numbers of the newest actual and of the newest plan year."""
    chosen = [(latest, "actual"), (planned[-1] if planned else None, "plan")]
    return [
        _calculation(edition, indicator, row, phase)
        for row, phase in chosen
        if row is not None and indicator["formula"] and not indicator["formula"].isidentifier()
    ]


def _calculation(edition: Edition, indicator: Row, row: Row, phase: str) -> dict[str, Any]:
    def found(measure: str) -> Row | None:
        own = edition.dossier.measures
        return own.get((measure, row["year"], phase)) or own.get((measure, row["year"], "none"))

    said_above = edition.language.note(row["note"])
    notes: list[str] = []

    def filled(measure: str) -> str:
        entry = found(measure)
        if entry is None or entry["value"] is None:
            return edition.language["missing"]
        if entry["note"] and (said := edition.language.note(entry["note"])) not in (*notes, said_above):
            notes.append(said)
        return _measured(edition.language, entry)

    numbers = _spelled(edition.language, indicator, filled, missing=edition.language["missing"])
    return {
        "year": row["year"],
        "plan": phase == "plan",
        "words": words(edition.library, edition.language, indicator),
        "numbers": f"{numbers} = {with_unit(edition.language, indicator, row['value'])}",
        "notes": notes,
    }


def words(library: Library, language: Language, indicator: Row) -> str:
    """The formula with the names of its measures."""
    key = (language.code, indicator["indicator_id"])
    if key not in library.formulas:
        names = library.measure_names

        def named(measure: str) -> str:
            return language.text(names[measure]) if measure in names else measure

        library.formulas[key] = _spelled(language, indicator, named)
    return library.formulas[key]


def _spelled(language: Language, indicator: Row, word: Callable[[str], str], missing: str = "") -> str:
    return spelled(
        indicator["formula"],
        word,
        language.number,
        cents_to_euro=indicator["kind"] in {"money", "balance"},
        missing=missing,
    )


def _measured(language: Language, entry: Row) -> str:
    if entry["unit"] == "cent":
        return language.euro(entry["value"])
    if entry["unit"] == "0/1":
        return language["yes" if entry["value"] else "no"]
    if entry["unit"] == "persons":
        return language.counted("measured_persons", entry["value"])
    return language.number(entry["value"])
