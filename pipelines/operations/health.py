"""Whether the installation is well, and what to do where it is not.

Belongs here: the judgement over facts, in words for the people who keep it running (German, then
English). Does not belong here: finding the facts of a run (`standing.py`), sending messages (`alerts.py`).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

import duckdb

from pipelines.operations.backup_age import backup_problem
from pipelines.operations.operator_secrets import load_operator_secrets
from pipelines.operations.standing import standing
from pipelines.release import DATABASE, MANIFEST, manifest_of
from pipelines.settings import Settings
from pipelines.withdrawal import in_force

GIB = 1024**3


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that is not well. `key` tells it from others of its kind."""

    check: str
    key: str
    severity: Literal["stop", "warn"]
    """stop: nothing new is published, or nothing is readable; warn: something is published on old facts."""
    german: str
    english: str
    command: str
    """What to run next."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is judged."""

    status: Mapping[str, Any]
    hours_since_success: float | None
    release_problem: str | None
    free_bytes: int
    secrets_problem: str | None
    held: bool
    """Whether a release was taken back and nights wait for a person."""
    backup_problem: tuple[str, str] | None
    """What is wrong with the backups, in German and English."""
    retries_left: bool
    """Whether a night that broke for a passing cause is tried again by Dagster."""


def health(settings: Settings) -> list[Finding]:
    """Everything that is not well now, the gravest first."""
    found = list(judged(facts_of(settings), settings))
    return sorted(found, key=lambda each: (each.severity != "stop", each.key))


def as_rows(findings: Iterable[Finding]) -> list[dict[str, str]]:
    """Findings for programs."""
    return [asdict(each) for each in findings]


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
    return None


def judged(facts: Facts, settings: Settings) -> Iterator[Finding]:
    """What is not well, from facts alone."""
    yield from _night(facts, settings)
    for source in facts.status.get("sources", ()):
        yield from _source(source)
    if facts.release_problem:
        yield Finding(
            check="release_unreadable",
            key="release_unreadable",
            severity="stop",
            german=f"Die veröffentlichte Fassung ist beschädigt: {facts.release_problem}.",
            english=f"The published release is damaged: {facts.release_problem}.",
            command="sdg17 verify; sdg17 releases; sdg17 rollback",
        )
    if facts.free_bytes < settings.least_free_gb * GIB:
        free, limit = f"{facts.free_bytes / GIB:.1f}", f"{settings.least_free_gb:g}"
        yield Finding(
            check="disk_low",
            key="disk_low",
            severity="stop" if facts.free_bytes < settings.least_free_gb * GIB / 4 else "warn",
            german=f"Auf der Platte sind nur noch {free} GB frei (Grenze {limit}).",
            english=f"Only {free} GB are free on the disk (limit {limit}).",
            command="sdg17 status   # sizes; fewer releases are kept with SDG17_KEPT_RELEASES",
        )
    if facts.backup_problem:
        yield Finding(
            check="backup_old",
            key="backup_old",
            severity="warn",
            german=f"Es fehlt eine frische Sicherung: {facts.backup_problem[0]}.",
            english=f"There is no fresh backup: {facts.backup_problem[1]}.",
            command=f"sdg17 backup {settings.backups}; journalctl -u sdg17-backup -n 50",
        )
    if facts.secrets_problem:
        yield Finding(
            check="secrets_unreadable",
            key="secrets_unreadable",
            severity="warn",
            german=f"Die Datei mit Zugangsdaten ist nicht lesbar: {facts.secrets_problem}",
            english=f"The secrets file cannot be read: {facts.secrets_problem}",
            command="chmod 600 $SDG17_SECRETS; sdg17 alert --test",
        )
    if facts.status["next_run"]["daemon"] == "silent":
        yield Finding(
            check="daemon_silent",
            key="daemon_silent",
            severity="stop",
            german="Der Dienst, der die Nächte startet (dagster-daemon), gibt kein Lebenszeichen.",
            english="The service that starts the nights (dagster-daemon) gives no sign of life.",
            command="systemctl restart sdg17-daemon; journalctl -u sdg17-daemon -n 50",
        )


def _night(facts: Facts, settings: Settings) -> Iterator[Finding]:
    status, hours = facts.status, facts.hours_since_success
    run = status.get("run") or {}
    if hours is None:
        yield Finding(
            check="night_never",
            key="night_never",
            severity="stop",
            german="Es gab noch keine gelungene Nacht; nichts ist veröffentlicht.",
            english="There has been no good night yet; nothing is published.",
            command="sdg17 run",
        )
    elif hours > settings.healthy_hours:
        yield Finding(
            check="night_too_old",
            key="night_too_old",
            severity="stop",
            german=f"Die letzte gelungene Nacht liegt {hours:.0f} Stunden zurück "
            f"(Grenze {settings.healthy_hours:g}).",
            english=f"The last good night was {hours:.0f} hours ago (limit {settings.healthy_hours:g}).",
            command="sdg17 status; sdg17 run",
        )
    if status["state"] == "died":
        yield Finding(
            check="night_died",
            key="night_died",
            severity="stop",
            german=f"Der Lauf vom {run.get('started_at')} wurde abgebrochen (beendet, Neustart, "
            "Stromausfall). Die letzte gute Fassung gilt weiter.",
            english=f"The run of {run.get('started_at')} was killed (a restart, a power cut). "
            "The last good release stays.",
            command="sdg17 run",
        )
    error = run.get("error") or {}
    if status["state"] == "failed" and not (error.get("passing") and facts.retries_left):
        yield Finding(
            check="night_failed",
            key=f"night_failed:{error.get('step')}",
            severity="stop",
            german=f"Die Nacht brach im Schritt {error.get('step') or '-'} ab: {error.get('cause')} "
            "Die letzte gute Fassung gilt weiter.",
            english=f"The night broke in step {error.get('step') or '-'}: {error.get('cause')} "
            "The last good release stays.",
            command=f"cat {settings.home}/{run.get('log')}; sdg17 run",
        )
    if facts.held:
        yield Finding(
            check="release_held",
            key="release_held",
            severity="warn",
            german=f"Gezeigt wird die ältere Fassung {status.get('release_id')}; bis jemand es erlaubt, wird "
            "nichts Neues veröffentlicht.",
            english=f"The older release {status.get('release_id')} is shown; nothing new is published until "
            "somebody allows it.",
            command="sdg17 releases; sdg17 rollback --resume",
        )
    if status["state"] == "audit failed":
        for each in status.get("findings", ()):
            yield Finding(
                check="audit_failed",
                key=f"audit_failed:{each['check_id']}",
                severity="stop",
                german=f"Die Prüfung {each['check_id']} hat die neue Fassung angehalten: {each['observed']} "
                f"statt {each['expected']}. Die letzte gute Fassung gilt weiter.",
                english=f"Check {each['check_id']} stopped the new release: observed {each['observed']}, "
                f"expected {each['expected']}. The last good release stays. {each['remedy']}",
                command="sdg17 status",
            )


_SOURCE_TEXTS = {
    "failed": ("ist nicht lesbar", "cannot be read"),
    "stale": ("war nicht zu bekommen; ältere Dateien stehen für sie ein", "was not to be had; older files are used"),
    "absent": ("fehlt, obwohl sie früher da war", "is missing although it was there before"),
}  # fmt: skip


def _source(source: Mapping[str, Any]) -> Iterator[Finding]:
    name, state = source["source_id"], source["state"]
    if state in _SOURCE_TEXTS and (state != "absent" or source["last_success"]):
        german, english = _SOURCE_TEXTS[state]
        days = source["newest_file_days"]
        yield Finding(
            check=f"source_{state}",
            key=f"source_{state}:{name}",
            severity="warn",
            german=f"Quelle {name} {german}{'' if days is None else f' (neueste Datei {days} Tage alt)'}. "
            f"{source['problem']}",
            english=f"Source {name} {english}{'' if days is None else f' (newest file {days} days old)'}.",
            command=f"sdg17 sources; sdg17 run --again {name}",
        )
    if source["freshness"] == "late":
        yield Finding(
            check="source_overdue",
            key=f"source_overdue:{name}",
            severity="warn",
            german=f"Quelle {name} ist überfällig: Neues war bis {source['expected_next']} zu erwarten, die "
            f"neueste Datei ist {source['newest_file_days']} Tage alt.",
            english=f"Source {name} is overdue: something new was expected by {source['expected_next']}, the "
            f"newest file is {source['newest_file_days']} days old.",
            command="sdg17 sources",
        )
