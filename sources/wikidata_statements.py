"""Statements of Wikidata on twinned bodies, with keys of units, countries and dates.

Belongs here: what one statement says once its rows are put together. Does not belong here: asking
(`sources/wikidata_sparql.py`), matching by name, which the old extract needs
(`sources/partnership_records.py`).

A statement is known by its own id, its ends by their QIDs; both are kept with the record. Of
several statements on one pair the one of the best rank that states a start stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from quality.contract import PROVENANCE, no_rejects
from quality.contracts.partnership_claim import CONTRACT as CLAIM
from quality.contracts.partnership_review import CONTRACT as REVIEW
from sources.json_answers import objects, parsed, taken
from sources.partnership_merge import assign_partnership_ids
from sources.partnership_records import EXPLANATIONS, GERMANY
from sources.rejection import reject
from sources.source import Raw
from sources.wikidata_sparql import day_read
from sources.wikidata_statement import Facts, Row, Statement, country_of, degrees, entity, period, rank_of

SOURCE_ID = "wikidata_partnerships"
MUNICIPALITY_DIGITS = 8


def read_answers(
    raws: Sequence[Raw], needs: Mapping[str, pl.DataFrame]
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Tables `partnership_claim` and `partnership_review`, and the rejected; every statement has one fate.

    Raises:
        SourceChanged: an answer of another form.
    """
    units = _units(needs["municipality"])
    codes = dict(needs["country"].select("iso2", "country").iter_rows())
    claims: list[Row] = []
    reviews: list[Row] = []
    rejected: list[Row] = []
    for statement in _best_first(_statements(raws)):
        broken = _broken(statement)
        if broken:
            rejected.append(broken)
            continue
        row = _judged(statement, units, codes)
        (claims if row["outcome"] == "matched" else reviews).append(row)
    kept, repeated = _one_per_pair(claims)
    claim = _frame(kept, CLAIM.schema)
    return assign_partnership_ids(claim), _frame([*reviews, *repeated], REVIEW.schema), _rejected(rejected)


def _frame(rows: Iterable[Row], schema: Mapping[str, Any]) -> pl.DataFrame:
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=dict(schema))


def _statements(raws: Sequence[Raw]) -> list[Statement]:
    """Rows of all pages, put together by statement and day of reading."""
    found: dict[tuple[str, date], tuple[str, list[Facts]]] = {}
    for raw in raws:
        day = day_read(raw.name)
        results = taken(raw.name, parsed(raw.name, raw.unpacked()), "results", dict)
        for binding in objects(raw.name, taken(raw.name, results, "bindings", list), "results.bindings"):
            facts = {name: str(taken(raw.name, fact, "value", str)) for name, fact in binding.items()}
            for needed in ("st", "g", "ags", "p"):
                taken(raw.name, facts, needed, str)
            found.setdefault((entity(facts["st"]), day), (raw.snapshot_id, []))[1].append(facts)
    return [
        Statement(id=name, read_on=day, snapshot_id=snapshot_id, rows=tuple(rows))
        for (name, day), (snapshot_id, rows) in found.items()
    ]


def _best_first(statements: list[Statement]) -> list[Statement]:
    return sorted(
        statements,
        key=lambda one: (one.read_on, -rank_of(one.first("rank")), one.first("start") is None, one.id),
    )


def _broken(statement: Statement) -> Row | None:
    """Why a statement cannot be used at all, as a row for quarantine."""
    partner = entity(statement.first("p"))
    start, end = period(statement)
    reasons = {
        "partner_known": re.fullmatch(r"Q[1-9][0-9]*", partner) is not None,
        "rank_known": rank_of(statement.first("rank")) >= 0,
        "end_dated": "true" not in statement.values("isEnded") or end is not None,
        "start_before_end": start is None or end is None or start <= end,
    }
    wrong = next((rule for rule, good in reasons.items() if not good), None)
    return None if wrong is None else {"rule": wrong, **statement.provenance()}


def _units(register: pl.DataFrame) -> dict[str, Row]:
    columns = ("ags", "level", "is_independent_city", "valid_to")
    return {row["ags"]: row for row in register.select(columns).iter_rows(named=True)}


def _judged(statement: Statement, units: Mapping[str, Row], codes: Mapping[str, str]) -> Row:
    """A statement as a claim or a review, told apart by `outcome`."""
    country, doubt = country_of(statement, codes)
    keys = _keys(statement, units)
    alive = [
        key for key in keys if units[key]["valid_to"] is None or units[key]["valid_to"] > statement.read_on
    ]
    outcome, explanation = "matched", None
    if country == GERMANY:
        outcome, explanation = "inside_germany", EXPLANATIONS["inside_germany"]
    elif country is None:
        outcome, explanation = "no_country", doubt
    elif not keys:
        outcome, explanation = "not_found", "no register edition lists the key stated at Wikidata"
    elif not alive:
        outcome, explanation = "historical_unit", "the unit was dissolved before the statement was read"
    elif len(alive) > 1:
        outcome, explanation = "ambiguous", "Wikidata gives the German end several keys"
    return _as_claim(statement, country) | {
        "ags": alive[0] if alive else None,
        "outcome": outcome,
        "explanation": explanation,
        "review_id": f"{SOURCE_ID} {statement.read_on} {statement.id}",
        "german_name": statement.first("gLabel"),
        "partner_country_text": ", ".join(statement.values("countryLabel")) or None,
        "candidates": ", ".join(keys or statement.values("ags")),
    }


def _as_claim(statement: Statement, country: str | None) -> Row:
    start, end = period(statement)
    return statement.provenance() | {
        "claim_id": f"{SOURCE_ID} {statement.read_on} {statement.id}",
        "partnership_id": "",
        "partner": entity(statement.first("p")),
        "partner_name": statement.first("pLabel") or entity(statement.first("p")),
        "partner_country": country,
        "partner_latitude": degrees(statement.first("lat")),
        "partner_longitude": degrees(statement.first("lon")),
        "category": "unspecified",
        "source_id": SOURCE_ID,
        "attested_on": statement.read_on,
        "is_inventory": True,
        "valid_from": start,
        "valid_to": end,
        "state": "ended" if end is not None and end <= statement.read_on else None,
        "match_method": "key",
        "match_score": 1.0,
    }


def _keys(statement: Statement, units: Mapping[str, Row]) -> list[str]:
    """Known keys of the German end; a city that is its own district counts by its eight digits."""
    known = []
    for key in statement.values("ags"):
        whole = key + "000"
        if key in units and units[key]["is_independent_city"] and whole in units:
            known.append(whole)
        elif key in units:
            known.append(key)
    municipal = [key for key in known if len(key) == MUNICIPALITY_DIGITS]
    return list(dict.fromkeys(municipal or known))


def _one_per_pair(claims: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """The first statement of each unit, partner and day; later ones say the same again."""
    kept: dict[tuple[Any, ...], Row] = {}
    repeated: list[Row] = []
    for claim in claims:
        pair = (claim["ags"], claim["partner"], claim["attested_on"])
        if pair in kept:
            said = f"unit and partner are those of {kept[pair]['locator']}"
            repeated.append(claim | {"outcome": "repeated", "explanation": said})
        else:
            kept[pair] = claim
    return list(kept.values()), repeated


REASONS = {
    "partner_known": ("the partner is unknown or no item", "Look the statement up at Wikidata."),
    "rank_known": ("the rank is none that counts", "Deprecated statements are not used; none needed."),
    "end_dated": (
        "the partnership has ended, but no year is stated in which",
        "State the year of the end (P582) at Wikidata; until then it counts in no year.",
    ),
    "start_before_end": ("the partnership ends before it starts", "Correct the dates at Wikidata."),
}


def _rejected(rows: Sequence[Row]) -> pl.DataFrame:
    columns = ("rule", *PROVENANCE)
    table = pl.DataFrame(
        [{name: row[name] for name in columns} for row in rows], schema=dict.fromkeys(columns, pl.String)
    )
    parts = [
        reject(
            table.filter(pl.col("rule") == rule),
            source_id=SOURCE_ID,
            table=CLAIM.table,
            rule=rule,
            reason=reason,
            remedy=remedy,
            value=pl.col("locator"),
        )
        for rule, (reason, remedy) in REASONS.items()
    ]
    return pl.concat([no_rejects(), *parts])
