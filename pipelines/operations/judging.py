"""What is not well, from facts alone, in words for the people who keep the installation running.

Belongs here: the judgement, German first, then English, with the command to run next. Does not belong here:
finding the facts (`health.py`), sending messages (`alerts.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pipelines.operations.finding import Facts, Finding
from pipelines.settings import Settings

GIB = 1024**3


def judged(facts: Facts, settings: Settings) -> Iterator[Finding]:
    """What is not well, from facts alone."""
    yield from _success(facts, settings)
    yield from _last_run(facts, settings)
    for source in facts.status.get("sources", ()):
        yield from _source(source)
    yield from _house(facts, settings)
    yield from _service(facts)


def _success(facts: Facts, settings: Settings) -> Iterator[Finding]:
    hours = facts.hours_since_success
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


def _last_run(facts: Facts, settings: Settings) -> Iterator[Finding]:
    status = facts.status
    run = status.get("run") or {}
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
    running = status["state"] == "running"
    if "audit failed" in {status["state"], run.get("state_before") if running else None}:
        for each in status.get("findings", ()):
            yield Finding(
                check="audit_failed",
                key=f"audit_failed:{each['check_id']}",
                severity="stop",
                german=f"Die Prüfung {each['check_id']} hat die neue Fassung angehalten (gefunden: "
                f"{each['observed']}; erwartet: {each['expected']}). Die letzte gute Fassung gilt weiter.",
                english=f"Check {each['check_id']} stopped the new release: observed {each['observed']}, "
                f"expected {each['expected']}. The last good release stays. {each['remedy']}",
                command="sdg17 status",
            )


def _house(facts: Facts, settings: Settings) -> Iterator[Finding]:
    if facts.release_problem:
        yield Finding(
            check="release_unreadable",
            key="release_unreadable",
            severity="stop",
            german=f"Die veröffentlichte Fassung ist beschädigt: {facts.release_problem}.",
            english=f"The published release is damaged: {facts.release_problem}.",
            command="sdg17 verify; sdg17 run   # builds a whole release; if it cannot: sdg17 rollback",
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
    if facts.lake_problem and facts.settled:
        yield Finding(
            check="lake_behind",
            key="lake_behind",
            severity="warn",
            german=f"Der gemeinsame Datenspeicher (Lake) folgt der Veröffentlichung nicht: {facts.lake_problem[0]}.",
            english=f"The lake does not follow what is published: {facts.lake_problem[1]}.",
            command="sdg17 lake catch-up; sdg17 lake status",
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


def _service(facts: Facts) -> Iterator[Finding]:
    if facts.status["next_run"]["daemon"] == "unknown":
        yield Finding(
            check="records_unreadable",
            key="records_unreadable",
            severity="stop",
            german="Die Aufzeichnungen von Dagster sind nicht lesbar; so lange beginnt keine Nacht.",
            english="Dagster's records cannot be read; no night begins until they can.",
            command="systemctl status postgresql; journalctl -u sdg17-daemon -n 50",
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


SOURCE_TEXTS = {
    "failed": ("ist nicht lesbar", "cannot be read"),
    "stale": ("brachte nichts Brauchbares; ältere Dateien stehen für sie ein", "brought nothing of use; older files are used"),
    "absent": ("fehlt, obwohl sie früher da war", "is missing although it was there before"),
}  # fmt: skip


def _source(source: Mapping[str, Any]) -> Iterator[Finding]:
    name, state = source["source_id"], source["state"]
    if state in SOURCE_TEXTS and (state != "absent" or source["last_success"]):
        german, english = SOURCE_TEXTS[state]
        days = source["newest_file_days"]
        yield Finding(
            check=f"source_{state}",
            key=f"source_{state}:{name}",
            severity="warn",
            german=f"Quelle {name} {german}{'' if days is None else f' (neueste Datei {days} Tage alt)'}. "
            f"{source['problem']}",
            english=f"Source {name} {english}{'' if days is None else f' (newest file {days} days old)'}.",
            command="sdg17 sources; sdg17 run",
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
