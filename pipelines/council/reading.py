"""One unit out of the published release, with everything its report is written from.

Belongs here: opening the published database read only and cutting what concerns one unit. Does not
belong here: what the report says (`contents.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

import duckdb
import polars as pl

from pipelines.release import DATABASE
from pipelines.selecting import selected
from pipelines.settings import Settings
from pipelines.site.dossier import Archive
from pipelines.site.edition import Edition
from pipelines.site.frames import BY_UNIT, SHARED, Library, library
from pipelines.site.language import Language
from pipelines.site.reading import Row
from pipelines.store import Store

NOT_NEEDED = ("quality_result", "quality_finding", "aggregate")
"""Tables other pages show."""

_DISTRICT_DIGITS = 5


class CannotReport(ValueError):
    """There is no report: what is wrong, why, and what to do next."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """The unit, the release it was read from, and its edition in one language."""

    unit: Row
    edition: Edition
    release: Mapping[str, Any]
    territory: Mapping[str, str]
    """Names of the Land and the district, where the unit has them."""

    @property
    def library(self) -> Library:
        """The tables."""
        return self.edition.library


class Shelf:
    """The published release, opened once for as many reports as are wanted."""

    def __init__(self, settings: Settings) -> None:
        """Open the database read only and read what all reports share.

        Raises:
            CannotReport: nothing is published.
        """
        path = settings.current / DATABASE
        if not path.exists():
            raise CannotReport(
                f"Nothing is published in {settings.home} yet, and a report is written from the published "
                "release only. Start with: sdg17 run"
            )
        self._connection = duckdb.connect(str(path), read_only=True)
        self._outlines = Store(folder=settings.tables)
        shared = {name: self._frame(f"SELECT * FROM {name}") for name in SHARED if name not in NOT_NEEDED}  # noqa: S608
        self._library = library(shared)
        self._release = self._frame("SELECT * FROM release").to_dicts()[0]

    def read(self, ags: str, language: Language, *, outlined: bool = False) -> Reading:
        """Everything published about one unit.

        Args:
            ags: key of a municipality (8 digits), an association (9), a district (5) or a Land (2).
            language: language of the report.
            outlined: whether the outlines of countries are wanted too.

        Raises:
            CannotReport: no unit has this key.
        """
        unit = self._library.units.get(ags)
        if unit is None:
            raise CannotReport(
                f"No unit has the key {ags!r}. A municipality has 8 digits, a district 5, a Land 2. "
                f"{_suggestion(self._library.units, ags)}"
            )
        described = self._described(unit)
        own = {name: self._of_unit(name, described) for name in BY_UNIT}
        shared = self.with_outlines("country_outline") if outlined else self._library
        books = replace(shared, tables={**shared.tables, **own})
        dossier = Archive(books).dossiers([described])[described]
        parents = {level: unit[level] for level in ("land", "district") if unit[level] not in (None, ags)}
        return Reading(
            unit=unit,
            edition=Edition(library=books, dossier=dossier, language=language),
            release=self._release,
            territory={
                level: books.units[key]["name"] for level, key in parents.items() if key in books.units
            },
        )

    @property
    def release_id(self) -> str:
        """The release everything is read from."""
        return str(self._release["release_id"])

    def newest(self, indicator: str) -> list[Row]:
        """The newest value of every unit that has one, with year, reasons and files."""
        wanted = (
            "SELECT ags, year, value, reason, further_reasons, snapshot_ids FROM observation "
            "WHERE indicator_id = $id AND value IS NOT NULL "
            "QUALIFY row_number() OVER (PARTITION BY ags ORDER BY year DESC) = 1 ORDER BY ags"
        )
        return selected(self._connection, wanted, params={"id": indicator}).to_dicts()

    def with_outlines(self, table: str) -> Library:
        """The shared tables with outlines, which the database does not hold; without them where there are none."""
        path = self._outlines.path("house", table)
        if not path.exists():
            return self._library
        return replace(
            self._library, tables={**self._library.tables, table: self._outlines.read("house", table)}
        )

    def _frame(self, sql: str) -> pl.DataFrame:
        return selected(self._connection, sql)

    def _of_unit(self, table: str, ags: str) -> pl.DataFrame:
        return selected(self._connection, f"SELECT * FROM {table} WHERE ags = $ags", params={"ags": ags})  # noqa: S608

    def _described(self, unit: Row) -> str:
        """The unit whose figures are shown: the city where a district is one and the same with it."""
        ags = str(unit["ags"])
        if unit["level"] != "district" or not unit["is_independent_city"]:
            return ags
        live = [row["ags"] for row in self._library.members.get(ags, ()) if row["valid_to"] is None]
        return live[0] if len(live) == 1 else ags


def read(settings: Settings, ags: str, language: Language) -> Reading:
    """One unit of the published release; for many, keep a `Shelf`.

    Raises:
        CannotReport: no release, or no unit with this key.
    """
    return Shelf(settings).read(ags, language)


def _difference(key: str, typed: str) -> tuple[int, int]:
    """How many digits differ, and by how much the numbers do."""
    return sum(a != b for a, b in zip(key, typed, strict=True)), abs(int(key) - int(typed))


def _suggestion(units: Mapping[str, Row], ags: str) -> str:
    """Units with a similar key, or with a name that contains what was typed."""
    live = [row for row in units.values() if row["valid_to"] is None and row["level"] != "federation"]
    names = {row["ags"]: row["name"] for row in sorted(live, key=lambda row: (len(row["name"]), row["ags"]))}
    if ags.isdigit():
        alike = sorted((key for key in names if len(key) == len(ags)), key=lambda key: _difference(key, ags))
        near = [key for key in alike[:3] if key[:_DISTRICT_DIGITS] == ags[:_DISTRICT_DIGITS]]
        near = near or alike[: 3 if len(ags) <= _DISTRICT_DIGITS else 0]
    else:
        near = [key for key, name in names.items() if ags.casefold() in name.casefold()][:5]
        close = get_close_matches(ags, sorted(set(names.values())), n=3, cutoff=0.6)
        near = near or [key for key, name in names.items() if name in close]
    if not near:
        return "The keys stand in the table municipality of the release, and on every page."
    return "Did you mean: " + "; ".join(f"{key} {names[key]}" for key in near) + "?"
