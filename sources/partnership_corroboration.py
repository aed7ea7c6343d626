"""Bare names several German units bear, settled by a second source that knows the same partner.

Belongs here: choosing among namesakes by what another list says. Does not belong here: which names
are borne by several units (`place_decision.py`), or when two names of a partner mean the same
(`partnership_merge.py`).

Coordinates found by looking a name up lead to whichever place of that name came first, so they
corroborate nothing. Of the pairs of the extract of 2026 that rest on a bare name, 139 of 192 are
known to Wikidata at the largest unit of the name; of the others at least five belong to a smaller
one (Halle in Westfalen and not Halle an der Saale). Being the largest therefore proves nothing
either: what no second source knows goes to a person.
"""

from __future__ import annotations

import polars as pl

from sources.partnership_merge import assign_partnership_ids

WHY = "several units bear this bare name, and no other source names this partner of one of them"
SEVERAL = "several units bear this bare name, and another source names this partner of more than one"
TRIED = "?"


def corroborated(records: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Records of bare names with the unit that the other source gives this partner, or for review.

    Args:
        records: records with `namesakes` (keys of the units that bear the name, null where there is
            only one), and all columns of a decision.
        known: statements of the other source, in the form of `partnership_claim`.

    Returns:
        The records in their order. Those with namesakes are matched where exactly one of them has
        this partner in `known`, with the certainty of that statement; else they are ambiguous.
    """
    numbered = records.with_row_index("number")
    supported = _supported(numbered.filter(pl.col("namesakes").is_not_null()), known)
    joined = numbered.join(supported, on="number", how="left", maintain_order="left")
    doubtful, settled = pl.col("namesakes").is_not_null(), pl.col("units") == 1
    several = pl.col("units") > 1
    return joined.with_columns(
        outcome=pl.when(doubtful)
        .then(pl.when(settled).then(pl.lit("matched")).otherwise(pl.lit("ambiguous")))
        .otherwise("outcome"),
        ags=pl.when(doubtful).then(pl.when(settled).then("unit")).otherwise("ags"),
        match_method=pl.when(doubtful)
        .then(pl.when(settled).then(pl.lit("corroborated")))
        .otherwise("match_method"),
        match_score=pl.when(doubtful).then(pl.when(settled).then("certainty")).otherwise("match_score"),
        explanation=pl.when(doubtful & ~settled.fill_null(False))
        .then(pl.when(several).then(pl.lit(SEVERAL)).otherwise(pl.lit(WHY)))
        .otherwise("explanation"),
    ).select(records.columns)


def _supported(doubtful: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Record number, how many of its namesakes have the partner, one of them and its certainty."""
    tried = doubtful.select(
        "number",
        "namesakes",
        "partner_name",
        "partner_country",
        "partner_latitude",
        "partner_longitude",
    ).explode("namesakes")
    as_claims = tried.select(
        pl.format("{}{}", pl.lit(TRIED), pl.int_range(pl.len())).alias("claim_id"),
        pl.lit("").alias("partnership_id"),
        pl.col("namesakes").alias("ags"),
        "partner_name",
        "partner_country",
        "partner_latitude",
        "partner_longitude",
        pl.lit(TRIED).alias("source_id"),
    )
    others = known.filter(pl.col("ags").is_in(tried["namesakes"].unique().to_list()))
    named = assign_partnership_ids(pl.concat([others.select(as_claims.columns), as_claims]))
    certain = (
        named.join(known.select("claim_id", "match_score"), on="claim_id", how="inner")
        .group_by("partnership_id")
        .agg(certainty=pl.col("match_score").max())
    )
    ours = named.filter(pl.col("source_id") == TRIED).with_columns(tried["number"])
    return (
        ours.join(certain, on="partnership_id", how="inner")
        .group_by("number")
        .agg(units=pl.col("ags").n_unique(), unit=pl.col("ags").first(), certainty=pl.col("certainty").max())
    )
