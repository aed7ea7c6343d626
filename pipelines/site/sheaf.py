"""Pages that are made together, and what decides whether they must be.

Belongs here: the form of such a promise. Does not belong here: what decides a page (`inputs.py`), what it
says, writing (`build.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from pipelines.site.model import Page


@dataclass(frozen=True, kw_only=True)
class Sheaf:
    """Pages of some subjects in all languages, not made yet."""

    decided_by: Mapping[str, str | None]
    """Subject to the hash of everything its pages are made from: equal hashes mean equal pages. Null where
    that is not worth knowing, so its pages are made every time and compared."""
    make: Callable[[Collection[str]], Iterable[tuple[str, Page]]]
    """From some of the subjects to their pages, each beside its subject."""
