"""What a list is: where its files lie, what its columns mean, and what a row of it states.

Belongs here: the declaration and its reading from TOML. Does not belong here: reading a list.

A column text such as "award_date | award_year" means: the first of these that holds something.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Literal

from sources.budget_import.toml_table import TomlTable

Table = Literal["engagement", "partnership_claim"]
ROLES = (
    "unit_key",
    "unit_name",
    "land",
    "start",
    "renewals",
    "end",
    "attested",
    "share",
    "partner_name",
    "partner_country",
    "category",
    "state",
    "note",
    "document",
)
"""What a column may mean."""


@dataclass(frozen=True, kw_only=True)
class Form:
    """One form the files of a list come in.

    `dated_by` names the roles that date a row where the file states no date of its own, the first
    that holds something counts. `is_inventory` is true only where the list names everything its
    author knows of a unit. With `ahead`, a start may lie after the date of the list.
    """

    patterns: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    notes: tuple[str, ...]
    required: tuple[str, ...]
    dated_by: tuple[str, ...]
    document: str
    is_inventory: bool
    ahead: bool
    ignored: tuple[str, ...]

    @property
    def headers(self) -> tuple[str, ...]:
        """Every header the form knows."""
        known = [header for names in self.columns.values() for header in names]
        return tuple(dict.fromkeys([*known, *self.notes, *self.ignored]))

    @property
    def needed_headers(self) -> tuple[str, ...]:
        """Headers without which a file is not of this form."""
        return tuple(dict.fromkeys(header for role in self.required for header in self.columns[role]))


@dataclass(frozen=True, kw_only=True)
class ListDescription:
    """A list: its paper work, the table its rows go to, and its forms."""

    id: str
    title: str
    publisher: str
    licence: str
    attribution: str
    homepage: str | None
    table: Table
    kind: str
    """Kind of engagement, or category of relationship where the list has no column for it."""
    unit: str
    forms: tuple[Form, ...]
    rhythm_days: int | None = None
    """Days between two states of the list, as its publisher brings them out."""

    @property
    def patterns(self) -> tuple[str, ...]:
        """Where the files lie below an archive folder."""
        return tuple(pattern for form in self.forms for pattern in form.patterns)

    def form_of(self, name: str) -> Form:
        """The form of a file, by its path at the origin."""
        return next(
            (form for form in self.forms if any(fnmatchcase(name, pattern) for pattern in form.patterns)),
            self.forms[0],
        )


def parse_description(identifier: str, text: str) -> ListDescription:
    """Read a description; every mistake in it is named at once.

    Raises:
        ValueError: keys are missing, misspelt or of the wrong type.
    """
    problems: list[str] = []
    top = TomlTable(tomllib.loads(text), "", problems)
    top.optional("note")
    table: Table = (
        "engagement"
        if top.choice("table", ("engagement", "partnership_claim")) == "engagement"
        else "partnership_claim"
    )
    description = ListDescription(
        id=identifier,
        title=top.text("title", "Liste der …"),
        publisher=top.text("publisher", "Herausgeber"),
        licence=top.text("licence", "keine Angabe gefunden"),
        attribution=top.text("attribution", "Herausgeber"),
        homepage=top.optional("homepage"),
        table=table,
        kind=top.text("kind", "fairtrade_town"),
        unit=top.choice("unit", ("0/1", "n"), "0/1"),
        forms=tuple(_form(part) for part in top.tables("form")),
        rhythm_days=top.integer("rhythm_days"),
    )
    top.finish()
    if not description.forms:
        problems.append("form is missing; write at least one [[form]]")
    if problems:
        raise ValueError(f"sources/list_descriptions/{identifier}.toml: " + "; ".join(problems))
    return description


def _form(part: TomlTable) -> Form:
    columns = {
        role: tuple(name.strip() for name in names.split("|"))
        for role, names in part.mapping("columns").items()
    }
    form = Form(
        patterns=part.texts("patterns"),
        columns=columns,
        notes=part.texts("notes"),
        required=part.texts("required"),
        dated_by=part.texts("dated_by"),
        document=part.text("document", "Liste der …"),
        is_inventory=part.flag("is_inventory"),
        ahead=part.flag("ahead"),
        ignored=part.texts("ignored"),
    )
    for role in (*columns, *form.required, *form.dated_by):
        if role not in ROLES:
            part.complain("columns", f"names {role!r}; known are {', '.join(ROLES)}")
    for role in form.required:
        if role not in columns:
            part.complain("required", f"names {role!r}, which has no column")
    if not form.patterns:
        part.complain("patterns", "is missing")
    part.finish()
    return form
