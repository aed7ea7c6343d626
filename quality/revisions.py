"""Why a published value changed: deduced from what stands beside the old and the new value.

Belongs here: comparing two releases and naming causes. Does not belong here: the history itself
(`quality/history.py`) or alarms (`quality/rules/revisions.py`).

Causes a row shows itself: files it rests on (`source`), version of the definition (`method`),
territorial status (`territory`), a correction that came, went or changed and touches a row it was made
from (`correction`). Only where a row shows none, what changed between the releases as a whole is named:
the program (`method`), files (`source`), the reference year (`time`).
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from quality.contracts import CONTRACTS

REVISION = CONTRACTS["revision"]
KEY = ["indicator_id", "ags", "year"]
SAID = ("value", "obs_status", "conf_status", "reason")
"""What a reader sees of an observation; a change in any of these is a revision."""


@dataclass(frozen=True, kw_only=True)
class Edition:
    """What must be known of a release to compare it with another."""

    release: pl.DataFrame
    """Its row of `release_history`."""
    observation: pl.DataFrame
    snapshot: pl.DataFrame
    """Columns snapshot_id and source_id."""

    def said(self, column: str) -> object:
        """One fact about the release."""
        return self.release[column][0]


def revised(before: Edition, after: Edition, touched: pl.DataFrame) -> pl.DataFrame:
    """Every change of a published value from one release to the next.

    Args:
        before: the release that is published.
        after: the one being built.
        touched: columns indicator_id, ags, year, correction_ids: observations made from rows whose
            correction came, went or changed (`corrections_between`).

    Returns:
        Rows of `revision`; none where the two were read from different kinds of origins, whose values
        are not vintages of each other.
    """
    if before.said("origin") != after.said("origin"):
        return REVISION.empty()
    new = after.observation.with_columns(still=pl.lit(True))
    pairs = before.observation.join(new, on=KEY, how="left", suffix="_new")
    differs = pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name}_new")) for name in SAID)
    changed = pairs.filter(differs | pl.col("still").is_null())
    beside = changed.join(touched, on=KEY, how="left").join(
        _sources(changed, before, after), on=KEY, how="left"
    )
    return (
        _with_causes(beside, before, after)
        .select(
            release_id=pl.lit(after.said("release_id"), pl.String),
            previous_release_id=pl.lit(before.said("release_id"), pl.String),
            indicator_id="indicator_id",
            ags="ags",
            year="year",
            kind=pl.when(pl.col("still").is_null()).then(pl.lit("withdrawn")).otherwise(pl.lit("changed")),
            old_value="value",
            old_status="obs_status",
            old_reason="reason",
            new_value="value_new",
            new_status="obs_status_new",
            new_reason="reason_new",
            relative_change=pl.when(pl.col("value") != 0).then(
                (pl.col("value_new") - pl.col("value")) / pl.col("value").abs()
            ),
            old_definition_version="definition_version",
            new_definition_version="definition_version_new",
            causes="causes",
            evidence="evidence",
            source_ids="source_ids",
            correction_ids="correction_ids",
        )
        .sort(list(REVISION.sort))
    )


def _with_causes(rows: pl.DataFrame, before: Edition, after: Edition) -> pl.DataFrame:
    """Add causes and evidence."""
    stays = pl.col("still").is_not_null()

    def named(cause: str, holds: pl.Expr) -> pl.Expr:
        return pl.when(holds).then(pl.lit(cause))

    def moved(column: str) -> pl.Expr:
        return stays & pl.col(column).ne_missing(pl.col(f"{column}_new"))

    shown = pl.concat_list(
        named("source", pl.col("source_ids").is_not_null()),
        named("method", moved("definition_version")),
        named("territory", moved("territory_date")),
        named("correction", pl.col("correction_ids").is_not_null()),
    ).list.drop_nulls()
    eliminated = ",".join(_changed_between(before, after)) or "unknown"
    by_row = shown.list.len() > 0
    return rows.with_columns(
        causes=pl.when(by_row).then(shown.list.join(",")).otherwise(pl.lit(eliminated)),
        evidence=pl.when(by_row).then(pl.lit("row")).otherwise(pl.lit("release")),
    )


def _changed_between(before: Edition, after: Edition) -> list[str]:
    """What changed between two releases as a whole, in the order causes are named."""
    files = [
        set(edition.snapshot.select("source_id", "snapshot_id").iter_rows()) for edition in (before, after)
    ]
    changed = {
        "source": files[0] != files[1],
        "method": before.said("computation_hash") != after.said("computation_hash"),
        "time": before.said("reference_year") != after.said("reference_year"),
    }
    return [cause for cause, holds in changed.items() if holds]


def _sources(rows: pl.DataFrame, before: Edition, after: Edition) -> pl.DataFrame:
    """Sources of the files that came or went between the releases and on one side of an observation.

    A file that both releases have read is no cause, even where only one of the values rests on it.
    """
    empty = pl.lit([], dtype=pl.List(pl.String))
    files = [each.snapshot.select("snapshot_id", "source_id").unique() for each in (before, after)]
    moved = pl.concat(
        [
            files[0].join(files[1], on="snapshot_id", how="anti"),
            files[1].join(files[0], on="snapshot_id", how="anti"),
        ]
    )
    return (
        rows.filter(pl.col("still").is_not_null())
        .select(
            *KEY,
            snapshot_id=pl.col("snapshot_ids")
            .fill_null(empty)
            .list.set_symmetric_difference(pl.col("snapshot_ids_new").fill_null(empty)),
        )
        .explode("snapshot_id")
        .join(moved, on="snapshot_id")
        .group_by(KEY)
        .agg(source_ids=pl.col("source_id").unique().sort().str.join(","))
    )


def corrections_between(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """Rows of files whose correction came, went or changed.

    Args:
        before: table `correction` of the published release.
        after: the same of the one being built.

    Returns:
        Columns snapshot_id, locator, correction_id.
    """
    said = [
        "correction_id",
        "action",
        "column_name",
        "provider_value",
        "corrected_value",
        "snapshot_id",
        "locator",
    ]
    applied = [each.filter(pl.col("state") == "applied").select(said) for each in (before, after)]
    went = applied[0].join(applied[1], on=said, how="anti", nulls_equal=True)
    came = applied[1].join(applied[0], on=said, how="anti", nulls_equal=True)
    return pl.concat([went, came]).select("snapshot_id", "locator", "correction_id").unique().drop_nulls()
