"""What the page of a unit is written from in one language.

Belongs here: published tables, one unit and language together. Does not belong here: what they hold.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.site.dossier import Dossier
from pipelines.site.frames import Library
from pipelines.site.language import Language


@dataclass(frozen=True, kw_only=True)
class Edition:
    """The tables, the unit the page is about, and the language it is told in."""

    library: Library
    dossier: Dossier
    language: Language
