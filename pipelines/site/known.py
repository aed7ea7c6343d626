"""What is known of whom: conclusions from several tables that many pages need.

Belongs here: which units have values or facts, of which themes, and the newest of a series. Does not
belong here: one table read as it is (`reading.py`), what a page says of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import polars as pl

from pipelines.site.reading import Row


def valued(observation: pl.DataFrame, plan: pl.DataFrame) -> pl.DataFrame:
    """Units and indicators with a value, actual or planned: columns `ags`, `indicator_id`."""
    pairs = [
        frame.filter(pl.col("value").is_not_null()).select("ags", "indicator_id")
        for frame in (observation, plan)
    ]
    return pl.concat(pairs).unique().sort("ags", "indicator_id")


def newest(observation: pl.DataFrame) -> pl.DataFrame:
    """The newest observation with a value of every unit, by indicator and unit."""
    return (
        observation.filter(pl.col("value").is_not_null())
        .sort("indicator_id", "ags", "year")
        .group_by("indicator_id", "ags", maintain_order=True)
        .last()
    )


def told_of(valued: pl.DataFrame, indicators: Sequence[Row], stated: pl.Series) -> set[str]:
    """Keys of units of which something is known beyond context and the rate of what is known.

    Args:
        valued: units and indicators with a value.
        indicators: the catalogue.
        stated: keys of units of which a document or register states a fact.
    """
    engaged = [row["indicator_id"] for row in indicators if not row["is_context"] and row["family"] != "data"]
    return {*valued.filter(pl.col("indicator_id").is_in(engaged))["ags"], *stated}


def themes(
    valued: pl.DataFrame, indicators: Sequence[Row], partners: pl.Series
) -> Mapping[str, tuple[str, ...]]:
    """Unit to the families of indicators of which something is known there, sorted; context left out."""
    families = pl.DataFrame(
        [(row["indicator_id"], row["family"]) for row in indicators if not row["is_context"]],
        schema={"indicator_id": pl.String, "family": pl.String},
        orient="row",
    )
    stated = pl.DataFrame({"ags": partners}).select("ags", family=pl.lit("partnerships"))
    known = valued.join(families.filter(pl.col("family") != "data"), on="indicator_id")
    pairs = pl.concat([known.select("ags", "family"), stated]).unique()
    gathered = pairs.group_by("ags").agg(pl.col("family").sort())
    return {ags: tuple(own) for ags, own in gathered.iter_rows()}


def companions(rows: Sequence[Row]) -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Address of a district or Land to the units set side by side there, by level, in the order given.

    Municipalities stand with those of their district; independent cities, and districts, with those of
    their Land. A unit that would stand alone, and one that has ended, is in no set.
    """
    sets: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        city = row["is_independent_city"]
        if row["valid_to"] is not None or (row["level"] == "district" and city):
            continue
        if row["level"] == "municipality" and not city and row["district"]:
            sets[f"kreis/{row['district']}"]["municipality"].append(row["ags"])
        elif row["level"] in ("municipality", "district") and row["land"]:
            sets[f"land/{row['land']}"][row["level"]].append(row["ags"])
    several = {
        home: {level: keys for level, keys in sorted(own.items(), reverse=True) if len(keys) > 1}
        for home, own in sorted(sets.items())
    }
    return {home: own for home, own in several.items() if own}


def totals_of(aggregate: pl.DataFrame, kind: str) -> Mapping[str, Mapping[tuple[str, str], Row]]:
    """Area to indicator and level to the newest total, one with a value before a newer one without."""
    rows = (
        aggregate.filter(pl.col("area_kind") == kind)
        .with_columns(known=pl.col("value").is_not_null())
        .sort("area_id", "indicator_id", "level", "known", "year")
        .group_by("area_id", "indicator_id", "level", maintain_order=True)
        .last()
    )
    totals: dict[str, dict[tuple[str, str], Row]] = defaultdict(dict)
    for row in rows.to_dicts():
        totals[row["area_id"]][row["indicator_id"], row["level"]] = row
    return dict(totals)
