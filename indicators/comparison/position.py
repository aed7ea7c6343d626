"""Where one unit stands among its peers: a percentile and a third of the band, never a rank.

Belongs here: tables `peer_position` and `peer_sensitivity`. Does not belong here: the bands
(`indicators/comparison/statistic.py`) or whether high is good (the catalogue says so).

The percentile is the mid-rank one: 100 · (L + E / 2) / n, with n values compared in the group, L of
them lower than the unit's and E equal to it, itself included. It lies strictly between 0 and 100,
equal values share one percentile, and it cannot be read backwards as a place in a league table.
Yes-no values have neither percentile nor band: a group is described by its share of yes.

Positions are stated for the newest year in which a group of that level has a band, and where there
has never been one, for the newest year with a value, with the reason.
"""

from __future__ import annotations

import polars as pl

from indicators.comparison.statistic import CELL

BANDS = ("below", "within", "above")
SENTENCES = {
    "above": (
        "In {n} von {of} Vergleichsgruppen über der mittleren Hälfte",
        "Above the middle half in {n} of {of} peer definitions",
    ),
    "within": (
        "In {n} von {of} Vergleichsgruppen in der mittleren Hälfte",
        "Within the middle half in {n} of {of} peer definitions",
    ),
    "below": (
        "In {n} von {of} Vergleichsgruppen unter der mittleren Hälfte",
        "Below the middle half in {n} of {of} peer definitions",
    ),
}
"""What sensitivity says, German and English; the sentence of the most frequent position is chosen."""


def positions(values: pl.DataFrame, statistic: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """Rows of `peer_position`: one per value of the latest comparable year and group of its unit.

    Args:
        values: what `comparable` returns; confidential ones get no row.
        statistic: table `peer_statistic`.
        members: table `peer_member`, with column level.
    """
    cells = statistic.filter(pl.col("reporting") + pl.col("set_aside") > 0).join(
        members.select("group_id", "level").unique(), on="group_id", how="inner"
    )
    has_band = pl.col("median").is_not_null()
    year = pl.coalesce(
        pl.col("year").filter(has_band).max().over("indicator_id", "level"),
        pl.col("year").max().over("indicator_id", "level"),
    )
    newest = (
        cells.filter(pl.col("year") == year).select(*CELL, *_NEEDED, why_none="reason").with_row_index("cell")
    )
    latest = (
        values.filter(~pl.col("is_suppressed"), pl.col("year").is_in(newest["year"].unique().implode()))
        .join(newest.select("indicator_id", "year").unique(), on=["indicator_id", "year"], how="semi")
        .join(members, on="ags", how="inner")
        .join(newest, on=CELL, how="inner")
    )
    compared = pl.col("why_not").is_null()
    percentile = 100.0 * (pl.col("value").rank("average") - 0.5) / pl.len()
    ranked = percentile.over("cell", compared)
    return _said(latest.with_columns(percentile=pl.when(compared).then(ranked)))


_NEEDED = ("lower_quartile", "median", "upper_quartile")


def _said(rows: pl.DataFrame) -> pl.DataFrame:
    why = (
        pl.when(pl.col("why_not").is_not_null())
        .then(pl.col("why_not"))
        .when(pl.col("kind") == "binary")
        .then(pl.lit("no_band_for_yes_no"))
        .when(pl.col("median").is_null())
        .then(pl.col("why_none"))
    )
    band = (
        pl.when(pl.col("value") < pl.col("lower_quartile"))
        .then(pl.lit("below"))
        .when(pl.col("value") > pl.col("upper_quartile"))
        .then(pl.lit("above"))
        .otherwise(pl.lit("within"))
    )
    stated = pl.col("reason").is_null()
    return (
        rows.with_columns(reason=why)
        .select(
            "indicator_id",
            "ags",
            "year",
            "group_id",
            percentile=pl.when(stated).then(pl.col("percentile")),
            band=pl.when(stated).then(band),
            reason="reason",
        )
        .sort("indicator_id", "ags", "group_id")
    )


def sensitivities(position: pl.DataFrame, groups: pl.DataFrame) -> pl.DataFrame:
    """Rows of `peer_sensitivity`: how far a unit's position depends on who its peers are.

    Args:
        position: table `peer_position`.
        groups: columns group_id, in_sensitivity of table `peer_group`.
    """
    declared = position.join(groups.filter("in_sensitivity").select("group_id"), on="group_id", how="semi")
    counts = declared.group_by("indicator_id", "ags", "year").agg(
        definitions=pl.len().cast(pl.Int64),
        comparable=pl.col("band").count().cast(pl.Int64),
        **{f"definitions_{band}": (pl.col("band") == band).sum().cast(pl.Int64) for band in BANDS},
        reason=pl.col("reason").mode().min(),
    )
    none = pl.col("comparable") == 0
    return counts.with_columns(
        reason=pl.when(none).then(pl.col("reason")),
        statement_de=pl.when(~none).then(_sentence(0)),
        statement_en=pl.when(~none).then(_sentence(1)),
    ).sort("indicator_id", "ags")


def _sentence(language: int) -> pl.Expr:
    """The sentence of the most frequent position; where two are equally frequent, within comes first."""
    most = pl.max_horizontal(f"definitions_{band}" for band in BANDS)
    sentence: pl.Expr = pl.lit(None, pl.String)
    for band in ("below", "above", "within"):
        number = pl.col(f"definitions_{band}")
        words = SENTENCES[band][language].replace("{n}", "{}").replace("{of}", "{}")
        sentence = pl.when(number == most).then(pl.format(words, number, "comparable")).otherwise(sentence)
    return sentence
