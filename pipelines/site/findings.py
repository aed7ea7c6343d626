"""Which failed checks and quarantined rows concern one unit.

Belongs here: finding the units a finding names. Does not belong here: what a page says about it.

A finding of a check names units by key in its examples, so at most as many units as it gives examples.
A quarantined row names a unit by key in its text, or comes from a file all rows of which are about one
unit, as a municipal budget is. Names are not matched: a row waits in quarantine because its name was
ambiguous.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from pipelines.site.frames import Library
from pipelines.site.reading import Row, grouped

_KEY = r"\b\d{8}\b|\b\d{5}\b"


def findings_by_unit(library: Library) -> Mapping[str, list[Row]]:
    """Unit to what was found about it: kind, table, rule, statement, remedy and number of rows."""
    quarantined = _quarantined(library.table("quarantine"), library.table("measure_input"))
    found = pl.concat([_failed(library.table("quality_result")), quarantined])
    counted = (
        found.join(library.table("municipality").select("ags"), on="ags", how="semi")
        .group_by("ags", "kind", "table_name", "rule", "statement", "remedy")
        .agg(pl.len().alias("rows"))
        .sort("ags", "kind", "table_name", "statement")
    )
    return grouped(counted.iter_rows(named=True), "ags")


def _failed(checks: pl.DataFrame) -> pl.DataFrame:
    return (
        checks.filter(~pl.col("passed"))
        .select(
            "table_name",
            "remedy",
            kind=pl.lit("check"),
            rule=pl.lit(""),
            statement=pl.col("expected"),
            ags=pl.col("examples").str.extract_all(_KEY).list.unique(),
        )
        .explode("ags")
        .drop_nulls("ags")
        .select(_COLUMNS)
    )


def _quarantined(quarantine: pl.DataFrame, inputs: pl.DataFrame) -> pl.DataFrame:
    lines = inputs.filter(pl.col("input_table") == "budget_line")
    owners = lines.group_by("snapshot_id").agg(pl.col("ags").unique())
    one_owner = owners.filter(pl.col("ags").list.len() == 1).select(
        "snapshot_id", owner=pl.col("ags").list.first()
    )
    return (
        quarantine.join(one_owner, on="snapshot_id", how="left")
        .select(
            "table_name",
            "rule",
            "remedy",
            kind=pl.lit("quarantine"),
            statement=pl.col("reason"),
            ags=pl.concat_list(pl.col("raw_text").fill_null("").str.extract_all(_KEY), pl.col("owner"))
            .list.drop_nulls()
            .list.unique(),
        )
        .explode("ags")
        .drop_nulls("ags")
        .select(_COLUMNS)
    )


_COLUMNS = ("ags", "kind", "table_name", "rule", "statement", "remedy")
