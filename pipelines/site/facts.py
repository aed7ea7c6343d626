"""Documented facts of one unit: partnerships, titles, resolutions, posts, and the sentences on top.

Belongs here: wording facts that tables state. Does not belong here: numbers over time (`cards.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypedDict

from pipelines.site.edition import Edition
from pipelines.site.frames import Library
from pipelines.site.illustrations import partner_map
from pipelines.site.language import Language
from pipelines.site.naming import Named, begun
from pipelines.site.numbers import as_stated
from pipelines.site.reading import Row
from pipelines.site.remarks_of_lists import remark
from pipelines.site.rests_on import file_of, source_title

_MONTH = 7
"""Length of a stated month; what is longer states the day."""


class Sentence(TypedDict):
    """A sentence generated from data, with the number it rests on and where on the page that stands."""

    text: str
    numbers: str
    """Indicator and year, or the table of the fact; empty where the sentence says that nothing is known."""
    anchor: str


def partnerships(edition: Edition) -> dict[str, Any]:
    """The list of partnerships by country and name, with the sources that name them."""
    library, language, own = edition.library, edition.language, edition.dossier.partnerships
    named = sorted({source for row in own for source in row["source_ids"].split(",")})
    rows = [
        {
            "partner": row["partner_name"],
            "country": country(library, language, row["partner_country"]),
            "category": language.word("category", row["category"]),
            "since": _span(language, row),
            "attested": language.day(row["last_attested_on"]),
            "document": "; ".join(library.documents.get(row["partnership_id"], ())),
            "sources": row["source_ids"].split(","),
        }
        for row in own
    ]
    attested = {row["attested"] for row in rows}
    return {
        "rows": sorted(rows, key=lambda row: (row["country"], row["partner"])),
        "attested": attested.pop() if len(attested) == 1 else "",
        "map": partner_map(edition),
        "sources": [{"id": source, "title": source_title(library, source)} for source in named],
    }


def country(library: Library, language: Language, code: str | None) -> str:
    """Name of a country; nothing where no source states it."""
    known = library.countries.get(code or "")
    return language.of(known, "name") if known else code or ""


def _span(language: Language, row: Row) -> str:
    since = language.say("from_year", since=row["valid_from"].year) if row["valid_from"] else ""
    until = language.say("until_year", until=row["valid_to"].year) if row["valid_to"] else ""
    return " ".join(filter(None, [since, until]))


def engagements(edition: Edition) -> list[dict[str, Any]]:
    """Titles, resolutions, concepts, posts and grants with their documents."""
    library, language = edition.library, edition.language
    rows = edition.dossier.engagements
    first = {row["kind"]: row for row in reversed(rows)}
    return [
        {
            "kind": row["kind"],
            "anchor": f"fact-{row['kind']}" if first[row["kind"]] is row else "",
            "fact": _stated(language, row),
            "since": _period(language, row),
            "note": (told := remark(language, row))[0],
            "note_language": told[1],
            "document": row["document"],
            "attested": language.day(row["attested_on"]),
            "source": {"id": row["source_id"], "title": source_title(library, row["source_id"])},
            "file": file_of(library, row["snapshot_id"])[1],
        }
        for row in rows
    ]


def _stated(language: Language, row: Row) -> str:
    name = language.word("engagement", row["kind"])
    if row["unit"] == "percent":
        return f"{name}: {language.number(row['value'])} %"
    if row["unit"] == "n":
        return f"{name}: {language.number(row['value'])}"
    return name if row["value"] else language.say("stated_no", fact=name)


def _period(language: Language, row: Row) -> str:
    stated = row["valid_from_text"] or ""
    start = as_stated(stated, language.locale)
    end = as_stated(row["valid_to_text"] or "", language.locale)
    if row["kind"] == "agenda_2030_resolution" and start:
        return language.say("on_day", day=start) if len(stated) > _MONTH else start
    since = start and language.say("from_year", since=start)
    return " ".join(filter(None, [since, end and language.say("until_year", until=end)]))


def set_aside(edition: Edition) -> list[dict[str, str]]:
    """Money that may serve global partnership and cannot be attributed, newest year first."""
    language = edition.language
    return [
        {
            "year": str(row["year"]),
            "phase": language.word("phase", row["phase"]),
            "amount": language.euro(row["value"]),
            "per_head": f"{language.number(row['value'] / 100 / row['inhabitants'], 2)} €"
            if row["inhabitants"]
            else "",
        }
        for row in edition.dossier.set_aside
    ]


def headline(
    edition: Edition, name: Named, cards: Sequence[dict[str, Any]], *, ended: bool = False
) -> list[Sentence]:
    """What is known of a unit in at most four sentences, and for which subjects nothing is.

    Where nothing at all is known that is the one sentence; of a unit that has ended nothing new will be.
    """
    values = {card["id"]: card for card in cards}
    sentences = [
        *_partnership_sentence(edition, name, values),
        *_fact_sentences(edition, name),
        *_money_sentence(edition.language, name, values),
    ][:4]
    if not sentences:
        key = "nothing_known_ended" if ended else "nothing_known"
        return [Sentence(text=edition.language.say(key, name=name.object), numbers="", anchor="")]
    return sentences


def _partnership_sentence(edition: Edition, name: Named, values: dict[str, dict[str, Any]]) -> list[Sentence]:
    language = edition.language
    card = values.get("pt_gs_n")
    if card and card["amount"]:
        text = language.counted("sentence_gs", int(card["amount"]), name=name.object, year=card["year"])
        return [Sentence(text=text, numbers=f"pt_gs_n:{card['year']}", anchor="pt_gs_n")]
    own = edition.dossier.partnerships
    if not own:
        return []
    now = values.get("pt_int_n")
    ever = now is not None and now["amount"] != len(own)
    text = language.counted(
        "sentence_partners_ever" if ever else "sentence_partners", len(own), name=name.object
    )
    return [Sentence(text=text, numbers="partnership", anchor="partnerships-list")]


def _fact_sentences(edition: Edition, name: Named) -> list[Sentence]:
    language = edition.language
    sentences = []
    for row in edition.dossier.engagements:
        key = f"sentence_{row['kind']}"
        if not row["value"] or key not in language.texts:
            continue
        attested = language.say("documented_as_of", day=language.day(row["attested_on"]))
        since = ", ".join(filter(None, [_period(language, row), attested]))
        text = begun(language.say(key, name=name.subject, since=since, when=_when(language, row)))
        sentences.append(
            Sentence(text=text, numbers=f"engagement:{row['kind']}", anchor=f"fact-{row['kind']}")
        )
    return sentences


def _when(language: Language, row: Row) -> str:
    """When a resolution was adopted, inside a sentence: " am 11. Juli 2018", " 2018", or nothing."""
    stated = row["valid_from_text"] or ""
    if len(stated) > _MONTH:
        return " " + language.say("on_day", day=language.long_day(row["valid_from"]))
    return language.say("in_year", year=as_stated(stated, language.locale)) if stated else ""


def _money_sentence(language: Language, name: Named, values: dict[str, dict[str, Any]]) -> list[Sentence]:
    spent = values.get("ez_ausg_ew")
    if spent is None or spent["amount"] is None:
        return []
    if spent["amount"] == 0:
        text = language.say("sentence_no_spending", year=spent["year"], name=name.object)
    else:
        text = language.say(
            "sentence_spending",
            year=spent["year"],
            name=name.subject,
            value=f"{spent['value']} {spent['unit']}",
            reservation="" if spent["flag"] == "A" else f" ({spent['status']})",
        )
    return [Sentence(text=text, numbers=f"ez_ausg_ew:{spent['year']}", anchor="ez_ausg_ew")]
