"""What pages are written from in one language.

Belongs here: published tables and language together. Does not belong here: what either holds.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.site.frames import Library
from pipelines.site.language import Language


@dataclass(frozen=True, kw_only=True)
class Edition:
    """The tables, and the language they are told in."""

    library: Library
    language: Language
