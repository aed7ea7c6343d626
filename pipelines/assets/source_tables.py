"""One asset per source and table: bytes found, kept, read and held to their contract.

A source that cannot be read costs only itself: its tables come empty, its row in `source` says why.
"""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from pipelines.house import House, tell
from pipelines.intake import Intake, take_in
from pipelines.intake_folder import accept_inbox
from pipelines.operator_budgets import with_operator_sources
from pipelines.remembering import STAGE, RememberingReader, leave_tables
from pipelines.replay import replayed
from pipelines.settings import Settings, load_settings
from sources import load_sources
from sources.source import Source

INTAKE = "intake/"
"""Home folder of files that are judged and answered before they are read."""
HOUSE_TABLES = ("municipality", "population", "country")
"""Tables a source may need that are put together from other sources."""


def key_of(source: Source, table: str) -> dg.AssetKey:
    """Asset key of one table of one source."""
    return dg.AssetKey([source.id, table])


def _place(need: str) -> tuple[str, str]:
    """Whose table a source needs: the house's, or that of the source named before the slash."""
    owner, _, table = need.rpartition("/")
    return owner or "house", table


def _stored(need: str) -> tuple[str, str]:
    """Stage and name of a table a source needs."""
    owner, table = _place(need)
    return ("house", table) if owner == "house" else (STAGE, f"{owner}.{table}")


CHECKS = {
    "source_was_read": "Whether the files were read tonight; where not, the last good ones stand in.",
    "nothing_in_quarantine": "Rows that wait with a reason, and five of them. See sdg17 quarantine list.",
}
"""What is asked of every source."""


def build(source: Source) -> dg.AssetsDefinition:
    """The assets of one source."""

    @dg.multi_asset(
        name=f"read_{source.id}",
        specs=[
            dg.AssetSpec(
                key_of(source, table),
                deps=[dg.AssetKey(list(_place(name))) for name in source.needs],
                group_name=source.group,
                description=f"{source.title}: {table}",
                kinds={"polars", "parquet"},
            )
            for table in source.tables
        ],
        check_specs=[
            dg.AssetCheckSpec(name, asset=key_of(source, source.tables[0]), description=asked)
            for name, asked in CHECKS.items()
        ],
        required_resource_keys={"house"},
    )
    def read(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult[Any]]:
        intake = _take(source, context.resources.house)
        for table in source.tables:
            yield dg.MaterializeResult(
                asset_key=key_of(source, table),
                metadata={"rows": intake.tables[table].height, "quarantined": intake.rejected.height},
                check_results=_checks(source, intake) if table == source.tables[0] else [],
            )

    return read


def _take(source: Source, house: House) -> Intake:
    settings = house.settings
    store = house.keeper.watched()
    needs = {name: store.read(*_stored(name)) for name in source.needs}
    if house.replay is not None:
        intake = replayed(
            source,
            house.replay.get(source.id),
            snapshots=settings.snapshots,
            needs=needs,
            corrections=house.corrections,
            decisions=house.decisions,
        )
        leave_tables(source, intake, house.store)
        return _kept(source, house, intake)
    if any(pattern.startswith(INTAKE) for pattern in source.home_files):
        _empty_inbox(source, settings)
    reader = RememberingReader(keeper=house.keeper, store=store, of_program=source.id in OF_PROGRAM)
    intake = take_in(
        source,
        kind=settings.origin_kind,
        archive=settings.archive,
        snapshots=settings.snapshots,
        now=settings.clock(),
        needs=needs,
        home=settings.home,
        network=house.network if settings.origin_kind == "live" else None,
        corrections=house.corrections,
        decisions=house.decisions,
        again=source.id in settings.again,
        fewer_rows=settings.fewer_rows,
        longest_seconds=settings.source_seconds,
        reader=reader,
    )
    reader.leave(source, intake)
    return _kept(source, house, intake)


def _kept(source: Source, house: House, intake: Intake) -> Intake:
    """Leave how a source was read tonight, and from which files, for the steps that follow."""
    house.store.write("snapshot", source.id, intake.snapshots)
    house.store.write("source_state", source.id, intake.source)
    state = None if intake.source.is_empty() else intake.source["state"][0]
    counts = {
        "rows": intake.accepted,
        "quarantined": intake.rejected.height,
        "files": intake.snapshots.height,
    }
    tell(f"read_{source.id}", _outcome(source, intake), source=source.id, state=state, **counts)
    return intake


def _empty_inbox(source: Source, settings: Settings) -> None:
    """Take what was handed in since the last night; a file that cannot be moved is only told."""
    handled, failures = accept_inbox(settings)
    taken = sum(each.accepted for each in handled)
    if handled:
        tell(
            f"inbox_{source.id}",
            f"return forms: {taken} accepted, {len(handled) - taken} rejected, all answered",
        )
    for failure in failures:
        tell(f"inbox_{source.id}", f"return form left in the inbox: {failure}")


def _checks(source: Source, intake: Intake) -> list[dg.AssetCheckResult]:
    """Findings that warn: a source that could not be read, rows that wait in quarantine."""
    problem = None if intake.source.is_empty() else intake.source["problem"][0]
    reasons = intake.rejected.group_by("rule", "reason", "remedy").len("rows").sort("rows", descending=True)
    key = key_of(source, source.tables[0])
    return [
        dg.AssetCheckResult(
            asset_key=key,
            check_name="source_was_read",
            passed=problem is None,
            severity=dg.AssetCheckSeverity.WARN,
            metadata={"problem": problem or "none"},
        ),
        dg.AssetCheckResult(
            asset_key=key,
            check_name="nothing_in_quarantine",
            passed=intake.rejected.is_empty(),
            severity=dg.AssetCheckSeverity.WARN,
            metadata={
                "rows": intake.rejected.height,
                "reasons": dg.MetadataValue.json(reasons.head(20).to_dicts()),
                "sample": dg.MetadataValue.json(intake.rejected.head(5).to_dicts()),
            },
        ),
    ]


def _outcome(source: Source, intake: Intake) -> str:
    if intake.source.is_empty():
        return f"{source.id}: not part of this origin"
    problem = intake.source["problem"][0]
    if problem:
        return f"{source.id}: {problem}"
    return f"{source.id}: {intake.accepted:,} rows, {intake.rejected.height:,} in quarantine"


OF_PROGRAM = load_sources()
SOURCES = with_operator_sources(OF_PROGRAM, load_settings())
ASSETS = [build(source) for source in SOURCES.values()]
