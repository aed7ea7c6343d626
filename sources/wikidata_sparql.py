"""The query service of Wikidata: what is asked, in pieces small enough for its time limit.

Belongs here: the query and the dialogue. Does not belong here: what the answers mean
(`sources/wikidata_statements.py`) or the old extract (`sources/wikidata_partnerships.py`).

A query may take a minute. One that takes longer ends with status 500 or 504, or with status 200
and half an answer that breaks off in a Java exception. So we ask for one Land at a time by the
first digits of the key, page by page, and where even that takes too long with one more digit.
Statements with deprecated rank are left out by the query.
"""

from __future__ import annotations

import re
from collections.abc import Generator
from datetime import date
from email.utils import parsedate_to_datetime
from string import Template

from sources.json_answers import parsed, taken
from sources.live import Answer, Delivery, Dialogue, Occasion, Pause, Request
from sources.source import SourceChanged, SourceUnavailable

BASE = "https://query.wikidata.org"
QUERY = Template("""
SELECT ?st ?rank ?g ?gLabel ?ags ?p ?pLabel ?country ?countryLabel ?iso ?countryRank ?countryEnd
       ?lat ?lon ?start ?startPrecision ?end ?endPrecision ?isEnded
WHERE {
  { ?g wdt:P439 ?ags } UNION { ?g wdt:P440 ?ags }
  FILTER(STRSTARTS(?ags, "$prefix"))
  ?g p:P190 ?st . ?st ps:P190 ?p ; wikibase:rank ?rank .
  FILTER(?rank != wikibase:DeprecatedRank)
  OPTIONAL {
    ?p p:P17 ?cs . ?cs ps:P17 ?country ; wikibase:rank ?countryRank .
    FILTER(?countryRank != wikibase:DeprecatedRank)
    OPTIONAL { ?country wdt:P297 ?iso }
    OPTIONAL { ?cs pq:P582 ?countryEnd }
  }
  OPTIONAL {
    ?p p:P625 ?at . ?at a wikibase:BestRank ; psv:P625 ?spot .
    ?spot wikibase:geoLatitude ?lat ; wikibase:geoLongitude ?lon
  }
  OPTIONAL { ?st pqv:P580 ?from . ?from wikibase:timeValue ?start ; wikibase:timePrecision ?startPrecision }
  OPTIONAL { ?st pqv:P582 ?to . ?to wikibase:timeValue ?end ; wikibase:timePrecision ?endPrecision }
  BIND(EXISTS { ?st pq:P582 ?anyEnd } AS ?isEnded)
  SERVICE wikibase:label { bd:serviceParam wikibase:language "de,en". }
}
ORDER BY ?st ?ags ?country ?lat ?start ?end
LIMIT $limit OFFSET $offset
""")
"""P439 municipality key, P440 district key, P190 twinned body, P17 country, P297 ISO code, P625 place."""

LANDS = tuple(f"{number:02d}" for number in range(1, 17))
PAGE = 5_000
LONGEST_PREFIX = 5
"""Digits of a district key: a district that takes too long means that everything does."""
FORM = "application/sparql-results+json"
TOO_LONG = re.compile(rb"TimeoutException|QueryTimeout|upstream request timeout")
TAIL = 64 * 1024
INTERNAL_ERROR, GATEWAY_TIMEOUT = 500, 504
ANSWER_LIMIT = 128 * 1024 * 1024


def dialogue(occasion: Occasion) -> Dialogue:
    """All partnership statements of German units, named after the day they were read.

    Raises:
        SourceUnavailable: even a single district takes longer than the service allows.
        SourceChanged: the answer has another form, or bears no date.
    """
    files: list[Delivery] = []
    for land in LANDS:
        files.extend((yield from _part(occasion, land, files[0] if files else None)))
    return files


def _part(
    occasion: Occasion, prefix: str, first: Delivery | None
) -> Generator[Request | Pause, Answer | None, list[Delivery]]:
    """The pages of all keys that start with these digits; in ten parts where that takes too long."""
    pages: list[Delivery] = []
    while True:
        query = QUERY.substitute(prefix=prefix, limit=PAGE, offset=PAGE * len(pages))
        answer = yield Request(
            url=f"{occasion.base}/sparql",
            query={"query": query, "format": "json"},
            headers={"Accept": FORM},
            expect=(FORM,),
            tolerated=(INTERNAL_ERROR, GATEWAY_TIMEOUT),
            size_limit=ANSWER_LIMIT,
        )
        if answer is None:
            raise TypeError("a request is answered with an answer, not with a pause")
        if _took_too_long(answer):
            break
        day = _day_in(first.name) if first is not None else _day_of(answer)
        name = f"partnerships/wikidata_p190_{day}_{prefix}_{len(pages) + 1}.json"
        pages.append(Delivery(name=name, content=answer.content, url=f"{occasion.base}/sparql"))
        first = first or pages[0]
        results = taken(name, parsed(name, answer.content), "results", dict)
        if len(taken(name, results, "bindings", list)) < PAGE:
            return pages
    if len(prefix) >= LONGEST_PREFIX:
        raise SourceUnavailable(
            "The query service of Wikidata takes too long even for one district",
            cause=f"Keys that start with {prefix}",
            remedy="Nothing needs to be done unless it stays so for days",
        )
    parts: list[Delivery] = []
    for digit in "0123456789":
        parts.extend((yield from _part(occasion, prefix + digit, first or (parts[0] if parts else None))))
    return parts


def _took_too_long(answer: Answer) -> bool:
    """Whether the time limit ended the query; any other internal error is no answer at all."""
    if answer.status == GATEWAY_TIMEOUT or TOO_LONG.search(answer.content[-TAIL:]):
        return True
    if answer.status == INTERNAL_ERROR:
        raise SourceUnavailable(
            "The query service of Wikidata reports an internal error",
            cause=answer.content[:200].decode("utf-8", "replace"),
            remedy="Nothing needs to be done unless it stays so for days",
        )
    return False


def _day_of(answer: Answer) -> str:
    """The day the service says it answered."""
    said = {name.lower(): value for name, value in answer.headers.items()}.get("date", "")
    try:
        return parsedate_to_datetime(said).date().isoformat()
    except ValueError as error:
        raise SourceChanged(
            f"The query service of Wikidata does not say when it answered (Date: {said!r})",
            remedy="A statement without a day cannot be used; check what stands between us and the service",
        ) from error


def _day_in(name: str) -> str:
    found = re.search(r"wikidata_p190_(\d{4}-\d{2}-\d{2})", name)
    if found is None:
        raise SourceChanged(
            f"{name}: the name should hold the day of reading, as in wikidata_p190_2026-11-22_05_1.json"
        )
    return found[1]


def day_read(name: str) -> date:
    """The day the statements of a file were read, from its name.

    Raises:
        SourceChanged: the name holds none.
    """
    return date.fromisoformat(_day_in(name))
