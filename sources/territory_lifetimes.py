"""Which units existed on a day.

Belongs here: the first and the last day of every unit, as far as steps and editions tell, and the set
of any day. Does not belong here: what became of a unit (`territory_steps.py`).

A list of changes gives the exact day. Otherwise a unit lives until the first day its successor is known
to exist: never later than the first register edition that no longer lists it. Before the first edition
the keys of the BBSR tell which municipalities and districts existed at each year-end, without names.
"""

from __future__ import annotations

from datetime import date

import polars as pl

ENDING = ("dissolution", "key_change")


def lifetimes(municipality: pl.DataFrame, territory_step: pl.DataFrame) -> pl.DataFrame:
    """Columns ags, level, begins_on, ends_on (null: live), is_exact_end: one row per unit."""
    ended = (
        territory_step.filter(pl.col("kind").is_in(list(ENDING)))
        .group_by(ags="key_from")
        .agg(pl.col("effective_on").min().alias("end"), pl.col("is_exact_day").all().alias("exact"))
    )
    begun = (
        territory_step.filter(pl.col("key_from") != pl.col("key_to"))
        .group_by(ags="key_to")
        .agg(pl.col("effective_on").min().alias("begin"))
    )
    first = municipality["valid_from"].min()
    return (
        municipality.join(ended, on="ags", how="left")
        .join(begun, on="ags", how="left")
        .select(
            "ags",
            "level",
            begins_on=pl.when(pl.col("valid_from") > first)
            .then(pl.min_horizontal("begin", "valid_from"))
            .otherwise("valid_from"),
            ends_on=pl.when(pl.col("valid_to").is_not_null()).then(pl.min_horizontal("end", "valid_to")),
            is_exact_end=pl.col("exact").fill_null(False),
        )
    )


def keys_on(
    municipality: pl.DataFrame, territory_step: pl.DataFrame, territory_weight: pl.DataFrame, day: date
) -> pl.DataFrame:
    """Columns ags, level: the units of a day; before the first edition those of the last year-end listed."""
    first = municipality["valid_from"].min()
    if not isinstance(first, date) or day >= first:
        live = (pl.col("begins_on") <= day) & (pl.col("ends_on").is_null() | (pl.col("ends_on") > day))
        return lifetimes(municipality, territory_step).filter(live).select("ags", "level").sort("ags")
    year = day.year if (day.month, day.day) == (12, 31) else day.year - 1
    listed = territory_weight.filter(pl.col("year_from") == year)
    return listed.select(ags="key_from", level="level").unique().sort("ags")
