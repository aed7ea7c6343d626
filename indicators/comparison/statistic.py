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
    inside = values.join(members, on="ags", how="inner").join(
        units.select("ags", "population"), on="ags", how="left"
    )
    counted = pl.col("why_not").is_null()
    value = pl.col("value").filter(counted)
    ranks = rank_expr(pl.col("obs_status"))
    decisive = pl.col("cause").filter(counted & (ranks == ranks.filter(counted).max()))
    cells = inside.group_by(CELL).agg(
        kind=pl.col("kind").first(),
        reporting=counted.sum().cast(pl.Int64),
        set_aside=(~counted & ~pl.col("is_suppressed")).sum().cast(pl.Int64),
        suppressed=pl.col("is_suppressed").sum().cast(pl.Int64),
        population_covered=pl.col("population").filter(counted).sum(),
        rank=ranks.filter(counted).max(),
        cause=decisive.min(),
        **{name: value.quantile(at, interpolation="linear") for name, at in _QUARTILES.items()},
        minimum=value.min(),
        maximum=value.max(),
        share_yes=100.0 * value.mean(),
    )
    cells = cells.join(
        groups.select("group_id", "members", "population"), on="group_id", how="inner"
    ).with_columns(coverage=pl.col("population_covered") / pl.col("population"))
    return _judged(cells.join(_mixed(inside.filter(counted), accounting), on=CELL, how="left"))


_QUARTILES = {"lower_quartile": 0.25, "median": 0.5, "upper_quartile": 0.75}
_BAND = (*_QUARTILES, "minimum", "maximum")


def _mixed(counted: pl.DataFrame, accounting: pl.DataFrame) -> pl.DataFrame:
    """Cells whose values were kept in more than one accounting system."""
    money = counted.filter("is_money").join(accounting, on=["ags", "year"], how="inner")
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
