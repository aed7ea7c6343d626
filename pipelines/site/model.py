"""Page models of territorial units: for every address what the page says, as plain data.

Belongs here: which pages of places exist and what stands on them. Does not belong here: HTML
(`templates/`), files (`build.py`), cards and facts (`cards.py`, `facts.py`), pages that are not
about a place (`overview.py`). Nothing here knows the clock or the release, so equal tables give
equal pages.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pipelines.site.cards import cards
from pipelines.site.edition import Edition
from pipelines.site.facts import engagements, headline, partnerships, set_aside
from pipelines.site.frames import Library, Row
from pipelines.site.language import Language

DATA_RATE = "daten_verf"
"""The indicator every unit has: it says how much is known, so it does not count as knowledge."""


FOLDERS: Mapping[str, str] = {"municipality": "gemeinde", "district": "kreis", "land": "land"}
"""Level to the folder of its pages; other levels have none."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page: its address, its template, its language, and everything the template prints."""

    address: str
    """Below the folder of its language: a page and its translation have the same address."""
    template: str
    language: Language
    model: dict[str, Any]


def sort_key(name: str) -> str:
    """German dictionary order: umlauts beside their vowels, capitals beside small letters."""
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()


def short(name: str) -> str:
    """The name in a sentence: "Aachen" for the register's "Aachen, Stadt"."""
    return name.split(",", 1)[0].strip()


@dataclass(frozen=True)
class Places:
    """The pages of municipalities, districts and Länder in one language."""

    library: Library
    language: Language

    def pages(self) -> Iterator[Page]:
        """All pages about places, in the order of the keys."""
        kinds = {
            "municipality": ("unit.html", self._municipality),
            "district": ("unit.html", self._district),
            "land": ("land.html", self._land),
        }
        for row in self.library.units.values():
            if _has_page(row):
                template, made = kinds[row["level"]]
                yield Page(address=_address(row), template=template, language=self.language, model=made(row))

    @cached_property
    def count(self) -> int:
        """Number of these pages."""
        return sum(_has_page(row) for row in self.library.units.values())

    @cached_property
    def members(self) -> dict[str, list[Row]]:
        """Municipalities that have a page, by district."""
        return self._by("district", "municipality")

    @cached_property
    def districts(self) -> dict[str, list[Row]]:
        """Districts by Land."""
        return self._by("land", "district")

    @cached_property
    def with_facts(self) -> frozenset[str]:
        """Keys of units about which something is known; an independent city is one unit with two keys."""
        series = (self.library.actual, self.library.plan)
        valued = {
            ags
            for table in series
            for ags, indicators in table.items()
            if any(
                row["value"] is not None
                for name, rows in indicators.items()
                if name != DATA_RATE
                for row in rows
            )
        }
        known = valued | set(self.library.partnerships) | set(self.library.engagements)
        units = (self.library.units.get(ags) for ags in known)
        return frozenset(known | {row["district"] for row in units if row and row["is_independent_city"]})

    def _by(self, parent: str, level: str) -> dict[str, list[Row]]:
        children: dict[str, list[Row]] = {}
        for row in self.library.units.values():
            if row["level"] == level and not row["is_unincorporated"] and row[parent]:
                children.setdefault(row[parent], []).append(row)
        return {key: sorted(rows, key=lambda row: sort_key(row["name"])) for key, rows in children.items()}

    def entry(self, row: Row) -> dict[str, Any]:
        """A unit in a list."""
        return {
            "name": row["name"],
            "key": row["ags"],
            "address": _address(row),
            "known": row["ags"] in self.with_facts,
            "live": row["valid_to"] is None,
            "district": "",
        }

    def _link(self, key: str | None) -> dict[str, Any] | None:
        row = self.library.units.get(key or "")
        return self.entry(row) if row else None

    def _unit(self, row: Row) -> dict[str, Any]:
        ags, name = row["ags"], short(row["name"])
        known, unknown = cards(Edition(library=self.library, language=self.language), ags)
        return {
            "name": row["name"],
            "key": ags,
            "level": row["level"],
            "land": self._link(row["land"]),
            "population": self._population(ags),
            "territory": self.language.day(row["territory_date"]),
            "dissolved": self.language.day(row["valid_to"]) if row["valid_to"] else "",
            "headline": headline(self.library, self.language, name, ags, known),
            "partnerships": partnerships(self.library, self.language, ags),
            "engagements": engagements(self.library, self.language, ags),
            "set_aside": set_aside(self.library, self.language, ags),
            "cards": known,
            "unknown": unknown,
            "twin": None,
            "members": [],
            "former": [],
        }

    def _population(self, ags: str) -> dict[str, str] | None:
        row = self.library.population.get(ags)
        if row is None:
            return None
        return {
            "count": self.language.number(row["inhabitants"]),
            "date": self.language.day(row["reference_date"]),
            "base": self.language.word("census", row["census_base"]),
        }

    def _municipality(self, row: Row) -> dict[str, Any]:
        model = self._unit(row)
        model["district"] = self._link(row["district"])
        if row["is_independent_city"]:
            model["twin"] = {"kind": "district", "key": row["ags"][:5]}
        return model

    def _district(self, row: Row) -> dict[str, Any]:
        members = self.members.get(row["ags"], [])
        live = [each for each in members if each["valid_to"] is None]
        city = live[0] if row["is_independent_city"] and len(live) == 1 else None
        if city is not None:
            model = self._unit({**city, "territory_date": row["territory_date"]})
            model |= {"name": row["name"], "key": row["ags"], "level": "district"}
            model["twin"] = {"kind": "city", **self.entry(city)}
        else:
            model = self._unit(row)
        model["district"] = None
        model["members"] = [self.entry(each) for each in live]
        model["former"] = [self.entry(each) for each in members if each["valid_to"] is not None]
        return model

    def _land(self, row: Row) -> dict[str, Any]:
        districts = self.districts.get(row["ags"], [])
        towns = [
            {**self.entry(each), "district": short(self._name(each["district"]))}
            for each in self._municipalities(row["ags"])
            if each["valid_to"] is None
        ]
        return {
            "name": row["name"],
            "key": row["ags"],
            "population": self._population(row["ags"]),
            "territory": self.language.day(row["territory_date"]),
            "districts": [
                {**self.entry(each), "district": self.language.word("district_kind", each["type_code"])}
                for each in districts
                if each["valid_to"] is None
            ],
            "letters": _by_letter(towns),
            "summary": self.summary(row["ags"]),
        }

    def summary(self, land: str) -> str:
        """How many live municipalities a Land has, and of how many something is known."""
        live = [row for row in self._municipalities(land) if row["valid_to"] is None]
        known = sum(row["ags"] in self.with_facts for row in live)
        return self.language.counted("count_municipality", len(live), known=self.language.number(known))

    @cached_property
    def _by_land(self) -> dict[str, list[Row]]:
        return self._by("land", "municipality")

    def _municipalities(self, land: str) -> Sequence[Row]:
        return self._by_land.get(land, [])

    def _name(self, key: str | None) -> str:
        row = self.library.units.get(key or "")
        return row["name"] if row else (key or "")


def _has_page(row: Row) -> bool:
    return row["level"] in FOLDERS and not row["is_unincorporated"]


def _address(row: Row) -> str:
    return f"{FOLDERS[row['level']]}/{row['ags']}"


def _by_letter(entries: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for entry in entries:
        groups.setdefault((sort_key(entry["name"])[:1] or "#").upper(), []).append(entry)
    return [{"letter": letter, "entries": own} for letter, own in sorted(groups.items())]
