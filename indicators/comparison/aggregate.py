"""Sums over units: for Germany, each Land and each peer group, level by level, with coverage.

Belongs here: what an indicator comes to over many units. Does not belong here: which of these sums
must be withheld (`indicators/comparison/confidential_sums.py`).

- A ratio is the ratio of sums over the units for which every measure of the formula is known, so that
  both sums speak of the same units; never the mean of the units' ratios.
- Of yes-no indicators the share of units that say yes among those known.
- A count is the sum over the units known. Partnerships add up to partnerships: a partner of two
  municipalities is in two partnerships, so the sum is never a number of partner cities.
- What comes as a ratio already, a score or an ordinal step cannot be added: no value, status M.

Levels are never added together. The sum of municipalities holds every independent city once, the sum
of districts none of them; adding both would count money twice that a district raises from its
municipalities as a levy. Within a level no levy is counted twice where spending is tagged at the
unit that pays the project; total payments hold what a unit passes on to others and are therefore
compared only within a level.

Values of low reliability or of another definition do not enter. Money of units that keep their accounts
in different systems is added up, but the sum has status D: they do not book the same things as
expenditure. Below half of the inhabitants the
result has status U: a sum over few is no statement about all. The share of yes is not even stated
then: lists name those who say yes, so who is known and who says yes are nearly the same question.
"""

from __future__ import annotations

import re
from typing import Literal

import polars as pl

from indicators.comparison.comparable import COMPARED_STATUSES
from indicators.comparison.statistic import LEAST_COVERAGE
from indicators.formula import OF_A_SHARE, measures_of
from indicators.indicator import Indicator
from quality.status import from_rank_expr, rank_expr

CELL = ["area_id", "area_kind", "level", "year"]
RATIO = re.compile(r"(?P<above>.+) / nullif\((?P<below>.+), 0\)")
Method = Literal["ratio_of_sums", "share_of_yes", "sum", "none"]
UNIT_YEAR = ["ags", "year"]
MIXED = "accounting_mixed"
"""Reason of a sum over accounts kept in different systems."""


def method_of(indicator: Indicator) -> Method:
    """How an indicator is added up, decided by its kind and the form of its formula."""
    if indicator.kind == "binary":
        return "share_of_yes"
    if indicator.kind == "count":
        return "sum"
    is_ratio = RATIO.fullmatch(indicator.formula or "") is not None
    return "ratio_of_sums" if is_ratio and indicator.kind in {"money", "balance", "share", "rate"} else "none"


def areas(units: pl.DataFrame, groups: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """Which unit belongs to which area: Germany, its Land, its peer groups.

    Returns:
        Columns area_id, area_kind (federation, land, peer_group), level, ags, population.
    """
    own = units.filter(pl.col("level") != "land").select("ags", "level", "land", "population")
    whole = own.select(pl.lit("DG").alias("area_id"), pl.lit("federation").alias("area_kind"), *_OWN)
    lands = own.select(pl.col("land").alias("area_id"), pl.lit("land").alias("area_kind"), *_OWN)
    peers = (
        members.join(groups.select("group_id"), on="group_id", how="semi")
        .join(own, on="ags", how="inner")
        .select(pl.col("group_id").alias("area_id"), pl.lit("peer_group").alias("area_kind"), *_OWN)
    )
    return pl.concat([whole, lands, peers])


_OWN = ("level", "ags", "population")


def known_units(indicator: Indicator, measures: pl.DataFrame, sealed: pl.DataFrame) -> pl.DataFrame:
    """Units and years for which every measure of the formula is known, one column per measure.

    Args:
        indicator: the declaration.
        measures: table `measure` of actual figures as published.
        sealed: rows of `measure` that were taken out as confidential, with their values.

    Returns:
        Columns ags, year, one per measure, rank (of the strongest status), reason (that goes with
        it), confidential (a measure of the row is).
    """
    names = measures_of(indicator)
    usable = measures.filter(
        pl.col("measure_id").is_in(list(names)),
        pl.col("phase") != "plan",
        pl.col("value").is_not_null(),
        pl.col("obs_status").is_in(list(COMPARED_STATUSES)),
    ).with_columns(confidential=pl.lit(False))
    secret = sealed.filter(pl.col("measure_id").is_in(list(names)), pl.col("phase") != "plan").with_columns(
        confidential=pl.lit(True), obs_status=pl.lit("A"), reason=pl.lit(None, pl.String)
    )
    columns = [*UNIT_YEAR, "measure_id", "value", "obs_status", "reason", "confidential"]
    rows = pl.concat([usable.select(columns), secret.select(columns)]).with_columns(
        rank=rank_expr(pl.col("obs_status"))
    )
    wide = rows.group_by(UNIT_YEAR).agg(
        *(pl.col("value").filter(pl.col("measure_id") == name).first().alias(name) for name in names),
        known=pl.col("measure_id").n_unique(),
        rank=pl.col("rank").max(),
        reason=pl.col("reason").filter(pl.col("rank") == pl.col("rank").max()).min(),
        confidential=pl.col("confidential").any(),
    )
    return wide.filter(pl.col("known") == len(names)).drop("known")


def sums(
    indicator: Indicator, known: pl.DataFrame, inside: pl.DataFrame, accounting: pl.DataFrame | None = None
) -> pl.DataFrame:
    """One row per area, level and year with at least one unit known.

    Args:
        indicator: the declaration.
        known: what `known_units` returns.
        inside: what `areas` returns, for the levels the indicator is for.
        accounting: columns ags, year, accounting, one row per system the accounts were kept in; null
            where the indicator counts no money.

    Returns:
        Columns of `CELL`, indicator_id, method, reporting, members, population_covered, coverage,
        one sum per measure, yes (units whose formula is 1), rank, reason, confidential (units),
        is_mixed (the units added up do not all keep their accounts in one system).
    """
    names = measures_of(indicator)
    totals = inside.group_by("area_id", "area_kind", "level").agg(
        members=pl.len().cast(pl.Int64),
        population=pl.when(pl.col("population").null_count() == 0).then(pl.col("population").sum()),
    )
    method = method_of(indicator)
    yes = pl.sql_expr(indicator.formula or "NULL") == 1 if method == "share_of_yes" else pl.lit(None)
    added = known.with_columns(yes=yes.cast(pl.Boolean)).join(inside, on="ags", how="inner")
    return (
        added.group_by(CELL)
        .agg(
            *(pl.col(name).sum() for name in names),
            reporting=pl.len().cast(pl.Int64),
            population_covered=pl.col("population").sum(),
            yes=pl.col("yes").sum().cast(pl.Int64),
            reason=pl.col("reason").filter(pl.col("rank") == pl.col("rank").max()).min(),
            rank=pl.col("rank").max(),
            confidential=pl.col("confidential").sum().cast(pl.Int64),
        )
        .join(totals, on=["area_id", "area_kind", "level"], how="inner")
        .join(_mixed(added, accounting), on=CELL, how="left")
        .with_columns(
            is_mixed=pl.col("is_mixed").fill_null(False),
            indicator_id=pl.lit(indicator.id),
            method=pl.lit(method),
            coverage=pl.col("population_covered") / pl.col("population"),
        )
        .drop("population")
    )


def _mixed(added: pl.DataFrame, accounting: pl.DataFrame | None) -> pl.DataFrame:
    """Cells whose units keep their accounts in more than one system."""
    nothing = pl.DataFrame(schema={"ags": pl.String, "year": pl.Int64, "accounting": pl.String})
    booked = added.join(nothing if accounting is None else accounting, on=UNIT_YEAR, how="inner")
    systems = booked.group_by(CELL).agg(systems=pl.col("accounting").n_unique())
    return systems.filter(pl.col("systems") > 1).select(*CELL, is_mixed=pl.lit(True))


def evaluated(indicator: Indicator, cells: pl.DataFrame) -> pl.DataFrame:
    """Value, numerator and denominator of each sum, with status and reason.

    Args:
        indicator: the declaration.
        cells: what `sums` returns, with column `withheld` (null, or the reason a confidential sum is).
    """
    above, below = _formula(indicator)
    stated = pl.col("withheld").is_null()
    numbers = cells.with_columns(numerator=above.cast(pl.Float64), denominator=below.cast(pl.Float64))
    ratio = pl.when(pl.col("denominator") != 0).then(pl.col("numerator") / pl.col("denominator"))
    scale = 100.0 if method_of(indicator) == "share_of_yes" else 1.0
    whole = pl.col("numerator") if method_of(indicator) == "sum" else scale * ratio
    few = pl.col("coverage").is_null() | (pl.col("coverage") < LEAST_COVERAGE)
    blurred = pl.col("confidential") > 0
    cases: list[tuple[pl.Expr, str | pl.Expr, str | pl.Expr]] = [
        (~stated, "Q", pl.col("withheld")),
        (pl.lit(method_of(indicator) == "none"), "M", "not_additive"),
        (whole.is_null(), "M", "denominator_zero"),
        (few, "U", "less_than_half_covered"),
        (pl.col("is_mixed"), "D", MIXED),
        (blurred, "E", "rounded_for_confidentiality"),
    ]
    status, reason = from_rank_expr(pl.col("rank")), pl.col("reason")
    if indicator.kind == "share":
        reason = reason.replace(*OF_A_SHARE)
    for condition, code, why in reversed(cases):
        status = pl.when(condition).then(_text(code)).otherwise(status)
        reason = pl.when(condition).then(_text(why)).otherwise(reason)
    beneath = pl.col("is_mixed") & (reason != MIXED).fill_null(True)
    numbers = numbers.with_columns(
        obs_status=status, reason=reason, further_reasons=pl.when(beneath).then(pl.lit(MIXED))
    )
    return (
        numbers.with_columns(
            value=pl.when(stated & ~(few & (pl.lit(method_of(indicator) == "share_of_yes")))).then(whole),
            numerator=pl.when(stated).then(pl.col("numerator")),
            denominator=pl.when(stated).then(pl.col("denominator")),
        )
        .with_columns(
            conf_status=pl.when(stated).then(pl.lit("F")).otherwise(pl.lit("D")),
        )
        .drop("rank", "withheld", "yes", "is_mixed", *measures_of(indicator))
    )


def _text(given: str | pl.Expr) -> pl.Expr:
    return pl.lit(given) if isinstance(given, str) else given


def _formula(indicator: Indicator) -> tuple[pl.Expr, pl.Expr]:
    """What stands above and below the line, over sums."""
    method = method_of(indicator)
    nothing = pl.lit(None, pl.Float64)
    if method == "none":
        return nothing, nothing
    if method == "share_of_yes":
        return pl.col("yes"), pl.col("reporting")
    if method == "sum":
        return pl.sql_expr(indicator.formula or "NULL"), nothing
    found = RATIO.fullmatch(indicator.formula or "")
    if found is None:  # method_of has asked the same
        return nothing, nothing
    return pl.sql_expr(found["above"]), pl.sql_expr(found["below"])
