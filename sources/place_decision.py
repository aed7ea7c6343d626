"""The decision among candidates for one place, and the words it is given in.

Belongs here: what makes a match good enough, which names are borne by several units, the form of every decision.
Does not belong here: scores (`place_candidates.py`), labels that name no unit (`place_parts.py`).
"""

from __future__ import annotations

import polars as pl

from sources.place_candidates import REACH_KM
from sources.place_names import normalised

NEEDED_SCORE = 0.75

NEEDED_LEAD = 0.15


SHOWN_CANDIDATES = 5

NAMESAKES = pl.List(pl.String)
DECISION = (
    "place_id",
    "ags",
    "match_method",
    "match_score",
    "outcome",
    "candidates",
    "explanation",
    "namesakes",
)


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
        .with_columns(namesakes=pl.lit(None, NAMESAKES))
        .select(DECISION)
    )


def with_namesakes(decided: pl.DataFrame, candidates: pl.DataFrame) -> pl.DataFrame:
    """Decisions on bare names that several living units bear, told apart: `namesakes` lists their keys.

    Such a decision rests on coordinates that were looked up by the name itself; whoever asked must
    corroborate it by other means (`partnership_corroboration.py`) before it counts.
    """
    namesakes = (
        candidates.filter(pl.col("is_alive"), normalised(pl.col("text")) == pl.col("core"))
        .group_by("place_id", maintain_order=True)
        .agg(bearers=pl.col("ags").unique().sort())
        .filter(pl.col("bearers").list.len() > 1)
    )
    judged = decided.join(namesakes, on="place_id", how="left", maintain_order="left")
    return judged.with_columns(namesakes=pl.col("bearers")).select(DECISION)


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
        namesakes=pl.lit(None, NAMESAKES),
    )
