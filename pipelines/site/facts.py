"""Documented facts of one unit: partnerships, titles, resolutions, posts, and the sentences on top.

Belongs here: wording facts that tables state. Does not belong here: numbers over time (`cards.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipelines.site.frames import Library, Row
from pipelines.site.numbers import day, euro, long_day, number
from pipelines.site.texts import CATEGORY, DE, ENGAGEMENT

_YEAR, _MONTH = 4, 7
"""Length of a date as a document states it: 2011, 2024-10, 2018-07-11."""


def partnerships(library: Library, ags: str) -> dict[str, Any]:
    """The list of partnerships by country and name, and the sources its marks stand for."""
    own = library.partnerships.get(ags, [])
    named = sorted({source for row in own for source in row["source_ids"].split(",")})
    rows = [
        {
            "partner": row["partner_name"],
            "country": country(library, row["partner_country"]),
            "category": CATEGORY.get(row["category"], row["category"]),
            "since": _span(row),
            "document": "; ".join(library.documents.get(row["partnership_id"], ())),
            "marks": [named.index(source) + 1 for source in row["source_ids"].split(",")],
        }
        for row in own
    ]
    return {
        "rows": sorted(rows, key=lambda row: (row["country"], row["partner"])),
        "sources": [{"id": source, "title": source_title(library, source)} for source in named],
    }


def country(library: Library, code: str | None) -> str:
    """German name of a country; nothing where no source states it."""
    return library.countries.get(code, code) if code else ""


def _span(row: Row) -> str:
    since = f"seit {row['valid_from'].year}" if row["valid_from"] else ""
    until = f"bis {row['valid_to'].year}" if row["valid_to"] else ""
    attested = f"zuletzt genannt {day(row['last_attested_on'])}"
    return ", ".join(filter(None, [" ".join(filter(None, [since, until])), attested]))


def source_title(library: Library, source_id: str) -> str:
    """Title of a source, or its key where the source table does not know it."""
    known = library.sources.get(source_id)
    return known["title"] if known else source_id


def engagements(library: Library, ags: str) -> list[dict[str, Any]]:
    """Titles, resolutions, concepts, posts and grants with their documents."""
    return [
        {
            "fact": _stated(row),
            "since": _period(row),
            "note": row["note"] or "",
            "document": row["document"],
            "attested": day(row["attested_on"]),
            "source": {"id": row["source_id"], "title": source_title(library, row["source_id"])},
            "file": row["snapshot_id"],
        }
        for row in library.engagements.get(ags, [])
    ]


def _stated(row: Row) -> str:
    name = ENGAGEMENT.get(row["kind"], row["kind"])
    if row["unit"] == "percent":
        return f"{name}: {number(row['value'])} %"
    if row["unit"] == "n":
        return f"{name}: {number(row['value'])}"
    return name if row["value"] else f"{name}: nein"


def _period(row: Row) -> str:
    start = as_stated(row["valid_from_text"] or "")
    end = as_stated(row["valid_to_text"] or "")
    if row["kind"] == "agenda_2030_resolution" and start:
        return f"am {start}" if len(row["valid_from_text"]) > _MONTH else start
    return " ".join(filter(None, [start and f"seit {start}", end and f"bis {end}"]))


def as_stated(text: str) -> str:
    """A date in German form with the precision its document has."""
    if len(text) > _MONTH:
        return ".".join(reversed(text.split("-")))
    if len(text) > _YEAR:
        year, month = text.split("-")
        return f"{month}/{year}"
    return text


def set_aside(library: Library, ags: str) -> list[dict[str, str]]:
    """Money that may serve global partnership and cannot be attributed, newest year first."""
    return [
        {
            "year": str(row["year"]),
            "phase": DE[f"phase_{row['phase']}"],
            "amount": euro(row["value"]),
            "per_head": f"{number(row['value'] / 100 / row['inhabitants'], 2)} €"
            if row["inhabitants"]
            else "",
        }
        for row in library.set_aside.get(ags, [])
    ]


def headline(library: Library, name: str, ags: str, cards: Sequence[dict[str, Any]]) -> list[str]:
    """What is known of a unit in at most four sentences, or that nothing is known yet."""
    values = {card["id"]: card for card in cards}
    sentences = [
        *_partnership_sentence(library, name, ags, values),
        *_fact_sentences(library, name, ags),
        *_money_sentence(name, values),
    ]
    return sentences[:4] or [DE["nothing_known"].format(name=name)]


def _partnership_sentence(
    library: Library, name: str, ags: str, values: dict[str, dict[str, Any]]
) -> list[str]:
    card = values.get("pt_gs_n")
    if card and card["amount"]:
        count = _counted(int(card["amount"]), "Partnerschaft", "Partnerschaften")
        return [
            f"Für {name} nennen die Quellen {count} mit Kommunen in Entwicklungsländern ({card['year']})."
        ]
    own = library.partnerships.get(ags, [])
    if own:
        count = _counted(len(own), "internationale Partnerschaft", "internationale Partnerschaften")
        return [f"Für {name} nennen die Quellen {count}."]
    return []


def _counted(count: int, one: str, many: str) -> str:
    return f"eine {one}" if count == 1 else f"{number(count)} {many}"


def _fact_sentences(library: Library, name: str, ags: str) -> list[str]:
    sentences = []
    for row in library.engagements.get(ags, []):
        if not row["value"]:
            continue
        start = row["valid_from_text"] or ""
        known = f"belegt zum {day(row['attested_on'])}"
        since = f" ({', '.join(filter(None, [start and f'seit {as_stated(start)}', known]))})"
        if row["kind"] == "fairtrade_town":
            sentences.append(f"{name} trägt den Titel Fairtrade-Town{since}.")
        elif row["kind"] == "agenda_2030_resolution":
            when = f" am {long_day(row['valid_from'])}" if len(start) > _MONTH else f" {as_stated(start)}"
            sentences.append(f"{name} hat{when} die Musterresolution zur Agenda 2030 beschlossen.")
        elif row["kind"] == "coordination_position":
            sentences.append(f"{name} hat eine Koordinationsstelle für Entwicklungspolitik{since}.")
        elif row["kind"] == "development_policy_concept":
            sentences.append(f"{name} hat ein entwicklungspolitisches Konzept{since}.")
    return sentences


def _money_sentence(name: str, values: dict[str, dict[str, Any]]) -> list[str]:
    spent = values.get("ez_ausg_ew")
    if spent is None or spent["amount"] is None:
        return []
    if spent["amount"] == 0:
        return [
            f"Der Haushalt {spent['year']} von {name} weist keine Ausgaben für Entwicklungszusammenarbeit aus."
        ]
    return [
        f"{spent['year']} gab {name} {spent['value']} {spent['unit']} für Entwicklungszusammenarbeit aus"
        f"{_reservation(spent)}."
    ]


def _reservation(card: dict[str, Any]) -> str:
    return "" if card["flag"] == "A" else f" ({card['status']})"
