"""What sentences call a unit.

Belongs here: the name or "this district" in the case a German sentence needs. Does not belong here: the
sentences (`facts.py`).

A town is called by its name. The name of a district needs an article and an ending that no register
gives ("der Märkische Kreis"), so sentences call it by its kind; its name stands above them.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.site.language import Language
from pipelines.site.model import short
from pipelines.site.reading import Row


@dataclass(frozen=True, kw_only=True)
class Named:
    """A unit as the subject and as the object of a sentence."""

    subject: str
    object: str


def named(language: Language, row: Row) -> Named:
    """What sentences about a unit call it."""
    if row["level"] != "district" or row["is_independent_city"]:
        return Named(subject=short(row["name"]), object=short(row["name"]))
    kind = "region" if "region" in row["name"].casefold() else row["type_code"]
    return Named(subject=language.word("this", kind), object=language.word("object", kind))


def begun(sentence: str) -> str:
    """A sentence with a capital letter in front."""
    return sentence[:1].upper() + sentence[1:]
