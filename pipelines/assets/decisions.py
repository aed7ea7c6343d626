"""Table `decision`: what persons decided about rows in quarantine, and what came of it."""

from collections.abc import Iterator
from typing import Any

import dagster as dg
import polars as pl

from pipelines.assets.house_tables import HOUSE_STAGE, UNIONS, UNIONS_WITH_UNITS, house_key
from pipelines.assets.making import Finding, Made, materialized
from pipelines.assets.source_tables import SOURCES, key_of
from pipelines.house import House, tell
from pipelines.remembering import DECIDED_STAGE
from quality.contracts import CONTRACTS
from quality.decisions.applying import unread

KEY = house_key("decision")


@dg.asset(
    key=KEY,
    deps=[
        *(key_of(source, name) for source in SOURCES.values() for name in source.tables),
        *(house_key(name) for name in (*UNIONS, *UNIONS_WITH_UNITS)),
    ],
    group_name="release",
    description=CONTRACTS["decision"].description,
    kinds={"polars", "parquet"},
    check_specs=[dg.AssetCheckSpec("all_carried_out", asset=KEY)],
    required_resource_keys={"house"},
)
def decision_table(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult[Any]]:
    """Traces of all sources, entries nobody took up, entries that cannot be read."""
    house: House = context.resources.house
    mine = [*SOURCES, *(f"house.{name}" for name in (*UNIONS, *UNIONS_WITH_UNITS))]
    traces = pl.concat([house.store.read(DECIDED_STAGE, name) for name in mine])
    rest = unread(house.decisions, traces["decision_id"].to_list())
    frame = pl.concat([traces, rest]).unique("decision_id", maintain_order=True).sort("decision_id")
    house.store.write(HOUSE_STAGE, "decision", frame)
    counts = dict(frame.group_by("state").len().iter_rows())
    bad = frame.filter(pl.col("state").is_in(["gone", "refused", "invalid"]))
    line = f"decisions: {', '.join(f'{counts[each]} {each}' for each in sorted(counts)) or 'none'}"
    tell("decision", line)
    found = bad.select("file", "decision_id", "state", "found").to_dicts()
    finding = Finding(check="all_carried_out", passed=not found, listed={"found": found})
    yield materialized(Made(line=line, counts={"rows": frame.height, **counts}, findings=(finding,)))


ASSETS = [decision_table]
