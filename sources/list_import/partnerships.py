"""From rows of a list to statements on relationships with places abroad, or to the review list.

Belongs here: category, state and country as German lists write them. Does not belong here: which
statements speak of one relationship (`sources/partnership_merge.py`).

A relationship that rests keeps its category and has no end: only its state says so. One that has
ended without a known date is set aside, since a date would have to be invented.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

import polars as pl

from quality.contracts.partnership_claim import CONTRACT as CLAIM
from quality.contracts.partnership_review import CONTRACT as REVIEW
from sources.list_import.countries import countries_of
from sources.list_import.description import Form, ListDescription
from sources.list_import.record import Problem, Record
from sources.list_import.rows import Dated, unplaced
from sources.partnership_merge import assign_partnership_ids
from sources.source import Raw

CATEGORIES = {
    "p": "partnership",
    "partnerschaft": "partnership",
    "städtepartnerschaft": "partnership",
    "gemeindepartnerschaft": "partnership",
    "kreispartnerschaft": "partnership",
    "f": "friendship",
    "freundschaft": "friendship",
    "städtefreundschaft": "friendship",
    "k": "contact",
    "kontakt": "contact",
    "pp": "project",
    "projekt": "project",
    "projektpartnerschaft": "project",
    "klimapartnerschaft": "project",
    "solidaritätspartnerschaft": "partnership",
}
STATES = {
    "aktiv": "active",
    "bestehend": "active",
    "ruhend": "suspended",
    "ruht": "suspended",
    "ausgesetzt": "suspended",
    "suspendiert": "suspended",
    "beendet": "ended",
    "aufgelöst": "ended",
}
REVIEWED = ("ambiguous", "not_found", "not_a_municipality", "historical_unit")
GERMANY = "DEU"


def relationships(
    description: ListDescription, form: Form, raw: Raw, rows: list[Dated], countries: Mapping[str, str]
) -> tuple[pl.DataFrame, pl.DataFrame, list[Problem]]:
    """Statements, review rows, and the problems of rows that are neither."""
    claims: list[dict[str, object]] = []
    reviews: list[dict[str, object]] = []
    problems: list[Problem] = []
    seen: dict[tuple[object, ...], Record] = {}
    codes = countries_of((row.record.get("partner_country") for row in rows), countries)
    for row in rows:
        wrong = _wrong(description, row)
        if wrong:
            problems += wrong
            continue
        country = codes.get(row.record.get("partner_country") or "")
        outcome, candidates, why = _outcome(row, country, seen)
        if outcome == "matched":
            claims.append(_claim(description, form, raw, row, country))
        else:
            reviews.append(_review(description, raw, row, outcome=outcome, candidates=candidates, why=why))
    statements = pl.DataFrame(claims, schema=dict(CLAIM.schema), orient="row")
    return (
        assign_partnership_ids(statements) if claims else statements,
        pl.DataFrame(reviews, schema=dict(REVIEW.schema), orient="row"),
        problems,
    )


def _category(description: ListDescription, row: Dated) -> str | None:
    text = row.record.get("category")
    return CATEGORIES.get(text.casefold()) if text else description.kind


def _state(row: Dated) -> str | None:
    return STATES.get((row.record.get("state") or "").casefold())


def _wrong(description: ListDescription, row: Dated) -> list[Problem]:
    found: list[Problem] = []
    record = row.record
    if row.place.outcome not in ("matched", *REVIEWED):
        found += unplaced(record, row.place)
    if not record.get("partner_name"):
        found.append(_problem(record, "partner_name", None, "partner_present", "the row names no partner"))
    if _category(description, row) is None:
        text = record.get("category")
        found.append(_problem(record, "category", text, "category_known", "the category is none we know"))
    text = record.get("state")
    if text and _state(row) is None:
        found.append(_problem(record, "state", text, "state_known", "the state is none we know"))
    if _state(row) == "ended" and row.end is None:
        found.append(
            _problem(record, "end", text, "end_known", "the relationship has ended, no date says when")
        )
    return found


def _problem(record: Record, column: str, value: str | None, rule: str, reason: str) -> Problem:
    return Problem(
        record=record,
        rule=rule,
        column=column,
        value=value,
        reason=reason,
        remedy="Fill the cell with one of the words the template explains (docs/templates/README.md).",
    )


def _outcome(
    row: Dated, country: str | None, seen: dict[tuple[object, ...], Record]
) -> tuple[str, str | None, str]:
    if row.place.outcome != "matched":
        return row.place.outcome, row.place.candidates, row.place.explanation
    if country == GERMANY:
        return "inside_germany", row.place.ags, "both places lie in Germany; indicators count partners abroad"
    if country is None:
        return "no_country", row.place.ags, "the country is missing, or is no known name of one country"
    partner = (row.record.get("partner_name") or "").casefold()
    said = (row.place.ags, partner, country, row.record.get("category"), row.start, row.end)
    if said in seen:
        return "repeated", row.place.ags, f"the row says what {seen[said].locator} says"
    seen[said] = row.record
    return "matched", None, ""


def _claim(
    description: ListDescription, form: Form, raw: Raw, row: Dated, country: str | None
) -> dict[str, object]:
    return {
        "claim_id": _identity(description, raw, row),
        "partnership_id": "",
        "ags": row.place.ags,
        "partner_name": row.record.get("partner_name"),
        "partner_country": country,
        "partner_latitude": None,
        "partner_longitude": None,
        "category": _category(description, row),
        "source_id": description.id,
        "attested_on": row.attested_on,
        "is_inventory": form.is_inventory,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
        "state": _state(row),
        "match_method": row.place.method,
        "match_score": row.place.score,
        "snapshot_id": raw.snapshot_id,
        "locator": row.record.locator,
        "raw_text": row.record.raw_text,
    }


def _identity(description: ListDescription, raw: Raw, row: Dated) -> str:
    return f"{description.id} {PurePosixPath(raw.name).stem} {row.record.locator}"


def _review(
    description: ListDescription, raw: Raw, row: Dated, *, outcome: str, candidates: str | None, why: str
) -> dict[str, object]:
    return {
        "review_id": _identity(description, raw, row),
        "source_id": description.id,
        "outcome": outcome,
        "german_name": row.record.get("unit_name") or row.record.get("unit_key"),
        "partner_name": row.record.get("partner_name"),
        "partner_country_text": row.record.get("partner_country"),
        "candidates": candidates,
        "explanation": why,
        "snapshot_id": raw.snapshot_id,
        "locator": row.record.locator,
        "raw_text": row.record.raw_text,
    }
