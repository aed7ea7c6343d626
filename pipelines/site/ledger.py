"""Tables about indicators, checks and releases, indexed the way overview pages need them.

Belongs here: turning frames into look-ups once, for pages that are not about one place. Does not belong
here: look-ups by place (`frames.py`), words and page contents.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from pipelines.site.findings import findings_by_unit
from pipelines.site.frames import Library
from pipelines.site.germany import Map, read_map
from pipelines.site.reading import Row, grouped

_SUMMED_AREAS = ("land", "federation")
_SUMMED_LEVEL = "municipality"


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """What is known about indicators, checks and releases, not about one place."""

    latest: Mapping[str, list[Row]]
    """Indicator to the newest valued observation of every unit that has one."""
    coverage: Mapping[str, list[Row]]
    """Indicator to its rows of table `coverage`."""
    sums: Mapping[str, list[Row]]
    """Indicator to its sums over municipalities in the newest year: Germany first, then Länder."""
    quarantine: list[Row]
    """Rows set aside, counted by source, table and rule."""
    findings: Mapping[str, list[Row]]
    """Unit to the findings and quarantined rows that name it."""
    releases: list[Row]
    """Releases, newest first."""
    revisions: list[Row]
    """Changes of published numbers in the newest release, counted by indicator and causes."""
    retrieved: Mapping[str, date]
    """Source to the day its newest file was fetched."""
    map: Map | None
    """Outlines to draw municipalities in; null where there are none."""


def ledger(library: Library) -> Ledger:
    """Index the tables; one that is absent counts as empty."""
    releases = library.table("release_history").sort("number", descending=True)
    columns = ("indicator_id", "ags", "year", "value", "obs_status", "reason", "further_reasons")
    return Ledger(
        latest=grouped(library.newest.select(columns).iter_rows(named=True), "indicator_id"),
        coverage=grouped(library.rows("coverage"), "indicator_id"),
        sums=grouped(_sums(library.table("aggregate")).iter_rows(named=True), "indicator_id"),
        quarantine=_quarantined(library.table("quarantine")),
        findings=findings_by_unit(library),
        releases=releases.to_dicts(),
        revisions=_revised(library.table("revision"), releases),
        retrieved=_retrieved(library.table("snapshot")),
        map=read_map(library),
    )


def _sums(aggregate: pl.DataFrame) -> pl.DataFrame:
    """Sums over municipalities for Germany and each Land, in the newest year any of them has."""
    wanted = aggregate.filter(
        pl.col("area_kind").is_in(_SUMMED_AREAS),
        pl.col("level") == _SUMMED_LEVEL,
        pl.col("method") != "none",
    )
    newest = wanted.filter(pl.col("year") == pl.col("year").max().over("indicator_id"))
    return newest.sort("indicator_id", "area_kind", "area_id")


def _quarantined(quarantine: pl.DataFrame) -> list[Row]:
    return (
        quarantine.group_by("source_id", "table_name", "rule")
        .agg(pl.len().alias("rows"), pl.col("reason", "remedy", "reason_de", "remedy_de").min())
        .sort("source_id", "table_name", "rule")
        .to_dicts()
    )


def _revised(revision: pl.DataFrame, releases: pl.DataFrame) -> list[Row]:
    """Changes the newest release made, by indicator and causes."""
    if releases.is_empty():
        return []
    return (
        revision.filter(pl.col("release_id") == releases["release_id"][0])
        .group_by("indicator_id", "causes")
        .agg(pl.len().alias("changes"), pl.col("ags").n_unique().alias("units"))
        .sort("indicator_id", "causes")
        .to_dicts()
    )


def _retrieved(snapshot: pl.DataFrame) -> Mapping[str, date]:
    day = pl.col("retrieved_at").str.slice(0, 10).str.to_date(strict=False)
    newest = snapshot.select("source_id", day=day).drop_nulls().group_by("source_id").agg(pl.col("day").max())
    return dict(newest.sort("source_id").iter_rows())
