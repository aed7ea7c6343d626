"""Units of the register that the German end of a record could mean, each with a score.

Belongs here: the register in comparable form, candidates by equal or similar name, their score.
Does not belong here: choosing among them (`sources/place_matching.py`), spelling
(`sources/place_names.py`).

Score of a candidate, 1 is certain:

    name        1.00 as in the register; 0.95 after normalising or by a listed exonym;
                0.85 when only the core is equal ("Erbach im Odenwald" and "Erbach");
                0.85 × similarity when it is only similar
    distance    nothing up to 5 km, then 0.02 per km; beyond 25 km it is no candidate any more
                (their middle being vague, associations get 10 km and districts 25 km free)
    no coordinates on one side                            - 0.20
    population differs more than 2-fold / 4-fold          - 0.05 / - 0.20
    unit listed only from an edition after the record     - 0.20
"""

from __future__ import annotations

from datetime import date

import polars as pl
from rapidfuzz import fuzz

from sources.place_names import core, distance_km, district_core, normalised, short_name

REACH_KM = 25.0
FREE_KM = 5.0
ONE_MUNICIPALITY = ["50", "58"]
"""Textkennzeichen of associations that are one municipality under the same name."""
FREE_KM_BY_LEVEL = {"municipality": 0.0, "association": 10.0, "district": 25.0}
SIMILAR_REACH_KM = 10.0
NEEDED_SIMILARITY = 90.0
NAME_SCORE = {"exact": 1.0, "normalised": 0.95, "supported": 0.85}


def comparable_units(register: pl.DataFrame, population: pl.DataFrame, attested_on: date) -> pl.DataFrame:
    """Units a record of this date may speak of, in the form names are compared in.

    Independent cities appear once, with their eight-digit key. Districts and associations have
    the mean position of their municipalities. `alive` is false for units dissolved by then.
    """
    newest = (
        population.sort("reference_date").group_by("ags", maintain_order=True).agg(pl.last("inhabitants"))
    )
    first_edition = register["valid_from"].min()
    is_district = pl.col("level") == "district"
    short = short_name(pl.col("name"))
    return (
        register.filter(~pl.col("is_unincorporated"), ~(is_district & pl.col("is_independent_city")))
        .filter(pl.col("level").is_in(list(FREE_KM_BY_LEVEL)))
        .filter(
            (pl.col("level") != "association") | ~pl.col("type_code").is_in(ONE_MUNICIPALITY).fill_null(False)
        )
        .join(_middle_of_members(register), on="ags", how="left")
        .join(newest, on="ags", how="left")
        .select(
            "ags",
            "level",
            unit_name=pl.col("name"),
            unit_short=short,
            unit_first_form=normalised(short.str.split("/").list.first()),
            unit_form=normalised(short),
            unit_core=pl.when(is_district).then(district_core(short)).otherwise(core(short)),
            unit_lat=pl.coalesce("latitude", "middle_lat"),
            unit_lon=pl.coalesce("longitude", "middle_lon"),
            unit_inhabitants="inhabitants",
            is_newer=(pl.col("valid_from") > attested_on) & (pl.col("valid_from") > first_edition),
            is_alive=pl.col("valid_to").is_null() | (pl.col("valid_to") > attested_on),
        )
        .sort("ags")
    )


def _middle_of_members(register: pl.DataFrame) -> pl.DataFrame:
    live = register.filter(pl.col("level") == "municipality", pl.col("valid_to").is_null())
    means = (pl.mean("latitude").alias("middle_lat"), pl.mean("longitude").alias("middle_lon"))
    return pl.concat(
        live.drop_nulls(parent).group_by(parent).agg(*means).rename({parent: "ags"})
        for parent in ("district", "association")
    )


def candidates_by_name(places: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """Units with an equal name or core, best first within each place.

    Args:
        places: place_id, text, form, core, is_exonym, wanted, lat, lon, inhabitants.
        units: result of `comparable_units`.
    """
    pairs = pl.concat(
        [
            places.join(units, left_on="core", right_on="unit_core", how="inner", coalesce=False),
            places.join(units, left_on="form", right_on="unit_form", how="inner", coalesce=False),
        ]
    ).unique(["place_id", "ags"], keep="first", maintain_order=True)
    exact = (pl.col("text") == pl.col("unit_short")) | (pl.col("text") == pl.col("unit_name"))
    same = (pl.col("form") == pl.col("unit_form")) | (pl.col("form") == pl.col("unit_first_form"))
    method = (
        pl.when(exact & ~pl.col("is_exonym"))
        .then(pl.lit("exact"))
        .when(exact | same)
        .then(pl.lit("normalised"))
        .otherwise(pl.lit("supported"))
    )
    named = pairs.with_columns(method=method).with_columns(
        name_score=pl.col("method").replace_strict(NAME_SCORE, return_dtype=pl.Float64)
    )
    return _with_score(_of_wanted_level(named), REACH_KM)


def _of_wanted_level(pairs: pl.DataFrame) -> pl.DataFrame:
    """Keep units of the level the label asks for; other levels only where none of it has the name."""
    fits = pl.col("level") == pl.col("wanted")
    return pairs.filter(
        fits
        | (
            (pl.col("wanted") == "municipality")
            & ~fits.any().over("place_id", mapping_strategy="group_to_rows")
        )
    )


def candidates_by_similarity(places: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """Municipalities near a place whose name differs in a few letters only ("Zulpich")."""
    near = (
        places.filter(pl.col("wanted") == "municipality")
        .drop_nulls(["lat", "lon"])
        .join(units.filter(pl.col("level") == "municipality"), how="cross")
        .filter(
            (pl.col("lat") - pl.col("unit_lat")).abs() < SIMILAR_REACH_KM / 100,
            (pl.col("lon") - pl.col("unit_lon")).abs() < SIMILAR_REACH_KM / 60,
        )
    )
    pairs = zip(near["core"].to_list(), near["unit_core"].to_list(), strict=True)
    similarity = pl.Series("similarity", [fuzz.ratio(one, other) for one, other in pairs], pl.Float64)
    close = near.with_columns(similarity).filter(pl.col("similarity") >= NEEDED_SIMILARITY)
    named = close.with_columns(method=pl.lit("supported"), name_score=pl.col("similarity") / 100 * 0.85).drop(
        "similarity"
    )
    return _with_score(named, SIMILAR_REACH_KM)


def _with_score(pairs: pl.DataFrame, reach_km: float) -> pl.DataFrame:
    ratio = pl.max_horizontal(
        pl.col("unit_inhabitants") / pl.col("inhabitants"), pl.col("inhabitants") / pl.col("unit_inhabitants")
    )
    km = distance_km(pl.col("lat"), pl.col("lon"), pl.col("unit_lat"), pl.col("unit_lon"))
    free = pl.col("level").replace_strict(FREE_KM_BY_LEVEL, return_dtype=pl.Float64)
    loss_by_distance = ((pl.col("km") - FREE_KM) * 0.02).clip(0.0).fill_null(0.20)
    loss_by_population = pl.when(ratio > 4).then(0.20).when(ratio > 2).then(0.05).otherwise(0.0)  # noqa: PLR2004
    loss_by_date = pl.when(pl.col("is_newer")).then(0.20).otherwise(0.0)
    score = pl.col("name_score") - loss_by_distance - loss_by_population - loss_by_date
    return (
        pairs.with_columns(km=(km - free).clip(0.0))
        .with_columns(
            score=pl.when(pl.col("km") > reach_km).then(0.0).otherwise(score.clip(0.0, 1.0).round(3))
        )
        .sort("place_id", "score", "km", "ags", descending=[False, True, False, False], nulls_last=True)
    )
