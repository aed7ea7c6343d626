"""What a peer group looks like in one year: its quartiles, or why it has none.

Belongs here: which values may be compared, the conditions of a band, and table `peer_statistic`. Does
not belong here: where one unit stands in a group (`indicators/comparison/position.py`).

A band is stated only where at least five members report and they hold at least half of the group's
inhabitants. Quartiles are interpolated linearly between order statistics (Hyndman and Fan type 7, as
in DuckDB's `quantile_cont`). Of a yes-no indicator the share of members that say yes is stated under
the same conditions, never a quartile; of ordinal levels neither, since nothing lies between two steps.

Values that are compared: normal, at a break, provisional, estimated, imputed and rounded to zero.
A value of low reliability (U) is not: what documents happen to mention is no stock. A value under
another definition (D) is not: it answers another question. The lower bounds counted from open lists
are estimates (E) for everybody alike and are compared with each other; the band says E then. Where
values of several accounting systems meet, the band stands with status D.
"""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from quality.status import from_rank_expr, rank_expr

COMPARED_STATUSES = ("A", "N", "B", "P", "E", "I")
LEAST_REPORTING = 5
LEAST_COVERAGE = 0.5
CELL = ["indicator_id", "year", "group_id"]
SHARES_OF_MONEY = ("money", "fair_trade")
"""Families whose shares are shares of amounts, which depend on the accounting system as amounts do."""


def comparable(observation: pl.DataFrame, kinds: pl.DataFrame) -> pl.DataFrame:
    """Every value there is, with whether it may be compared and, if not, why.

    Args:
        observation: columns indicator_id, ags, year, value, obs_status, reason.
        kinds: columns indicator_id, kind, family of table `indicator`. Indicators of the family
            `data` speak about our own sources, not about units, and are left out.

    Returns:
        Columns indicator_id, ags, year, value, obs_status, cause (why the value carries its status),
        kind, is_money, is_suppressed, why_not (null where the value is compared). Rows without a value are
        left out unless it is confidential.
    """
    suppressed = (pl.col("obs_status") == "Q") & (pl.col("reason") == "small_number")
    about_units = kinds.filter(pl.col("family") != "data").select("indicator_id", "kind", "family")
    return (
        observation.filter(pl.col("value").is_not_null() | suppressed.fill_null(False))
        .join(about_units, on="indicator_id", how="inner")
        .select(
            "indicator_id",
            "ags",
            "year",
            "value",
            "obs_status",
            cause="reason",
            kind="kind",
            is_money=_is_money(),
            is_suppressed=pl.col("value").is_null(),
            why_not=pl.when(pl.col("value").is_null())
            .then(pl.lit("small_number"))
            .when(pl.col("obs_status") == "D")
            .then(pl.lit("definition_differs"))
            .when(~pl.col("obs_status").is_in(list(COMPARED_STATUSES)))
            .then(pl.lit("value_unreliable")),
        )
    )


def _is_money() -> pl.Expr:
    """Whether a value was made of budget lines; what describes the setting comes from elsewhere."""
    share = (pl.col("kind") == "share") & pl.col("family").is_in(SHARES_OF_MONEY)
    return ((pl.col("kind") == "money") & (pl.col("family") != "context")) | share


def peer_statistics(
    values: pl.DataFrame,
    groups: pl.DataFrame,
    members: pl.DataFrame,
    units: pl.DataFrame,
    accounting: pl.DataFrame,
) -> pl.DataFrame:
    """Rows of `peer_statistic`: one per indicator, year and group in which at least one member has a value.

    Args:
        values: what `comparable` returns.
        groups: table `peer_group`.
        members: table `peer_member`.
        units: columns ags, population.
        accounting: columns ags, year, accounting; one row per accounting system an account was kept
            in, consulted for money only.
    """
    cells = values.select(*_INDICATOR_YEAR, "kind").unique().sort(_INDICATOR_YEAR).with_row_index("cell")
    places = members.select("ags").unique().sort("ags").with_row_index("place")
    causes = values.select("cause").drop_nulls().unique().sort("cause")["cause"]
    lean = (
        _lean(values, causes)
        .join(places, on="ags")
        .join(cells, on=list(_INDICATOR_YEAR))
        .select("cell", "place", *_LEAN)
    )
    belonging = (
        members.join(places, on="ags")
        .join(units.select("ags", "population"), on="ags", how="left")
        .join(groups.select("group_id").with_row_index("group"), on="group_id")
        .select("place", "group", "population")
    )
    parts = [_added(part.join(belonging, on="place"), causes.len()) for part in _by_cells(lean)]
    if not parts:
        parts = [_added(lean.join(belonging, on="place"), causes.len())]
    added = pl.concat(parts)
    named = causes.to_frame().with_row_index("at").with_columns(pl.col("at").cast(pl.Int64))
    told = (
        added.join(cells, on="cell")
        .join(groups.select("group_id", "members", "population").with_row_index("group"), on="group")
        .join(named, on="at", how="left")
        .drop("cell", "group", "at")
        .with_columns(coverage=pl.col("population_covered") / pl.col("population"))
        .select(*CELL, pl.exclude(CELL))
    )
    return _judged(told.join(_mixed(values, members, accounting), on=CELL, how="left"))


_BATCH = 60_000
"""Values whose groups are added up at one time: what fits the processor's own memory, and flat for any size."""


def _by_cells(lean: pl.DataFrame) -> Iterable[pl.DataFrame]:
    """The values in batches; an indicator and year is never in two of them."""
    sizes = lean.group_by("cell").len().sort("cell")
    batches = sizes.select("cell", batch=(pl.col("len").cum_sum() - pl.col("len")) // _BATCH)
    return lean.join(batches, on="cell").partition_by("batch", include_key=False)


def _added(inside: pl.DataFrame, causes: int) -> pl.DataFrame:
    """Numbers per cell and group; `at` is the position of the cause that goes with the strongest status."""
    known, strength = pl.col("value").is_not_null(), pl.col("strength").max()
    return inside.group_by("cell", "group").agg(
        reporting=known.sum().cast(pl.Int64),
        set_aside=(pl.col("left_out") == _SET_ASIDE).sum().cast(pl.Int64),
        suppressed=(pl.col("left_out") == _SUPPRESSED).sum().cast(pl.Int64),
        population_covered=pl.col("population").filter(known).sum(),
        rank=(strength // (causes + 1)).cast(pl.Int32),
        at=causes - (strength % (causes + 1)).cast(pl.Int64),
        **{name: pl.col("value").quantile(at, interpolation="linear") for name, at in _QUARTILES.items()},
        minimum=pl.col("value").min(),
        maximum=pl.col("value").max(),
        share_yes=100.0 * pl.col("value").mean(),
    )


_INDICATOR_YEAR = ("indicator_id", "year")
_LEAN = ("value", "strength", "left_out")
_SET_ASIDE, _SUPPRESSED = 1, 2
"""Why a value is left out, in one narrow column."""
_QUARTILES = {"lower_quartile": 0.25, "median": 0.5, "upper_quartile": 0.75}
_BAND = (*_QUARTILES, "minimum", "maximum")


def _lean(values: pl.DataFrame, causes: pl.Series) -> pl.DataFrame:
    """What is added up, in few narrow columns, because every value is in as many groups as there are rules.

    `value` is null where it is not compared. `strength` orders statuses by their rank and, within a rank,
    causes backwards by name: its maximum names the strongest status and the first cause that goes with it.
    """
    counted = pl.col("why_not").is_null()
    place = pl.col("cause").replace_strict(
        causes, pl.int_range(causes.len(), eager=True), default=causes.len(), return_dtype=pl.Int64
    )
    rank = rank_expr(pl.col("obs_status")).cast(pl.Int64)
    return values.select(
        *_INDICATOR_YEAR,
        "ags",
        value=pl.when(counted).then(pl.col("value")),
        strength=pl.when(counted).then(rank * (causes.len() + 1) + causes.len() - place).cast(pl.Int32),
        left_out=pl.when(pl.col("is_suppressed"))
        .then(_SUPPRESSED)
        .when(~counted)
        .then(_SET_ASIDE)
        .otherwise(0)
        .cast(pl.UInt8),
    )


def _mixed(values: pl.DataFrame, members: pl.DataFrame, accounting: pl.DataFrame) -> pl.DataFrame:
    """Cells whose values were kept in more than one accounting system."""
    counted = values.filter(pl.col("why_not").is_null(), "is_money").select(*_INDICATOR_YEAR, "ags")
    money = counted.join(accounting, on=["ags", "year"], how="inner").join(members, on="ags", how="inner")
    several = money.group_by(CELL).agg(systems=pl.col("accounting").n_unique())
    return several.filter(pl.col("systems") > 1).select(*CELL, is_mixed=pl.lit(True))


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
        .drop("kind", "rank", "cause", "population", "is_mixed", "why_none")
        .sort(CELL)
    )
