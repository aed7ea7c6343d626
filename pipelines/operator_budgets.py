"""Budgets described by an operator: description files in the home folder, beside those that ship.

Belongs here: where that folder lies and reading its files. Does not belong here: what a description
says (`sources/budget_import`), or the budget files themselves (they lie at the origin).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pipelines.settings import Settings
from sources.budgets import operator_sources
from sources.source import Source

LONGEST = 1_000_000
"""Bytes; a longer file is no description."""


def description_folder(settings: Settings) -> Path:
    """Where an operator puts description files."""
    return settings.home / "budget_descriptions"


def with_operator_sources(sources: Mapping[str, Source], settings: Settings) -> Mapping[str, Source]:
    """The sources given and one for each description of the operator, in the order of the ids."""
    texts = {}
    for path in sorted(description_folder(settings).glob("*.toml")):
        content = path.read_bytes() if path.stat().st_size <= LONGEST else b"\xff"
        texts[path.stem] = content.decode("utf-8-sig", errors="replace")
    own = {source.id: source for source in operator_sources(texts, sources)}
    return dict(sorted({**sources, **own}.items()))
