"""Whether the newest backup is fresh, where an installation says where its backups lie.

Belongs here: its age. Does not belong here: making backups (`pipelines/backing_up.py`) or telling people.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipelines.backup_store import Store

OLDEST = timedelta(days=2)
"""One missed morning is forgiven."""
STAMP = "%Y%m%dT%H%M%SZ"


def backup_problem(folder: Path | None, now: datetime) -> tuple[str, str] | None:
    """What is wrong, in German and English; null where all is well or no folder is set."""
    if folder is None:
        return None
    names = Store(folder).names()
    if not names:
        return f"in {folder} liegt keine", f"none lies in {folder}"
    made = datetime.strptime(names[-1].rstrip("x"), STAMP).replace(tzinfo=UTC)
    if now - made <= OLDEST:
        return None
    return f"die neueste in {folder} ist vom {made:%d.%m.%Y}", f"the newest in {folder} is of {made:%Y-%m-%d}"
