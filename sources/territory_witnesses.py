"""What lists of changes and the keys of the BBSR say about steps of the territory.

Belongs here: turning rows of `territory_change` and `territory_weight` into rows of `territory_step`.
Does not belong here: reading either file, or what the register editions show (`territory_steps.py`).
"""

from __future__ import annotations

from datetime import date

import polars as pl

from quality.contracts import CONTRACTS
from sources.territory_defects import judged

COLUMNS = list(CONTRACTS["territory_step"].columns)
LEVELS = ("municipality", "district")


def from_changes(territory_change: pl.DataFrame, *, since: date) -> pl.DataFrame:
    """Steps a list of changes names after a day: shares of inhabitants and area of what moved.

    A change of name alone is no step. A partial separation has a row for the part that stays; where
    it is missing, or figures are, the shares of that unit are unknown and the steps say so.
    """
    moved = territory_change.filter(
        pl.col("unit_level").is_in(list(LEVELS)),
        pl.col("ags_old").is_not_null(),
        pl.col("ags_new").is_not_null(),
        pl.col("kinds") != "4",
        pl.col("effective_statistical") > since,
    )
    unit = ["ags_old", "effective_statistical"]
    parts = moved.group_by(*unit, "ags_new", "unit_level", "name_old", "name_new", maintain_order=True).agg(
        pl.col("inhabitants").sum(),
        pl.col("area_square_metre").sum(),
        is_counted=pl.col("inhabitants").is_not_null().all()
        & pl.col("area_square_metre").is_not_null().all(),
        kinds=pl.col("kinds").unique().sort().str.join(","),
        change_ids=pl.col("change_id").unique().sort().str.join(", "),
        snapshot_ids=pl.col("snapshot_id").unique().sort(),
    )
    goes_on = (pl.col("ags_old") == pl.col("ags_new")).any().over(unit)
    separates = pl.col("kinds").str.contains("2").any().over(unit)
    alone = (pl.len().over(unit) == 1) & ~separates
    known = alone | (pl.col("is_counted").all().over(unit) & (goes_on | ~separates))
    people, area = (pl.col(name).sum().over(unit) for name in ("inhabitants", "area_square_metre"))
    of_area = pl.when(alone).then(1.0).otherwise(pl.col("area_square_metre") / area)
    of_people = (
        pl.when(alone).then(1.0).when(people > 0).then(pl.col("inhabitants") / people).otherwise(of_area)
    )
    return parts.select(
        key_from="ags_old",
        key_to="ags_new",
        level="unit_level",
        kind=_kind(),
        known_until=pl.col("effective_statistical").dt.offset_by("-1d"),
        effective_on="effective_statistical",
        is_exact_day=pl.lit(True),
        population_weight=pl.when(known).then(of_people),
        area_weight=pl.when(known).then(of_area),
        is_uninhabited=(pl.col("is_counted").all().over(unit) & (people == 0)),
        method=pl.when(known).then(pl.lit("change_list")).otherwise(pl.lit("none")),
        evidence=pl.format(
            "List of changes {}: {} ({}) to {} ({}), kind {}{}",
            "change_ids",
            "name_old",
            "ags_old",
            "name_new",
            "ags_new",
            "kinds",
            pl.when(known).then(pl.lit("")).otherwise(pl.lit("; what stays or what moves is not stated")),
        ),
        snapshot_ids="snapshot_ids",
    ).select(COLUMNS)


def _kind() -> pl.Expr:
    return (
        pl.when(pl.col("ags_old") == pl.col("ags_new"))
        .then(pl.lit("remainder"))
        .when(pl.col("kinds").str.contains("2"))
        .then(pl.lit("separation"))
        .when(pl.col("kinds").str.contains("1"))
        .then(pl.lit("dissolution"))
        .otherwise(pl.lit("key_change"))
    )


def from_bbsr(territory_weight: pl.DataFrame, *, since: date) -> pl.DataFrame:
    """Steps from keys that lead from one year-end to the next, as far as they begin with the editions."""
    begun = pl.date(pl.col("year_from"), 12, 31)
    next_year = pl.col("territory_to").dt.year() == pl.col("year_from") + 1
    unit = ["level", "key_from", "territory_to"]
    moved = (pl.col("key_from") != pl.col("key_to")).any().over(unit)
    rows = judged(territory_weight.filter(next_year, begun >= since)).filter(moved)
    whole = (pl.col("population_weight") == 1) & (pl.col("area_weight") == 1)
    rows = rows.with_columns(  # apart from the select below: Polars 2.1 panics on both in one
        is_sole=pl.len().over("level", "key_to", "territory_to") == 1,
        stays_listed=(pl.col("key_from") == pl.col("key_to")).any().over(unit),
    )
    refused = pl.col("is_refused")
    return rows.select(
        "key_from",
        "key_to",
        "level",
        kind=pl.when(pl.col("key_from") == pl.col("key_to"))
        .then(pl.lit("remainder"))
        .when("stays_listed")
        .then(pl.lit("separation"))
        .when(whole & pl.col("is_sole") & ~pl.col("key_to").is_in(territory_weight["key_from"].implode()))
        .then(pl.lit("key_change"))
        .otherwise(pl.lit("dissolution")),
        known_until=begun,
        effective_on="territory_to",
        is_exact_day=pl.lit(False),
        population_weight=pl.when(~refused).then("population_weight"),
        area_weight=pl.when(~refused).then("area_weight"),
        is_uninhabited="is_uninhabited",
        method=pl.when(refused).then(pl.lit("none")).otherwise(pl.lit("bbsr")),
        evidence=pl.format(
            "BBSR key from 31.12.{} to {}, {}{}",
            "year_from",
            "territory_to",
            "locator",
            pl.when(refused)
            .then(pl.lit("; its weights do not add up to one"))
            .when("is_uninhabited")
            .then(pl.lit("; no inhabitants, the area weight stands for both (see table correction)"))
            .otherwise(pl.lit("")),
        ),
        snapshot_ids=pl.concat_list("snapshot_id"),
    ).select(COLUMNS)
