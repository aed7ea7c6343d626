"""Append-only history of what was published.

Belongs here: adding one release to the history, and asking the history for the table of one
release. Does not belong here: why a value changed (`quality/revisions.py`), or where the history is
kept: it stands inside each release, so that a release that was never published never enters it.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from quality.contract import Contract
from quality.contracts import CONTRACTS

OBSERVATION = CONTRACTS["observation"]
HISTORY = CONTRACTS["observation_history"]
KEY = list(OBSERVATION.key)


def aligned(frame: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    """A table written by an older program in today's form: columns it did not know are null."""
    return frame.select(
        (pl.col(name) if name in frame.columns else pl.lit(None)).cast(column.dtype).alias(name)
        for name, column in contract.columns.items()
    )


def standing(history: pl.DataFrame) -> pl.DataFrame:
    """The observations of the last release of a history."""
    return history.filter(pl.col("valid_to_release").is_null()).select(list(OBSERVATION.columns))


def extended(history: pl.DataFrame, observation: pl.DataFrame, release_id: str) -> pl.DataFrame:
    """The history with one more release.

    Args:
        history: rows of `observation_history` up to the release before; empty for the first.
        observation: the table of the new release.
        release_id: the new release.

    Returns:
        Every row that was there, closed with `valid_to_release` where the new release holds it no
        longer, and one new row for each observation that is new or differs in any column.
    """
    columns = list(OBSERVATION.columns)
    is_open = pl.col("valid_to_release").is_null()
    same = _same(history.filter(is_open), observation)
    unchanged = observation.select(KEY).filter(same)
    marked = history.join(
        unchanged.with_columns(stays=pl.lit(True)), on=KEY, how="left", maintain_order="left"
    )
    ends = is_open & pl.col("stays").is_null()
    closed = marked.with_columns(
        valid_to_release=pl.when(ends).then(pl.lit(release_id)).otherwise("valid_to_release")
    ).select(list(HISTORY.columns))
    added = observation.filter(~same).select(
        *columns,
        valid_from_release=pl.lit(release_id),
        valid_to_release=pl.lit(None, pl.String),
    )
    return pl.concat([closed, added]).sort(list(HISTORY.sort), maintain_order=True)


def _same(standing_rows: pl.DataFrame, observation: pl.DataFrame) -> pl.Series:
    """For each observation, whether the last release holds exactly the same row."""
    content = [name for name in OBSERVATION.columns if name not in KEY]
    before = standing_rows.select(*KEY, *(pl.col(name).alias(f"{name}_before") for name in content))
    beside = observation.join(
        before.with_columns(known=pl.lit(True)), on=KEY, how="left", maintain_order="left"
    )
    return beside.select(
        pl.all_horizontal(
            pl.col("known").fill_null(False),
            *(pl.col(name).eq_missing(pl.col(f"{name}_before")) for name in content),
        ).alias("same")
    )["same"]


def as_of(history: pl.DataFrame, releases: Sequence[str], release_id: str) -> pl.DataFrame:
    """The table `observation` of one release.

    Args:
        history: rows of `observation_history`.
        releases: identifiers in the order of publishing.
        release_id: one of them.
    """
    number = {each: place for place, each in enumerate(releases)}
    wanted = number[release_id]
    starts = pl.col("valid_from_release").replace_strict(number, return_dtype=pl.Int64)
    ends = pl.col("valid_to_release").replace_strict(number, return_dtype=pl.Int64, default=None)
    valid = (starts <= wanted) & (ends.is_null() | (ends > wanted))
    return history.filter(valid).select(list(OBSERVATION.columns)).sort(KEY)
