"""Published tables, kept the way pages need them: small ones as rows, big ones as frames.

Belongs here: what all pages share, and the tree of places. Does not belong here: everything known of
one unit (`dossier.py`), words and page contents.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import polars as pl

from pipelines.charts.forms.world import read_world
from pipelines.charts.outlines import Outlines
from quality.contracts import CONTRACTS
from quality.status import Text

Row = dict[str, Any]

_LEAD_OUT = ("raw_text", "locator")
"""Columns no page shows."""

NOT_COLLECTED = "L"
"""Status of what exists and nobody collects."""

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
        return _table(self.tables, name)

    def rows(self, name: str) -> list[Row]:
        """A small table as rows."""
        return _rows(self.tables, name)

    @cached_property
    def valued(self) -> pl.DataFrame:
        """Units and indicators with a value, actual or planned: columns `ags`, `indicator_id`."""
        pairs = [
            self.tables[name].filter(pl.col("value").is_not_null()).select("ags", "indicator_id")
            for name in ("observation", "observation_plan")
            if name in self.tables
        ]
        empty = CONTRACTS["observation"].empty().select("ags", "indicator_id")
        return pl.concat([empty, *pairs]).unique().sort("ags", "indicator_id")

    @cached_property
    def observed(self) -> frozenset[str]:
        """Keys of units, and of Länder with units, of which the release says anything at all."""
        keys = self.table("observation")["ags"].unique()
        return frozenset([*keys, *keys.str.slice(0, 2)])

    @cached_property
    def newest(self) -> pl.DataFrame:
        """The newest observation with a value of every unit, by indicator and unit."""
        observation = self.table("observation").filter(pl.col("value").is_not_null())
        return (
            observation.sort("indicator_id", "ags", "year")
            .group_by("indicator_id", "ags", maintain_order=True)
            .last()
        )

    @cached_property
    def valued_of(self) -> Mapping[str, list[str]]:
        """Unit to the indicators with a value."""
        return dict(self.valued.group_by("ags").agg("indicator_id").iter_rows())

    @cached_property
    def with_facts(self) -> frozenset[str]:
        """Keys of units about which something is known; an independent city is one unit with two keys.

        What is only context, and the rate of what is known that every unit has, do not count.
        """
        engaged = [
            row["indicator_id"]
            for row in self.indicators
            if not row["is_context"] and row["family"] != "data"
        ]
        known = set(self.valued.filter(pl.col("indicator_id").is_in(engaged))["ags"])
        known.update(*(self.table(name)["ags"] for name in ("partnership", "engagement")))
        units = (self.units.get(ags) for ags in known)
        return frozenset(known | {row["district"] for row in units if row and row["is_independent_city"]})

    @cached_property
    def themes_known(self) -> Mapping[str, tuple[str, ...]]:
        """Unit to the families of indicators of which something is known there, sorted; context left out."""
        families = pl.DataFrame(
            [(row["indicator_id"], row["family"]) for row in self.indicators if not row["is_context"]],
            schema={"indicator_id": pl.String, "family": pl.String},
            orient="row",
        )
        stated = self.table("partnership").select("ags", family=pl.lit("partnerships"))
        known = self.valued.join(families.filter(pl.col("family") != "data"), on="indicator_id")
        pairs = pl.concat([known.select("ags", "family"), stated]).unique()
        gathered = pairs.group_by("ags").agg(pl.col("family").sort())
        return {ags: tuple(own) for ags, own in gathered.iter_rows()}

    @cached_property
    def land_totals(self) -> Mapping[str, Mapping[tuple[str, str], Row]]:
        """Land to indicator and level to the newest total, one with a value before a newer one without."""
        rows = (
            self.table("aggregate")
            .filter(pl.col("area_kind") == "land")
            .with_columns(known=pl.col("value").is_not_null())
            .sort("area_id", "indicator_id", "level", "known", "year")
            .group_by("area_id", "indicator_id", "level", maintain_order=True)
            .last()
        )
        totals: dict[str, dict[tuple[str, str], Row]] = defaultdict(dict)
        for row in rows.to_dicts():
            totals[row["area_id"]][row["indicator_id"], row["level"]] = row
        return dict(totals)

    @cached_property
    def world(self) -> Outlines | None:
        """The outlines of countries; null where the release has none."""
        return read_world(self.table("country_outline"))

    @cached_property
    def bands(self) -> Mapping[tuple[str, int, str], Row]:
        """Indicator, year and peer group to the quartiles, where there are any."""
        known = self.table("peer_statistic").filter(pl.col("median").is_not_null())
        return {(row["indicator_id"], row["year"], row["group_id"]): row for row in known.to_dicts()}

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
    snapshots = _rows(tables, "snapshot")
    return Library(
        tables=tables,
        units={row["ags"]: row for row in _rows(tables, "municipality")},
        population=_newest_population(_table(tables, "population")),
        documents=_documents(_table(tables, "partnership_claim")),
        indicators=_rows(tables, "indicator"),
        sources={row["source_id"]: row for row in _rows(tables, "source")},
        snapshots={row["snapshot_id"]: row for row in reversed(snapshots)},
        files=grouped(snapshots, "source_id"),
        countries={row["country"]: row for row in _rows(tables, "country")},
        reasons={row["reason"]: row for row in _rows(tables, "reason")},
        checks=_rows(tables, "quality_result"),
        groups={row["group_id"]: row for row in _rows(tables, "peer_group")},
        trend_methods={row["method"]: row for row in _rows(tables, "trend_method")},
        measure_names=_measure_names(),
    )


def sort_key(name: str) -> str:
    """German dictionary order: umlauts beside their vowels, capitals beside small letters."""
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()


def grouped(rows: Iterable[Row], key: str) -> dict[str, list[Row]]:
    """Rows by the value of one column."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[key]].append(row)
    return dict(groups)


def _measure_names() -> Mapping[str, Text]:
    from indicators import load_measure_groups  # noqa: PLC0415 - narwhals is only needed when pages are made

    groups = load_measure_groups().values()
    return {
        measure.id: Text(de=measure.name_de, en=measure.name_en)
        for group in groups
        for measure in group.measures
    }


def _table(tables: Mapping[str, pl.DataFrame], name: str) -> pl.DataFrame:
    contract = CONTRACTS[name]
    frame = tables[name] if name in tables else contract.empty()
    return frame.sort(list(contract.sort or contract.key))


def _rows(tables: Mapping[str, pl.DataFrame], name: str) -> list[Row]:
    frame = _table(tables, name)
    return frame.drop([column for column in _LEAD_OUT if column in frame.columns]).to_dicts()


def _documents(claims: pl.DataFrame) -> Mapping[str, tuple[str, ...]]:
    """Documents behind partnerships: the last field of every fact we wrote down names its document."""
    stated = (
        claims.filter(pl.col("source_id") == "document_facts")
        .select("partnership_id", document=pl.col("raw_text").str.split(";").list.last().str.strip_chars('"'))
        .unique()
        .sort("partnership_id", "document")
    )
    documents: dict[str, tuple[str, ...]] = {}
    for partnership_id, document in stated.iter_rows():
        documents[partnership_id] = (*documents.get(partnership_id, ()), document)
    return documents


def _newest_population(population: pl.DataFrame) -> Mapping[str, Row]:
    newest = population.sort("reference_date", "territory_date", "census_base").unique(
        subset="ags", keep="last", maintain_order=True
    )
    wanted = newest.select("ags", "reference_date", "census_base", "inhabitants")
    return {row["ags"]: row for row in wanted.to_dicts()}
