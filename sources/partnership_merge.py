"""Statements of many sources on partnerships, brought together into relationships.

Belongs here: when two statements speak of the same relationship, and what it then looks like. Does
not belong here: which unit a German name means (`sources/place_matching.py`), or counting
(`indicators/measures/partnerships.py`).

Two statements speak of the same relationship if unit and country are the same and the partner has
the same name (after folding and our list of names), or a similar name within 15 km, or any name
within 2 km as long as no source lists both (then they are one place with two names, not neighbours).
"""

from __future__ import annotations

import polars as pl
from rapidfuzz import fuzz

from quality.contracts.partnership import CONTRACT as PARTNERSHIP
from sources.place_names import distance_km, fold
from sources.written_by_us import embedded_table

ALIASES = embedded_table("partner_aliases.csv", ("country", "name", "german", "reason"))
"""Names of one partner in several languages, with the German form that is shown."""

SIMILAR_WITHIN_KM = 15.0
SAME_SPOT_KM = 2.0
NEEDED_SIMILARITY = 80.0
UNKNOWN_COUNTRY = "unknown"

CATEGORIES = ("unspecified", "contact", "friendship", "partnership", "project")
"""From the least to the most specific kind of relationship."""

_BODY_BEFORE = (
    r"^(?:(?:city|town|municipality|community|borough|metropolitan borough|london borough|commune) of|gmina) "
)
_BODY_BEHIND = r" (?:municipality|metropolitan municipality|regional council|county borough|commune)$"


def assign_partnership_ids(claims: pl.DataFrame) -> pl.DataFrame:
    """Give every statement the key of its relationship, seen over all statements handed in.

    The key is AGS, country and partner name; of several names of one partner the one with a German
    form in our list stands, else the first in alphabetical order.
    """
    named = _with_german_name(claims).with_columns(_slug=_slug())
    places = (
        named.group_by("ags", "_country", "_slug", maintain_order=True)
        .agg(
            pl.col("partner_latitude").drop_nulls().first(),
            pl.col("partner_longitude").drop_nulls().first(),
            pl.col("_german").is_not_null().any().alias("listed"),
            pl.col("source_id").unique().alias("sources"),
        )
        .sort("ags", "_country", "_slug")
        .with_row_index("node")
    )
    heads = _heads(places)
    key = pl.concat_str("ags", "_country", "head", separator="-")
    return (
        named.drop("partnership_id")
        .join(heads, on=["ags", "_country", "_slug"], how="left", maintain_order="left")
        .with_columns(partnership_id=key)
        .select(claims.columns)
    )


def _with_german_name(claims: pl.DataFrame) -> pl.DataFrame:
    listed = ALIASES.select(_country="country", _key=_bare(pl.col("name")), _german="german")
    itself = ALIASES.select(_country="country", _key=_bare(pl.col("german")), _german="german")
    names = pl.concat([listed, itself]).unique(["_country", "_key"], keep="first", maintain_order=True)
    return claims.with_columns(
        _country=pl.col("partner_country").fill_null(UNKNOWN_COUNTRY), _key=_bare(pl.col("partner_name"))
    ).join(names, on=["_country", "_key"], how="left", maintain_order="left")


def _bare(name: pl.Expr) -> pl.Expr:
    """The folded name of the place itself: "Lund Municipality", "Bunkyō (Tokyo)", "Tokyo – Bunkyō"."""
    place = name.str.replace(r"^.+ – ", "").str.replace(r"[,(].*$", "")
    folded = fold(place).str.replace(_BODY_BEFORE, "").str.replace(_BODY_BEHIND, "")
    return pl.when(folded.str.len_chars() > 0).then(folded).otherwise(name.str.to_lowercase())


def _slug() -> pl.Expr:
    return pl.coalesce(fold(pl.col("_german")), "_key").str.replace_all(" ", "-")


def _heads(places: pl.DataFrame) -> pl.DataFrame:
    """For each name of a partner the name its relationship is known under."""
    group = list(range(places.height))

    def root(node: int) -> int:
        while group[node] != node:
            node = group[node]
        return node

    for one, other in _same_partner(places):
        first, second = sorted((root(one), root(other)))
        group[second] = first
    roots = pl.Series("root", [root(node) for node in range(places.height)], pl.Int64)
    return (
        places.with_columns(roots)
        .sort("root", "listed", "_slug", descending=[False, True, False])
        .with_columns(head=pl.col("_slug").first().over("root"))
        .select("ags", "_country", "_slug", "head")
    )


def _same_partner(places: pl.DataFrame) -> list[tuple[int, int]]:
    """Pairs of differently written names that mean one place, in a fixed order."""
    located = places.drop_nulls(["partner_latitude", "partner_longitude"])
    km = distance_km(
        pl.col("partner_latitude"),
        pl.col("partner_longitude"),
        pl.col("partner_latitude_right"),
        pl.col("partner_longitude_right"),
    )
    pairs = (
        located.join(located, on=["ags", "_country"], how="inner")
        .filter(pl.col("node") < pl.col("node_right"), km <= SIMILAR_WITHIN_KM)
        .select(
            "node",
            "node_right",
            "_slug",
            "_slug_right",
            neighbours=pl.col("sources").list.set_intersection("sources_right").list.len() > 0,
            km=km,
        )
        .sort("node", "node_right")
    )
    return [
        (node, other)
        for node, other, slug, other_slug, neighbours, distance in pairs.iter_rows()
        if (distance <= SAME_SPOT_KM and not neighbours) or fuzz.ratio(slug, other_slug) >= NEEDED_SIMILARITY
    ]


def merge(claims: pl.DataFrame) -> pl.DataFrame:
    """The table `partnership`: one row per relationship.

    Args:
        claims: table `partnership_claim` with keys from `assign_partnership_ids`.

    Returns:
        Relationships with the most specific category, the earliest start and the latest end any
        source states.
    """
    rank = pl.col("category").replace_strict(
        {name: rank for rank, name in enumerate(CATEGORIES)}, return_dtype=pl.Int64
    )
    ordered = _with_german_name(claims).sort("partnership_id", "_german", "claim_id", nulls_last=True)
    return (
        ordered.with_columns(rank=rank)
        .group_by("partnership_id", maintain_order=True)
        .agg(
            pl.col("ags").first(),
            pl.coalesce("_german", "partner_name").first().alias("partner_name"),
            pl.col("partner_country").first(),
            pl.col("partner_latitude").drop_nulls().first(),
            pl.col("partner_longitude").drop_nulls().first(),
            pl.col("rank").max(),
            pl.col("valid_from").min(),
            pl.col("valid_to").max(),
            pl.col("attested_on").min().alias("first_attested_on"),
            pl.col("attested_on").max().alias("last_attested_on"),
            pl.col("source_id").unique().sort().str.join(",").alias("source_ids"),
            pl.len().cast(pl.Int64).alias("statements"),
        )
        .with_columns(
            category=pl.col("rank").replace_strict(dict(enumerate(CATEGORIES)), return_dtype=pl.String)
        )
        .select(list(PARTNERSHIP.columns))
        .sort(list(PARTNERSHIP.sort), nulls_last=True)
    )
