"""Published tables, kept the way pages need them: small ones as rows, big ones as frames.

Belongs here: what all pages share, and the tree of places. Does not belong here: everything known of
one unit (`dossier.py`), words and page contents.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import polars as pl

from pipelines.charts.forms.world import read_world
from pipelines.charts.outlines import Outlines
from pipelines.site import known
from pipelines.site import reading as read
from pipelines.site.reading import Row, grouped, sort_key
from quality.status import Text

SHARED = (
    "municipality",
    "population",
    "indicator",
    "source",
    "snapshot",
    "country",
    "reason",
    "quality_result",
    "quality_finding",
    "partnership_claim",
    "peer_group",
    "peer_statistic",
    "peer_member",
    "trend_method",
    "aggregate",
    "territory_step",
)
"""Tables of which one page may show what concerns many units."""

BY_UNIT = (
    "observation",
    "observation_plan",
    "observation_current_territory",
    "measure",
    "partnership",
    "engagement",
    "peer_position",
    "peer_sensitivity",
    "trend",
    "revision",
)
"""Tables with rows of single units, cut for a few hundred units at a time (`dossier.py`)."""


_OBSERVED = ("indicator_id", "ags", "year", "value", "obs_status", "reason", "further_reasons")
"""Columns of an observation that lists of many units tell."""


@dataclass(frozen=True, kw_only=True)
class Library:
    """Everything the pages are made from."""

    tables: Mapping[str, pl.DataFrame]
    """Tables as given; read them by `table`."""
    units: Mapping[str, Row]
    population: Mapping[str, Row]
    """Key to the newest population row."""
    documents: Mapping[str, tuple[str, ...]]
    """Partnership to the documents that state it, as we wrote them down."""
    indicators: list[Row]
    sources: Mapping[str, Row]
    snapshots: Mapping[str, Row]
    """File hash to its first entry."""
    files: Mapping[str, list[Row]]
    """Source to its files."""
    countries: Mapping[str, Row]
    reasons: Mapping[str, Row]
    checks: list[Row]
    groups: Mapping[str, Row] = field(default_factory=dict)
    """Peer groups by their key."""
    trend_methods: Mapping[str, Row] = field(default_factory=dict)
    measure_names: Mapping[str, Text] = field(default_factory=dict)
    formulas: dict[tuple[str, str], str] = field(default_factory=dict)
    """Language and indicator to the formula in words, filled as pages need it."""
    gaps_told: dict[tuple[Any, ...], Row] = field(default_factory=dict)
    """Language and gap to what a page says about it, filled as pages need it."""

    def inhabitants(self, ags: str) -> Row | None:
        """The newest population; that of an independent city may stand under either of its keys."""
        unit = self.units.get(ags)
        keys = (ags, ags[:5]) if unit and unit["is_independent_city"] else (ags,)
        rows = [row for key in keys if (row := self.population.get(key))]
        return max(rows, key=lambda row: row["reference_date"], default=None)

    def table(self, name: str) -> pl.DataFrame:
        """A table in the order of its contract; one that is absent is empty."""
        return read.table(self.tables, name)

    def rows(self, name: str) -> list[Row]:
        """A small table as rows."""
        return read.rows(self.tables, name)

    @cached_property
    def valued(self) -> pl.DataFrame:
        """Units and indicators with a value, actual or planned: columns `ags`, `indicator_id`."""
        wanted = ("ags", "indicator_id", "value")
        return known.valued(
            *(read.columns(self.tables, name, *wanted) for name in ("observation", "observation_plan"))
        )

    @cached_property
    def observed(self) -> frozenset[str]:
        """Keys of units, and of Länder with units, of which the release says anything at all."""
        keys = read.columns(self.tables, "observation", "ags")["ags"].unique()
        return frozenset([*keys, *keys.str.slice(0, 2)])

    @cached_property
    def newest(self) -> pl.DataFrame:
        """The newest observation with a value of every unit, by indicator and unit."""
        return known.newest(read.columns(self.tables, "observation", *_OBSERVED))

    @cached_property
    def valued_of(self) -> Mapping[str, list[str]]:
        """Unit to the indicators with a value."""
        return dict(self.valued.group_by("ags").agg("indicator_id").iter_rows())

    @cached_property
    def with_facts(self) -> frozenset[str]:
        """Keys of units about which something is known; an independent city is one unit with two keys.

        What is only context, and the rate of what is known that every unit has, do not count.
        """
        stated = pl.concat([self.table(name).select("ags") for name in ("partnership", "engagement")])
        told = known.told_of(self.valued, self.indicators, stated["ags"])
        units = (self.units.get(ags) for ags in told)
        return frozenset(told | {row["district"] for row in units if row and row["is_independent_city"]})

    @cached_property
    def themes_known(self) -> Mapping[str, tuple[str, ...]]:
        """Unit to the families of indicators of which something is known there, sorted; context left out."""
        return known.themes(self.valued, self.indicators, self.table("partnership")["ags"])

    @cached_property
    def land_totals(self) -> Mapping[str, Mapping[tuple[str, str], Row]]:
        """Land to indicator and level to the newest total, one with a value before a newer one without."""
        return known.totals_of(self.table("aggregate"), "land")

    @cached_property
    def steps(self) -> Mapping[str, list[Row]]:
        """Unit that ceased, changed its key or gave a part away to the steps it took, oldest first."""
        return grouped(self.rows("territory_step"), "key_from")

    @cached_property
    def steps_into(self) -> Mapping[str, list[Row]]:
        """Unit to the steps of others into it, oldest first."""
        steps = (row for row in self.rows("territory_step") if row["key_to"] and row["kind"] != "remainder")
        return grouped(steps, "key_to")

    @cached_property
    def companions(self) -> Mapping[str, Mapping[str, Sequence[str]]]:
        """Address of a place to the units set side by side there, by level."""
        told = known.told_of(self.valued, self.indicators, pl.Series(dtype=pl.String))
        rows = [row for row in self.units.values() if row["ags"] in told and not row["is_unincorporated"]]
        return known.companions(sorted(rows, key=lambda row: sort_key(row["name"])))

    @cached_property
    def companion_page(self) -> Mapping[str, str]:
        """Unit to the address of the page on which it stands beside others."""
        return {
            key: f"{home}/vergleich"
            for home, sets in self.companions.items()
            for keys in sets.values()
            for key in keys
        }

    @cached_property
    def world(self) -> Outlines | None:
        """The outlines of countries; null where the release has none."""
        return read_world(self.table("country_outline"))

    @cached_property
    def members(self) -> Mapping[str, list[Row]]:
        """Municipalities that have a page, by district."""
        return self._by("district", "municipality")

    @cached_property
    def districts(self) -> Mapping[str, list[Row]]:
        """Districts by Land."""
        return self._by("land", "district")

    @cached_property
    def municipalities(self) -> Mapping[str, list[Row]]:
        """Municipalities that have a page, by Land."""
        return self._by("land", "municipality")

    def _by(self, parent: str, level: str) -> dict[str, list[Row]]:
        children: dict[str, list[Row]] = {}
        for row in self.units.values():
            if row["level"] == level and not row["is_unincorporated"] and row[parent]:
                children.setdefault(row[parent], []).append(row)
        return {key: sorted(rows, key=lambda row: sort_key(row["name"])) for key, rows in children.items()}


def library(tables: Mapping[str, pl.DataFrame]) -> Library:
    """Index the small tables; a table that is absent counts as empty."""
    snapshots = read.rows(tables, "snapshot")
    return Library(
        tables=tables,
        units={row["ags"]: row for row in read.rows(tables, "municipality")},
        population=read.newest_population(read.table(tables, "population")),
        documents=read.documents(read.table(tables, "partnership_claim")),
        indicators=read.rows(tables, "indicator"),
        sources={row["source_id"]: row for row in read.rows(tables, "source")},
        snapshots={row["snapshot_id"]: row for row in reversed(snapshots)},
        files=grouped(snapshots, "source_id"),
        countries={row["country"]: row for row in read.rows(tables, "country")},
        reasons={row["reason"]: row for row in read.rows(tables, "reason")},
        checks=read.rows(tables, "quality_result"),
        groups={row["group_id"]: row for row in read.rows(tables, "peer_group")},
        trend_methods={row["method"]: row for row in read.rows(tables, "trend_method")},
        measure_names=read.measure_names(),
    )
