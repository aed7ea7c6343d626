"""What is removed after a while: logs, and Dagster's records of runs.

Belongs here: removing what is older than `kept_days`. Does not belong here: releases (`release.py` keeps
`kept_releases`). Snapshots and manifests are never removed: any release can be built again from them.
"""

from __future__ import annotations

import shutil
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.settings import Settings

if TYPE_CHECKING:
    import dagster as dg

AT_ONCE = 500


def remove_old(settings: Settings, instance: dg.DagsterInstance) -> dict[str, int]:
    """Remove old logs and records of runs; return how many of each."""
    before = settings.clock() - timedelta(days=settings.kept_days)
    runs = _runs(settings, instance, before)
    return {"logs": _logs(settings.logs, before), "runs": runs}


def _logs(folder: Path, before: datetime) -> int:
    old = [file for file in folder.glob("night-*.jsonl") if file.stat().st_mtime < before.timestamp()]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)


def _runs(settings: Settings, instance: dg.DagsterInstance, before: datetime) -> int:
    import dagster as dg  # noqa: PLC0415 - half a second, only here

    ended = [dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED]
    old = instance.get_runs(dg.RunsFilter(statuses=ended, created_before=before), limit=AT_ONCE)
    for run in old:
        instance.delete_run(run.run_id)
        (settings.dagster_home / "history" / "runs" / f"{run.run_id}.db").unlink(missing_ok=True)
        shutil.rmtree(settings.dagster_home / "storage" / run.run_id, ignore_errors=True)
    if old:
        for file in settings.dagster_home.glob("history/**/*.db"):
            _vacuum(file)
    return len(old)


def _vacuum(file: Path) -> None:
    """Give the space of removed rows back; not where somebody is writing at this moment."""
    connection = sqlite3.connect(file, timeout=5.0)
    try:
        connection.execute("VACUUM")
    except sqlite3.OperationalError:  # next night
        pass
    finally:
        connection.close()
