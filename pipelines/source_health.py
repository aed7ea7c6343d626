"""How each source is doing: when it was last read, how old its newest file is, whether it is late.

Belongs here: the facts kept beside the snapshots, compared with the rhythm a provider publishes in.
Does not belong here: reading a source (`pipelines/intake.py`); nothing is asked for here, and no
network is used.

The age of a file is the time since its bytes were first seen here. A source is late when its newest
bytes are older than its rhythm and a quarter of it, but at least two weeks, have passed. What differs
from the last published release is what the last run found (`pipelines/source_changes.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from rich.console import Console
from rich.table import Table

from pipelines.operator_budgets import with_operator_sources
from pipelines.origins import applies, base_of, fetch
from pipelines.settings import Settings
from pipelines.snapshots import read_at, vintages
from pipelines.store import Store
from quality.rules.sources import GRACE_DAYS, GRACE_SHARE
from sources import load_sources
from sources.source import Source, SourceChanged, SourceUnavailable


def source_rows(settings: Settings) -> list[dict[str, Any]]:
    """Every source: its files or address at the origin that is set, and how it is doing."""
    found = _last_run(settings)
    declared = with_operator_sources(load_sources(), settings).values()
    return [_row(source, settings, found.get(source.id, {})) for source in declared]


def told_of(settings: Settings) -> list[dict[str, Any]]:
    """Every source: what the last run found, and how old its files are; no file is looked for."""
    found = _last_run(settings)
    rows = []
    for source in with_operator_sources(load_sources(), settings).values():
        mine = found.get(source.id, {})
        said = {"source_id": source.id, "state": mine.get("state"), "problem": mine.get("problem")}
        counts = {name: mine.get(f"rows_{name}") for name in ("accepted", "quarantined")}
        kept = vintages(source.id, settings.origin_kind, settings.snapshots)
        rows.append({**said, **_age(source, settings, kept), **counts})
    return rows


def _age(source: Source, settings: Settings, kept: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """When it was last read, and the age of its newest file against its rhythm."""
    read = read_at(source.id, settings.origin_kind, settings.snapshots)
    seen = datetime.fromisoformat(kept[0]["retrieved_at"]) if kept else None
    now = settings.clock()
    return {
        "last_success": read.isoformat(timespec="seconds") if read else None,
        "newest_file": seen.isoformat(timespec="seconds") if seen else None,
        "newest_file_days": (now - seen).days if seen else None,
        "rhythm_days": source.rhythm_days,
        "expected_next": expected_next(source.rhythm_days, seen),
        "freshness": freshness(source.rhythm_days, seen, now),
    }


def _row(source: Source, settings: Settings, found: Mapping[str, Any]) -> dict[str, Any]:
    kind = settings.origin_kind
    takes_part = applies(source, kind) or bool(source.home_files)
    files, problem = _files(source, settings) if takes_part else ([], source.problem)
    kept = vintages(source.id, kind, settings.snapshots)
    return {
        "source_id": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "licence": source.licence,
        "attribution": source.attribution,
        "licences_kept": sorted({str(row["licence"]) for row in kept}),
        "tables": list(source.tables),
        "takes_part": takes_part,
        "address": base_of(source, settings.bases),
        "files": files,
        "problem": problem,
        "last_state": found.get("state"),
        **_age(source, settings, kept),
        "rows": found.get("rows_accepted"),
        "rows_before": found.get("rows_before"),
        "least_share": source.least_share,
        "change": found.get("change"),
    }


def expected_next(rhythm_days: int | None, seen: datetime | None) -> str | None:
    """The day by which the provider should have published again, or null where it has no rhythm."""
    if rhythm_days is None or seen is None:
        return None
    return (seen + timedelta(days=rhythm_days)).date().isoformat()


def freshness(rhythm_days: int | None, seen: datetime | None, now: datetime) -> str:
    """`ok`, `late`, `never` (nothing read yet) or `none` (no rhythm to be late against)."""
    if seen is None:
        return "never"
    if rhythm_days is None:
        return "none"
    grace = max(GRACE_DAYS, round(rhythm_days * GRACE_SHARE))
    return "late" if now - seen > timedelta(days=rhythm_days + grace) else "ok"


def _files(source: Source, settings: Settings) -> tuple[list[str], str | None]:
    """Names of the files that are there; a provider is not asked."""
    asked = settings.origin_kind == "live" and (source.live is not None or source.id in settings.bases)
    if source.problem is not None or asked or source.home_files:
        return [], source.problem
    try:
        return [found.name for found in fetch(source, settings.origin_kind, settings.archive)], None
    except (SourceUnavailable, SourceChanged) as error:
        return [], str(error)


def _last_run(settings: Settings) -> dict[str, dict[str, Any]]:
    """What the last run found, by source: its row of the table `source`."""
    store = Store(folder=settings.tables)
    if not store.path("house", "source").exists():
        return {}
    return {row["source_id"]: row for row in store.read("house", "source").iter_rows(named=True)}


def print_sources(rows: list[dict[str, Any]], settings: Settings) -> None:
    """The list of sources for a person: how they are doing, then what they fill from where."""
    console = Console()
    health = Table(title="Health", title_justify="left")
    widths = {
        "source": 16, "fresh": 5, "state": 6, "last success": 10, "age": 5, "rhythm": 6, "next": 10, "rows": 9,
    }  # fmt: skip
    for column, width in widths.items():
        health.add_column(column, no_wrap=True, min_width=width)
    health.add_column("licence", no_wrap=True, max_width=40)
    for row in rows:
        health.add_row(
            row["source_id"],
            row["freshness"],
            row["last_state"] or "-",
            (row["last_success"] or "-")[:10],
            "-" if row["newest_file_days"] is None else f"{row['newest_file_days']} d",
            f"{row['rhythm_days']} d" if row["rhythm_days"] else "-",
            row["expected_next"] or "-",
            "-" if row["rows"] is None else f"{row['rows']:,}",
            row["licence"],
        )
    console.print(health)
    for row in rows:
        if row["change"]:
            console.print(f"{row['source_id']}: {row['change']}", style="yellow", highlight=False)
    table = Table(title="Files", title_justify="left")
    table.add_column("source", no_wrap=True, min_width=16)
    table.add_column("fills")
    table.add_column(f"files at {settings.origin_kind}")
    for row in rows:
        table.add_row(row["source_id"], ", ".join(row["tables"]), _where(row))
    console.print(table)


def _where(row: dict[str, Any]) -> str:
    if not row["takes_part"]:
        return "not part of this origin"
    return str(row["problem"] or ", ".join(row["files"]) or row["address"] or "-")
