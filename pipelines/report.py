"""What a run came to, in a page of text or as JSON.

Belongs here: reading the finished tables and saying what they hold. Does not belong here: judging
them (the audit did) or showing them to the public (the site does).
"""

from __future__ import annotations

from typing import Any

import polars as pl
from rich.console import Console
from rich.table import Table

from pipelines.night_run import Outcome
from pipelines.release import DATABASE, read_status
from pipelines.settings import Settings
from pipelines.store import Store


def as_dict(settings: Settings, outcome: Outcome) -> dict[str, Any]:
    """The report for programs."""
    store = Store(folder=settings.tables)
    status = read_status(settings)
    observation = store.scan("house", "observation")
    quarantine = store.scan("house", "quarantine")
    return {
        "state": outcome.state,
        "published": outcome.published,
        "release_id": status.get("release_id"),
        "sources": store.read("house", "source").select(
            "source_id", "state", "rows_accepted", "rows_quarantined", "problem"
        ).to_dicts(),
        "quarantine": _counts(quarantine, ["source_id", "rule"]),
        "observations_by_status": _counts(observation, ["obs_status"]),
        "observations_by_indicator": _counts(
            observation.with_columns(has_value=pl.col("value").is_not_null()),
            ["indicator_id", "obs_status", "has_value"],
        ),
        "checks": status.get("checks" if outcome.published else "failed_checks"),
        "findings": status.get("findings", []) if outcome.state == "audit failed" else [],
        "pages": status.get("pages"),
        "database": str(settings.current / DATABASE),
        "site": str(settings.current / "site" / "index.html"),
    }  # fmt: skip


def _counts(frame: pl.LazyFrame, by: list[str]) -> list[dict[str, Any]]:
    return frame.group_by(by).len("count").sort(by).collect().to_dicts()


def print_report(settings: Settings, outcome: Outcome) -> None:
    """The report for a person."""
    report = as_dict(settings, outcome)
    console = Console()
    _print_sources_read(console, report["sources"])
    if report["quarantine"]:
        table = Table("source", "rule", "rows", title="Quarantine by reason", title_justify="left")
        for row in report["quarantine"]:
            table.add_row(row["source_id"], row["rule"], f"{row['count']:,}")
        console.print(table)
    _print_observations(console, report["observations_by_indicator"])
    statuses = ", ".join(f"{row['obs_status']} {row['count']:,}" for row in report["observations_by_status"])
    console.print(f"Observations by status: {statuses}", highlight=False, soft_wrap=True)
    checks, pages = report["checks"] or {}, report["pages"] or {}
    console.print(
        f"Checks: {checks.get('passed', 0)} passed, {checks.get('failed', 0)} failed", highlight=False
    )
    if outcome.published:
        console.print(
            f"Pages: {pages.get('pages', 0):,}, of which written anew "
            f"{0 if outcome.state == 'unchanged' else pages.get('written', 0):,}; charts {pages.get('charts', 0):,}",
            highlight=False,
        )
        word = "confirmed, nothing has changed" if outcome.state == "unchanged" else "published"
        console.print(f"[bold]Release {report['release_id']} {word}.[/]", highlight=False)
        console.print(
            f"Look:   sdg17 serve\nAsk:    duckdb -readonly {report['database']}\n"
            "Trace:  sdg17 explain 05334002 pt_gs_n 2024",
            highlight=False, soft_wrap=True,
        )  # fmt: skip
    else:
        print_status(settings, read_status(settings))


def _print_sources_read(console: Console, rows: list[dict[str, Any]]) -> None:
    table = Table("source", "state", "accepted", "quarantined", title="Sources", title_justify="left")
    for row in rows:
        table.add_row(
            row["source_id"], row["state"], f"{row['rows_accepted']:,}", f"{row['rows_quarantined']:,}"
        )
    console.print(table)
    for row in rows:
        if row["problem"]:
            console.print(f"{row['source_id']}: {row['problem']}", style="yellow", highlight=False)


def _print_observations(console: Console, rows: list[dict[str, Any]]) -> None:
    table = Table("indicator", "with value", "without", title="Observations", title_justify="left")
    for indicator in dict.fromkeys(row["indicator_id"] for row in rows):
        mine = [row for row in rows if row["indicator_id"] == indicator]
        cells = [
            ", ".join(
                f"{row['obs_status']} {row['count']:,}" for row in mine if row["has_value"] == has_value
            )
            for has_value in (True, False)
        ]
        table.add_row(indicator, *cells)
    console.print(table)


def print_status(settings: Settings, found: dict[str, Any]) -> None:
    """State, last success, findings, sources that are not well, sizes, what comes next."""
    console = Console(highlight=False, soft_wrap=True)
    console.print(f"State: [bold]{found['state']}[/]")
    run = found.get("run") or {}
    if run:
        again = f", try {run['attempt'] + 1}" if run["attempt"] else ""
        ended = run["finished_at"] or "not ended"
        console.print(f"Last run: {run['started_at']} to {ended}, by {run['trigger']}{again}, {run['log']}")
    if run.get("error"):
        console.print(f"Broke in: {run['error']['step'] or '-'}: {run['error']['cause']}", markup=False)
    console.print(f"Published release: {found.get('release_id', 'none')}")
    console.print(f"Last success: {found.get('last_success', 'never')}")
    if found["state"] == "audit failed":
        console.print(f"The last release stays current. The failed build lies in {found['failed_build']}:")
        for finding in found["findings"]:
            console.print(
                f"- {finding['check_id']} ({finding.get('owner', 'maintainer')}): observed {finding['observed']}, expected {finding['expected']}. "
                f"{finding['remedy']}{' ' + finding['examples'] if finding.get('examples') else ''}",
                markup=False,
            )
    open_findings = [f"{count} {severity}" for severity, count in found.get("open_findings", {}).items()]
    console.print(f"Open findings: {', '.join(open_findings) or 'none'}   (page qualitaet/, sdg17 health)")
    _print_standings(console, found.get("sources", []))
    sizes = [f"{part} {size / 1e6:,.0f} MB" for part, size in found.get("sizes", {}).items()]
    console.print(f"On disk after the last run: {', '.join(sizes) or '-'}")
    coming = found.get("next_run") or {}
    if coming:
        console.print(f"Next run: {coming['planned_at']} where the daemon runs (it is {coming['daemon']})")
    console.print(f"Home: {settings.home}")


def _print_standings(console: Console, sources: list[dict[str, Any]]) -> None:
    """Sources by state, and those that are old, in words."""
    states: dict[str, int] = {}
    for row in sources:
        states[row["state"]] = states.get(row["state"], 0) + 1
    counted = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
    console.print(f"Sources: {counted or 'none yet'}   (sdg17 sources)")
    for row in sources:
        if row["state"] in {"stale", "failed"} or row["freshness"] == "late":
            age = (
                "" if row["newest_file_days"] is None else f", newest file {row['newest_file_days']} days old"
            )
            late = ", overdue" if row["freshness"] == "late" else ""
            console.print(
                f"- {row['source_id']}: {row['state']}{late}{age}. {row['problem'] or ''}", markup=False
            )
