"""Which failures pass by themselves, so that the same night may be tried again.

Belongs here: telling a full disk, scarce memory, a busy file or a broken connection from a wrong setting,
a failed audit or a bug. Does not belong here: trying again (`retrying.py`), sources (they never break a night).
"""

from __future__ import annotations

import errno
import re
import sqlite3
from collections.abc import Iterator

from pipelines.release import AlreadyRunning

PASSING_ERRNO = frozenset(
    {
        errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.ENOMEM, errno.EMFILE, errno.ENFILE, errno.EAGAIN,
        errno.EBUSY, errno.ETXTBSY, errno.ESTALE, errno.ETIMEDOUT, errno.ECONNRESET, errno.ECONNREFUSED,
        errno.ECONNABORTED, errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EPIPE,
    }
)  # fmt: skip
"""A path that does not exist or may not be read is no passing trouble: somebody has to mend it."""

_TOLD_IN_TEXT = re.compile(
    r"os error (\d+)|No space left on device|Cannot allocate memory|out of memory", re.I
)
"""Polars and DuckDB say in words what the operating system said in numbers."""


def is_passing(error: BaseException) -> bool:
    """Whether the error, or what it came from, may be gone in a few minutes."""
    return any(_one(each) for each in _chain(error))


def _one(error: BaseException) -> bool:
    if isinstance(error, (MemoryError, ConnectionError, TimeoutError, AlreadyRunning)):
        return True
    if isinstance(error, OSError):
        return error.errno in PASSING_ERRNO
    if isinstance(error, sqlite3.OperationalError):
        return bool(re.search(r"locked|busy|disk", str(error)))
    return type(error).__module__.split(".")[0] in {"polars", "duckdb", "_duckdb"} and _told(str(error))


def _told(text: str) -> bool:
    found = _TOLD_IN_TEXT.search(text)
    return found is not None and (found[1] is None or int(found[1]) in PASSING_ERRNO)


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    here: BaseException | None = error
    while here is not None and id(here) not in seen:
        seen.add(id(here))
        yield here
        here = here.__cause__ or (None if here.__suppress_context__ else here.__context__)
