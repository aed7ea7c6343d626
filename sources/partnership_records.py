"""Records of twin-town lists: every record becomes a statement or a review row with its reason.

Belongs here: what lists of place pairs have in common once a provider's file is cut into records.
Does not belong here: one provider's file (`sources/wikidata_partnerships.py`,
`sources/wikipedia_partnerships.py`), merging sources (`sources/partnership_merge.py`).
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from quality.contracts.partnership_claim import CONTRACT as CLAIM
from quality.contracts.partnership_review import CONTRACT as REVIEW
from sources.countries import with_country
from sources.partnership_corroboration import corroborated
from sources.partnership_merge import assign_partnership_ids
from sources.partnership_pairs import PairList
from sources.place_matching import match_places
from sources.place_names import fold

GERMANY = "DEU"
EXPLANATIONS = {
    "inside_germany": "both places lie in Germany; indicators count partners abroad",
    "abroad_both_ends": "neither place lies in Germany; not a record about a German unit",
    "no_country": "the country of one place is missing, or is no known name of one country",
}


def statements(
    records: pl.DataFrame, needs: Mapping[str, pl.DataFrame], form: PairList
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Sort every record into `partnership_claim` or `partnership_review`; none is lost.

    Args:
        records: result of `records_of`.
        needs: tables municipality, population and country, and what `form.corroborated_by` names.
        form: the list they come from.
    """
    oriented = _german_end_first(records, needs["country"])
    settled = oriented.filter(pl.col("outcome").is_not_null()).with_columns(
        candidates=pl.lit(None, pl.String), explanation=pl.col("outcome").replace_strict(EXPLANATIONS)
    )
    matched = _match(oriented.filter(pl.col("outcome").is_null()), needs, form)
    if form.corroborated_by is not None:
        matched = corroborated(matched, needs[form.corroborated_by])
    checked = _repeated(_of_two_countries(matched))
    reviews = pl.concat([settled, checked.filter(pl.col("outcome") != "matched").select(settled.columns)])
    claims = _as_claims(checked.filter(pl.col("outcome") == "matched"), form)
    return assign_partnership_ids(claims), _as_reviews(reviews, form)


def _german_end_first(records: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Put the German place first and say at once which records are not about one German place.

    Where both ends have the same coordinates (Essen in Belgium those of Essen on the Ruhr), one of
    them is wrong and nobody can say which: both count as not given.
    """
    same_spot = (pl.col("lat_1") == pl.col("lat_2")) & (pl.col("lon_1") == pl.col("lon_2"))
    both = records.with_columns(
        pl.when(same_spot.fill_null(False)).then(None).otherwise(pl.col(name)).alias(name)
        for name in ("lat_1", "lon_1", "lat_2", "lon_2")
    )
    for number in (1, 2):
        both = with_country(
            both.with_columns(country_text=f"country_text_{number}", partner_name=f"name_{number}"), known
        ).rename({"partner_country": f"country_{number}"})
    german_1 = (pl.col("country_1") == GERMANY).fill_null(False)
    german_2 = (pl.col("country_2") == GERMANY).fill_null(False)
    country = pl.when(german_1).then(pl.col("country_2")).otherwise(pl.col("country_1"))
    unnamed = pl.any_horizontal(pl.col("country_text_1", "country_text_2").is_null())
    outcome = (
        pl.when(german_1 & german_2)
        .then(pl.lit("inside_germany"))
        .when(~german_1 & ~german_2 & ~unnamed)
        .then(pl.lit("abroad_both_ends"))
        .when(country.is_null() | (~german_1 & ~german_2))
        .then(pl.lit("no_country"))
    )

    def end(fact: str, *, german: bool) -> pl.Expr:
        first, second = pl.col(f"{fact}_1"), pl.col(f"{fact}_2")
        return pl.when(german_1).then(first if german else second).otherwise(second if german else first)

    return both.select(
        "line",
        "locator",
        "raw_text",
        "snapshot_id",
        outcome=outcome,
        german_first=german_1,
        german_name=end("name", german=True),
        lat=end("lat", german=True),
        lon=end("lon", german=True),
        inhabitants=end("inhabitants", german=True),
        partner_name=end("name", german=False),
        partner_latitude=end("lat", german=False),
        partner_longitude=end("lon", german=False),
        partner_country_text=end("country_text", german=False),
        partner_country=country,
    )


def _match(records: pl.DataFrame, needs: Mapping[str, pl.DataFrame], form: PairList) -> pl.DataFrame:
    """Add the unit of the German end; each distinct place is decided once."""
    facts = ["german_name", "lat", "lon", "inhabitants"]
    places = records.select(facts).unique(maintain_order=True).with_row_index("place_id")
    decisions = match_places(
        places.rename({"german_name": "name"}),
        needs["municipality"],
        needs["population"],
        form.attested_on,
        looked_up_by_name=form.looked_up_by_name,
    )
    decided = places.join(decisions, on="place_id", how="left")
    return records.drop("outcome").join(
        decided, on=facts, how="left", nulls_equal=True, maintain_order="left"
    )


def _of_two_countries(records: pl.DataFrame) -> pl.DataFrame:
    """A partner the same list puts in two countries at the same spot has no known country."""
    spot = [
        "ags",
        fold(pl.col("partner_name")),
        pl.col("partner_latitude").round(1),
        pl.col("partner_longitude").round(1),
    ]
    torn = (pl.col("partner_country").n_unique().over(spot) > 1) & (pl.col("outcome") == "matched")
    return _with_outcome(records, torn, "no_country", pl.lit("the list puts this partner in two countries"))


def _repeated(records: pl.DataFrame) -> pl.DataFrame:
    """Later records of the list that say of a unit, from the same end, what an earlier one said."""
    same = ["outcome", "ags", "partner_country", "german_first", fold(pl.col("partner_name"))]
    first = pl.col("line").min().over(same)
    far = (
        pl.col("partner_latitude") - pl.col("partner_latitude").sort_by("line").first().over(same)
    ).abs() > 0.1  # noqa: PLR2004
    note = pl.when(far).then(pl.lit("; the coordinates of the partner differ")).otherwise(pl.lit(""))
    again = (pl.col("line") > first) & (pl.col("outcome") == "matched")
    return _with_outcome(
        records, again, "repeated", pl.format("unit, partner and country are those of line {}{}", first, note)
    )


def _with_outcome(records: pl.DataFrame, where: pl.Expr, outcome: str, explanation: pl.Expr) -> pl.DataFrame:
    return records.with_columns(
        outcome=pl.when(where).then(pl.lit(outcome)).otherwise(pl.col("outcome")),
        explanation=pl.when(where).then(explanation).otherwise(pl.col("explanation")),
        candidates=pl.when(where).then(pl.col("ags")).otherwise(pl.col("candidates")),
    )


def _as_claims(records: pl.DataFrame, form: PairList) -> pl.DataFrame:
    return records.with_columns(
        claim_id=pl.format("{} {}", pl.lit(form.source_id), "locator"),
        partnership_id=pl.lit(""),
        category=pl.lit("unspecified"),
        source_id=pl.lit(form.source_id),
        attested_on=pl.lit(form.attested_on, pl.Date),
        is_inventory=pl.lit(True),
        valid_from=pl.lit(None, pl.Date),
        valid_to=pl.lit(None, pl.Date),
        state=pl.lit(None, pl.String),
    ).select(list(CLAIM.columns))


def _as_reviews(records: pl.DataFrame, form: PairList) -> pl.DataFrame:
    return records.with_columns(
        review_id=pl.format("{} {}", pl.lit(form.source_id), "locator"), source_id=pl.lit(form.source_id)
    ).select(list(REVIEW.columns))
