"""How many of the core indicators have a value: the measure behind the data-availability rate.

Belongs here: counting indicators with and without value. Does not belong here: any other measure;
this group reads what all other indicators have come to, and is therefore computed last.

An indicator counts as available for a unit when it has a value in the reference year or one of the
four years before. Indicators that cannot exist for a unit (status M) are not counted as applicable.
"""

from __future__ import annotations

from collections.abc import Mapping

import narwhals.stable.v2 as nw

from indicators.measure import INPUT_COLUMNS, Lazy, Measure, MeasureGroup

WINDOW_YEARS = 5


def inputs(tables: Mapping[str, Lazy]) -> Lazy:
    """One row per unit with the indicators that can exist for it, and one per indicator that has a value.

    `core_observation` must hold indicator_id, ags, year, reference_year, value and obs_status of
    the core indicators; each unit has one row per indicator for the reference year at least. A unit
    without any value keeps one row that says 0, since here nothing known is known to be nothing. What
    the rows of a unit stand for is found in `observation` by its key; a row per indicator that has no
    value would be most of the table and say no more.
    """
    recent = tables["core_observation"].filter(
        nw.col("year") > nw.col("reference_year") - WINDOW_YEARS,
        nw.col("year") <= nw.col("reference_year"),
    )
    per_indicator = recent.group_by("ags", "indicator_id", "reference_year").agg(
        known=(~nw.col("value").is_null()).cast(nw.Int64).max(),
        possible=(nw.col("obs_status") != "M").cast(nw.Int64).max(),
    )
    per_unit = per_indicator.group_by("ags", "reference_year").agg(
        nw.col("known").cast(nw.Int64).sum(), nw.col("possible").cast(nw.Int64).sum()
    )
    one = nw.concat_str([nw.col("indicator_id"), nw.col("ags")], separator="/")
    known = per_indicator.filter(nw.col("known") == 1).with_columns(input_id=one)
    nothing = per_unit.filter(nw.col("known") == 0).with_columns(input_id=nw.col("ags"))
    all_of_it = per_unit.with_columns(input_id=nw.col("ags"))
    return nw.concat(
        [
            _rows(all_of_it, measure_id="core_indicators_applicable", contribution="possible"),
            _rows(nothing, measure_id="core_indicators_available", contribution="known"),
            _rows(known, measure_id="core_indicators_available", contribution="known"),
        ],
        how="vertical",
    )


def _rows(counted: Lazy, *, measure_id: str, contribution: str) -> Lazy:
    nothing = nw.lit(None, nw.String)
    return counted.with_columns(
        measure_id=nw.lit(measure_id),
        year=nw.col("reference_year"),
        phase=nw.lit("none"),
        input_table=nw.lit("observation"),
        rule_id=nothing,
        contribution=nw.col(contribution).cast(nw.Int64),
        obs_status=nw.lit("A"),
        reason=nothing,
        note=nothing,
        snapshot_id=nothing,
        locator=nothing,
        raw_text=nothing,
    ).select(*INPUT_COLUMNS)


GROUP = MeasureGroup(
    id="availability",
    tables=("core_observation",),
    measures=(
        Measure(
            id="core_indicators_available",
            unit="count",
            territory_rule="not_convertible",
            name_de="Kernindikatoren mit Wert",
            name_en="Core indicators with a value",
            description="Core indicators with a value in the reference year or the four years before.",
        ),
        Measure(
            id="core_indicators_applicable",
            unit="count",
            territory_rule="not_convertible",
            name_de="anwendbare Kernindikatoren",
            name_en="Applicable core indicators",
            description="Core indicators that can exist for the unit.",
        ),
    ),
    inputs=inputs,
)
