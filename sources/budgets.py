"""Municipal budgets: one source per description, all read by the one importer.

Belongs here: descriptions to sources, those that ship with the program and those of an operator.
Does not belong here: anything about a city or a format, or where an operator's folder lies
(`pipelines/operator_budgets.py`). Adding a city is one description file and no code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from importlib import resources

import polars as pl

from sources.budget_import.description import Control, Description
from sources.budget_import.importer import read_budget
from sources.budget_import.parsing import DescriptionError, parse_description
from sources.source import Raw, Reading, Source, SourceChanged

NAME = re.compile(r"[a-z0-9][a-z0-9_]*")
"""What a description file may be called: its name becomes part of keys, files and addresses."""


def _descriptions() -> tuple[Description, ...]:
    folder = resources.files("sources").joinpath("budget_descriptions")
    files = sorted(
        (entry for entry in folder.iterdir() if entry.name.endswith(".toml")), key=lambda e: e.name
    )
    return tuple(
        parse_description(entry.name.removesuffix(".toml"), entry.read_text(encoding="utf-8"))
        for entry in files
    )


def source_of(description: Description) -> Source:
    """The source a description makes."""
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
        rhythm_days=365,
        group="budgets",
    )


def operator_sources(texts: Mapping[str, str], taken: Iterable[str]) -> tuple[Source, ...]:
    """Sources from description files of an operator; a wrong one costs only itself and says why.

    Args:
        texts: name of the file without `.toml`, and what stands in it.
        taken: ids of sources that exist already.
    """
    known, found = set(taken), []
    for name in sorted(texts):
        source = _operator_source(name, texts[name], known)
        known.add(source.id)
        found.append(source)
    return tuple(found)


def _operator_source(name: str, text: str, known: set[str]) -> Source:
    if not NAME.fullmatch(name):
        safe = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_") or "unnamed"
        return _broken(
            _free(safe, known), f"{name}.toml: the name may hold small letters, digits and _ only; rename it."
        )
    if f"budget_{name}" in known:
        return _broken(
            _free(name, known),
            f"{name}.toml: a description of this name ships with the program; choose another, as {name}_2027.toml.",
        )
    try:
        return source_of(parse_description(name, text))
    except DescriptionError as error:
        return _broken(name, str(error))


def _free(name: str, known: set[str]) -> str:
    while f"budget_{name}" in known:
        name += "_refused"
    return name


def _broken(name: str, problem: str) -> Source:
    return Source(
        id=f"budget_{name}",
        title=f"Haushalt nach {name}.toml (Beschreibung fehlerhaft)",
        publisher="unbekannt",
        licence="unbekannt",
        attribution="unbekannt",
        tables=("budget_line",),
        read=partial(_refuse, problem),
        group="budgets",
        problem=problem,
    )


def _refuse(problem: str, _raws: Sequence[Raw], _needs: Mapping[str, pl.DataFrame]) -> Reading:
    raise SourceChanged(problem)


DESCRIPTIONS: tuple[Description, ...] = _descriptions()
"""Every described city, in the order of the file names."""

SOURCES: tuple[Source, ...] = tuple(source_of(description) for description in DESCRIPTIONS)

CONTROLS: tuple[Control, ...] = tuple(control for part in DESCRIPTIONS for control in part.controls)
"""Figures the imported rows must reproduce to the cent."""
