"""Primary suppression: counts of so few persons that they speak about single ones.

Belongs here: which numbers are confidential by themselves, and taking them out of everything that
goes on. Does not belong here: which sums must be withheld so that nobody can compute them
(`indicators/comparison/disclosure.py`).

A measure declares that it counts persons and how many of its units are one person's (hundredths of a
post: 100; months in a year: 12). A value above zero and below three persons, or one that rests on a
row of that size, is confidential: value, contributions, notes and wording leave the tables, status Q
and the reason `small_number` stay. Zero is no person and may be published. A rate over inhabitants
has no value either, because its formula has none to start from; that keeps the count from being
computed from the rate.

What is taken out goes to a table of its own that is never published and is read for sums alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

from indicators.measure import Measure

FEWEST_PERSONS = 3
REASON = "small_number"
WITHHELD_TEXT = "nicht veröffentlicht"
KEY = ["measure_id", "ags", "year", "phase"]


def limits(measures: Iterable[Measure]) -> Mapping[str, int]:
    """Measure id to the smallest value that may be published, for measures that count persons."""
    return {each.id: FEWEST_PERSONS * each.per_person for each in measures if each.person_related}


def suppress(
    inputs: pl.DataFrame, measure: pl.DataFrame, smallest: Mapping[str, int]
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Take confidential values out.

    Args:
        inputs: rows of `measure_input`.
        measure: rows of `measure`, each the sum of its inputs.
        smallest: what `limits` returns.

    Returns:
        `measure_input` and `measure` as they may be published, and the rows of `measure` that were
        taken out, with their true values. Whatever comes with status Q is taken out too, declared or not.
    """
    few = _is_few(smallest, "value") | (pl.col("obs_status") == "Q")
    rests_on_few = inputs.filter(_is_few(smallest, "contribution")).select(KEY).unique()
    known = pl.col("value").is_not_null() & (pl.col("value") != 0)
    taken = measure.filter(known & (few | _one_of(rests_on_few)))
    keys = taken.select(KEY)
    gone = {"obs_status": pl.lit("Q"), "reason": pl.lit(REASON), "note": pl.lit(None, pl.String)}
    return (
        _replaced(
            inputs,
            keys,
            {**gone, "contribution": pl.lit(None, pl.Int64), "raw_text": pl.lit(WITHHELD_TEXT)},
        ),
        _replaced(measure, keys, {**gone, "value": pl.lit(None, pl.Int64)}),
        taken,
    )


def _is_few(smallest: Mapping[str, int], column: str) -> pl.Expr:
    limit = pl.col("measure_id").replace_strict(dict(smallest), default=None, return_dtype=pl.Int64)
    return ((pl.col(column) > 0) & (pl.col(column) < limit)).fill_null(False)


def _one_of(keys: pl.DataFrame) -> pl.Expr:
    return pl.struct(KEY).is_in(keys.select(pl.struct(KEY)).to_series().implode())


def _replaced(frame: pl.DataFrame, keys: pl.DataFrame, values: Mapping[str, pl.Expr]) -> pl.DataFrame:
    """The frame in its order, with some columns of the rows of `keys` replaced."""
    if keys.is_empty():
        return frame
    chosen = _one_of(keys)
    return frame.with_columns(
        pl.when(chosen).then(value).otherwise(pl.col(name)).alias(name) for name, value in values.items()
    )
