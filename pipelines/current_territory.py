"""Observations on the newest territory: measures carried, formulas applied, files named.

Belongs here: putting `indicators.territory` and `indicators.formula` together into rows of
`observation_current_territory`. Does not belong here: how parts add up, or what a formula means.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from indicators.breaks import with_breaks
from indicators.formula import measures_of, observe
from indicators.indicator import Indicator
from indicators.measure import Measure
from indicators.territory import carried
from pipelines.observations import units_of, with_provenance
from quality.contracts import CONTRACTS
from quality.status import begins_anew_expr

TABLE = "observation_current_territory"
UNIT_YEAR = ["ags", "year"]


def observations_carried(
    indicators: Mapping[str, Indicator],
    declared: Mapping[str, Measure],
    *,
    observation: pl.DataFrame,
    measure: pl.DataFrame,
    measure_input: pl.LazyFrame,
    municipality: pl.DataFrame,
    territory_path: pl.DataFrame,
    reference_year: int,
) -> pl.DataFrame:
    """Rows of `observation_current_territory`: what differs from `observation` on the newest territory.

    Args:
        indicators: the catalogue; only actual figures are carried.
        declared: measure id to declaration.
        observation, measure, measure_input, municipality, territory_path: the tables.
        reference_year: last complete year.
    """
    actual = measure.filter(pl.col("phase") != "plan")
    way = territory_path.filter(pl.col("year").is_in(actual["year"].unique().implode()))
    if way.is_empty():
        return CONTRACTS[TABLE].empty()
    measures = carried(actual, way, declared)
    newest = municipality["territory_date"].max()
    units = units_of(municipality).filter("is_live").with_columns(is_live=False, territory_date=newest)
    files, ways = _files(measure_input, way), _ways(way)
    beside = _with_reported(measures, actual, way)

    def rows(indicator: Indicator) -> pl.DataFrame:
        observed = observe(
            indicator,
            measures=beside,
            declared=declared,
            units=units,
            reference_year=reference_year,
            phase="actual",
        ).join(ways.select(UNIT_YEAR), on=UNIT_YEAR, how="semi")
        reported = observation.filter(pl.col("indicator_id") == indicator.id).join(
            observed.select("ags").unique(), on="ags", how="semi"
        )
        reported = reported.join(observed, on=UNIT_YEAR, how="anti").with_columns(territory_date=newest)
        series = with_breaks(
            pl.concat([observed, reported.select(observed.columns)]),
            of_two_origins=indicator.published_as is not None,
        )
        told = (
            series.join(observed.select(UNIT_YEAR), on=UNIT_YEAR, how="semi")
            .join(ways, on=UNIT_YEAR, how="inner")
            .join(_shares(measures, indicator), on=UNIT_YEAR, how="left")
        )
        share = pl.when(pl.col("value").is_null()).then(0.0).otherwise("estimated_share").fill_null(0.0)
        told = told.with_columns(estimated_share=share)
        carried_rows = with_provenance(told, indicator, files, phase="actual", table=TABLE)
        return pl.concat([_differing(carried_rows, observation), _broken_anew(series, reported)])

    stacked = pl.concat(
        [CONTRACTS[TABLE].empty(), *(rows(each) for each in indicators.values() if each.formula is not None)]
    )
    return stacked.sort(list(CONTRACTS[TABLE].sort), maintain_order=True)


def _broken_anew(series: pl.DataFrame, reported: pl.DataFrame) -> pl.DataFrame:
    """Rows as reported that begin a series anew only because carried years stand before them."""
    breaks = begins_anew_expr(pl.col("obs_status"), pl.col("further_reasons"))
    kept = ["obs_status", "reason", "further_reasons"]
    marked = series.filter(breaks).select(*UNIT_YEAR, *kept)
    whole = reported.filter(~breaks).drop(kept).join(marked, on=UNIT_YEAR, how="inner")
    return whole.with_columns(estimated_share=pl.lit(0.0), path=pl.format("{} x 1.0", "ags")).select(
        list(CONTRACTS[TABLE].columns)
    )


def _with_reported(measures: pl.DataFrame, actual: pl.DataFrame, way: pl.DataFrame) -> pl.DataFrame:
    """Carried measures and what sources report on the newest territory already, for formulas of both."""
    years = way.select("year", ags="key_to").unique()
    cell = ["measure_id", "phase", *UNIT_YEAR]
    reported = actual.join(years, on=UNIT_YEAR, how="semi").join(measures, on=cell, how="anti")
    columns = [*cell, "value", "obs_status", "reason", "note"]
    return pl.concat([measures.select(columns), reported.cast({"value": pl.Float64}).select(columns)])


def _shares(measures: pl.DataFrame, indicator: Indicator) -> pl.DataFrame:
    """The largest estimated share among the measures of a formula, by unit and year."""
    used = measures.filter(pl.col("measure_id").is_in(list(measures_of(indicator))))
    return used.group_by(UNIT_YEAR).agg(pl.col("estimated_share").max())


def _ways(territory_path: pl.DataFrame) -> pl.DataFrame:
    """One text per unit and year: its parts, their shares, and who witnesses the way."""
    share = pl.coalesce(pl.col("population_weight").round(6).cast(pl.String), pl.lit("?"))
    witnesses = pl.when(pl.col("via") != "").then(pl.format(" ({})", "via")).otherwise(pl.lit(""))
    part = pl.format("{} x {}{}", "key_from", share, witnesses)
    return territory_path.group_by("year", ags="key_to").agg(path=part.sort_by("key_from").str.join(" + "))


def _files(measure_input: pl.LazyFrame, territory_path: pl.DataFrame) -> pl.DataFrame:
    """Which files each carried measure rests on: those of its parts and those of the weights."""
    parts = territory_path.select("year", ags="key_from", unit="key_to").lazy()
    read = (
        measure_input.filter(pl.col("snapshot_id").is_not_null(), pl.col("phase") != "plan")
        .select("measure_id", "ags", "year", "phase", "snapshot_id")
        .unique()
        .join(parts, on=UNIT_YEAR, how="inner")
        .select("measure_id", "year", "phase", "snapshot_id", ags="unit")
        .unique()
        .collect(engine="streaming")
    )
    weights = (
        territory_path.select("year", "snapshot_ids", ags="key_to")
        .explode("snapshot_ids")
        .rename({"snapshot_ids": "snapshot_id"})
        .filter(pl.col("snapshot_id").is_not_null())
        .unique()
    )
    cells = read.select("measure_id", "phase", *UNIT_YEAR).unique()
    return pl.concat([read, cells.join(weights, on=UNIT_YEAR, how="inner").select(read.columns)])


def _differing(rows: pl.DataFrame, observation: pl.DataFrame) -> pl.DataFrame:
    """Rows that say something else than `observation` does for the same unit and year."""
    same = ["indicator_id", *UNIT_YEAR, "value", "obs_status", "reason"]
    estimated = rows.filter(pl.col("estimated_share") > 0)
    plain = rows.filter(pl.col("estimated_share") == 0)
    return pl.concat([estimated, plain.join(observation.select(same), on=same, how="anti", nulls_equal=True)])
