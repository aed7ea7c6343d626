"""What every row of every list goes through: its date, its unit, its place in the quarantine.

Belongs here: checks that do not depend on what a list is about. Does not belong here: engagements
(`engagements.py`) and relationships (`partnerships.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from quality.contract import QUARANTINE_SCHEMA
from sources.list_import.description import Form, ListDescription
from sources.list_import.record import Cut, Problem, Record
from sources.list_import.units import Place, Register
from sources.list_import.written_dates import first_day, last_day, written_date
from sources.source import Raw

REMEDIES = {
    "ambiguous_unit": "Write the official key of the unit meant into the row.",
    "not_a_municipality": "Nothing to do unless the unit itself is meant; then write its key into the row.",
    "not_found": "Correct the name, or write the official key of the unit into the row.",
    "historical_unit": "Write the key of the unit that has taken its place, if it goes on there.",
    "mangled_key": "Format the column as text and write the key with its leading zero.",
    "unknown_key": "Look the key up in the official register of municipalities.",
    "key_name_disagree": "Decide whether the key or the name is right.",
}
"""What a person can do about a unit that was not found, by rule."""


@dataclass(frozen=True, kw_only=True)
class Dated:
    """A row with its unit and its dates, as precise as they were written."""

    record: Record
    place: Place
    start: str | None
    end: str | None
    attested_on: date

    @property
    def valid_from(self) -> date | None:
        """First day of the start."""
        return first_day(self.start) if self.start else None

    @property
    def valid_to(self) -> date | None:
        """Last day of the end."""
        return last_day(self.end) if self.end else None


def dated_rows(cut: Cut, form: Form, register: Register) -> tuple[list[Dated], list[Problem]]:
    """Rows with unit and dates, and every problem of the others; a row may have several."""
    good: list[Dated] = []
    problems: list[Problem] = []
    register.prepare(record.get("unit_name") for record in cut.records)
    for record in cut.records:
        place = register.locate(*(record.get(role) for role in ("unit_key", "unit_name", "land")))
        dates, wrong = _dates(record, form, cut.stated_on)
        if wrong:
            problems += [*wrong, *unplaced(record, place)]
            continue
        stated = dates.get("attested")
        if stated is None:
            problems += [_undated(record), *unplaced(record, place)]
            continue
        good.append(
            Dated(
                record=record,
                place=place,
                start=dates.get("start"),
                end=dates.get("end"),
                attested_on=last_day(stated),
            )
        )
    return good, problems


def _dates(
    record: Record, form: Form, stated_on: str | None
) -> tuple[Mapping[str, str | None], list[Problem]]:
    dates: dict[str, str | None] = {}
    wrong: list[Problem] = []
    for role in ("start", "end", "attested"):
        text = record.get(role)
        dates[role] = written_date(text) if text else None
        if text and dates[role] is None:
            wrong.append(_unreadable(record, role, text))
    own = (dates.get(role) for role in form.dated_by)
    dates["attested"] = dates["attested"] or stated_on or next((day for day in own if day), None)
    start, end, attested = dates["start"], dates["end"], dates["attested"]
    if start and end and first_day(start) > last_day(end):
        wrong.append(_disorder(record, "dates_in_order", f"{start} – {end}", "the end lies before the start"))
    if start and attested and not form.ahead and first_day(start) > last_day(attested):
        wrong.append(
            _disorder(record, "start_before_list", start, f"the start lies after the list ({attested})")
        )
    return dates, wrong


def _unreadable(record: Record, role: str, text: str) -> Problem:
    return Problem(
        record=record,
        rule="date_readable",
        column=role,
        value=text[:80],
        reason=f"{role} is no date that exists",
        remedy="Write the date as TT.MM.JJJJ, MM.JJJJ or JJJJ.",
    )


def _disorder(record: Record, rule: str, value: str, reason: str) -> Problem:
    return Problem(
        record=record, rule=rule, column="start", value=value, reason=reason, remedy="Correct the dates."
    )


def _undated(record: Record) -> Problem:
    return Problem(
        record=record,
        rule="no_date",
        column="attested",
        value=record.get("unit_name"),
        reason="neither the row nor the list states a date: nobody can say for which year it holds",
        remedy="Add the date of the event or the date of the list (Stand).",
    )


def unplaced(record: Record, place: Place) -> list[Problem]:
    """The problem of a row whose unit is not certain, or nothing."""
    if place.outcome == "matched":
        return []
    rule = "ambiguous_unit" if place.outcome == "ambiguous" else place.outcome
    return [
        Problem(
            record=record,
            rule=rule,
            column="unit_key" if record.get("unit_key") else "unit_name",
            value=place.candidates or record.get("unit_name"),
            reason=f"{record.get('unit_name') or record.get('unit_key')}: {place.explanation}",
            remedy=REMEDIES[rule],
        )
    ]


def repeated(record: Record, first: Record) -> Problem:
    """The problem of a row that says again what an earlier one said."""
    return Problem(
        record=record,
        rule="repeated",
        column=None,
        value=record.get("unit_name"),
        reason=f"the row says what {first.locator} says",
        remedy="Nothing to do; delete one of the two rows if you like.",
    )


def quarantined(description: ListDescription, raw: Raw, problems: Iterable[Problem]) -> pl.DataFrame:
    """Problems in the form of the quarantine."""
    rows = [
        (
            description.id,
            description.table,
            problem.rule,
            problem.column,
            problem.value,
            problem.reason,
            problem.remedy,
            raw.snapshot_id,
            problem.record.locator,
            problem.record.raw_text,
        )
        for problem in problems
    ]
    return pl.DataFrame(rows, schema=dict(QUARANTINE_SCHEMA), orient="row")
