"""IATI activities of German donors: mentions of municipalities become candidates, never facts.

Belongs here: finding what may be a German unit in names of organisations and in texts. Does not
belong here: the XML (`sources/iati_activity.py`).

Municipalities stand in IATI as free text only, and most words for them mean places in the partner
country. So a name counts as a candidate only behind a word for a German body ("Stadt", "Landkreis",
"City of") or as the whole name of an organisation that is a local government, and only if the
register knows it. No claim, no engagement and no spending ever comes from here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import polars as pl

from quality.contracts.iati_candidate import CONTRACT
from sources.iati_activity import Activity, activities
from sources.list_import.units import Register
from sources.rejection import reject
from sources.source import Raw, Reading, Source

LOCAL_GOVERNMENT = "11"
SCORES = {"organisation": 0.8, "title": 0.5, "description": 0.3}
BODY = re.compile(
    r"\b(?P<word>Landeshauptstadt|Hansestadt|Stadt|Gemeinde|Landkreis|Kreis|Markt|"
    r"City of|Municipality of|District of) "
    r"(?P<name>[A-ZÄÖÜ][\wäöüß]+(?:[-/ ](?:[A-ZÄÖÜ][\wäöüß]+|am|an der|im|in der|bei)){0,3})"
)
"""A word for a body and the capitalised words behind it."""
FOUND = ("matched", "ambiguous")
Mention = tuple[str, str, str, float]
"""Name as written, where it stands, keys that could be meant, score."""


def mentions(texts: Iterable[tuple[str, str]], register: Register) -> Iterator[Mention]:
    """What may be German units in texts.

    Args:
        texts: where a text stands (organisation, title, description) and the text.
        register: the units known.
    """
    seen: set[tuple[str, str]] = set()
    for where, text in texts:
        for found in BODY.finditer(text):
            mention = _mention(found["word"], found["name"], where, register)
            if mention and (mention[0], where) not in seen:
                seen.add((mention[0], where))
                yield mention


def _mention(word: str, name: str, where: str, register: Register) -> Mention | None:
    """The longest run of words the register knows."""
    words = name.split(" ")
    for length in range(len(words), 0, -1):
        label = " ".join(words[:length])
        asked = f"Landkreis {label}" if word in ("Landkreis", "Kreis") else label
        place = register.locate(None, asked, None)
        if place.outcome in FOUND:
            sure = place.outcome == "matched"
            keys = place.ags if sure else place.candidates
            return f"{word} {label}", where, keys or "", SCORES[where] * (1.0 if sure else 0.5)
    return None


def _of_activity(activity: Activity, register: Register) -> Iterator[Mention]:
    yield from mentions(
        [
            *(("organisation", each.name) for each in activity.organisations),
            *(("title", text) for text in activity.titles),
            *(("description", text) for text in activity.descriptions),
        ],
        register,
    )
    for each in activity.organisations:
        place = register.locate(None, each.name, None)
        if each.type_code == LOCAL_GOVERNMENT and place.outcome in FOUND and not BODY.search(each.name):
            yield each.name, "organisation", place.ags or place.candidates or "", 0.6


def read(raws: Sequence[Raw], needs: Mapping[str, pl.DataFrame]) -> Reading:
    """Candidates of every file; activities without identifier or with unreadable values are reported."""
    register = Register(needs)
    rows: list[dict[str, object]] = []
    wrong: list[tuple[str, str, str, str, str, str]] = []
    for raw in raws:
        seen: set[str] = set()
        for activity in activities(raw):
            problem = _problem(activity, seen)
            seen.add(activity.identifier)
            wrong += [
                (rule, value, reason, raw.snapshot_id, f"activity {activity.number}", activity.title)
                for rule, value, reason in problem
            ]
            if not any(rule in ("identifier_present", "repeated") for rule, *_ in problem):
                rows += [_row(raw, activity, mention) for mention in _of_activity(activity, register)]
    return Reading(
        tables={"iati_candidate": pl.DataFrame(rows, schema=dict(CONTRACT.schema), orient="row")},
        rejected=_rejected(wrong),
    )


def _problem(activity: Activity, seen: set[str]) -> list[tuple[str, str, str]]:
    if not activity.identifier:
        return [("identifier_present", "", "the activity has no iati-identifier")]
    if activity.identifier in seen:
        return [("repeated", activity.identifier, "the file holds an activity of this identifier before")]
    return [
        ("value_readable", value, f"a transaction of {activity.identifier} has no number; it is not summed")
        for value in activity.unreadable
    ]


def _rejected(wrong: list[tuple[str, str, str, str, str, str]]) -> pl.DataFrame:
    names = ("rule", "value", "reason", "snapshot_id", "locator", "raw_text")
    frame = pl.DataFrame(wrong, schema=dict.fromkeys(names, pl.String), orient="row")
    return reject(
        frame,
        source_id=SOURCE.id,
        table=CONTRACT.table,
        rule="activity",
        value=pl.col("value"),
        reason=pl.col("reason"),
        remedy="Look the activity up at the publisher; the others are not affected.",
    ).with_columns(rule=frame["rule"])


def _row(raw: Raw, activity: Activity, mention: Mention) -> dict[str, object]:
    name, where, keys, score = mention
    return {
        "candidate_id": f"{activity.identifier} {where} {name}",
        "activity_id": activity.identifier,
        "title": activity.title or None,
        "participating_organisations": "; ".join(each.name for each in activity.organisations) or None,
        "recipient_countries": " ".join(activity.countries) or None,
        "year": activity.year,
        "commitments_cents": activity.commitments_cents,
        "disbursements_cents": activity.disbursements_cents,
        "currency": activity.currency,
        "found_in": where,
        "matched_name": name,
        "candidates": keys,
        "score": round(score, 3),
        "source_id": SOURCE.id,
        "snapshot_id": raw.snapshot_id,
        "locator": f"activity {activity.number}",
        "raw_text": " | ".join([*activity.titles, *(each.name for each in activity.organisations)]),
    }


SOURCE = Source(
    id="iati",
    title="IATI-Aktivitäten deutscher Geber: Nennungen von Kommunen, nur zur Durchsicht",
    publisher="Bundesministerium für wirtschaftliche Zusammenarbeit und Entwicklung (Publisher DE-1)",
    licence="keine Angabe gefunden; je Veröffentlichung zu prüfen",
    attribution="BMZ, veröffentlicht nach dem IATI-Standard",
    homepage="https://iatistandard.org/",
    tables=("iati_candidate",),
    read=read,
    archive=("oda/iati/*.xml", "oda/iati/*.xml.gz"),
    needs=("municipality", "population"),
    rhythm_days=31,
    group="engagement",
)
