"""All observations without holding all of them: one indicator or one Land after the other.

Belongs here: cutting the published rows for the files that hold every row, and the Parquet file of all of them.
Does not belong here: other forms of files, cutting by unit (`rows.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import polars as pl

from pipelines.exchange.rows import Published, in_words, lands, long_rows, of_land
from pipelines.growing import in_turn

_GROUP = 122_880
"""Rows of one group of a Parquet file; a rest is spread over the groups before it."""


def by_indicator(published: Published) -> Iterator[Published]:
    """The published tables with the rows of one indicator, in the order of their keys; once without rows if none has any."""
    named = pl.concat(
        [published.observed.select("indicator_id"), published.observation_plan.lazy().select("indicator_id")]
    )
    ids = named.unique().collect(engine="streaming").to_series().sort()
    for name in ids if ids.len() else [""]:
        is_it = pl.col("indicator_id") == name
        yield replace(
            published,
            observed=published.observed.filter(is_it),
            observation_plan=published.observation_plan.filter(is_it),
        )


def with_values(published: Published) -> Published:
    """The published tables with the rows that have a value: a sixteenth of all."""
    known = pl.col("value").is_not_null()
    return replace(
        published,
        observed=published.observed.filter(known),
        observation_plan=published.observation_plan.filter(known),
    )


def units(published: Published) -> pl.Series:
    """Keys of the units with observations, sorted."""
    return published.observed.select("ags").unique().collect(engine="streaming").to_series().sort()


def rests_on(published: Published) -> pl.Series:
    """The sets of files observations rest on, as `licence.Sources.terms` asks for them."""
    cells = published.observed.select(pl.col("snapshot_ids").list.join(" ")).unique()
    return cells.collect(engine="streaming").to_series().sort()


def parquet_of_all(published: Published) -> bytes:
    """`batch.parquet` of all rows, in words a few at a time."""
    rows = int(published.observed.select(pl.len()).collect().item())
    groups = max(1, rows // _GROUP)

    def told() -> Iterator[pl.DataFrame]:
        for land in lands(published.observed):
            for observations in of_land(published.observed, land):
                yield from in_words(published, observations)

    schema = long_rows(published, published.observed.head(0).collect()).schema
    content = BytesIO()
    in_turn(told(), schema).sink_parquet(
        content,
        compression="zstd",
        statistics=False,
        maintain_order=True,
        row_group_size=max(1, -(-rows // groups)),
    )
    return content.getvalue()
