"""From a source to tables that keep their contracts, with everything that did not pass kept aside.

Belongs here: the steps every source goes through alike (find, keep, read, enforce). Does not
belong here: formats (`sources/`), files of the run (`pipelines/store.py`), Dagster.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.home_files import fetch_home
from pipelines.intake_attempt import Attempt, require_rows
from pipelines.origins import Found, Network, applies, fetch, forgetful
from pipelines.settings import OriginKind
from pipelines.snapshots import LastGood, keep, last_good, remember
from quality.contract import enforce, no_rejects
from quality.contracts import CONTRACTS
from quality.corrections.applying import apply
from quality.corrections.entry import Entries
from quality.decisions.applying import TRACE, let_pass
from quality.decisions.entry import Decisions
from sources.source import Raw, Source, SourceChanged, SourceProblem, SourceUnavailable


@dataclass(frozen=True, kw_only=True)
class Intake:
    """What one source brought to one run."""

    tables: Mapping[str, pl.DataFrame]
    rejected: pl.DataFrame
    snapshots: pl.DataFrame
    source: pl.DataFrame
    """One row of the `source` table, or none where the source has no part in this origin."""
    corrections: pl.DataFrame
    """Rows of the `correction` table: what was done to the rows of this source before its contract was held."""
    decisions: pl.DataFrame
    """Rows of the `decision` table: what became of its rows a person decided about."""

    @property
    def accepted(self) -> int:
        """Rows that kept their contracts."""
        return sum(table.height for table in self.tables.values())


Reader = Callable[
    [Source, Sequence[tuple[Raw, dict[str, Any]]], Mapping[str, pl.DataFrame], Entries, Decisions | None],
    tuple[Intake, list[Raw]],
]
"""Turns files of a source, each with its row of the `snapshot` table, into what they brought."""


def take_in(
    source: Source,
    *,
    kind: OriginKind,
    archive: Path | None,
    snapshots: Path,
    now: datetime,
    needs: Mapping[str, pl.DataFrame],
    network: Network | None = None,
    home: Path | None = None,
    corrections: Entries | None = None,
    decisions: Decisions | None = None,
    again: bool = False,
    fewer_rows: bool = False,
    longest_seconds: float = 3600.0,
    reader: Reader | None = None,
) -> Intake:
    """Bring one source in. A dead, changed, hanging, broken or halved source costs only itself.

    Where its files are not to be had, those of the last good reading stand in (state stale); so they
    do where a file comes in another form or has lost half its rows. Without them it comes back empty.

    Args:
        source: the source.
        kind: the origin that is set.
        archive: the folder of original files.
        snapshots: where bytes are kept.
        now: the clock.
        needs: tables its reader asks for.
        network: how providers are asked.
        home: the home folder, for files handed in here.
        corrections: entries in force.
        decisions: those about rows in quarantine.
        again: whether to ask as if nothing were kept.
        fewer_rows: whether a person said that far fewer rows are right.
        longest_seconds: how long asking and reading may take together.
        reader: turns kept files into tables; `read_kept` where none is given.
    """
    takes_part = source.home_files or applies(source, kind)
    if source.problem is not None or not takes_part:
        state = None if source.problem is None else "failed"
        return nothing(source, state=state, problem=source.problem)
    attempt = Attempt(source=source, longest_seconds=longest_seconds)
    last = None if source.always or source.home_files else last_good(source, kind, snapshots)

    def read(found: Sequence[Found]) -> tuple[Intake, list[Raw]]:
        kept = [keep(each, source, snapshots, now) for each in found]
        told = corrections or Entries()
        return attempt.at(lambda: (reader or read_kept)(source, kept, needs, told, decisions))

    try:
        found = attempt.at(lambda: _found(source, kind, archive, network, last, home=home, again=again))
        intake, raws = read(found)
        if last is not None and not fewer_rows and not last.is_of(raws):
            require_rows(source, intake.accepted, last.rows)
    except (SourceUnavailable, SourceChanged) as error:
        return _instead(source, last, error, now, read)
    if not source.home_files:
        remember(source, kind, raws, snapshots, now, rows=intake.accepted)
    return intake


def _found(
    source: Source,
    kind: OriginKind,
    archive: Path | None,
    network: Network | None,
    last: LastGood | None,
    *,
    home: Path | None,
    again: bool,
) -> list[Found]:
    """The files of a source at its origin; a provider is not asked for what is known of it already."""
    if source.home_files:
        return fetch_home(source, home)
    previous = last.by_name if last and kind == "live" and not again else None
    asked = forgetful(network) if network and again else network
    return fetch(source, kind, archive, network=asked, previous=previous)


def _instead(
    source: Source,
    last: LastGood | None,
    error: SourceProblem,
    now: datetime,
    read: Callable[[Sequence[Found]], tuple[Intake, list[Raw]]],
) -> Intake:
    """The files of the last good reading, with the problem and their age; empty tables without them."""
    if last is None:
        state = "absent" if isinstance(error, SourceUnavailable) else "failed"
        return nothing(source, state=state, problem=str(error))
    days = max(0, (now - last.read_at).days)
    problem = (
        f"{error} Used instead: the files last read on {last.read_at:%Y-%m-%d}, "
        f"{days} day{'' if days == 1 else 's'} ago."
    )
    try:
        intake, _ = read(last.files)
    except (SourceUnavailable, SourceChanged) as again:
        return nothing(source, state="failed", problem=f"{error} The files kept cannot be read: {again}")
    row = source_row(source, "stale", problem, intake.accepted, intake.rejected.height)
    return replace(intake, source=row)


def read_kept(
    source: Source,
    kept: Sequence[tuple[Raw, dict[str, Any]]],
    needs: Mapping[str, pl.DataFrame],
    corrections: Entries,
    decisions: Decisions | None = None,
) -> tuple[Intake, list[Raw]]:
    """Read what was kept, correct what is declared to be wrong, and hold the tables to their contracts."""
    raws = [raw for raw, _ in kept]
    reading = source.read(raws, needs)
    tables: dict[str, pl.DataFrame] = {}
    rejected, traces, decided = (
        [_astray(reading.rejected, source)],
        [CONTRACTS["correction"].empty()],
        [TRACE.empty()],
    )
    for name in source.tables:
        frame = reading.tables.get(name)
        corrected = apply(
            CONTRACTS[name].empty() if frame is None else frame,
            CONTRACTS[name],
            corrections.of(source.id, name),
        )
        outcome = enforce(corrected.frame, CONTRACTS[name], source_id=source.id)
        waiting = pl.concat([reading.rejected.filter(pl.col("table_name") == name), outcome.rejected])
        passed = let_pass(
            outcome.good, waiting, corrected.frame, CONTRACTS[name], decisions, source_id=source.id
        )
        tables[name] = passed.good
        traces.append(corrected.trace)
        rejected.append(passed.waiting)
        decided.append(passed.trace)
    quarantine = pl.concat(rejected, how="diagonal")
    accepted = sum(table.height for table in tables.values())
    intake = Intake(
        tables=tables,
        rejected=quarantine,
        snapshots=pl.DataFrame([row for _, row in kept], schema=CONTRACTS["snapshot"].schema),
        source=source_row(source, "read", None, accepted, quarantine.height),
        corrections=pl.concat(traces),
        decisions=pl.concat(decided),
    )
    return intake, raws


def _astray(rejected: pl.DataFrame, source: Source) -> pl.DataFrame:
    """Rows a reader meant for a table its source does not fill: nobody can decide about them."""
    return rejected.filter(~pl.col("table_name").is_in(list(source.tables)).fill_null(False))


def nothing(source: Source, *, state: str | None, problem: str | None) -> Intake:
    """Empty tables, with state and problem; without a state the source has no part in the run."""
    row = CONTRACTS["source"].empty() if state is None else source_row(source, state, problem, 0, 0)
    return Intake(
        tables={name: CONTRACTS[name].empty() for name in source.tables},
        rejected=no_rejects(),
        snapshots=CONTRACTS["snapshot"].empty(),
        source=row,
        corrections=CONTRACTS["correction"].empty(),
        decisions=TRACE.empty(),
    )


def source_row(
    source: Source, state: str, problem: str | None, accepted: int, quarantined: int
) -> pl.DataFrame:
    """The row of the `source` table."""
    values: dict[str, Any] = {
        "source_id": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "licence": source.licence,
        "attribution": source.attribution,
        "homepage": source.homepage,
        "state": state,
        "problem": problem,
        "rows_accepted": accepted,
        "rows_quarantined": quarantined,
        "rhythm_days": source.rhythm_days,
        "rows_before": None,
        "change": None,
        "setback": None,
    }
    return pl.DataFrame([values], schema=CONTRACTS["source"].schema)
