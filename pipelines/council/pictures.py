"""Pictures as files: which one is drawn, and the words that stand around it.

Belongs here: choosing series, maps and their headline, subtitle, legend and source. Does not belong here:
placing the words (`pipelines/charts/plate.py`), forms (`pipelines/charts/forms`), options (`cli_report.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.charts.forms import multiples
from pipelines.charts.plate import Caption
from pipelines.council.reading import CannotReport, Reading, Shelf
from pipelines.site.cards import cards
from pipelines.site.facts import partnerships
from pipelines.site.figure import UNFLAGGED
from pipelines.site.frames import Library
from pipelines.site.germany import read_map
from pipelines.site.illustrations import partner_map
from pipelines.site.language import Language
from pipelines.site.model import short
from pipelines.site.naming import begun
from pipelines.site.rests_on import sources
from pipelines.site.wording import LOWER_BOUND, reasons_of, unit_named, written

_OUTLINES = {"boundary": "boundaries", "country_outline": "world_outlines"}
"""Table of outlines to the source it is drawn from."""


@dataclass(frozen=True, kw_only=True)
class Plate:
    """One picture, what it shows in words, and what stands around it."""

    picture: Mapping[str, Any]
    alternative: str
    caption: Caption


def series(readings: Sequence[Reading], indicator: str) -> Plate:
    """Values over the years: of one unit, or of up to five on one scale.

    Raises:
        CannotReport: a unit has nothing to draw for this indicator.
        ValueError: more units than fit.
    """
    found = [_card(reading, indicator) for reading in readings]
    first, language = readings[0], readings[0].edition.language
    names = [reading.unit["name"] for reading in readings]
    told = [f"{name}: {card['alternative']}" for name, card in zip(names, found, strict=True)]
    used = [source["attribution"] for card in found for source in card["sources"]]
    card = found[0]
    if len(found) == 1:
        return Plate(
            picture=card["picture"],
            alternative=told[0],
            caption=Caption(
                headline=f"{short(names[0])}: {card['message']}",
                subtitle=f"{card['name']}, {card['unit_long']}",
                source=_source(first, used, _reserved(language, card)),
                legend=_legend(language, card["marks"]),
            ),
        )
    rows = multiples.rows(
        [
            (name, multiples.points_of(each["picture"]["rows"]))
            for name, each in zip(names, found, strict=True)
        ]
    )
    marks = dict.fromkeys(mark for each in found for mark in each["marks"] if mark not in ("plan", "gap"))
    return Plate(
        picture={"form": "multiples", "language": language.code, "rows": rows},
        alternative=" ".join(told),
        caption=Caption(
            headline=card["name"],
            subtitle=begun(language.say("picture_scale", unit=card["unit_long"])),
            source=_source(first, used, _reserved(language, card)),
            legend=_legend(language, marks),
        ),
    )


def germany(shelf: Shelf, indicator: str, language: Language) -> Plate:
    """A map of the newest values of all municipalities.

    Raises:
        CannotReport: no such indicator, no value, or no outlines.
    """
    library = shelf.with_outlines("boundary")
    about = next((row for row in library.indicators if row["indicator_id"] == indicator), None)
    if about is None:
        named = ", ".join(row["indicator_id"] for row in library.indicators)
        raise CannotReport(f"{indicator} is no indicator. Indicators: {named}")
    drawn = read_map(library)
    if drawn is None:
        raise CannotReport("There are no outlines of municipalities in this home: no map can be drawn.")
    newest = shelf.newest(indicator)
    rows = [row for row in newest if row["ags"] in drawn.municipalities]
    if not rows:
        raise CannotReport(f"No municipality has a value of {indicator}: there is nothing to draw.")
    counts = {
        "known": language.number(len(rows)),
        "all": language.number(len(drawn.municipalities)),
    }
    years = sorted({row["year"] for row in rows})
    span = str(years[0])
    if len(years) > 1:
        span = language.say("years_from_to", first=years[0], last=years[-1])
    name = language.of(about, "name")
    headline = language.say("picture_map", **counts)
    subtitle = f"{name}, {unit_named(language, about)}. {language.say('map_title', years=span)}"
    card = drawn.card(
        {row["ags"]: row["value"] for row in rows},
        lambda value: written(language, about, value),
        language,
        f"{name}. {headline}.",
        worded_by=about,
    )
    used = [source["attribution"] for source in sources(library, rows)]
    bound = language["lower_bound_short"] if any(LOWER_BOUND in reasons_of(row) for row in rows) else ""
    told = _said(language, shelf.release_id, [*used, *_outlines(library, "boundary")], begun(bound))
    caption = Caption(headline=headline, subtitle=subtitle, source=told)
    return Plate(picture=card["picture"], alternative=card["alternative"], caption=caption)


def partners(reading: Reading) -> Plate:
    """A map of the world with the partners of one unit.

    Raises:
        CannotReport: no partner, none with a place, or no outlines of countries.
    """
    card = partner_map(reading.edition)
    if card is None:
        raise CannotReport(
            f"No map of partners of {reading.unit['ags']}: no source names a partner with a place, or there "
            "are no outlines of countries in this home."
        )
    language, rows = reading.edition.language, reading.edition.dossier.partnerships
    library, owners = reading.library, partnerships(reading.edition)["sources"]
    used = [library.sources[each["id"]]["attribution"] for each in owners if each["id"] in library.sources]
    states = {row["partner_country"] for row in rows}
    return Plate(
        picture=card["picture"],
        alternative=card["alternative"],
        caption=Caption(
            headline=language.say(
                "picture_partners",
                name=short(reading.unit["name"]),
                count=language.number(len(rows)),
                states=language.number(len(states)),
            ),
            subtitle=language["picture_world"],
            source=_source(reading, [*used, *_outlines(library, "country_outline")]),
        ),
    )


def _card(reading: Reading, indicator: str) -> dict[str, Any]:
    drawable = {card["id"]: card for card in cards(reading.edition) if card["picture"]["rows"]}
    if indicator not in drawable:
        raise CannotReport(
            f"Nothing to draw for {indicator} of {reading.unit['ags']}: the release holds no value. "
            f"Pictures there: {', '.join(drawable) or 'none'}."
        )
    return drawable[indicator]


def _outlines(library: Library, table: str) -> list[str]:
    row = library.sources.get(_OUTLINES[table])
    return [row["attribution"]] if row else []


def _legend(language: Language, marks: Iterable[str]) -> list[tuple[str, str]]:
    """The marks in words; there is no table beside a file that a reservation could point to."""
    return [(mark, language["picture_flagged" if mark == "flagged" else f"legend_{mark}"]) for mark in marks]


def _reserved(language: Language, card: Mapping[str, Any]) -> str:
    """What must be said of the newest value; nothing of a normal one."""
    if card["flag"] in ("", *UNFLAGGED):
        return ""
    return language.say("picture_reserved", year=card["year"], status=card["status"])


def _source(reading: Reading, attributions: Iterable[str], before: str = "") -> str:
    return _said(reading.edition.language, reading.release["release_id"], attributions, before)


def _said(language: Language, release_id: str, attributions: Iterable[str], before: str = "") -> str:
    """The lines below a picture: a reservation, each source as it wishes to be named, and the release."""
    named = "; ".join(dict.fromkeys(each for each in attributions if each))
    line = language.say("picture_release", product=language["product"], release=release_id)
    told = f"{language['sources']}: {named}. {line}" if named else line
    return f"{before}. {told}" if before else told
