"""Page models of territorial units: municipalities, associations, districts, Länder.

Belongs here: what stands on the page of a unit. Does not belong here: its cards and facts
(`cards.py`, `facts.py`), HTML (`templates/`), files (`build.py`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from pipelines.site.areas import totals
from pipelines.site.cards import badge, cards
from pipelines.site.dossier import Archive, Dossier
from pipelines.site.downloads import downloads, piece, snippet
from pipelines.site.edition import Edition
from pipelines.site.facts import headline
from pipelines.site.frames import Library
from pipelines.site.gaps import gaps
from pipelines.site.illustrations import pictures_of
from pipelines.site.inputs import Inputs, shared
from pipelines.site.language import Language
from pipelines.site.model import Page, Places, address, city_of, has_page, short
from pipelines.site.naming import named
from pipelines.site.reading import Row
from pipelines.site.rests_on import numbered
from pipelines.site.sheaf import Sheaf
from pipelines.site.side_by_side import prepared, way_to
from pipelines.site.standing import groups
from pipelines.site.succession import predecessors, successors
from pipelines.site.themes import silent, themes

_BATCH = 500
"""Units whose rows are dictionaries at one time."""


def unit_count(library: Library) -> int:
    """Number of pages of units in one language."""
    rows = [row for row in library.units.values() if has_page(library, row)]
    return len(rows) + sum(_has_piece(library, row) for row in rows)


def _has_piece(library: Library, row: Row) -> bool:
    """Whether there is a small page to embed: where something is known, once per administration."""
    return (
        row["ags"] in library.with_facts
        and row["level"] != "land"
        and not (row["level"] == "district" and row["is_independent_city"])
    )


def unit_pages(
    library: Library,
    languages: Sequence[Language],
    concerned: Collection[str] = (),
    public_address: str | None = None,
) -> Iterator[Page]:
    """Pages of all units in all languages, in the order of the keys; see `unit_sheaves`."""
    for sheaf in unit_sheaves(library, languages, None, concerned, public_address):
        for _, page in sheaf.make(sheaf.decided_by):
            yield page


def unit_sheaves(
    library: Library,
    languages: Sequence[Language],
    program: bytes | None,
    concerned: Collection[str] = (),
    public_address: str | None = None,
) -> Iterator[Sheaf]:
    """Pages of all units, in the order of the keys, some hundred units at a time.

    Args:
        library: the tables.
        languages: languages of the pages.
        program: what decides all pages besides tables; null where nobody will ask what decides them.
        concerned: units with a page about what checks say of them.
        public_address: where the site will stand, for the piece to embed.
    """
    archive = Archive(library)
    inputs = None
    if program is not None:
        inputs = Inputs(library, archive.holdings, shared(library, program, public_address), concerned)
    rows = (row for row in library.units.values() if has_page(library, row))

    def made(keys: Collection[str]) -> Iterator[tuple[str, Page]]:
        if not keys:
            return
        batch = [library.units[key] for key in keys]
        cities = [city["ags"] for row in batch if (city := city_of(library, row))]
        dossiers = archive.dossiers(sorted({*keys, *cities}))
        for row in batch:
            for language in languages:
                unit = UnitPage(Places(library, language), row, public_address)
                page = _page(unit, dossiers, row["ags"] in concerned)
                yield row["ags"], page
                if _has_piece(library, row):
                    yield row["ags"], piece(language, row, page.model)

    while batch := list(islice(rows, _BATCH)):
        decided = {row["ags"]: _decided(inputs, row) for row in batch}
        yield Sheaf(decided_by=decided, make=made)


def _decided(inputs: Inputs | None, row: Row) -> str | None:
    """What decides the pages of a unit; those of the few Länder, which list half a release, are made."""
    return None if inputs is None or row["level"] == "land" else inputs.of(row)


def _page(unit: UnitPage, dossiers: Mapping[str, Dossier], has_findings: bool) -> Page:
    row = unit.row
    made = {"district": unit.district, "land": unit.land}.get(row["level"], unit.municipality)
    return Page(
        address=address(row),
        template="land.html" if row["level"] == "land" else "unit.html",
        language=unit.places.language,
        model=(model := {**made(dossiers), "has_findings": has_findings}),
        pictures=pictures_of(model),
    )


@dataclass(frozen=True)
class UnitPage:
    """What the page of one unit says in one language."""

    places: Places
    row: Row
    public_address: str | None = None

    @property
    def library(self) -> Library:
        """The tables."""
        return self.places.library

    @property
    def language(self) -> Language:
        """The language of the page."""
        return self.places.language

    def municipality(self, dossiers: Mapping[str, Dossier]) -> dict[str, Any]:
        """A municipality or an association."""
        row = self.row
        model = self._unit(row, dossiers[row["ags"]])
        model["district"] = self.places.link(row["district"])
        if row["is_independent_city"]:
            model["twin"] = {"kind": "district", "key": row["ags"][:5]}
        return model

    def district(self, dossiers: Mapping[str, Dossier]) -> dict[str, Any]:
        """A district; that of an independent city says what is known of the city."""
        row = self.row
        members = self.library.members.get(row["ags"], [])
        city = city_of(self.library, row)
        if city is not None:
            model = self._unit({**city, "territory_date": row["territory_date"]}, dossiers[city["ags"]])
            model |= {"name": row["name"], "key": row["ags"], "level": "district"}
            model["twin"] = {"kind": "city", **self.places.entry(city)}
        else:
            model = self._unit(row, dossiers[row["ags"]])
        entries = [self.places.entry(each) for each in members]
        model["district"] = None
        model["prepared"] = prepared(self.places, row)
        model["members"] = [entry for entry in entries if entry["live"]]
        model["former"] = [entry for entry in entries if not entry["live"]]
        return model

    def land(self, _dossiers: Mapping[str, Dossier]) -> dict[str, Any]:
        """A Land with its districts and municipalities."""
        row = self.row
        towns = [
            {**self.places.entry(each), "district": short(self.places.name(each["district"]))}
            for each in self.library.municipalities.get(row["ags"], ())
            if each["valid_to"] is None
        ]
        return {
            "name": row["name"],
            "key": row["ags"],
            "population": self._population(row["ags"]),
            "territory": self.language.day(row["territory_date"]),
            "districts": [
                {
                    **self.places.entry(each),
                    "district": self.language.word("district_kind", each["type_code"]),
                }
                for each in self.library.districts.get(row["ags"], ())
                if each["valid_to"] is None
            ],
            "letters": self.places.by_letter(towns),
            "summary": self.places.summary(row["ags"]),
            "totals": totals(self.places, row["ags"]),
            "prepared": prepared(self.places, row),
            "downloads": downloads(self.places, row),
        }

    def _unit(self, row: Row, dossier: Dossier) -> dict[str, Any]:
        edition = Edition(library=self.library, dossier=dossier, language=self.language)
        known = cards(edition)
        name = short(row["name"])
        lines = gaps(edition)
        laid_out = themes(edition, known, lines)
        rests_on = numbered(self.library, known, laid_out)
        return {
            "name": row["name"],
            "short": name,
            "key": row["ags"],
            "level": row["level"],
            "land": self.places.link(row["land"]),
            "population": self._population(row["ags"]),
            "territory": self.language.day(row["territory_date"]),
            "dissolved": self.language.day(row["valid_to"]) if row["valid_to"] else "",
            "successors": successors(self.places, row),
            "predecessors": predecessors(self.places, row),
            "headline": headline(
                edition, named(self.language, row), known, ended=row["valid_to"] is not None
            ),
            "silent": silent(edition, laid_out, lines),
            "badge": badge(edition),
            "themes": laid_out,
            "peer_groups": groups(edition),
            "sources": rests_on,
            "source_marks": {each["id"]: number for number, each in enumerate(rests_on, start=1)},
            "address_known": self.public_address is not None,
            "downloads": downloads(self.places, row),
            "compared_on": way_to(self.library, row),
            "compared_place": self._compared_place(row),
            "embed": snippet(self.language, row, self.public_address)
            if _has_piece(self.library, row)
            else "",
            "has_report": bool(laid_out) and row["valid_to"] is None,
            "twin": None,
            "prepared": [],
            "members": [],
            "former": [],
        }

    def _compared_place(self, row: Row) -> str:
        """The name of the place whose units are set side by side with this one."""
        home = way_to(self.library, row).removesuffix("/vergleich")
        return self.places.name(home.rsplit("/", 1)[-1]) if home else ""

    def _population(self, ags: str) -> dict[str, str] | None:
        row = self.library.inhabitants(ags)
        if row is None:
            return None
        return {
            "count": self.language.number(row["inhabitants"]),
            "date": self.language.day(row["reference_date"]),
            "base": self.language.word("census", row["census_base"]),
        }
