"""Pages of standing text: method, licence, accessibility, privacy, contact.

Belongs here: the form of such a page. Does not belong here: the texts (`statements/`, one file per
page), anything counted from tables.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipelines.site.language import Language
from quality.status import Text


@dataclass(frozen=True, kw_only=True)
class Section:
    """One section: heading, paragraphs, then a list, then links."""

    heading: Text
    paragraphs: tuple[Text, ...] = ()
    items: tuple[Text, ...] = ()
    links: tuple[tuple[str, Text], ...] = ()
    """Address and what stands there: a page of this site ("quellen") or one elsewhere ("https://…")."""


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A page of standing text."""

    address: str
    title: Text
    lead: Text
    sections: tuple[Section, ...]


def statements() -> Iterator[Statement]:
    """All of them, in the order of their files; a file is found by being in the folder."""
    package = importlib.import_module("pipelines.site.statements")
    for module in sorted(each.name for each in pkgutil.iter_modules(package.__path__)):
        yield importlib.import_module(f"{package.__name__}.{module}").STATEMENT


def told(statement: Statement, language: Language) -> dict[str, Any]:
    """The page model in one language."""
    say = language.text
    return {
        "title": say(statement.title),
        "lead": say(statement.lead),
        "sections": [
            {
                "heading": say(section.heading),
                "paragraphs": [say(text) for text in section.paragraphs],
                "points": [say(text) for text in section.items],
                "links": [
                    {"address": address, "foreign": address.startswith("https://"), "text": say(text)}
                    for address, text in section.links
                ],
            }
            for section in statement.sections
        ],
    }
