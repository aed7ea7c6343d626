"""Inhabitants that amounts and counts are related to.

Belongs here: which population figure goes with a year. Does not belong here: the figures
themselves, which the register brings.

Money of a year is related to the population of 30 June, stocks to that of 31 December. Where no
figure of that very date exists, the nearest one within five years stands in, with status E and its
date and census base as note. Of several territorial editions the newest that knows the unit counts.
"""

from __future__ import annotations

from collections.abc import Mapping

import narwhals.stable.v2 as nw

from indicators.measure import INPUT_COLUMNS, Lazy, Measure, MeasureGroup

DAYS_PER_YEAR, DAYS_PER_MONTH = 372, 31
"""A calendar with equal months: it orders dates rightly and measures distances closely enough."""

NEAREST_WITHIN_YEARS = 5
TERRITORY_SCALE = 1_000_000


def inputs(tables: Mapping[str, Lazy]) -> Lazy:
    """One population row per unit, year and date, for the units and years in `unit_years`."""
    population = tables["population"].with_columns(
        counted=_ordinal(nw.col("reference_date")), territory=_ordinal(nw.col("territory_date"))
    )
    pairs = tables["unit_years"].join(population, on="ags", how="inner")
    mid_year = _nearest(pairs, measure_id="population_30_06", month=6, day=30)
    year_end = _nearest(pairs, measure_id="population_31_12", month=12, day=31)
    return nw.concat([mid_year, year_end], how="vertical")


def _ordinal(day: nw.Expr) -> nw.Expr:
    return (
        day.dt.year().cast(nw.Int64) * DAYS_PER_YEAR
        + day.dt.month().cast(nw.Int64) * DAYS_PER_MONTH
        + day.dt.day().cast(nw.Int64)
    )


def _nearest(pairs: Lazy, *, measure_id: str, month: int, day: int) -> Lazy:
    wanted = nw.col("year") * DAYS_PER_YEAR + month * DAYS_PER_MONTH + day
    near = pairs.with_columns(distance=(nw.col("counted") - wanted).abs()).filter(
        nw.col("distance") <= NEAREST_WITHIN_YEARS * DAYS_PER_YEAR
    )
    # One whole number orders by distance first, then by newest territory.
    scored = near.with_columns(score=nw.col("distance") * TERRITORY_SCALE - nw.col("territory"))
    best = scored.group_by("ags", "year").agg(best=nw.col("score").min())
    exact = nw.col("distance") == 0
    return (
        scored.join(best, on=["ags", "year"], how="inner")
        .filter(nw.col("score") == nw.col("best"))
        .with_columns(
            measure_id=nw.lit(measure_id),
            phase=nw.lit("none"),
            input_table=nw.lit("population"),
            input_id=nw.col("population_id"),
            rule_id=nw.lit(None, nw.String),
            contribution=nw.col("inhabitants"),
            obs_status=nw.when(exact).then(nw.lit("A")).otherwise(nw.lit("E")),
            reason=nw.when(exact).then(nw.lit(None, nw.String)).otherwise(nw.lit("population_of_other_date")),
            note=nw.concat_str(
                [nw.col("reference_date").cast(nw.String), nw.col("census_base")], separator="/"
            ),
        )
        .select(*INPUT_COLUMNS)
    )


GROUP = MeasureGroup(
    id="population",
    tables=("population", "unit_years"),
    measures=(
        Measure(
            id="population_30_06",
            unit="persons",
            name_de="Einwohnerzahl am 30. Juni",
            name_en="Population on 30 June",
            description="Inhabitants related to flows of the year, nearest available figure.",
            absent_status="O",
            absent_reason="no_population",
            carries_note=True,
        ),
        Measure(
            id="population_31_12",
            unit="persons",
            name_de="Einwohnerzahl am 31. Dezember",
            name_en="Population on 31 December",
            description="Inhabitants related to stocks at the end of the year, nearest available figure.",
            absent_status="O",
            absent_reason="no_population",
            carries_note=True,
        ),
    ),
    inputs=inputs,
)
