"""One asset per source and table: bytes found, kept, read and held to their contract.

A source that cannot be read costs only itself: its tables come empty, its row in `source` says why.
"""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from pipelines.house import House, tell
from pipelines.intake import Intake, take_in
from sources import load_sources
from sources.source import Source

STAGE = "source"
HOUSE_TABLES = ("municipality", "population", "country")
"""Tables a source may need that are put together from other sources."""


def key_of(source: Source, table: str) -> dg.AssetKey:
    """Asset key of one table of one source."""
    return dg.AssetKey([source.id, table])


def build(source: Source) -> dg.AssetsDefinition:
    """The assets of one source."""

    @dg.multi_asset(
        name=f"read_{source.id}",
        specs=[
            dg.AssetSpec(
                key_of(source, table),
                deps=[dg.AssetKey(["house", name]) for name in source.needs],
                group_name=source.group,
                description=f"{source.title}: {table}",
                kinds={"polars", "parquet"},
            )
            for table in source.tables
        ],
        required_resource_keys={"house"},
    )
    def read(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult[Any]]:
        intake = _take(source, context.resources.house)
        for table in source.tables:
            yield dg.MaterializeResult(
                asset_key=key_of(source, table),
                metadata={"rows": intake.tables[table].height, "quarantined": intake.rejected.height},
            )

    return read


def _take(source: Source, house: House) -> Intake:
    settings = house.settings
    intake = take_in(
        source,
        kind=settings.origin_kind,
        archive=settings.archive,
        snapshots=settings.snapshots,
        now=settings.clock(),
        needs={name: house.store.read("house", name) for name in source.needs},
    )
    for table, frame in intake.tables.items():
        house.store.write(STAGE, f"{source.id}.{table}", frame)
    house.store.write("quarantine", source.id, intake.rejected)
    house.store.write("snapshot", source.id, intake.snapshots)
    house.store.write("source_state", source.id, intake.source)
    tell(f"read_{source.id}", _outcome(source, intake))
    return intake


def _outcome(source: Source, intake: Intake) -> str:
    if intake.source.is_empty():
        return f"{source.id}: not part of this origin"
    problem = intake.source["problem"][0]
    if problem:
        return f"{source.id}: {problem}"
    return f"{source.id}: {intake.accepted:,} rows, {intake.rejected.height:,} in quarantine"


SOURCES = load_sources()
ASSETS = [build(source) for source in SOURCES.values()]
