"""Measures of earlier years on the newest territory, before any rate is formed.

Belongs here: adding up the parts a unit consisted of, and passing facts on to successors. Does not
belong here: the parts and their weights (table `territory_path`), or formulas (`indicators/formula.py`),
which are applied afterwards to what comes out here.

- Sums: each part brings its value times its share of inhabitants (of area, where the measure is one).
  One unknown part makes the sum unknown. A part without inhabitants had no council: it brings nothing.
- Facts (0/1) pass to the successor that received more than half of the inhabitants. The unit's own
  statement of that year comes first. Otherwise a fact a part had holds with status D, "definition
  differs", because it was stated for a part only; unless the unit itself states something in that year
  or later. A unit that only changed its key keeps value and status.
- A key that did not yet exist in a year, but for which a source states a value all the same, is
  reported on the later territory already: nothing is carried over it.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from indicators.measure import Measure
from quality.status import CASCADE, from_rank_expr, rank_expr

CELL = ["measure_id", "phase", "ags", "year"]
ESTIMATED = CASCADE.index("E")
MOST = 0.5
"""Share of the inhabitants above which a successor takes over the facts of a unit."""


def carried(measures: pl.DataFrame, path: pl.DataFrame, declared: Mapping[str, Measure]) -> pl.DataFrame:
    """Measures of units of the newest territory in years they consisted of other parts.

    Args:
        measures: table `measure` without plan figures.
        path: table `territory_path`.
        declared: measure id to declaration, for rule and meaning of absence.

    Returns:
        Columns measure_id, phase, ags, year, value (Float64), obs_status, reason, note,
        estimated_share. One row per measure, unit and year that any part says something about.
    """
    rules = pl.DataFrame(
        [
            (each.id, each.rule_of_territory, each.absent_status, each.absent_reason)
            for each in declared.values()
        ],
        schema=["measure_id", "rule", "absent_status", "absent_reason"],
        orient="row",
    )
    parts = _parts(measures.join(rules, on="measure_id", how="inner"), path, rules)
    own = measures.filter(pl.col("value").is_not_null()).select("measure_id", "phase", "ags", "year")
    results = [
        _sums(parts.filter(pl.col("rule").is_in(["population", "area"]))),
        _facts(parts.filter(pl.col("rule") == "succession"), own),
        _refused(parts.filter(pl.col("rule") == "not_convertible")),
    ]
    return pl.concat(results).sort(CELL)


def _parts(measures: pl.DataFrame, path: pl.DataFrame, rules: pl.DataFrame) -> pl.DataFrame:
    """One row per measure, unit, year and part, with what the part says or the meaning of its silence."""
    way = path.select(
        "year",
        "population_weight",
        "area_weight",
        "is_derived",
        "is_uninhabited",
        part="key_from",
        ags="key_to",
        gap=pl.when(pl.col("via").str.contains("none "))
        .then(pl.lit("territory_successor_unknown"))
        .otherwise(pl.lit("territory_weight_defect")),
    )
    said = measures.select("measure_id", "phase", "year", "value", "obs_status", "reason", "note", part="ags")
    wanted = said.join(way, on=["part", "year"], how="inner").select(CELL).unique()
    existed = way.filter(pl.col("part") == pl.col("ags")).select("ags", "year")
    reported_later = (
        said.filter(pl.col("value").is_not_null())
        .rename({"part": "ags"})
        .join(existed, on=["ags", "year"], how="anti")
        .select(CELL)
    )
    silent = pl.col("obs_status").is_null()
    empty = silent & pl.col("is_uninhabited")
    return (
        wanted.join(reported_later, on=CELL, how="anti")
        .join(way, on=["ags", "year"], how="inner")
        .join(said, on=["measure_id", "phase", "part", "year"], how="left")
        .join(rules, on="measure_id", how="inner")
        .with_columns(
            value=pl.when(empty).then(0.0).otherwise(pl.col("value").cast(pl.Float64)),
            obs_status=pl.when(empty)
            .then(pl.lit("A"))
            .otherwise(pl.col("obs_status").fill_null(pl.col("absent_status"))),
            reason=pl.when(silent & ~empty).then("absent_reason").otherwise("reason"),
            is_empty=empty,
        )
    )


def _sums(parts: pl.DataFrame) -> pl.DataFrame:
    """Values times shares, added up; unknown as soon as one part or one share is."""
    weight = pl.when(pl.col("rule") == "area").then("area_weight").otherwise("population_weight")
    known_weight = pl.col("weight").is_not_null()
    weighed = parts.with_columns(weight=weight).with_columns(
        share_of=pl.col("value") * pl.col("weight"),
        obs_status=pl.when(known_weight).then("obs_status").otherwise(pl.lit("O")),
        reason=pl.when(known_weight).then("reason").otherwise("gap"),
        is_estimate=(pl.col("is_derived") | ((pl.col("weight") > 0) & (pl.col("weight") < 1)))
        & ~pl.col("is_empty"),
    )
    judged = _with_top(weighed.with_columns(is_known=pl.col("share_of").is_not_null()))
    size = pl.col("share_of").abs()
    estimated = (
        pl.when(size.sum() > 0)
        .then(size.filter(pl.col("is_estimate").fill_null(True)).sum() / size.sum())
        .otherwise(pl.col("is_estimate").fill_null(True).mean())
    )
    added = judged.group_by(CELL).agg(
        value=pl.when(pl.col("is_known").all()).then(pl.col("share_of").sum()),
        estimated_share=pl.when(pl.col("is_known").all()).then(estimated.clip(0, 1)).otherwise(0.0),
        gap=pl.col("gap").filter(pl.col("weight").is_null()).max(),
        is_partial=(pl.col("is_known") & ~pl.col("is_empty")).any(),
        top=pl.col("top").first(),
        reason=pl.col("reason").filter(pl.col("rank") == pl.col("top")).min(),
        note=pl.col("note").drop_nulls().unique().sort().str.join(" + "),
    )
    raised = pl.col("value").is_not_null() & (pl.col("estimated_share") > 0) & (pl.col("top") < ESTIMATED)
    return added.select(
        *CELL,
        "value",
        obs_status=from_rank_expr(pl.when(raised).then(pl.lit(ESTIMATED)).otherwise("top")),
        reason=pl.when(raised)
        .then(pl.lit("territory_estimated"))
        .when(pl.col("value").is_null() & pl.col("gap").is_not_null())
        .then("gap")
        .when(pl.col("value").is_null() & pl.col("is_partial"))
        .then(pl.lit("territory_part_unknown"))
        .otherwise("reason"),
        note=pl.when(pl.col("note") != "").then("note"),
        estimated_share="estimated_share",
    )


def _with_top(parts: pl.DataFrame) -> pl.DataFrame:
    """The strongest flag of each cell: among its unknown parts where there are some."""
    rank = rank_expr(pl.col("obs_status")).cast(pl.Int64)
    weighty = pl.when(pl.col("is_known").all().over(CELL) | ~pl.col("is_known")).then(rank)
    return parts.with_columns(rank=weighty).with_columns(top=pl.col("rank").max().over(CELL))


def _facts(parts: pl.DataFrame, own: pl.DataFrame) -> pl.DataFrame:
    """Facts by succession."""
    is_own = pl.col("part") == pl.col("ags")
    heirs = parts.with_columns(
        own_value=pl.when(is_own).then("value").max().over(CELL),
        counts=is_own | (pl.col("population_weight") > MOST).fill_null(True),
        is_same=(pl.len().over(CELL) == 1),
    ).filter(pl.col("counts"), is_own | pl.col("own_value").is_null())
    lost = pl.col("population_weight").is_null()
    gathered = heirs.with_columns(
        value=pl.when(~lost).then("value"),
        obs_status=pl.when(lost).then(pl.lit("O")).otherwise("obs_status"),
        reason=pl.when(lost).then("gap").otherwise("reason"),
    )
    holds = (pl.col("value") == 1).any().over(CELL)
    speaking = gathered.filter((pl.col("value") == 1) | ~holds.fill_null(False))
    judged = _with_top(speaking.with_columns(is_known=pl.col("value").is_not_null()))
    passed = judged.group_by(CELL).agg(
        value=pl.when(pl.col("is_known").all()).then(pl.col("value").max()),
        top=pl.col("top").first(),
        reason=pl.col("reason").filter(pl.col("rank") == pl.col("top")).min(),
        note=pl.col("note").drop_nulls().unique().sort().str.join(" + "),
        unchanged=(
            pl.col("is_same") | (pl.col("part") == pl.col("ags")) & pl.col("own_value").is_not_null()
        ).all(),
    )
    renewed = own.group_by("measure_id", "phase", "ags").agg(last_own=pl.col("year").max())
    differs = CASCADE.index("D")
    by_succession = (
        pl.col("value").is_not_null()
        & ~pl.col("unchanged")
        & (pl.col("last_own").is_null() | (pl.col("last_own") < pl.col("year")))
        & (pl.col("top") <= differs)
    )
    return passed.join(renewed, on=["measure_id", "phase", "ags"], how="left").select(
        *CELL,
        "value",
        obs_status=from_rank_expr(pl.when(by_succession).then(pl.lit(differs)).otherwise("top")),
        reason=pl.when(by_succession).then(pl.lit("territory_succession")).otherwise("reason"),
        note=pl.when(pl.col("note") != "").then("note"),
        estimated_share=pl.lit(0.0),
    )


def _refused(parts: pl.DataFrame) -> pl.DataFrame:
    """Measures that mean nothing on another territory: no value, and the reason."""
    return (
        parts.select(CELL)
        .unique()
        .with_columns(
            value=pl.lit(None, pl.Float64),
            obs_status=pl.lit("O"),
            reason=pl.lit("territory_not_convertible"),
            note=pl.lit(None, pl.String),
            estimated_share=pl.lit(0.0),
        )
    )
