"""Which failed checks and quarantined rows concern one unit.

Belongs here: finding the units a finding names. Does not belong here: what a page says about it.

A finding of a check names units by key in its examples, so at most as many units as it gives examples.
A quarantined row names a unit by key in its text, or comes from a file all rows of which are about one
unit, as a municipal budget is. Names are not matched: a row waits in quarantine because its name was
ambiguous.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import polars as pl

from pipelines.site.frames import Row

_KEY = r"\b\d{8}\b|\b\d{5}\b"


def findings_by_unit(frames: Mapping[str, pl.DataFrame]) -> Mapping[str, list[Row]]:
    """Unit to what was found about it: kind, table, statement, remedy and number of rows.

    Args:
        frames: tables `quality_result`, `quarantine`, `municipality` and `budget_line`.
    """
    units = frames["municipality"].select("ags")
    found = pl.concat(
        [_failed(frames["quality_result"]), _quarantined(frames["quarantine"], frames["budget_line"])]
    )
    counted = (
        found.join(units, on="ags", how="semi")
        .group_by("ags", "kind", "table_name", "statement", "remedy")
        .agg(pl.len().alias("rows"))
        .sort("ags", "kind", "table_name", "statement")
    )
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in counted.iter_rows(named=True):
        groups[row["ags"]].append(row)
    return dict(groups)


def _failed(checks: pl.DataFrame) -> pl.DataFrame:
    return (
        checks.filter(~pl.col("passed"))
        .select(
            "table_name",
            "remedy",
            kind=pl.lit("check"),
            statement=pl.col("expected"),
            ags=pl.col("examples").str.extract_all(_KEY).list.unique(),
        )
        .explode("ags")
        .drop_nulls("ags")
        .select(_COLUMNS)
    )


def _quarantined(quarantine: pl.DataFrame, budget_line: pl.DataFrame) -> pl.DataFrame:
    owners = budget_line.group_by("snapshot_id").agg(pl.col("ags").unique())
    one_owner = owners.filter(pl.col("ags").list.len() == 1).select(
        "snapshot_id", owner=pl.col("ags").list.first()
    )
    return (
        quarantine.join(one_owner, on="snapshot_id", how="left")
        .select(
            "table_name",
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


_COLUMNS = ("ags", "kind", "table_name", "statement", "remedy")
