"""Giving memory back to the operating system before the steps that need most of it.

Belongs here: what Python and the C library keep for later although nobody uses it. Does not belong here:
using less in the first place, which is the business of each step.

Polars gives its memory back by itself within a second or two. The C library keeps what lies between pieces
still in use, and Python keeps objects that point at each other until it happens to look for them.
"""

from __future__ import annotations

import ctypes
import gc


def give_back() -> None:
    """Let go of unused memory; where the C library knows no such call, only of Python's."""
    gc.collect()
    trim()


def trim() -> None:
    """Let go of what the C library keeps, which takes milliseconds; for the end of a portion of many."""
    known = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if known is not None:
        known(0)
