"""What belongs together, put into portions, so that memory does not grow with a table.

Belongs here: how much makes a portion. Does not belong here: which rows belong together, or reading them
(`comparison/compared.py`, `pipelines/slices.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

Named = TypeVar("Named")


def portions(counts: Iterable[tuple[Named, int]], most: int) -> list[list[Named]]:
    """Names in their order, in portions of at most so many rows.

    Args:
        counts: names, each with its rows; one that has more than fit by itself is a portion by itself.
        most: rows of a portion.
    """
    found: list[list[Named]] = []
    filled = most
    for name, rows in counts:
        if not found or filled + rows > most:
            found.append([])
            filled = 0
        found[-1].append(name)
        filled += rows
    return found
