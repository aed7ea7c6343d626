"""Table `correction`: what was corrected, what rests, and what has expired."""

from collections.abc import Iterator
from typing import Any

import dagster as dg
import polars as pl

from pipelines.assets.house_tables import HOUSE_STAGE, house_key
from pipelines.assets.source_tables import SOURCES, key_of
from pipelines.house import House, tell
from pipelines.remembering import CORRECTION_STAGE
from quality.contracts import CONTRACTS
from quality.corrections.applying import unreadable, untaken

KEY = house_key("correction")


@dg.asset(
    key=KEY,
    deps=[key_of(source, name) for source in SOURCES.values() for name in source.tables],
    group_name="release",
    description=CONTRACTS["correction"].description,
    kinds={"polars", "parquet"},
    check_specs=[
        dg.AssetCheckSpec(
            "none_has_expired",
            asset=KEY,
            description="Whether every correction still has a provider's error to correct.",
        )
    ],
    required_resource_keys={"house"},
)
def correction_table(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult[Any]]:
    """Traces of all sources, entries nobody took up, entries that cannot be read."""
    house: House = context.resources.house
    traces = pl.concat([house.store.read(CORRECTION_STAGE, source) for source in SOURCES])
    entries = house.corrections
    rest = untaken(entries.good, traces["correction_id"].unique().to_list())
    frame = pl.concat([traces, rest, unreadable(entries)]).sort(list(CONTRACTS["correction"].key))
    house.store.write(HOUSE_STAGE, "correction", frame)
    counts = dict(frame.group_by("state").agg(pl.col("correction_id").n_unique()).iter_rows())
    bad = frame.filter(pl.col("state").is_in(["expired", "invalid"]))
    tell(
        "correction",
        f"corrections: {', '.join(f'{counts[state]} {state}' for state in sorted(counts)) or 'none'}",
    )
    yield dg.MaterializeResult(
        metadata={"rows": frame.height, **counts},
        check_results=[
            dg.AssetCheckResult(
                check_name="none_has_expired",
                passed=bad.is_empty(),
                severity=dg.AssetCheckSeverity.ERROR,
                metadata={
                    "found": dg.MetadataValue.json(bad.select("file", "correction_id", "found").to_dicts())
                },
            )
        ],
    )


ASSETS = [correction_table]
