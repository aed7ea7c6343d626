"""What decides the pages of a unit: one hash over everything their models may read.

Belongs here: gathering what a page of a unit is made from, without making it. Does not belong here: the
rows of a unit alone (`holdings.py`), what the page says of all this (`units.py`).

Two nights with equal hashes give equal pages, so nothing is left out because it seems not to matter:
what is hard to attribute to one unit counts for all of them. A test compares what models ask of the
library with what has been asked here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import Any

import orjson

from pipelines.site.frames import Library
from pipelines.site.holdings import Holdings, hash_of, hashes, named
from pipelines.site.model import city_of, has_page
from pipelines.site.reading import Row
from pipelines.site.side_by_side import way_to


def shared(library: Library, *given: object) -> bytes:
    """Hash of what any page may show: words, indicators, reasons, names of sources and groups, outlines.

    Args:
        library: the tables.
        given: what else decides all pages: the program, settings.
    """
    said = [
        [_plain(each) for each in given],
        library.indicators,
        library.reasons,
        library.countries,
        library.trend_methods,
        {key: (row["name_de"], row["name_en"]) for key, row in library.groups.items()},
        {key: (row["title"], row["attribution"]) for key, row in library.sources.items()},
        {key: (name.de, name.en) for key, name in library.measure_names.items()},
        hash_of(library.table("country_outline")),
    ]
    return _digest(said)


class Inputs:
    """What decides the pages of each unit."""

    def __init__(
        self, library: Library, own: Holdings, shared: bytes, concerned: Collection[str] = ()
    ) -> None:
        """Hash the rows of all units.

        Args:
            library: the tables.
            own: the rows of single units.
            shared: what decides all pages.
            concerned: units with a page about what checks say of them.
        """
        self.library = library
        self.shared = shared
        self.concerned = concerned
        self._rows = hashes(own)
        self._files = named(own, "snapshot_ids", "observation", "observation_plan")
        self._documents = named(own, "snapshot_id", "engagement")
        self._partnerships = named(own, "partnership_id", "partnership")
        self._places: dict[str, str] = {}

    def of(self, row: Row) -> str:
        """Hash of everything the pages of a municipality, association or district are made from."""
        said: list[Any] = [self._unit(row)]
        if row["level"] == "district":
            members = self.library.members.get(row["ags"], ())
            city = city_of(self.library, row)
            said += [
                [self.place(each["ags"]) for each in (*members, *self.library.districts.get(row["ags"], ()))],
                f"kreis/{row['ags']}" in self.library.companions,
                self._unit(city) if city else None,
            ]
        return _digest([self.shared.hex(), *said]).hex()

    def place(self, key: str | None) -> str:
        """What lists and sentences of other pages say of a unit."""
        key = key or ""
        if key not in self._places:
            library = self.library
            row = library.units.get(key)
            said = [
                row,
                row is not None and has_page(library, row),
                key in library.with_facts,
                library.themes_known.get(key, ()),
            ]
            self._places[key] = _digest(said).hex()
        return self._places[key]

    def rows(self, key: str) -> str:
        """Hash of the rows of a unit and the names of the files they rest on."""
        library = self.library
        read = (*self._files.get(key, ()), *self._documents.get(key, ()))
        files = [(each, library.snapshots.get(each)) for each in read]
        said = [
            self._rows.get(key, ""),
            [(each, row and (row["source_id"], row["name"])) for each, row in files],
            [library.documents.get(each, ()) for each in self._partnerships.get(key, ())],
        ]
        return _digest(said).hex()

    def _unit(self, row: Row) -> list[Any]:
        library, key = self.library, row["ags"]
        steps, into = library.steps.get(key, ()), library.steps_into.get(key, ())
        return [
            self.rows(key),
            [self.place(each) for each in (key, row["land"], row["district"])],
            library.inhabitants(key),
            [(step, self.place(step["key_to"])) for step in steps],
            [(step, self.place(step["key_from"])) for step in into],
            way_to(library, row),
            self.place(way_to(library, row).removesuffix("/vergleich").rsplit("/", 1)[-1]),
            key in library.observed,
            sorted(library.valued_of.get(key, ())),
            key in self.concerned,
        ]


def _plain(each: object) -> object:
    return each.hex() if isinstance(each, bytes) else each


def _digest(said: object) -> bytes:
    return hashlib.sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).digest()
