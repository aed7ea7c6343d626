"""Reading the published tables for pages: rows, names in their order, and small indexes.

Belongs here: one table at a time. Does not belong here: what pages share (`frames.py`), what follows from
several tables (`known.py`), words.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from pipelines.store import Tables
from quality.contracts import CONTRACTS
from quality.status import Text

Row = dict[str, Any]

_LEAD_OUT = ("raw_text", "locator")
"""Columns no page shows."""


def sort_key(name: str) -> str:
    """German dictionary order: umlauts beside their vowels, capitals beside small letters."""
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()


def grouped(given: Iterable[Row], key: str) -> dict[str, list[Row]]:
    """Rows by the value of one column."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in given:
        groups[row[key]].append(row)
    return dict(groups)


def measure_names() -> Mapping[str, Text]:
    """Measure to its name."""
    from indicators import load_measure_groups  # noqa: PLC0415 - narwhals is only needed when pages are made

    groups = load_measure_groups().values()
    return {
        measure.id: Text(de=measure.name_de, en=measure.name_en)
        for group in groups
        for measure in group.measures
    }


def table(tables: Mapping[str, pl.DataFrame], name: str) -> pl.DataFrame:
    """A table in the order of its contract; one that is absent is empty."""
    contract = CONTRACTS[name]
    frame = tables[name] if name in tables else contract.empty()
    return frame.sort(list(contract.sort or contract.key))


def columns(tables: Mapping[str, pl.DataFrame], name: str, *wanted: str) -> pl.DataFrame:
    """Some columns of a big table in no order; of a file the others are not read."""
    if name not in tables:
        return CONTRACTS[name].empty().select(wanted)
    return tables.columns(name, wanted) if isinstance(tables, Tables) else tables[name].select(wanted)


def rows(tables: Mapping[str, pl.DataFrame], name: str) -> list[Row]:
    """A small table as rows."""
    frame = table(tables, name)
    return frame.drop([column for column in _LEAD_OUT if column in frame.columns]).to_dicts()


def documents(claims: pl.DataFrame) -> Mapping[str, tuple[str, ...]]:
    """Documents behind partnerships: the last field of every fact we wrote down names its document."""
    stated = (
        claims.filter(pl.col("source_id") == "document_facts")
        .select("partnership_id", document=pl.col("raw_text").str.split(";").list.last().str.strip_chars('"'))
        .unique()
        .sort("partnership_id", "document")
    )
    found: dict[str, tuple[str, ...]] = {}
    for partnership_id, document in stated.iter_rows():
        found[partnership_id] = (*found.get(partnership_id, ()), document)
    return found


def newest_population(population: pl.DataFrame) -> Mapping[str, Row]:
    """Unit to its newest population row."""
    newest = population.sort("reference_date", "territory_date", "census_base").unique(
        subset="ags", keep="last", maintain_order=True
    )
    wanted = newest.select("ags", "reference_date", "census_base", "inhabitants")
    return {row["ags"]: row for row in wanted.to_dicts()}
