"""One unit out of the published release, with everything its report is written from.

Belongs here: opening the published database read only and cutting what concerns one unit. Does not
belong here: what the report says (`contents.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import duckdb
import polars as pl

from pipelines.release import DATABASE
from pipelines.settings import Settings
from pipelines.site.dossier import Archive
from pipelines.site.edition import Edition
from pipelines.site.frames import BY_UNIT, SHARED, Library, Row, library
from pipelines.site.language import Language

NOT_NEEDED = ("quality_result", "aggregate", "territory_step")
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


def read(settings: Settings, ags: str, language: Language) -> Reading:
    """Everything published about one unit.

    Args:
        settings: where the release lies.
        ags: key of a municipality or association (8 or 9 digits), a district (5) or a Land (2).
        language: language of the report.

    Raises:
        CannotReport: no release, or no unit with this key.
    """
    path = settings.current / DATABASE
    if not path.exists():
        raise CannotReport(
            f"Nothing is published in {settings.home} yet, and a report is written from the published release "
            "only. Start with: sdg17 run"
        )
    with duckdb.connect(str(path), read_only=True) as connection:
        unit = _unit(connection, ags)
        keys = [ags, *_city(connection, unit)]
        books = library(_tables(connection, keys))
        release = connection.sql("SELECT * FROM release").pl().to_dicts()[0]
    described = keys[-1]
    dossier = Archive(books).dossiers([described])[described]
    parents = {level: unit[level] for level in ("land", "district") if unit[level] and unit[level] != ags}
    return Reading(
        unit=unit,
        edition=Edition(library=books, dossier=dossier, language=language),
        release=release,
        territory={level: books.units[key]["name"] for level, key in parents.items() if key in books.units},
    )


def _tables(connection: duckdb.DuckDBPyConnection, keys: Sequence[str]) -> dict[str, pl.DataFrame]:
    shared = {name: _frame(connection, f"SELECT * FROM {name}") for name in SHARED if name not in NOT_NEEDED}  # noqa: S608
    listed = ", ".join(f"'{key}'" for key in keys if key.isdigit())
    own = {name: _frame(connection, f"SELECT * FROM {name} WHERE ags IN ({listed})") for name in BY_UNIT}  # noqa: S608
    return shared | own


def _frame(connection: duckdb.DuckDBPyConnection, sql: str) -> pl.DataFrame:
    return connection.sql(sql).pl()


def _city(connection: duckdb.DuckDBPyConnection, unit: Row) -> list[str]:
    """The municipality that is the same administration as the district of an independent city."""
    if unit["level"] != "district" or not unit["is_independent_city"]:
        return []
    found = connection.execute(
        "SELECT ags FROM municipality WHERE level = 'municipality' AND district = ? AND valid_to IS NULL",
        [unit["ags"]],
    ).fetchall()
    return [row[0] for row in found] if len(found) == 1 else []


def _unit(connection: duckdb.DuckDBPyConnection, ags: str) -> Row:
    found = connection.execute("SELECT * FROM municipality WHERE ags = ?", [ags])
    names = [column[0] for column in found.description or []]
    row = found.fetchone()
    if row is None:
        raise CannotReport(
            f"No unit has the key {ags!r}. A municipality has 8 digits, a district 5, a Land 2. "
            f"{_suggestion(connection, ags)}"
        )
    return dict(zip(names, row, strict=True))


def _difference(key: str, typed: str) -> tuple[int, int]:
    """How many digits differ, and by how much the numbers do."""
    return sum(a != b for a, b in zip(key, typed, strict=True)), abs(int(key) - int(typed))


def _suggestion(connection: duckdb.DuckDBPyConnection, ags: str) -> str:
    """Units with a similar key, or with a name that contains what was typed."""
    rows = connection.execute(
        "SELECT ags, name FROM municipality WHERE valid_to IS NULL AND level <> 'federation' ORDER BY length(name), ags"
    ).fetchall()
    names = dict(rows)
    if ags.isdigit():
        alike = sorted((key for key in names if len(key) == len(ags)), key=lambda key: _difference(key, ags))
        near = [key for key in alike[:3] if key[:_DISTRICT_DIGITS] == ags[:_DISTRICT_DIGITS]]
        near = near or alike[: 3 if len(ags) <= _DISTRICT_DIGITS else 0]
    else:
        near = [key for key, name in rows if ags.casefold() in name.casefold()][:5]
        near = near or [
            key
            for match in get_close_matches(ags, list(names.values()), n=3, cutoff=0.6)
            for key, name in rows
            if name == match
        ]
    if not near:
        return "The keys stand in the table municipality of the release, and on every page."
    return "Did you mean: " + "; ".join(f"{key} {names[key]}" for key in near) + "?"
