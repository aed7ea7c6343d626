"""How the installation stands at this moment, whatever the last run left behind.

Belongs here: `status.json` beside what only a look can tell: whether the run lives, how old each source
is now, when the next run is due. Does not belong here: judging it (`health.py`).
"""

from __future__ import annotations

import logging
import os
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

from pipelines.instance_storage import instance_environment
from pipelines.release import DATABASE, is_held, read_status
from pipelines.settings import Settings
from pipelines.source_health import told_of

LOG = logging.getLogger("sdg17.standing")
ZONE = "Europe/Berlin"
ALIVE_SECONDS = 300.0
"""A daemon writes a sign of life every half minute."""


def standing(settings: Settings) -> dict[str, Any]:
    """The status in the form of `status.py`, true at this moment."""
    found = {"version": 1, "state": "none", **read_status(settings)}
    if found["state"] == "started":
        found["state"] = "running" if is_held(settings) else "died"
    return {
        **found,
        "sources": standings(settings),
        "next_run": {"planned_at": planned(settings), "daemon": daemon(settings)},
    }


def standings(settings: Settings) -> list[dict[str, Any]]:
    """Every source that took part in the last run, with the age of its files now."""
    return [row for row in told_of(settings) if row["state"] is not None]


def open_findings(settings: Settings) -> dict[str, int]:
    """Checks of the published release that do not hold, by severity; empty where none is readable."""
    file = settings.current / DATABASE
    if not file.exists():
        return {}
    question = "SELECT severity, count(*) FROM quality_result WHERE NOT passed GROUP BY ALL ORDER BY ALL"
    try:
        with duckdb.connect(str(file), read_only=True) as connection:
            rows = connection.execute(question).fetchall()
    except duckdb.Error:
        return {}
    return dict(rows)


def planned(settings: Settings) -> str | None:
    """The next time of the schedule, with its time zone."""
    from dagster._utils.schedules import schedule_execution_time_iterator  # noqa: PLC0415 - half a second

    now = settings.clock().timestamp()
    times = schedule_execution_time_iterator(now, settings.schedule, ZONE, ascending=True)
    first = next((each for each in times if each.timestamp() > now), None)
    return None if first is None else first.astimezone(ZoneInfo(ZONE)).isoformat(timespec="minutes")


def daemon(settings: Settings) -> str:
    """`alive`, `silent` (was seen, gives no sign of life any more), `never seen` here, or `unknown` where
    Dagster's records cannot be read (PostgreSQL is down).
    """
    if not (settings.dagster_home / "dagster.yaml").exists():
        return "never seen"
    import dagster as dg  # noqa: PLC0415 - half a second, only here

    os.environ.update(instance_environment(settings))
    try:
        with dg.DagsterInstance.get() as instance:
            beats = [each.timestamp for each in instance.get_daemon_heartbeats().values()]
    except Exception as error:  # whatever driver and database say: it is told, not raised
        LOG.warning("Dagster's records cannot be read: %s", type(error).__name__)
        return "unknown"
    if not beats:
        return "never seen"
    return "alive" if datetime.now().timestamp() - max(beats) < ALIVE_SECONDS else "silent"
