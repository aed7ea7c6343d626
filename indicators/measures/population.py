"""Inhabitants that amounts and counts are related to.

Belongs here: which population figure goes with a year. Does not belong here: the figures
themselves, which the register brings.

Money of a year is related to the population of 30 June, stocks to that of 31 December. Where no
figure of that very date exists, the nearest one within five years stands in, with status E. The
note of the measure is date and census base, which becomes `denominator_id`.

Of several figures the order is: the nearest date; of one date the census base that was official at
it (2022 from the census day on, 2011 before, so that a back-calculation never replaces the official
figure); of two dates equally far the earlier, which later publications do not move; of several
territorial editions the newest that knows the unit. Never two figures are added: the order is strict.
"""

from __future__ import annotations

from collections.abc import Mapping

import narwhals.stable.v2 as nw

from indicators.measure import INPUT_COLUMNS, Lazy, Measure, MeasureGroup
from indicators.population_roles import of_all_roles

DAYS_PER_YEAR, DAYS_PER_MONTH = 372, 31
"""A calendar with equal months: it orders dates rightly and measures distances closely enough."""

NEAREST_WITHIN_YEARS = 5
CENSUS_2022_DAY = 2022 * DAYS_PER_YEAR + 5 * DAYS_PER_MONTH + 15
"""15 May 2022 in that calendar: from then on figures on the census of 2022 are the official ones."""

ORDINAL_SCALE = 1_000_000
"""More than any day of that calendar, to order by several things in one whole number."""


def inputs(tables: Mapping[str, Lazy]) -> Lazy:
    """One population row per unit, year and date, for the units and years in `unit_years`."""
    population = of_all_roles(tables["population"], tables["municipality"]).with_columns(
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
    scored = near.with_columns(score=_order())
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


def _order() -> nw.Expr:
    """One whole number that is smallest for the figure to take: see the module's own words."""
    since_census = nw.col("counted") >= CENSUS_2022_DAY
    unofficial = (nw.col("census_base") == "census_2022") != since_census
    date_and_base = nw.col("distance") * 2 + unofficial.cast(nw.Int64)
    newest_territory = ORDINAL_SCALE - nw.col("territory")
    return (date_and_base * ORDINAL_SCALE + nw.col("counted")) * ORDINAL_SCALE + newest_territory


GROUP = MeasureGroup(
    id="population",
    tables=("population", "municipality", "unit_years"),
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
