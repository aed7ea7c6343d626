"""From the German end of a record to the key of one unit of the register, or a reason why not.

Belongs here: what a label says about itself, the decision among candidates, the words of the
decision. Does not belong here: scores (`sources/place_candidates.py`), records of one provider.

A match needs a score of 0.75 and a lead of 0.15 over the next candidate, else a person decides.
"Ambiguous" means that units bear the name but name, place and population do not settle which;
"not found" that no unit bears it.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from sources.place_candidates import REACH_KM, candidates_by_name, candidates_by_similarity, comparable_units
from sources.place_names import core, distance_km, district_core, normalised
from sources.written_by_us import embedded_table

ALIASES = embedded_table("place_aliases.csv", ("name", "kind", "target", "reason"))
"""Names the register does not have. Kinds: exonym (another name of the unit `target`), city_part
and former (a place inside the unit `target`), land (a Land), abroad (not in Germany, whatever the
source says)."""

NEEDED_SCORE = 0.75
LABEL_REACH_KM = 60.0
ALIAS_REACH_KM = 25.0
NEEDED_LEAD = 0.15
NEEDED_DOMINANCE = 5
"""How many times larger than its namesakes a unit must be to be meant by their bare name."""
SHOWN_CANDIDATES = 5

DECISION = ("place_id", "ags", "match_method", "match_score", "outcome", "candidates", "explanation")


def match_places(
    places: pl.DataFrame,
    register: pl.DataFrame,
    population: pl.DataFrame,
    attested_on: date,
    *,
    looked_up_by_name: bool = False,
) -> pl.DataFrame:
    """One decision per place.

    Args:
        places: distinct rows of place_id, name, lat, lon, inhabitants (the last three may be null).
        register: table `municipality`.
        population: table `population`.
        attested_on: date the records describe.
        looked_up_by_name: the coordinates were found by looking the name up, so they say which
            place of that name came first, not which one the list means.

    Returns:
        place_id, ags, match_method, match_score (null unless matched), outcome (matched, ambiguous,
        not_found, not_a_municipality, historical_unit), candidates, explanation.
    """
    units = comparable_units(register, population, attested_on)
    labelled = _labelled(places, units)
    parts = _by_label(labelled, units)
    candidates = candidates_by_name(labelled.join(parts, on="place_id", how="anti"), units)
    named = _decide(candidates)
    if looked_up_by_name:
        named = _with_doubt_of_namesakes(named, candidates)
    matched = named.filter(pl.col("outcome") == "matched")
    settled = pl.concat([parts, matched])
    settled = pl.concat([settled, _by_alias(labelled.join(settled, on="place_id", how="anti"), units)])
    settled = pl.concat([settled, named.join(settled, on="place_id", how="anti")])
    nameless = labelled.join(settled, on="place_id", how="anti")
    similar = _decide(candidates_by_similarity(nameless, units))
    lost = _not_found(nameless.join(similar, on="place_id", how="anti"), units)
    return pl.concat([settled, similar, lost]).select(DECISION).sort("place_id")


def _labelled(places: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """The comparable forms of a label and the level it asks for."""
    label = pl.col("name")
    exonyms = ALIASES.filter(pl.col("kind") == "exonym").select("name", exonym="target")
    says_district = label.str.contains(r"(?i)\(district\)|landkreis|kreis\b")
    says_association = label.str.contains(r"(?i)samtgemeinde|verbandsgemeinde|\(amt\)")
    wanted = (
        pl.when(says_district)
        .then(pl.lit("district"))
        .when(says_association)
        .then(pl.lit("association"))
        .otherwise(pl.lit("municipality"))
    )
    text = pl.col("text")
    return (
        places.join(exonyms, on="name", how="left", maintain_order="left")
        .with_columns(is_exonym=pl.col("exonym").is_not_null(), text=pl.coalesce("exonym", "name"))
        .with_columns(
            wanted=wanted,
            form=normalised(text.str.replace(r",.*$", "")),
            core=pl.when(says_district).then(district_core(text)).otherwise(core(text)),
            is_official=text.is_in(units["unit_short"].to_list()),
        )
    )


def _by_alias(labelled: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
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
    return _without_match(
        found,
        outcome,
        pl.format("{} ({})", "ags", "target"),
        pl.format("{}: {}", pl.col("target").fill_null("-"), "reason"),
    )


def _by_label(labelled: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
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
    return _without_match(
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


def _decide(candidates: pl.DataFrame) -> pl.DataFrame:
    """Take the best candidate that was alive if it is good enough and far enough ahead."""
    alive = pl.col("is_alive")
    shown = pl.format(
        "{} {} {} ({} km)", "ags", "unit_short", "score", pl.col("km").round(1).cast(pl.String).fill_null("?")
    )
    best = candidates.group_by("place_id", maintain_order=True).agg(
        ags=pl.col("ags").filter(alive).first(),
        match_method=pl.col("method").filter(alive).first(),
        match_score=pl.col("score").filter(alive).first(),
        second=pl.col("score").filter(alive).get(1, null_on_oob=True),
        dissolved=pl.col("score").filter(~alive).first(),
        nearest=pl.col("km").min(),
        units=pl.len(),
        candidates=shown.head(SHOWN_CANDIDATES).str.join(", "),
    )
    good = (pl.col("match_score") >= NEEDED_SCORE).fill_null(False)
    leads = (pl.col("match_score") - pl.col("second").fill_null(0.0)).round(3) >= NEEDED_LEAD
    matched = good & leads
    outcome = (
        pl.when(matched)
        .then(pl.lit("matched"))
        .when((pl.col("dissolved") >= NEEDED_SCORE) & ~good)
        .then(pl.lit("historical_unit"))
        .otherwise(pl.lit("ambiguous"))
    )
    return (
        best.with_columns(outcome=outcome, explanation=_why(outcome, good))
        .with_columns(
            pl.when(matched).then(pl.col(name)).alias(name) for name in ("ags", "match_method", "match_score")
        )
        .select(DECISION)
    )


def _with_doubt_of_namesakes(decided: pl.DataFrame, candidates: pl.DataFrame) -> pl.DataFrame:
    """Matches of a bare name several units bear stand only for one far larger than the others.

    Looked-up coordinates of "Hamm" may lie in a village of 17 inhabitants. Of the pairs of the
    extract of 2026 that Wikidata knows too, the look-up had met the right unit in 4 of 24 cases
    where it chose a smaller namesake, in 32 of 39 where the chosen one is less than five times as
    large as the next, and in 146 of 151 above that.
    """
    size = pl.col("unit_inhabitants").fill_null(0)
    namesakes = (
        candidates.filter(pl.col("is_alive"), normalised(pl.col("text")) == pl.col("core"))
        .sort(size, descending=True)
        .group_by("place_id", maintain_order=True)
        .agg(largest=pl.col("ags").first(), first=size.first(), next=size.get(1, null_on_oob=True))
    )
    dominates = pl.col("first") >= NEEDED_DOMINANCE * pl.col("next")
    doubtful = (pl.col("outcome") == "matched") & pl.col("next").is_not_null()
    doubtful &= ~(dominates & (pl.col("ags") == pl.col("largest")))
    judged = decided.join(namesakes, on="place_id", how="left", maintain_order="left")
    why = "several units bear this bare name, and coordinates looked up by the name prove none of them"
    return judged.with_columns(
        *(
            pl.when(doubtful).then(None).otherwise(pl.col(name)).alias(name)
            for name in ("ags", "match_method", "match_score")
        ),
        outcome=pl.when(doubtful).then(pl.lit("ambiguous")).otherwise(pl.col("outcome")),
        explanation=pl.when(doubtful).then(pl.lit(why)).otherwise(pl.col("explanation")),
    ).select(DECISION)


def _why(outcome: pl.Expr, good: pl.Expr) -> pl.Expr:
    return (
        pl.when(outcome == "historical_unit")
        .then(pl.lit("the unit of this name was dissolved before the date of the source"))
        .when(good)
        .then(pl.lit("several units of this name fit place and population about equally well"))
        .when(pl.col("nearest") > REACH_KM)
        .then(
            pl.format(
                "{} unit(s) bear this name, the nearest {} km from the coordinates of the record",
                "units",
                pl.col("nearest").round(0).cast(pl.Int64),
            )
        )
        .otherwise(pl.lit("name, place and population together are too weak (score below 0.75)"))
    )


def _not_found(nameless: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """No unit bears the name; a hyphen may still tell that it is or was a part of a neighbour."""
    part = _without_match(
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
    merged = _without_match(
        _near_town(nameless.with_columns(town_core="core"), merged_towns),
        pl.lit("historical_unit"),
        pl.format("{} ({})", "ags", "unit_short"),
        pl.format("the place is now a part of {}", "unit_short"),
    ).join(part, on="place_id", how="anti")
    lost = _without_match(
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


def _without_match(
    found: pl.DataFrame, outcome: pl.Expr, candidates: pl.Expr, explanation: pl.Expr
) -> pl.DataFrame:
    return found.select(
        "place_id",
        ags=pl.lit(None, pl.String),
        match_method=pl.lit(None, pl.String),
        match_score=pl.lit(None, pl.Float64),
        outcome=outcome,
        candidates=candidates,
        explanation=explanation,
    )
