"""The decision among candidates for one place, and the words it is given in.

Belongs here: what makes a match good enough, doubt about bare names, the form of every decision.
Does not belong here: scores (`place_candidates.py`), labels that name no unit (`place_parts.py`).
"""

from __future__ import annotations

import polars as pl

from sources.place_candidates import REACH_KM
from sources.place_names import normalised

NEEDED_SCORE = 0.75

NEEDED_LEAD = 0.15

NEEDED_DOMINANCE = 5
"""How many times larger than its namesakes a unit must be to be meant by their bare name."""

SHOWN_CANDIDATES = 5

DECISION = ("place_id", "ags", "match_method", "match_score", "outcome", "candidates", "explanation")


def decide(candidates: pl.DataFrame) -> pl.DataFrame:
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


def with_doubt_of_namesakes(decided: pl.DataFrame, candidates: pl.DataFrame) -> pl.DataFrame:
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


def without_match(
    found: pl.DataFrame, outcome: pl.Expr, candidates: pl.Expr, explanation: pl.Expr
) -> pl.DataFrame:
    """Decisions that name no unit, in the form of every decision."""
    return found.select(
        "place_id",
        ags=pl.lit(None, pl.String),
        match_method=pl.lit(None, pl.String),
        match_score=pl.lit(None, pl.Float64),
        outcome=outcome,
        candidates=candidates,
        explanation=explanation,
    )
