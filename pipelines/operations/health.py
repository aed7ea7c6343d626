"""Whether the installation is well: the facts looked up, and what is judged from them.

Belongs here: finding the facts of this moment. Does not belong here: the judgement (`judging.py`), the
facts of a run (`standing.py`), sending messages (`alerts.py`).
"""

from __future__ import annotations

import shutil
from datetime import datetime

import duckdb

from pipelines.lake.following import lake_problem
from pipelines.operations.backup_age import backup_problem
from pipelines.operations.finding import Facts, Finding
from pipelines.operations.judging import judged
from pipelines.operations.operator_secrets import load_operator_secrets
from pipelines.operations.standing import standing
from pipelines.published_database import is_damaged
from pipelines.release import DATABASE, MANIFEST, manifest_of
from pipelines.settings import Settings
from pipelines.withdrawal import in_force


def health(settings: Settings) -> list[Finding]:
    """Everything that is not well now, the gravest first."""
    return of_facts(facts_of(settings), settings)


def of_facts(facts: Facts, settings: Settings) -> list[Finding]:
    """The same, of facts already looked up."""
    return sorted(judged(facts, settings), key=lambda each: (each.severity != "stop", each.key))


def facts_of(settings: Settings) -> Facts:
    """Look at status, release, disk and secrets file."""
    status = standing(settings)
    success = status.get("last_success")
    seconds = (settings.clock() - datetime.fromisoformat(success)).total_seconds() if success else None
    run = status.get("run") or {}
    return Facts(
        status=status,
        hours_since_success=None if seconds is None else seconds / 3600,
        release_problem=_release_problem(settings) if success else None,
        free_bytes=shutil.disk_usage(settings.home if settings.home.exists() else settings.home.parent).free,
        secrets_problem=load_operator_secrets(settings).problem,
        held=in_force(settings) is not None,
        backup_problem=backup_problem(settings.backups, settings.clock()),
        lake_problem=lake_problem(settings),
        retries_left=run.get("trigger") != "command"
        and run.get("attempt", 0) < settings.night_retries
        and status["next_run"]["daemon"] == "alive",
    )


def _release_problem(settings: Settings) -> str | None:
    """Why the published release cannot be read, or null."""
    folder = settings.current.resolve()
    for name in (MANIFEST, DATABASE, "site/index.html"):
        if not (folder / name).exists():
            return f"current/{name} is not there"
    if (
        manifest_of(settings, folder.name) is None
        or not (settings.home / "manifests" / f"{folder.name}.json").exists()
    ):
        return f"manifests/{folder.name}.json is not there"
    try:
        with duckdb.connect(str(folder / DATABASE), read_only=True) as connection:
            connection.execute("SELECT release_id FROM release").fetchone()
    except duckdb.Error as error:
        return f"current/{DATABASE} cannot be opened: {str(error).splitlines()[0]}"
    return f"current/{DATABASE} has been changed on disk" if is_damaged(settings) else None
