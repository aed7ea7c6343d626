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
    observation: pl.DataFrame,
    kinds: pl.DataFrame,
    *,
    groups: pl.DataFrame,
    members: pl.DataFrame,
    units: pl.DataFrame,
    accounting: pl.DataFrame,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows of `peer_statistic` and of `peer_position`, in the order of their keys.

    Args:
        observation: columns `NEEDED`; read without a copy where it is in the order of indicators.
        kinds: columns indicator_id, kind, family of table `indicator`.
        groups: table `peer_group`.
        members: table `peer_member`.
        units: columns ags, population.
        accounting: columns ags, year, accounting (`peer_statistics`).
    """
    seated = seating(groups, members, units)
    statistic, position = [], []
    for part in _slices(observation.select(NEEDED)):
        values = comparable(part, kinds, seated)
        statistic.append(peer_statistics(values, seated, accounting))
        position.append(positions(values, statistic[-1], seated))
    return pl.concat(statistic), pl.concat(position)


def _slices(observation: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The observations in order of indicators, never one indicator in two slices; one slice where there are none."""
    is_ordered = observation["indicator_id"].is_sorted()
    ordered = observation if is_ordered else observation.sort("indicator_id")
    start = end = 0
    for length in ordered.select(pl.col("indicator_id").rle().struct.field("len")).to_series():
        if end > start and end - start + length > _SLICE:
            yield ordered.slice(start, end - start)
            start = end
        end += length
    yield ordered.slice(start)
