"""Lists of partnerships, titles and projects: one source per description, all read by one importer.

Belongs here: finding the descriptions. Does not belong here: anything about a list or a format.
Adding a list is one file `sources/list_descriptions/<list>.toml` and no code; its template for
operators lies in `docs/templates/`.
"""

from __future__ import annotations

from functools import partial
from importlib import resources

from sources.list_import.description import ListDescription, parse_description
from sources.list_import.reader import TABLES, read_list
from sources.source import Source


def _descriptions() -> tuple[ListDescription, ...]:
    folder = resources.files("sources").joinpath("list_descriptions")
    files = sorted(
        (entry for entry in folder.iterdir() if entry.name.endswith(".toml")), key=lambda e: e.name
    )
    return tuple(
        parse_description(entry.name.removesuffix(".toml"), entry.read_text(encoding="utf-8"))
        for entry in files
    )


def _source(description: ListDescription) -> Source:
    return Source(
        id=description.id,
        title=description.title,
        publisher=description.publisher,
        licence=description.licence,
        attribution=description.attribution,
        homepage=description.homepage,
        tables=TABLES[description.table],
        read=partial(read_list, description),
        archive=description.patterns,
        rhythm_days=description.rhythm_days,
        needs=("municipality", "population", "country"),
        group="engagement" if description.table == "engagement" else "partnerships",
    )


DESCRIPTIONS: tuple[ListDescription, ...] = _descriptions()
"""Every described list, in the order of the file names."""

SOURCES: tuple[Source, ...] = tuple(_source(description) for description in DESCRIPTIONS)
