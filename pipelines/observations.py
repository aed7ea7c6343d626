"""From indicators to published rows: provenance added.

Belongs here: what the pipeline adds to an observation (files it rests on, definition version). Does
not belong here: values and statuses (`indicators/formula.py`), the catalogue as tables
(`pipelines/catalogue.py`).
"""

from __future__ import annotations

import polars as pl

from indicators.confidentiality import REASON as SMALL_NUMBER
from indicators.formula import measures_of
from indicators.indicator import Indicator
from quality.contracts import CONTRACTS


def units_of(municipality: pl.DataFrame) -> pl.DataFrame:
    """Units observations may be made for.

    Unincorporated areas have no council and none are made. An independent city is one unit with two
    roles: its municipality key carries the figures, its district key neither a copy nor a gap.
    """
    second_role = (pl.col("level") == "district") & pl.col("is_independent_city")
    return municipality.filter(~pl.col("is_unincorporated") & ~second_role).select(
        "ags", "level", "territory_date", is_live=pl.col("valid_to").is_null()
    )


def with_provenance(
    observed: pl.DataFrame, indicator: Indicator, files: pl.DataFrame, *, phase: str, table: str
) -> pl.DataFrame:
    """Rows of `observation` or `observation_plan`.

    Args:
        observed: what `indicators.formula.observe` returns.
        indicator: its declaration.
        files: columns measure_id, ags, year, phase, snapshot_id; which file each input came from.
        phase: phase of the measures that were used.
        table: contract of the result.
    """
    used = (
        files.filter(
            pl.col("measure_id").is_in(list(measures_of(indicator))), pl.col("phase").is_in([phase, "none"])
        )
        .group_by("ags", "year")
        .agg(snapshot_ids=pl.col("snapshot_id").unique().sort())
    )
    empty = pl.lit([], dtype=pl.List(pl.String))
    return (
        observed.join(used, on=["ags", "year"], how="left")
        .with_columns(
            snapshot_ids=pl.col("snapshot_ids").fill_null(empty),
            conf_status=pl.when(pl.col("reason") == SMALL_NUMBER).then(pl.lit("C")).otherwise(pl.lit("F")),
            definition_version=pl.lit(indicator.definition_version),
        )
        .select(list(CONTRACTS[table].columns))
    )
