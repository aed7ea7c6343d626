"""Files for sites built with Open SDG: one CSV and one metadata file per indicator.

Belongs here: the form those sites read (`data/indicator_17-….csv`, `meta/17-….md`). Does not belong here:
which units or indicators are exported.

The data file begins with Year and ends with GeoCode and Value, as Open SDG demands; a missing value is
left out, because there an empty cell in a column of groups means "all of them", and the reason stands in
`data_footnote`. An indicator without any value has metadata only: the check of those sites takes a column
without a number for text. German sites number a municipal indicator 17.1, 17.2 …; ours keep the number of our
catalogue, so 24b becomes 17-24b.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
import polars as pl

from pipelines.exchange.licence import Sources
from pipelines.exchange.readme import MONITOR
from pipelines.exchange.rows import Published

GRAPHS = {"money": "bar", "balance": "bar", "binary": "binary", "level": "bar"}
"""Kind of indicator to the graph Open SDG draws; a line for every other."""

UNIT_COLUMN = "Gebietseinheit"
"""Column of groups where several units stand in one file."""

COUNTRY = "Deutschland"


def number(label: str, goal: int | None) -> str:
    """Number of an indicator on such a site: goal, then our number."""
    return f"{goal or 17}-{label}"


def open_sdg(published: Published, observations: pl.DataFrame, release_id: str) -> dict[str, bytes]:
    """The files by path.

    Args:
        published: tables that hold names and texts.
        observations: the chosen rows; with several units, their names become a column of groups.
        release_id: named in the metadata.
    """
    names = dict(published.municipality.select("ags", "name").iter_rows())
    sources = Sources(published.source, published.snapshot)
    reasons = dict(published.reason.select("reason", "text_de").iter_rows())
    files: dict[str, bytes] = {}
    for indicator in published.indicator.sort("number", "label").to_dicts():
        rows = observations.filter(pl.col("indicator_id") == indicator["indicator_id"])
        if rows.is_empty():
            continue
        stem = number(indicator["label"], indicator["goal"])
        units = [names[key] for key in sorted(rows["ags"].unique())]
        known = rows.filter(pl.col("value").is_not_null()).sort("ags", "year")
        if known.height:
            files[f"data/indicator_{stem}.csv"] = _data(known, indicator, names, several=len(units) > 1)
        terms = sources.terms(known["snapshot_ids"].list.join(" "))
        told = f"Veröffentlichung {release_id}; {terms.licence.id}; {terms.text}"
        meta = _metadata(indicator, rows, reasons, units=units, told=told)
        files[f"meta/{stem}.md"] = _front_matter(meta, indicator["description_de"])
    return files


def _data(
    known: pl.DataFrame, indicator: Mapping[str, Any], names: Mapping[str, str], *, several: bool
) -> bytes:
    """Year, Units, the unit where there are several, GeoCode, Value."""
    columns: list[pl.Expr] = [pl.col("year").alias("Year"), pl.lit(indicator["unit_de"]).alias("Units")]
    if several:
        columns.append(pl.col("ags").replace_strict(names, return_dtype=pl.String).alias(UNIT_COLUMN))
    columns += [pl.col("ags").alias("GeoCode"), pl.col("value").alias("Value")]
    return known.select(columns).write_csv().encode()


def _metadata(
    indicator: Mapping[str, Any],
    rows: pl.DataFrame,
    reasons: Mapping[str, str],
    *,
    units: list[str],
    told: str,
) -> dict[str, Any]:
    """The fields German sites fill, under the names the software knows."""
    label = number(indicator["label"], indicator["goal"])
    concepts = orjson.loads(indicator["metadata"])
    known = rows.filter(pl.col("value").is_not_null())
    missing = rows.filter(pl.col("value").is_null())["reason"].drop_nulls().unique().sort()
    meta: dict[str, Any] = {
        "sdg_goal": str(indicator["goal"] or 17),
        "indicator_number": label.replace("-", ".", 1),
        "indicator_name": indicator["name_de"],
        "graph_title": indicator["name_de"],
        "graph_type": GRAPHS.get(indicator["kind"], "line"),
        "data_non_statistical": False,
        "reporting_status": "complete" if known.height else "notstarted",
        "published": True,
        "language": "de",
        "computation_units": indicator["unit_de"],
        "computation_calculations": indicator["formula"] or "",
        "national_geographical_coverage": units[0] if len(units) == 1 else COUNTRY,
        "source_active_1": True,
        "source_organisation_1": MONITOR,
        "source_periodicity_1": concepts["FREQ_COLL"]["de"],
        "source_other_info_1": told,
    }
    if known.height:
        meta["source_earliest_available_1"] = str(known["year"].min())
    if len(missing):
        meta["data_footnote"] = "Fehlende Werte: " + " ".join(reasons[code] for code in missing)
    for name in ("STAT_CONC_DEF", "UNIT_MEASURE", "SOURCE_TYPE", "DATA_COMP", "REC_USE_LIM", "COMPARABILITY"):
        if name in concepts:
            meta[name] = concepts[name]["de"]
    return meta


def _front_matter(meta: Mapping[str, Any], body: str) -> bytes:
    """YAML between two lines of dashes, then text. JSON values are YAML values, whatever they contain."""
    lines = [f"{name}: {orjson.dumps(value).decode()}" for name, value in meta.items()]
    return "\n".join(["---", *lines, "---", body, ""]).encode()
