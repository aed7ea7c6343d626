"""What a peer group looks like in one year: its quartiles, or why it has none.

Belongs here: the conditions of a band, and table `peer_statistic`. Does not belong here: which values may be
compared (`indicators/comparison/comparable.py`), where one unit stands in a group
(`indicators/comparison/position.py`).

A band is stated only where at least five members report and they hold at least half of the group's
inhabitants. Quartiles are interpolated linearly between order statistics (Hyndman and Fan type 7, as
in DuckDB's `quantile_cont`). Of a yes-no indicator the share of members that say yes is stated under
the same conditions, never a quartile; of ordinal levels neither, since nothing lies between two steps.
Where values of several accounting systems meet, the band stands with status D.
"""

from __future__ import annotations

import polars as pl

from indicators.comparison.arranged import Seating, arranged
from indicators.comparison.comparable import SUPPRESSED, Comparable
from quality.status import from_rank_expr

_QUARTILES = {"lower_quartile": 0.25, "median": 0.5, "upper_quartile": 0.75}
_BAND = (*_QUARTILES, "minimum", "maximum")
_NUMBERS = ("reporting", "set_aside", "suppressed", "population_covered", *_BAND, "share_yes")
LEAST_REPORTING = 5
LEAST_COVERAGE = 0.5
CELL = ["indicator_id", "year", "group_id"]


def peer_statistics(values: Comparable, seated: Seating, accounting: pl.DataFrame) -> pl.DataFrame:
    """Rows of `peer_statistic`: one per indicator, year and group in which at least one member has a value.

    Args:
        values: what `comparable` returns.
        seated: the groups.
        accounting: columns ags, year, accounting; one row per accounting system an account was kept
            in, consulted for money only.
    """
    parts = [_added(part) for part in arranged(values.rows, values.cells.height, seated)]
    told = (
        pl.concat(parts)
        .join(_mixed(values, seated, accounting), on=["cell", "group"], how="left")
        .join(values.cells, on="cell", how="left", maintain_order="left")
        .join(
            seated.groups.select("group", "group_id", "members", "population"),
            on="group",
            how="left",
            maintain_order="left",
        )
        .with_columns(
            coverage=pl.col("population_covered") / pl.col("population"),
            rank=values.status_rank(pl.col("mark")),
            cause=values.cause(pl.col("mark")),
        )
    )
    return _judged(told)


def _added(inside: pl.DataFrame) -> pl.DataFrame:
    """Numbers per cell and group of what `arranged` yields; `mark` is the highest."""
    counted, value = pl.col("mark") >= 0, pl.col("value")
    added = (
        inside.with_columns(
            covered=pl.when(counted).then(pl.col("population")), is_secret=pl.col("mark") == SUPPRESSED
        )
        .group_by("key", maintain_order=True)
        .agg(
            pl.col("cell", "group").first(),
            rows=pl.len().cast(pl.Int64),
            reporting=value.count().cast(pl.Int64),
            suppressed=pl.col("is_secret").sum().cast(pl.Int64),
            population_covered=pl.col("covered").sum(),
            mark=pl.col("mark").max(),
            **{name: value.quantile(at, interpolation="linear") for name, at in _QUARTILES.items()},
            minimum=value.min(),
            maximum=value.max(),
            share_yes=100.0 * value.mean(),
        )
    )
    return added.with_columns(set_aside=pl.col("rows") - pl.col("reporting") - pl.col("suppressed")).drop(
        "key", "rows"
    )


def _mixed(values: Comparable, seated: Seating, accounting: pl.DataFrame) -> pl.DataFrame:
    """Cells and groups whose values were kept in more than one accounting system."""
    of_money = values.cells.filter("is_money").select("cell", "year")
    kept = accounting.select(seated.place(pl.col("ags")), "year", "accounting")
    money = (
        values.rows.join(of_money, on="cell", how="inner")
        .filter(pl.col("mark") >= 0)
        .join(kept, on=["place", "year"], how="inner")
        .join(seated.members.select("place", "group"), on="place", how="inner")
    )
    several = money.group_by("cell", "group").agg(systems=pl.col("accounting").n_unique())
    return several.filter(pl.col("systems") > 1).select("cell", "group", is_mixed=pl.lit(value=True))


def _judged(cells: pl.DataFrame) -> pl.DataFrame:
    """Band or reason; status of the band from its values."""
    why_none = (
        pl.when(pl.col("suppressed") > 0)
        .then(pl.lit("members_confidential"))
        .when(pl.col("reporting") < LEAST_REPORTING)
        .then(pl.lit("too_few_report"))
        .when(pl.col("population").is_null())
        .then(pl.lit("no_population"))
        .when(pl.col("coverage") < LEAST_COVERAGE)
        .then(pl.lit("less_than_half_covered"))
        .when(pl.col("kind") == "level")
        .then(pl.lit("no_band_for_levels"))
    )
    binary = pl.col("kind") == "binary"
    has_band = pl.col("why_none").is_null()
    mixed = pl.col("is_mixed").fill_null(False)
    return (
        cells.with_columns(why_none=why_none)
        .with_columns(
            *(pl.when(has_band & ~binary).then(pl.col(name)).alias(name) for name in _BAND),
            share_yes=pl.when(has_band & binary).then(pl.col("share_yes")),
            obs_status=pl.when(pl.col("suppressed") > 0)
            .then(pl.lit("Q"))
            .when(~has_band)
            .then(pl.lit("O"))
            .when(mixed)
            .then(pl.lit("D"))
            .otherwise(from_rank_expr(pl.col("rank"))),
            reason=pl.when(~has_band)
            .then(pl.col("why_none"))
            .when(mixed)
            .then(pl.lit("mixed_accounting"))
            .otherwise(pl.col("cause")),
        )
        .select(*CELL, *_NUMBERS, "members", "coverage", "obs_status", "reason")
        .sort(CELL)
    )
