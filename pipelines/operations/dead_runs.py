"""Runs whose process is gone without a word: after kill -9, a power cut, a restart of the daemon.

Belongs here: finding them by the lock of the home folder, and telling Dagster. Does not belong here:
runs whose process Dagster's own server saw dying (it reports those within a second).

Dagster has no other sign of life of a run on the same machine: without this, a dead run would stand as
"started", and the queue, which lets one run pass at a time, would wait for it until `night_seconds`.
The lock is the sign: the operating system gives it up with the process, so none can be left behind.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from pipelines.release import is_held
from pipelines.settings import Settings

if TYPE_CHECKING:
    import dagster as dg

GRACE_SECONDS = 60.0
"""A run has this long between its start and its holding the home folder."""

GONE = "The process of this run is gone: killed, or the machine was restarted."


def report_dead_runs(instance: dg.DagsterInstance, settings: Settings) -> list[str]:
    """Mark runs as failed that have started, while nobody holds the home folder; return their identifiers."""
    import dagster as dg  # noqa: PLC0415 - half a second, only here

    if is_held(settings):
        return []
    started = dg.RunsFilter(statuses=[dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.CANCELING])
    latest = time.time() - GRACE_SECONDS
    dead = [
        record.dagster_run
        for record in instance.get_run_records(started)
        if (record.start_time or record.create_timestamp.timestamp()) < latest
    ]
    if dead and is_held(settings):  # a run that began while we looked
        return []
    for run in dead:
        instance.report_run_failed(run, GONE)
    return [run.run_id for run in dead]


def waiting_runs(instance: dg.DagsterInstance) -> list[str]:
    """Runs that work or wait for their turn."""
    import dagster as dg  # noqa: PLC0415 - half a second, only here

    status = dg.DagsterRunStatus
    unfinished = [status.QUEUED, status.NOT_STARTED, status.STARTING, status.STARTED, status.CANCELING]
    found = instance.get_run_records(dg.RunsFilter(statuses=unfinished), limit=1)
    return [record.dagster_run.run_id for record in found]
