"""Labels that name a place which is no unit of its own: a part of a town, a former unit, a Land.

Belongs here: recognising such labels and saying what they name. Does not belong here: choosing
among units that bear a name (`place_decision.py`).
"""

from __future__ import annotations

import polars as pl

from sources.place_candidates import REACH_KM
from sources.place_decision import without_match
from sources.place_names import core, distance_km
from sources.written_by_us import embedded_table

ALIASES = embedded_table("place_aliases.csv", ("name", "kind", "target", "reason"))
"""Names the register does not have. Kinds: exonym (another name of the unit `target`), city_part
and former (a place inside the unit `target`), land (a Land), abroad (not in Germany, whatever the
source says)."""

LABEL_REACH_KM = 60.0

ALIAS_REACH_KM = 25.0


def by_alias(labelled: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """Labels our list knows to be a part of a unit, a former unit, or no place in Germany."""
    known = ALIASES.filter(pl.col("kind") != "exonym").select("name", "kind", "target", "reason")
    targets = units.filter(pl.col("is_alive"))
    found = (
        labelled.join(known, on="name", how="inner")
        .join(targets, left_on="target", right_on="unit_short", how="left", coalesce=False)
        .filter(
            (_km_to_town() <= ALIAS_REACH_KM).fill_null(True)
            | (pl.col("level") == "district").fill_null(False)
        )
        .unique("place_id", keep="first", maintain_order=True)
    )
    outcome = pl.col("kind").replace_strict(
        {
            "city_part": "not_a_municipality",
            "land": "not_a_municipality",
            "former": "historical_unit",
            "abroad": "not_found",
        },
        return_dtype=pl.String,
    )
    return without_match(
        found,
        outcome,
        pl.format("{} ({})", "ags", "target"),
        pl.format("{}: {}", pl.col("target").fill_null("-"), "reason"),
    )


def by_label(labelled: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """Labels that name the city they are a part of: "Mitte (Hamburg)", "Bonn – Beuel"."""
    label = pl.col("name")
    inside = label.str.extract(r"\(([^)]+)\)$")
    town = pl.when(label.str.contains(" – ")).then(label.str.split(" – ").list.first()).otherwise(inside)
    exonyms = ALIASES.filter(pl.col("kind") == "exonym").select(town="name", german="target")
    named = (
        labelled.filter(~pl.col("is_official"))
        .with_columns(town=town)
        .join(exonyms, on="town", how="left", maintain_order="left")
        .with_columns(town_core=core(pl.coalesce("german", "town")))
    )
    found = _near_town(named, _towns(units), LABEL_REACH_KM)
    return without_match(
        found,
        pl.lit("not_a_municipality"),
        pl.format("{} ({})", "ags", "unit_short"),
        pl.format(
            "the label names a part of {}; partnerships of parts are not those of the unit", "unit_short"
        ),
    )


def _towns(units: pl.DataFrame) -> pl.DataFrame:
    return units.filter(pl.col("level") == "municipality", pl.col("is_alive")).select(
        "ags", "unit_short", "unit_lat", "unit_lon", town_core="unit_core"
    )


def _km_to_town() -> pl.Expr:
    return distance_km(pl.col("lat"), pl.col("lon"), pl.col("unit_lat"), pl.col("unit_lon"))


def not_found(nameless: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """No unit bears the name; a hyphen may still tell that it is or was a part of a neighbour."""
    part = without_match(
        _near_town(nameless.with_columns(town_core=core(_first_of_hyphen("name"))), _towns(units)),
        pl.lit("not_a_municipality"),
        pl.format("{} ({})", "ags", "unit_short"),
        pl.format("the label names a part of {}", "unit_short"),
    )
    merged_towns = (
        _towns(units)
        .filter(pl.col("unit_short").str.contains("-"))
        .with_columns(town_core=pl.col("unit_short").str.split("-"))
        .explode("town_core")
        .with_columns(town_core=core(pl.col("town_core")))
    )
    merged = without_match(
        _near_town(nameless.with_columns(town_core="core"), merged_towns),
        pl.lit("historical_unit"),
        pl.format("{} ({})", "ags", "unit_short"),
        pl.format("the place is now a part of {}", "unit_short"),
    ).join(part, on="place_id", how="anti")
    lost = without_match(
        nameless.join(pl.concat([part, merged]), on="place_id", how="anti"),
        pl.lit("not_found"),
        pl.lit(None, pl.String),
        pl.lit("no unit of the register bears this name, or a similar one near these coordinates"),
    )
    return pl.concat([part, merged, lost])


def _first_of_hyphen(column: str) -> pl.Expr:
    parts = pl.col(column).str.split("-")
    return pl.when(parts.list.len() > 1).then(parts.list.first())


def _near_town(places: pl.DataFrame, towns: pl.DataFrame, reach_km: float = REACH_KM) -> pl.DataFrame:
    """Places joined to the nearest town of the same `town_core`, within reach."""
    return (
        places.join(towns, on="town_core", how="inner")
        .filter(_km_to_town() <= reach_km)
        .sort("place_id", _km_to_town(), "ags")
        .unique("place_id", keep="first", maintain_order=True)
    )
