"""What `status.json` says of a run itself: that it began, how it ended.

Belongs here: the record around a night. Does not belong here: its result (the steps write that:
`pipelines/night.py`, `pipelines/night_audit.py`) or who asks (`standing.py`).

The beginning is written before the first step. A run that is killed therefore stands as started and
never finished, instead of leaving the good result of the night before to speak for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pipelines.operations.sizes import sizes
from pipelines.operations.standing import open_findings, standings
from pipelines.operations.status import VERSION
from pipelines.release import read_status, stamp, write_status
from pipelines.settings import Settings

STARTED = "started"
GOOD = frozenset({"published", "unchanged"})


@dataclass(frozen=True, kw_only=True)
class Broken:
    """What broke a run."""

    step: str
    cause: str
    passing: bool


def begin(settings: Settings, *, run_id: str, trigger: str, attempt: int, log: str) -> None:
    """Say that a run works; what is known of earlier ones stays."""
    before = read_status(settings)
    run = {
        "run_id": run_id,
        "trigger": trigger,
        "attempt": attempt,
        "started_at": stamp(settings.clock()),
        "finished_at": None,
        "error": None,
        "log": log,
        "state_before": before.get("state"),
    }
    write_status(settings, {**before, "version": VERSION, "state": STARTED, "run": run})


def end(settings: Settings, broken: Broken | None) -> str:
    """Say how the run ended; return its state."""
    found = read_status(settings)
    run = {**found.get("run", {}), "finished_at": stamp(settings.clock())}
    if found.get("state") == STARTED or (broken is not None and found.get("state") in GOOD):
        broken = broken or Broken(step="", cause="It was interrupted.", passing=False)
        run["error"] = {"step": broken.step, "cause": broken.cause, "passing": broken.passing}
        found["state"] = "failed"
    told: dict[str, Any] = {
        **found,
        "run": run,
        "sources": standings(settings),
        "open_findings": open_findings(settings),
        "sizes": sizes(settings),
    }
    write_status(settings, told)
    return str(found["state"])
