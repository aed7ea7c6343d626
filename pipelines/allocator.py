"""How the memory that Polars frees is kept for what it needs next.

Belongs here: the setting of the allocator inside Polars (jemalloc on Linux). Does not belong here: anything that
imports Polars, which reads the setting once, while it is loaded.

Work in slices frees and needs the same few hundred megabytes again and again, in whichever thread is at hand.
Left to itself the allocator keeps four pools of memory for each core, and gives what is free back to the system
after half a second, which then must clear every page anew. With one pool for two cores and five seconds,
Germany's budget lines took 74 CPU seconds instead of 87, and 604 MB instead of 677.
"""

from __future__ import annotations

import os

VARIABLE = "_RJEM_MALLOC_CONF"
"""Where Polars takes it from; it puts its own defaults before it."""
KEPT_MILLISECONDS = 5_000


def setting(cores: int) -> str:
    """What the allocator is told on a machine with so many cores."""
    return f"narenas:{max(1, cores // 2)},dirty_decay_ms:{KEPT_MILLISECONDS}"


def settle() -> None:
    """Tell it, unless the operator has told it something else; without effect once Polars is loaded."""
    os.environ.setdefault(VARIABLE, setting(os.cpu_count() or 1))
