"""Pages, and places as pages name them.

Belongs here: what a page is, which places have one, and how a list speaks of a place. Does not belong
here: what stands on the page of a place (`units.py`), on other pages (`overview.py`), HTML
(`templates/`), files (`build.py`). Nothing here knows the clock or the release, so equal tables give
equal pages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.site.frames import Library
from pipelines.site.language import Language
from pipelines.site.reading import Row, sort_key

FOLDERS: Mapping[str, str] = {
    "municipality": "gemeinde",
    "association": "verband",
    "district": "kreis",
    "land": "land",
}
"""Level to the folder of its pages; other levels have none."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page: its address, its template, its language, and everything the template prints."""

    address: str
    """Below the folder of its language: a page and its translation have the same address."""
    template: str
    language: Language
    model: dict[str, Any]
    pictures: Sequence[dict[str, Any]] = ()
    """Pictures the template shows, drawn before it is filled."""


def short(name: str) -> str:
    """The name in a sentence: "Aachen" for the register's "Aachen, Stadt"."""
    return name.split(",", 1)[0].strip()


def has_page(library: Library, row: Row) -> bool:
    """Whether a unit has a page: all municipalities, districts and Länder, associations that report."""
    if row["level"] == "association":
        return row["ags"] in library.with_facts
    return row["level"] in FOLDERS and not row["is_unincorporated"]


def city_of(library: Library, row: Row) -> Row | None:
    """The municipality that is the same administration as a district."""
    if row["level"] != "district" or not row["is_independent_city"]:
        return None
    live = [each for each in library.members.get(row["ags"], ()) if each["valid_to"] is None]
    return live[0] if len(live) == 1 else None


def address(row: Row) -> str:
    """Where the page of a unit lies."""
    return f"{FOLDERS[row['level']]}/{row['ags']}"


@dataclass(frozen=True)
class Places:
    """Places as lists and sentences of one language name them."""

    library: Library
    language: Language

    def entry(self, row: Row) -> dict[str, Any]:
        """A unit in a list."""
        return {
            "name": row["name"],
            "key": row["ags"],
            "address": address(row),
            "known": row["ags"] in self.library.with_facts,
            "live": row["valid_to"] is None,
            "district": "",
            "themes": [
                self.language[f"theme_{theme}"] for theme in self.library.themes_known.get(row["ags"], ())
            ],
        }

    def link(self, key: str | None) -> dict[str, Any] | None:
        """A unit that has a page in a list; null where it has none."""
        row = self.library.units.get(key or "")
        return self.entry(row) if row and has_page(self.library, row) else None

    def name(self, key: str | None) -> str:
        """The name of a unit; its key where the register does not know it."""
        row = self.library.units.get(key or "")
        return row["name"] if row else (key or "")

    def summary(self, land: str) -> str:
        """How many live municipalities a Land has, and of how many something is known."""
        rows = self.library.municipalities.get(land, ())
        live = [row for row in rows if row["valid_to"] is None]
        known = sum(row["ags"] in self.library.with_facts for row in live)
        return self.language.counted("count_municipality", len(live), known=self.language.number(known))

    def by_letter(self, entries: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """Entries under their first letters."""
        groups: dict[str, list[dict[str, Any]]] = {}
        for entry in entries:
            groups.setdefault((sort_key(entry["name"])[:1] or "#").upper(), []).append(entry)
        return [{"letter": letter, "entries": own} for letter, own in sorted(groups.items())]
