"""Tables about indicators and the release as a whole, indexed the way overview pages need them.

Belongs here: turning frames into look-ups once, for pages that are not about one place. Does not belong
here: look-ups by place (`frames.py`), words and page contents.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from pipelines.site.findings import findings_by_unit
from pipelines.site.frames import Row
from quality.contracts import CONTRACTS

_COUNTED_KINDS = ("land", "federation")
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
    standards: Mapping[str, list[Row]]
    """Indicator to the frameworks it leans on."""
    checks: list[Row]
    quarantine: list[Row]
    """Rows set aside, counted by source, table and rule."""
    findings: Mapping[str, list[Row]]
    """Unit to the findings and quarantined rows that name it."""
    releases: list[Row]
    """Releases, newest first."""
    revisions: list[Row]
    """Changes of published numbers in the newest release, counted by indicator and causes."""
    retrieved: Mapping[str, str]
    """Source to the day its newest file was fetched."""


def ledger(tables: Mapping[str, pl.DataFrame]) -> Ledger:
    """Index the tables; one that is absent counts as empty."""
    frames = {name: tables.get(name, CONTRACTS[name].empty()) for name in _READ}
    releases = frames["release_history"].sort("number", descending=True)
    return Ledger(
        latest=_grouped(_latest(frames["observation"])),
        coverage=_grouped(
            frames["coverage"].sort("level", "units", "indicator_id", descending=[True, True, False])
        ),
        sums=_grouped(_sums(frames["aggregate"])),
        standards=_grouped(frames["indicator_standard"].sort(list(CONTRACTS["indicator_standard"].key))),
        checks=frames["quality_result"].sort("check_id").to_dicts(),
        quarantine=_quarantined(frames["quarantine"]),
        findings=findings_by_unit(frames),
        releases=releases.to_dicts(),
        revisions=_revised(frames["revision"], releases),
        retrieved=_retrieved(frames["snapshot"]),
    )


_READ = (
    "observation",
    "coverage",
    "aggregate",
    "indicator_standard",
    "quality_result",
    "quarantine",
    "release_history",
    "revision",
    "snapshot",
    "municipality",
    "budget_line",
)


def _grouped(frame: pl.DataFrame) -> Mapping[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in frame.iter_rows(named=True):
        groups[row["indicator_id"]].append(row)
    return dict(groups)


def _latest(observation: pl.DataFrame) -> pl.DataFrame:
    """The newest valued observation per indicator and unit."""
    columns = ("indicator_id", "ags", "year", "value", "obs_status", "reason", "further_reasons")
    return (
        observation.filter(pl.col("value").is_not_null())
        .select(columns)
        .sort("indicator_id", "ags", "year")
        .unique(subset=["indicator_id", "ags"], keep="last", maintain_order=True)
    )


def _sums(aggregate: pl.DataFrame) -> pl.DataFrame:
    """Sums over municipalities for Germany and each Land, in the newest year any of them has."""
    wanted = aggregate.filter(
        pl.col("area_kind").is_in(_COUNTED_KINDS),
        pl.col("level") == _SUMMED_LEVEL,
        pl.col("method") != "none",
    )
    return wanted.filter(pl.col("year") == pl.col("year").max().over("indicator_id")).sort(
        "indicator_id", "area_kind", "area_id"
    )


def _quarantined(quarantine: pl.DataFrame) -> list[Row]:
    return (
        quarantine.group_by("source_id", "table_name", "rule")
        .agg(pl.len().alias("rows"), pl.col("reason").min(), pl.col("remedy").min())
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


def _retrieved(snapshot: pl.DataFrame) -> Mapping[str, str]:
    """Source to the day (ISO) of its newest file; facts that ship with the program have none to speak of."""
    newest = snapshot.group_by("source_id").agg(pl.col("retrieved_at").max()).sort("source_id")
    return {source: str(moment)[:10] for source, moment in newest.iter_rows() if moment is not None}
