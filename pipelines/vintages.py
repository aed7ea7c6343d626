"""What became of the last release's numbers: history, revisions and the list of releases.

Belongs here: reading the published release and adding three tables to the one being built. Does not
belong here: the comparison itself (`quality/history.py`, `quality/revisions.py`).

The history stands inside the release. Each release carries all that came before, so history survives the
deletion of old releases, a build that failed its audit or was killed never enters it, and after going
back to an earlier release it goes on from there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from pipelines.selecting import selected
from quality.contracts import CONTRACTS
from quality.history import HISTORY, aligned, extended, standing
from quality.revisions import KEY, REVISION, Edition, corrections_between, revised

RELEASES = CONTRACTS["release_history"]
RECORDED = ("release_history", "observation_history", "revision", "quarantine_history")
"""Tables that depend on the releases before, in the order they are written."""

COMPARED = ("observation", "snapshot", "correction", "indicator_measure")
"""Tables of the new release that are compared with those of the published one."""

_INPUTS = ["measure_id", "ags", "year", "snapshot_id", "locator"]


@dataclass(frozen=True, kw_only=True)
class Past:
    """What the published release holds; empty tables before the first one."""

    path: Path | None
    releases: pl.DataFrame
    history: pl.DataFrame
    revisions: pl.DataFrame
    snapshot: pl.DataFrame
    correction: pl.DataFrame


def past(database: Path) -> Past:
    """Read it from the published database.

    A file that is there but cannot be read is an error, never a reason to begin a new history. One
    written before there was a history begins it with its own observations.
    """
    if not database.exists():
        empty = {
            name: CONTRACTS[name].empty()
            for name in ("release_history", "observation_history", "revision", "snapshot", "correction")
        }
        return Past(
            path=None,
            releases=empty["release_history"],
            history=empty["observation_history"],
            revisions=empty["revision"],
            snapshot=empty["snapshot"],
            correction=empty["correction"],
        )
    with duckdb.connect(str(database), read_only=True) as connection:
        present = {row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}

        def table(name: str) -> pl.DataFrame:
            contract = CONTRACTS[name]
            if name not in present:
                return contract.empty()
            return aligned(selected(connection, f"FROM {name}"), contract)

        releases, history = table("release_history"), table("observation_history")
        if releases.is_empty():
            releases = _first(selected(connection, "FROM release"))
            history = extended(HISTORY.empty(), table("observation"), str(releases["release_id"][0]))
        return Past(
            path=database,
            releases=releases,
            history=history,
            revisions=table("revision"),
            snapshot=table("snapshot"),
            correction=table("correction"),
        )


def _first(release: pl.DataFrame) -> pl.DataFrame:
    """The row of a release that was written before releases were listed."""
    return release.select(
        number=pl.lit(1, pl.Int64),
        release_id="release_id",
        recorded_at="built_at",
        origin="origin",
        reference_year="reference_year",
        content_hash="content_hash",
        computation_hash=pl.lit("not recorded"),
        software_version="software_version",
        fewer_rows_accepted=pl.lit(False),
    )


def recorded(
    before: Past, release: Mapping[str, object], house: Mapping[str, pl.DataFrame], inputs: pl.LazyFrame
) -> dict[str, pl.DataFrame]:
    """The three tables of the release being built.

    Args:
        before: the published release.
        release: its row of `release_history` without the number.
        house: tables observation, snapshot, correction, indicator_measure of the new release.
        inputs: table `measure_input` of the new release.
    """
    number = (before.releases["number"].max() or 0) if before.releases.height else 0
    row = pl.DataFrame([{"number": int(str(number)) + 1, **release}], schema=RELEASES.schema)
    release_id = str(release["release_id"])
    observation = house["observation"]
    revision = REVISION.empty()
    if before.releases.height:
        last = before.releases.sort("number").tail(1)
        lines = corrections_between(before.correction, house["correction"])
        revision = revised(
            Edition(release=last, observation=standing(before.history), snapshot=before.snapshot),
            Edition(release=row, observation=observation, snapshot=house["snapshot"]),
            _touched(before, lines, inputs, house["indicator_measure"]),
        )
    return {
        "release_history": pl.concat([before.releases, row]).sort("number"),
        "observation_history": extended(before.history, observation, release_id),
        "revision": pl.concat([before.revisions, revision]).sort(list(REVISION.sort)),
    }


def _touched(before: Past, lines: pl.DataFrame, inputs: pl.LazyFrame, formulas: pl.DataFrame) -> pl.DataFrame:
    """Observations made, before or now, from rows of files whose correction came, went or changed."""
    if lines.is_empty():
        schema = {"indicator_id": pl.String, "ags": pl.String, "year": pl.Int64, "correction_ids": pl.String}
        return pl.DataFrame(schema=schema)
    place = ["snapshot_id", "locator"]
    rows = [inputs.select(_INPUTS).join(lines.lazy(), on=place).collect()]
    if before.path is not None:
        with duckdb.connect(str(before.path), read_only=True) as connection:
            connection.register("corrected", lines.to_arrow())
            rows.append(
                selected(
                    connection,
                    "SELECT measure_id, ags, year, snapshot_id, locator, correction_id "
                    "FROM measure_input JOIN corrected USING (snapshot_id, locator)",
                )
            )
    return (
        pl.concat(rows)
        .join(formulas.select("indicator_id", "measure_id"), on="measure_id")
        .group_by(KEY)
        .agg(correction_ids=pl.col("correction_id").unique().sort().str.join(","))
    )
