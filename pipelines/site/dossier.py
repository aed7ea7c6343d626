"""Everything known of one unit, cut out of the big tables for a few hundred units at a time.

Belongs here: which rows of a unit its page needs. Does not belong here: which columns it may read
(`holdings.py`), words and page contents, tables that pages share (`frames.py`).

The big tables stay frames, sorted by unit. Only the rows of one batch become dictionaries, and they
are dropped with it; what a release holds in all makes no difference to memory.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from pipelines.site.frames import Library
from pipelines.site.holdings import Holdings, cut, holdings
from pipelines.site.known import valued
from pipelines.site.reading import Row, grouped

_SERIES = ["ags", "indicator_id"]


@dataclass(frozen=True, kw_only=True)
class Gap:
    """Indicators of one unit without any value, for one reason and in the same years."""

    indicators: Sequence[str]
    years: Sequence[int]
    obs_status: str
    reason: str | None


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """What is known of one unit."""

    ags: str
    actual: Mapping[str, list[Row]] = field(default_factory=dict)
    """Indicator to its observations in the order of years, for indicators with a value in some year."""
    plan: Mapping[str, list[Row]] = field(default_factory=dict)
    carried: Mapping[str, list[Row]] = field(default_factory=dict)
    """Indicator to its values on today's territory, where they differ from those observed."""
    gaps: Sequence[Gap] = ()
    measures: Mapping[tuple[str, int, str], Row] = field(default_factory=dict)
    """Measure, year, phase to the measure, for years with an indicator value."""
    set_aside: Sequence[Row] = ()
    """Money that could not be attributed, with the population of its year."""
    partnerships: Sequence[Row] = ()
    engagements: Sequence[Row] = ()
    positions: Mapping[str, list[Row]] = field(default_factory=dict)
    """Indicator to its place in each peer group."""
    sensitivity: Mapping[str, Row] = field(default_factory=dict)
    trends: Mapping[str, Row] = field(default_factory=dict)
    """Indicator to its trend by the default method."""
    revisions: Mapping[str, list[Row]] = field(default_factory=dict)
    """Indicator to what changed last, and with which release."""


class Archive:
    """The big tables, sorted by unit once, from which dossiers are cut."""

    def __init__(self, library: Library) -> None:
        """Sort and narrow the tables; nothing is turned into rows yet."""
        self.library = library
        self.holdings = holdings(library)

    def dossiers(self, keys: Sequence[str]) -> Mapping[str, Dossier]:
        """The dossiers of some units; a unit of which nothing is known has an empty one."""
        frames = _frames(cut(self.holdings, keys), self.library)
        rows = {name: grouped(frame.to_dicts(), "ags") for name, frame in frames.items()}
        return {ags: _dossier(ags, {name: own.get(ags, []) for name, own in rows.items()}) for ags in keys}


def _frames(own: Holdings, library: Library) -> Mapping[str, pl.DataFrame]:
    """What a dossier holds, from the rows of its units: every row follows from rows of its unit alone."""
    observation, plan = own["observation"], own["observation_plan"]
    known = valued(observation, plan)
    return {
        "actual": observation.join(known, on=_SERIES, how="semi", maintain_order="left"),
        "gaps": _gaps(observation.join(known, on=_SERIES, how="anti", maintain_order="left"), library),
        "plan": plan.join(known, on=_SERIES, how="semi", maintain_order="left"),
        "carried": own["observation_current_territory"],
        "measures": _measures(own["measure"], pl.concat([observation, plan])),
        "set_aside": _set_aside(own["measure"]),
        "partnerships": own["partnership"],
        "engagements": own["engagement"],
        "positions": own["peer_position"],
        "sensitivity": own["peer_sensitivity"],
        "trends": own["trend"].filter("is_default"),
        "revisions": _newest_revisions(own["revision"]),
    }


def _dossier(ags: str, rows: Mapping[str, list[Row]]) -> Dossier:
    return Dossier(
        ags=ags,
        actual=_by_indicator(rows["actual"]),
        plan=_by_indicator(rows["plan"]),
        carried=_by_indicator(rows["carried"]),
        gaps=[
            Gap(
                indicators=row["indicator_id"],
                years=row["year"],
                obs_status=row["obs_status"],
                reason=row["reason"],
            )
            for row in rows["gaps"]
        ],
        measures={(row["measure_id"], row["year"], row["phase"]): row for row in rows["measures"]},
        set_aside=rows["set_aside"],
        partnerships=rows["partnerships"],
        engagements=rows["engagements"],
        positions=_by_indicator(rows["positions"]),
        sensitivity={row["indicator_id"]: row for row in rows["sensitivity"]},
        trends={row["indicator_id"]: row for row in rows["trends"]},
        revisions=_by_indicator(rows["revisions"]),
    )


def _by_indicator(rows: Sequence[Row]) -> dict[str, list[Row]]:
    return grouped(rows, "indicator_id")


def _gaps(observation: pl.DataFrame, library: Library) -> pl.DataFrame:
    """Series without any value, one row per unit, status, reason and years.

    Lists of indicators keep the order of the catalogue.
    """
    order = pl.DataFrame(
        {
            "indicator_id": [row["indicator_id"] for row in library.indicators],
            "position": range(len(library.indicators)),
            "family": [row["family"] for row in library.indicators],
        },
        schema={"indicator_id": pl.String, "position": pl.Int64, "family": pl.String},
    )
    kind = ["ags", "family", "obs_status", "reason"]
    return (
        observation.join(order, on="indicator_id", maintain_order="left")
        .group_by(*kind, "indicator_id", "position")
        .agg(pl.col("year").unique().sort())
        .with_columns(years=pl.col("year").list.eval(pl.element().cast(pl.String)).list.join(","))
        .sort("ags", "position", "years", "obs_status", "reason")
        .group_by(*kind, "years", maintain_order=True)
        .agg("indicator_id", pl.col("year").first())
        .drop("years")
    )


def _measures(measure: pl.DataFrame, observed: pl.DataFrame) -> pl.DataFrame:
    """Measures of years with a value of some indicator."""
    known = observed.filter(pl.col("value").is_not_null()).select("ags", "year").unique()
    return measure.join(known, on=["ags", "year"], how="semi", maintain_order="left")


def _set_aside(measure: pl.DataFrame) -> pl.DataFrame:
    """Money inside a budget that may serve the subject and cannot be attributed, beside the population."""
    people = measure.filter(pl.col("measure_id") == "population_30_06")
    return (
        measure.filter(pl.col("measure_id") == "unattributable_spending", pl.col("value") > 0)
        .join(people.select("ags", "year", inhabitants="value"), on=["ags", "year"], how="left")
        .select("ags", "year", "phase", "value", "inhabitants")
        .sort("ags", "year", "phase", descending=[False, True, False])
    )


def _newest_revisions(revision: pl.DataFrame) -> pl.DataFrame:
    """What changed last: the revisions of the newest release that revised anything of the unit."""
    return revision.filter(pl.col("release_id") == pl.col("release_id").max().over("ags"))
