"""Statistics of peer groups and positions in them, a few indicators at a time.

Belongs here: cutting the observations so that memory does not grow with them. Does not belong here: what a band
is (`indicators/comparison/statistic.py`) or a position (`indicators/comparison/position.py`).

What is said of one indicator depends on no other, so the results are those of all indicators at once.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from indicators.comparison.arranged import seating
from indicators.comparison.comparable import comparable
from indicators.comparison.position import positions
from indicators.comparison.statistic import peer_statistics

NEEDED = ("indicator_id", "ags", "year", "value", "obs_status", "reason")
"""Columns of the observations that a comparison reads."""
_SLICE = 250_000
"""Observations compared at one time; an indicator that has more is compared whole."""


def compared(
    observation: pl.DataFrame | pl.LazyFrame,
    kinds: pl.DataFrame,
    *,
    groups: pl.DataFrame,
    members: pl.DataFrame,
    units: pl.DataFrame,
    accounting: pl.DataFrame,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows of `peer_statistic` and of `peer_position`, in the order of their keys.

    Args:
        observation: columns `NEEDED`; read as far as an indicator needs it.
        kinds: columns indicator_id, kind, family of table `indicator`.
        groups: table `peer_group`.
        members: table `peer_member`.
        units: columns ags, population.
        accounting: columns ags, year, accounting (`peer_statistics`).
    """
    seated = seating(groups, members, units)
    statistic, position = [], []
    for part in _slices(observation.lazy().select(NEEDED)):
        values = comparable(part, kinds, seated)
        statistic.append(peer_statistics(values, seated, accounting))
        position.append(positions(values, statistic[-1], seated))
    return pl.concat(statistic), pl.concat(position)


def _slices(observation: pl.LazyFrame) -> Iterator[pl.DataFrame]:
    """The observations in order of indicators, never one indicator in two slices; one slice where there are none."""
    runs = _runs(observation)
    if not runs["value"].is_sorted():
        observation = observation.collect().sort("indicator_id").lazy()
        runs = _runs(observation)
    start = end = 0
    for length in runs["len"]:
        if end > start and end - start + length > _SLICE:
            yield observation.slice(start, end - start).collect()
            start = end
        end += length
    yield observation.slice(start, end - start).collect()


def _runs(observation: pl.LazyFrame) -> pl.DataFrame:
    """Indicators as they follow one another, with how many rows each time."""
    return observation.select(pl.col("indicator_id").rle()).unnest("indicator_id").collect()
