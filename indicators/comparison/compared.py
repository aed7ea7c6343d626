"""Statistics of peer groups and positions in them, a few indicators at a time.

Belongs here: cutting the observations so that memory does not grow with them. Does not belong here: what a band
is (`indicators/comparison/statistic.py`) or a position (`indicators/comparison/position.py`).

What is said of one indicator depends on no other, so the results are those of all indicators at once. Bands of one
year depend on no other year; positions are stated for the newest one with bands, which is read again for them.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from indicators.comparison.arranged import seating
from indicators.comparison.comparable import Comparable, comparable
from indicators.comparison.position import newest_years, positions
from indicators.comparison.statistic import CELL, peer_statistics
from indicators.portions import portions

NEEDED = ("indicator_id", "ags", "year", "value", "obs_status", "reason")
"""Columns of the observations that a comparison reads."""
_SLICE = 250_000
"""Observations compared at one time; an indicator that has more is compared a few years at a time."""


def compared(
    observation: pl.DataFrame | pl.LazyFrame,
    kinds: pl.DataFrame,
    *,
    groups: pl.DataFrame,
    members: pl.DataFrame,
    units: pl.DataFrame,
    accounting: pl.DataFrame,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """All rows of `peer_statistic` and of `peer_position`; see `compared_in_turn`."""
    parts = compared_in_turn(
        observation, kinds, groups=groups, members=members, units=units, accounting=accounting
    )
    statistic, position = zip(*parts, strict=True)
    return pl.concat(statistic), pl.concat(position)


def compared_in_turn(
    observation: pl.DataFrame | pl.LazyFrame,
    kinds: pl.DataFrame,
    *,
    groups: pl.DataFrame,
    members: pl.DataFrame,
    units: pl.DataFrame,
    accounting: pl.DataFrame,
) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
    """Rows of `peer_statistic` and of `peer_position` of some indicators after others, in the order of their keys.

    Args:
        observation: columns `NEEDED`; read as far as an indicator needs it.
        kinds: columns indicator_id, kind, family of table `indicator`.
        groups: table `peer_group`.
        members: table `peer_member`.
        units: columns ags, population.
        accounting: columns ags, year, accounting (`peer_statistics`).
    """
    seated = seating(groups, members, units)

    def known(part: pl.LazyFrame) -> Comparable:
        return comparable(part.collect(), kinds, seated)

    for part, rows in _slices(observation.lazy().select(NEEDED)):
        if rows <= _SLICE:
            values = known(part)
            statistic = peer_statistics(values, seated, accounting)
        else:
            years = [peer_statistics(known(each), seated, accounting) for each in _by_years(part)]
            statistic = pl.concat(years).sort(CELL)
            newest = newest_years(statistic, seated).implode()
            values = known(part.filter(pl.col("year").is_in(newest)))
        yield statistic, positions(values, statistic, seated)


def _slices(observation: pl.LazyFrame) -> Iterator[tuple[pl.LazyFrame, int]]:
    """The observations and how many in order of indicators, never one indicator in two; one slice where there are none."""
    runs = _runs(observation)
    if not runs["value"].is_sorted():
        observation = observation.collect().sort("indicator_id").lazy()
        runs = _runs(observation)
    if runs.is_empty():
        yield observation, 0
    start = 0
    for lengths in portions(((length, length) for length in runs["len"]), _SLICE):
        yield observation.slice(start, sum(lengths)), sum(lengths)
        start += sum(lengths)


def _runs(observation: pl.LazyFrame) -> pl.DataFrame:
    """Indicators as they follow one another, with how many rows each time."""
    return observation.select(pl.col("indicator_id").rle()).unnest("indicator_id").collect()


def _by_years(observation: pl.LazyFrame) -> Iterator[pl.LazyFrame]:
    """The observations of some years after others: what is said of a year depends on no other."""
    counts = observation.group_by("year").len().sort("year").collect(engine="streaming")
    in_turn: list[list[int]] = portions(counts.iter_rows(), _SLICE)
    for years in in_turn:
        yield observation.filter(pl.col("year").is_between(years[0], years[-1]))
