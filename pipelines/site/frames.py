"""Published tables, indexed the way pages need them: by unit.

Belongs here: turning frames into look-ups once, before the first page. Does not belong here: words
and page contents.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from quality.contracts import CONTRACTS
from quality.status import Text

Row = dict[str, Any]

_LEAD_OUT = ("raw_text", "locator")
"""Columns no page shows."""

_OBSERVATION = (
    "indicator_id",
    "ags",
    "year",
    "value",
    "obs_status",
    "reason",
    "further_reasons",
    "note",
    "snapshot_ids",
)


@dataclass(frozen=True, kw_only=True)
class Library:
    """Everything the pages are made from."""

    units: Mapping[str, Row]
    population: Mapping[str, Row]
    """Key to the newest population row."""
    actual: Mapping[str, Mapping[str, list[Row]]]
    """Key, indicator to its observations in the order of years."""
    plan: Mapping[str, Mapping[str, list[Row]]]
    measures: Mapping[tuple[str, str, int, str], Row]
    """Measure, key, year, phase to the measure, for units that have an indicator value."""
    set_aside: Mapping[str, list[Row]]
    """Key to the money that could not be attributed, with the population of its year."""
    partnerships: Mapping[str, list[Row]]
    documents: Mapping[str, tuple[str, ...]]
    """Partnership to the documents that state it, as we wrote them down."""
    engagements: Mapping[str, list[Row]]
    indicators: list[Row]
    sources: Mapping[str, Row]
    snapshots: Mapping[str, Row]
    """File hash to its first entry."""
    files: Mapping[str, list[Row]]
    """Source to its files."""
    countries: Mapping[str, Row]
    reasons: Mapping[str, Row]
    checks: list[Row]
    measure_names: Mapping[str, Text] = field(default_factory=dict)
    formulas: dict[tuple[str, str], str] = field(default_factory=dict)
    """Language and indicator to the formula in words, filled as pages need it."""


def library(tables: Mapping[str, pl.DataFrame]) -> Library:
    """Index the tables; a table that is absent counts as empty."""
    snapshots = _rows(tables, "snapshot")
    return Library(
        units={row["ags"]: row for row in _rows(tables, "municipality")},
        population=_newest_population(_table(tables, "population")),
        actual=_series(_table(tables, "observation")),
        plan=_series(_table(tables, "observation_plan")),
        measures=_measures(tables),
        set_aside=_by_unit(_set_aside(_table(tables, "measure")).to_dicts()),
        partnerships=_by_unit(_rows(tables, "partnership")),
        documents=_documents(_table(tables, "partnership_claim")),
        engagements=_by_unit(_rows(tables, "engagement")),
        indicators=_rows(tables, "indicator"),
        sources={row["source_id"]: row for row in _rows(tables, "source")},
        snapshots={row["snapshot_id"]: row for row in reversed(snapshots)},
        files=_grouped(snapshots, "source_id"),
        countries={row["country"]: row for row in _rows(tables, "country")},
        reasons={row["reason"]: row for row in _rows(tables, "reason")},
        checks=_rows(tables, "quality_result"),
        measure_names=_measure_names(),
    )


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


def _grouped(rows: Iterable[Row], key: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[key]].append(row)
    return dict(groups)


def _by_unit(rows: Iterable[Row]) -> dict[str, list[Row]]:
    return _grouped(rows, "ags")


def _newest_population(population: pl.DataFrame) -> Mapping[str, Row]:
    newest = population.sort("reference_date", "territory_date", "census_base").unique(
        subset="ags", keep="last", maintain_order=True
    )
    wanted = newest.select("ags", "reference_date", "census_base", "inhabitants")
    return {row["ags"]: row for row in wanted.to_dicts()}


def _series(observations: pl.DataFrame) -> Mapping[str, Mapping[str, list[Row]]]:
    series: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in observations.select(_OBSERVATION).iter_rows(named=True):
        series[row["ags"]][row["indicator_id"]].append(row)
    return {ags: dict(own) for ags, own in series.items()}


def _set_aside(measure: pl.DataFrame) -> pl.DataFrame:
    """Money inside a budget that may serve the subject and cannot be attributed, beside the population."""
    people = measure.filter(pl.col("measure_id") == "population_30_06")
    return (
        measure.filter(pl.col("measure_id") == "unattributable_spending", pl.col("value") > 0)
        .join(people.select("ags", "year", inhabitants="value"), on=["ags", "year"], how="left")
        .select("ags", "year", "phase", "value", "inhabitants")
        .sort("ags", "year", "phase", descending=[False, True, False])
    )


def _measures(tables: Mapping[str, pl.DataFrame]) -> Mapping[tuple[str, str, int, str], Row]:
    known = pl.concat(
        [
            _table(tables, name).filter(pl.col("value").is_not_null()).select("ags", "year")
            for name in ("observation", "observation_plan")
        ]
    ).unique()
    rows = _table(tables, "measure").join(known, on=["ags", "year"], how="semi")
    wanted = rows.select("measure_id", "ags", "year", "phase", "value", "unit", "note")
    return {
        (row["measure_id"], row["ags"], row["year"], row["phase"]): row
        for row in wanted.iter_rows(named=True)
    }
