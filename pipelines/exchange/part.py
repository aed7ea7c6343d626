"""What the exchange folder is written in: parts, each of files that change together, and groups of parts.

Belongs here: what a writer must know of a part. Does not belong here: which parts there are (`parts.py`,
`whole.py`), writing (`writer.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

Files = Mapping[str, bytes]
"""Path in the exchange folder to content."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """Files that change together."""

    address: str
    digest: str
    """SHA-256 over everything that decides the files."""
    make: Callable[[], Files]


@dataclass(frozen=True, kw_only=True)
class Group:
    """Parts that are made from the same rows."""

    digest: str
    """SHA-256 over everything that decides any of them."""
    parts: Callable[[], Iterator[Part]]
