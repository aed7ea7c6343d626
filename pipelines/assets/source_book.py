"""Table `source`: how every source was read tonight, and what differs from the last published release."""

from collections.abc import Iterator
from typing import Any

import dagster as dg
import polars as pl

from pipelines.assets.house_tables import HOUSE_STAGE, house_key
from pipelines.assets.making import Finding, Made, materialized
from pipelines.assets.source_tables import SOURCES, key_of
from pipelines.house import House, tell
from pipelines.replay import compared_then
from pipelines.source_changes import ASKED, NEWEST, WORDINGS, Delivered, compared, last_published
from quality.contracts import CONTRACTS

KEY = house_key("source")


@dg.asset(
    key=KEY,
    deps=[
        *(key_of(source, name) for source in SOURCES.values() for name in source.tables),
        *(house_key(name) for name in ASKED),
    ],
    group_name="release",
    description=CONTRACTS["source"].description,
    kinds={"polars", "parquet"},
    check_specs=[dg.AssetCheckSpec("like_last_published", asset=KEY)],
    required_resource_keys={"house"},
)
def source_table(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult[Any]]:
    """Sources beside their last published selves; a finding warns and never stops a night."""
    house: House = context.resources.house
    parts = [house.store.read("source_state", name) for name in SOURCES]
    now = Delivered(
        source=pl.concat(parts).sort("source_id"),
        snapshot=house.store.read(HOUSE_STAGE, "snapshot"),
        wordings=_asked(house, WORDINGS),
        newest=_asked(house, NEWEST),
    )
    shares = {source.id: source.least_share for source in SOURCES.values()}
    if house.replay is None:
        settings = house.settings
        today = settings.clock().date().isoformat()
        frame = compared(now, last_published(settings), shares, today=today, accepted=settings.fewer_rows)
    else:
        frame = compared_then(now.source, house.replay)
    house.store.write(HOUSE_STAGE, "source", frame)
    found = frame.filter(pl.col("change").is_not_null()).select("source_id", "change").to_dicts()
    line = f"source: {frame.height:,} rows, {len(found):,} changed since the last release"
    tell("source", line)
    finding = Finding(check="like_last_published", passed=not found, listed={"found": found})
    counts = {"rows": frame.height, "changed": len(found)}
    yield materialized(Made(line=line, counts=counts, findings=(finding,)))


def _asked(house: House, question: str) -> pl.DataFrame:
    """A question to both releases, asked of tonight's tables."""
    tables = {name: house.store.scan(HOUSE_STAGE, name) for name in ASKED}
    return pl.SQLContext(tables).execute(question, eager=True)


ASSETS = [source_table]
