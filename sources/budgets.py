"""Municipal budgets: one source per description, all read by the one importer.

Belongs here: finding the descriptions. Does not belong here: anything about a city or a format.
Adding a city is one file `sources/budget_descriptions/<city>.toml` and no code.
"""

from __future__ import annotations

from functools import partial
from importlib import resources

from sources.budget_import.description import Control, Description
from sources.budget_import.importer import read_budget
from sources.budget_import.parsing import parse_description
from sources.source import Source


def _descriptions() -> tuple[Description, ...]:
    folder = resources.files("sources").joinpath("budget_descriptions")
    files = sorted(
        (entry for entry in folder.iterdir() if entry.name.endswith(".toml")), key=lambda e: e.name
    )
    return tuple(
        parse_description(entry.name.removesuffix(".toml"), entry.read_text(encoding="utf-8"))
        for entry in files
    )


def _source(description: Description) -> Source:
    return Source(
        id=description.source_id,
        title=description.title,
        publisher=description.publisher,
        licence=description.licence,
        attribution=description.attribution,
        homepage=description.homepage,
        tables=("budget_line",),
        read=partial(read_budget, description),
        archive=description.patterns,
        group="budgets",
    )


DESCRIPTIONS: tuple[Description, ...] = _descriptions()
"""Every described city, in the order of the file names."""

SOURCES: tuple[Source, ...] = tuple(_source(description) for description in DESCRIPTIONS)

CONTROLS: tuple[Control, ...] = tuple(control for part in DESCRIPTIONS for control in part.controls)
"""Figures the imported rows must reproduce to the cent."""
