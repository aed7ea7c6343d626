"""What the council report says, as plain data: every text is final, nothing is drawn or set yet.

Belongs here: choosing and wording. Does not belong here: reading the release (`reading.py`), pictures
and type (`pdf.py`, `page.py`). Two pages hold only so much; `Room` says how much, and what is left out
is counted in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.council.reading import Reading
from pipelines.council.values import Notes, value_row
from pipelines.site.cards import badge, cards
from pipelines.site.facts import engagements, headline, partnerships
from pipelines.site.gaps import gaps
from pipelines.site.language import Language
from pipelines.site.model import Places
from pipelines.site.naming import named
from pipelines.site.succession import successors

_LEAST_FIGURES, _HASH = 3, 12


@dataclass(frozen=True, kw_only=True)
class Room:
    """How much of each kind the two pages hold."""

    figures: int
    values: int
    facts: int
    partners: int
    gaps: int
    notes: int


ROOMS = (
    Room(figures=6, values=18, facts=8, partners=14, gaps=5, notes=9),
    Room(figures=6, values=14, facts=6, partners=10, gaps=4, notes=7),
    Room(figures=6, values=11, facts=5, partners=7, gaps=3, notes=6),
    Room(figures=4, values=9, facts=4, partners=5, gaps=3, notes=5),
    Room(figures=3, values=7, facts=3, partners=3, gaps=2, notes=4),
    Room(figures=3, values=4, facts=2, partners=2, gaps=1, notes=3),
)
"""From roomy to tight; the first that fits on two pages is taken."""

_CONTEXT = "context"


def contents(reading: Reading, room: Room) -> dict[str, Any]:
    """The report as data: texts, figures (`picture` to be drawn), tables, notes, sources."""
    edition, language = reading.edition, reading.edition.language
    name = reading.unit["name"]
    known = _by_interest(cards(edition))
    notes = Notes(room.notes)
    values = [value_row(edition, card, notes) for card in known[: room.values]]
    partners, facts = partnerships(edition), engagements(edition)
    pictured = _pictured(known)[: room.figures]
    sources = _sources(reading, known, partners, facts)
    return {
        "language": language.code,
        "title": language.say("report_title", name=name),
        "name": name,
        "product": language["product"],
        "subtitle": language["report_subtitle"],
        "facts": _facts(reading),
        "headline": [
            *_ended(reading),
            *(
                sentence["text"]
                for sentence in headline(
                    edition,
                    named(language, reading.unit),
                    known,
                    ended=reading.unit["valid_to"] is not None,
                )
            ),
        ],
        "figures_heading": language["report_figures"],
        "figures": [_figure(language, card, sources) for card in pictured],
        "legend": _legend(language, pictured),
        "no_figures": language["report_no_figures"],
        "values_heading": language["report_values_heading"],
        "values": {
            "caption": language["report_values"],
            "head": [language[key] for key in ("indicator", "year", "value", "status")],
            "rows": values,
            "more": _more(language, len(known) - len(values)),
        },
        "lists": [
            each
            for each in (
                _listed(language, "report_facts", list(map(_fact, facts)), room.facts),
                _listed(language, "report_partners", list(map(_partner, partners["rows"])), room.partners),
                _listed(language, "report_gaps", list(_gaps(language, gaps(edition))), room.gaps),
            )
            if each["rows"]
        ],
        "notes_heading": language["report_notes"],
        "notes": [*notes.texts, *_standing_notes(reading)],
        "numbered_notes": len(notes.texts),
        "sources_heading": language["report_sources"],
        "sources": list(sources.values()),
        "changed": language["report_changed"],
        "release": _released(reading, "report_release"),
        "cite_heading": language["report_cite"],
        "cite": _released(reading, "report_cite_text"),
        "page": language["report_page"],
    }


def _ended(reading: Reading) -> list[str]:
    """That a unit exists no more, and what became of it; nothing of one that exists."""
    language, unit = reading.edition.language, reading.unit
    if unit["valid_to"] is None:
        return []
    steps = successors(Places(reading.edition.library, language), unit)
    became = [
        f"{step['what']}: " + "; ".join(map(_receiver, step["units"])) + f", {step['when']}."
        for step in steps
    ]
    return [language.say("dissolved", date=language.day(unit["valid_to"])), *became]


def _receiver(unit: Mapping[str, str]) -> str:
    return f"{unit['name']} ({unit['share']})" if unit["share"] else unit["name"]


def _by_interest(found: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the unit did before what only frames it; otherwise the order of the catalogue."""
    return sorted(found, key=lambda card: card["family"] == _CONTEXT)


def _pictured(known: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Cards with a picture; those of several years first, since they say more than their one number."""
    drawable = [card for card in known if card["picture"]["rows"]]
    return sorted(drawable, key=lambda card: len(card["picture"]["rows"]) == 1)


def _facts(reading: Reading) -> list[list[str]]:
    language, is_city = reading.edition.language, reading.unit["is_independent_city"]
    people, rate = _population(reading), badge(reading.edition)
    entries = [
        (language["key"], reading.unit["ags"]),
        (language["land"], reading.territory.get("land", "")),
        (language["district"], "" if is_city else reading.territory.get("district", "")),
        (language["population"], f"{people['count']} ({people['date']})" if people else language["missing"]),
        (language["territory"], language.day(reading.unit["territory_date"])),
        (rate["name"], f"{rate['value']} ({rate['year']})") if rate else ("", ""),
    ]
    return [[label, text] for label, text in entries if text]


def _population(reading: Reading) -> dict[str, str]:
    row = reading.library.inhabitants(reading.edition.dossier.ags)
    language = reading.edition.language
    if row is None:
        return {}
    return {
        "count": language.number(row["inhabitants"]),
        "date": language.day(row["reference_date"]),
        "base": language.word("census", row["census_base"]),
    }


def _figure(language: Language, card: Mapping[str, Any], sources: Mapping[str, str]) -> dict[str, Any]:
    """A picture with its headline; its sources by their numbers in the list below."""
    numbers = [
        f"[{list(sources).index(source['id']) + 1}]" for source in card["sources"] if source["id"] in sources
    ]
    own = f"{language['sources']}: {' '.join(numbers)}" if numbers else language["own_computation"]
    return {
        "message": card["message"],
        "name": card["name"],
        "unit": card["unit_long"],
        "alternative": card["alternative"],
        "picture": card["picture"],
        "source": own,
    }


def _legend(language: Language, pictured: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    """The marks that occur in the pictures, once each."""
    marks = dict.fromkeys(mark for card in pictured for mark in card["marks"])
    return [[mark, language[f"legend_{mark}"]] for mark in marks]


def _fact(row: Mapping[str, Any]) -> str:
    return ", ".join(filter(None, [row["fact"], row["since"], row["note"]]))


def _partner(row: Mapping[str, Any]) -> str:
    return f"{row['partner']} ({row['country']})" if row["country"] else row["partner"]


def _gaps(language: Language, found: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Reasons, the one of most indicators first."""
    reasons: dict[str, set[str]] = {}
    for gap in found:
        for said in gap["said"]:
            own = reasons.setdefault(said["reason"] or said["status"], set())
            own.update(each["id"] for each in gap["indicators"])
    for reason, own in sorted(reasons.items(), key=lambda item: (-len(item[1]), item[0])):
        yield language.counted("report_gap", len(own), reason=reason.rstrip("."))


def _listed(language: Language, key: str, rows: Sequence[str], most: int) -> dict[str, Any]:
    return {"heading": language[key], "rows": list(rows[:most]), "more": _more(language, len(rows) - most)}


def _more(language: Language, count: int) -> str:
    return language.counted("report_more", count) if count > 0 else ""


def _standing_notes(reading: Reading) -> list[str]:
    language, people = reading.edition.language, _population(reading)
    population = (
        language.say("report_note_population", **people) if people else language["report_note_no_population"]
    )
    territory = language.say("report_note_territory", day=language.day(reading.unit["territory_date"]))
    return [population, territory, language["report_note_missing"], language["report_note_ranking"]]


def _sources(
    reading: Reading,
    known: Sequence[Mapping[str, Any]],
    partners: Mapping[str, Any],
    facts: Sequence[Mapping[str, Any]],
) -> dict[str, str]:
    """Every source something in the report rests on, with licence and attribution, by its key."""
    library, language = reading.library, reading.edition.language
    used = {source["id"] for card in known for source in card["sources"]}
    used |= {source["id"] for source in partners["sources"]} | {row["source"]["id"] for row in facts}
    register = library.snapshots.get(reading.unit["snapshot_id"])
    used |= {register["source_id"]} if register else set()
    rows = [library.sources[each] for each in sorted(used) if each in library.sources]
    return {
        row["source_id"]: language.say(
            "report_source",
            title=row["title"],
            publisher=row["publisher"],
            licence=row["licence"],
            attribution=row["attribution"]
            if row["attribution"] not in (row["title"], row["publisher"])
            else "",
        ).strip()
        for row in rows
    }


def _released(reading: Reading, key: str) -> str:
    release, language = reading.release, reading.edition.language
    return language.say(
        key,
        product=language["product"],
        name=reading.unit["name"],
        ags=reading.unit["ags"],
        release=release["release_id"],
        day=language.long_day(_day(release)),
        hash=release["content_hash"][:_HASH],
    )


def _day(release: Mapping[str, Any]) -> Any:
    from datetime import datetime  # noqa: PLC0415 - only to read the written moment

    return datetime.fromisoformat(release["built_at"]).date()
