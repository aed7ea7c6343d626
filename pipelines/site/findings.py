"""Which failed checks and quarantined rows concern one unit.

Belongs here: finding the units a finding names. Does not belong here: what a page says about it.

A failed check names its units in table quality_finding.
A quarantined row names a unit by key in its text, or comes from a file all rows of which are about one
unit, as a municipal budget is. Names are not matched: a row waits in quarantine because its name was
ambiguous.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from pipelines.site.frames import Library
from pipelines.site.reading import Row, columns, grouped

_INPUT = ("input_table", "snapshot_id", "ags")
"""Columns that tell whose file a line came from."""

_KEY = r"\b\d{8}\b|\b\d{5}\b"


def findings_by_unit(library: Library) -> Mapping[str, list[Row]]:
    """Unit to what was found about it: kind, table, rule, statement, remedy and number of rows."""
    quarantined = _quarantined(library.table("quarantine"), columns(library.tables, "measure_input", *_INPUT))
    failed = _failed(library.table("quality_result"), library.table("quality_finding"))
    found = pl.concat([failed, quarantined])
    counted = (
        found.join(library.table("municipality").select("ags"), on="ags", how="semi")
        .group_by(pl.exclude("rows"))
        .agg(pl.col("rows").sum())
        .sort("ags", "kind", "table_name", "statement")
    )
    return grouped(counted.iter_rows(named=True), "ags")


def _failed(checks: pl.DataFrame, named: pl.DataFrame) -> pl.DataFrame:
    return (
        named.join(checks, on="check_id")
        .with_columns(
            kind=pl.lit("check"),
            rule=pl.lit(""),
            statement=pl.col("expected"),
            statement_de=pl.col("expected_de"),
        )
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
            "remedy_de",
            kind=pl.lit("quarantine"),
            statement=pl.col("reason"),
            statement_de=pl.col("reason_de"),
            rows=pl.lit(1, pl.Int64),
            ags=pl.concat_list(pl.col("raw_text").fill_null("").str.extract_all(_KEY), pl.col("owner"))
            .list.drop_nulls()
            .list.unique(),
        )
        .explode("ags")
        .drop_nulls("ags")
        .select(_COLUMNS)
    )


_COLUMNS = (
    "ags", "kind", "table_name", "rule", "statement", "statement_de", "remedy", "remedy_de", "rows",
)  # fmt: skip
