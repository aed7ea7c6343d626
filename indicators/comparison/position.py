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

from indicators.comparison.arranged import Seating, arranged
from indicators.comparison.comparable import SUPPRESSED, WHY_NOT, Comparable
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


def positions(values: Comparable, statistic: pl.DataFrame, seated: Seating) -> pl.DataFrame:
    """Rows of `peer_position`: one per value of the latest comparable year and group of its unit.

    Args:
        values: what `comparable` returns; confidential ones get no row.
        statistic: table `peer_statistic`.
        seated: the groups, with column level.
    """
    bands = _newest(values, statistic, seated)
    cells = bands.select("cell").unique().sort("cell").with_row_index("number")
    rows = values.rows.filter(pl.col("mark") != SUPPRESSED).join(cells, on="cell", how="inner")
    parts = arranged(rows.drop("cell").rename({"number": "cell"}), cells.height, seated)
    numbered = bands.join(cells, on="cell").drop("cell").rename({"number": "cell"})
    placed = pl.concat([_placed(part, numbered) for part in parts]).sort("indicator", "place", "group")
    return placed.select(
        "indicator_id",
        pl.lit(seated.units).gather(pl.col("place")).alias("ags"),
        "year",
        "group_id",
        "percentile",
        "band",
        "reason",
    )


def newest_years(statistic: pl.DataFrame, seated: Seating) -> pl.Series:
    """The years of which `positions` states any, each once.

    Args:
        statistic: table `peer_statistic` of all years.
        seated: the groups, with column level.
    """
    return _latest(statistic, seated)["year"].unique().sort()


def _latest(statistic: pl.DataFrame, seated: Seating) -> pl.DataFrame:
    """What is known of the groups in the years in which positions are stated."""
    has_band, year = pl.col("median").is_not_null(), pl.col("year")
    latest = pl.coalesce(
        year.filter(has_band).max().over("indicator_id", "level"), year.max().over("indicator_id", "level")
    )
    return (
        statistic.filter(pl.col("reporting") + pl.col("set_aside") > 0)
        .join(seated.groups.select("group_id", "group", "level"), on="group_id", how="inner")
        .filter(year == latest)
    )


def _newest(values: Comparable, statistic: pl.DataFrame, seated: Seating) -> pl.DataFrame:
    """The cells in which positions are stated, by number, with what is asked of their band."""
    return (
        _latest(statistic, seated)
        .join(values.cells, on=["indicator_id", "year"], how="inner")
        .select("cell", "indicator", "group", *CELL, *_ASKED, "kind", why_none="reason")
    )


_ASKED = ("lower_quartile", "median", "upper_quartile")


def _placed(rows: pl.DataFrame, bands: pl.DataFrame) -> pl.DataFrame:
    """Percentile and band of every value in one batch of what `arranged` yields."""
    value = pl.col("value")
    percentile = 100.0 * (value.rank("average") - 0.5) / value.count()
    ranked = rows.with_columns(percentile=percentile.over("key"))
    why = (
        pl.when(pl.col("mark") < 0)
        .then(pl.col("mark").replace_strict(WHY_NOT, default=None, return_dtype=pl.String))
        .when(pl.col("kind") == "binary")
        .then(pl.lit("no_band_for_yes_no"))
        .when(pl.col("median").is_null())
        .then(pl.col("why_none"))
    )
    band = (
        pl.when(value < pl.col("lower_quartile"))
        .then(pl.lit("below"))
        .when(value > pl.col("upper_quartile"))
        .then(pl.lit("above"))
        .otherwise(pl.lit("within"))
    )
    stated = pl.col("reason").is_null()
    return (
        ranked.join(bands, on=["cell", "group"], how="inner")
        .with_columns(reason=why)
        .with_columns(percentile=pl.when(stated).then(pl.col("percentile")), band=pl.when(stated).then(band))
        .select("indicator", "place", "group", *CELL, "percentile", "band", "reason")
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
