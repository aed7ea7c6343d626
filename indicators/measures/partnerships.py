"""Partnerships abroad: how many a unit had on 31 December, and how many with countries receiving aid.

Belongs here: for which years a statement holds, and which relationships count. Does not belong
here: which statements speak of the same relationship (`sources/partnership_merge.py`).

The rules:

- An inventory (a list of all partners its authors knew) describes the stock of the 31 December
  nearest to its date: July 2017 speaks for 2017, February 2026 for 2025.
- A single mention in a document proves nothing after its own date. It proves the relationship for
  the last 31 December not later than the document and, where it states a start, for every
  31 December since.
- A stated end holds for the relationship, whoever states it.
- A unit with at least one partner abroad in an inventory has counts in that year, zero among them,
  as an estimate (E): volunteers made the lists. Where only documents name partners, the count is
  what happens to be documented (U).
- A relationship counts once, however many sources name it. Contacts are no partnerships: they count
  among all relationships abroad, never among those with countries receiving aid.
- Whether a country receives aid is asked for the same year. A country not on the DAC list of a year
  the list covers is no recipient. Where the country is unknown, or the list does not cover the
  year, the counts of the unit and year that depend on it are uncertain (U).
- Units no source names have no row: not listed is not zero.
"""

from __future__ import annotations

from collections.abc import Mapping

import narwhals.stable.v2 as nw

from indicators.measure import INPUT_COLUMNS, Keep, Lazy, Measure, MeasureGroup, as_it_is

DECEMBER, LAST_DAY, JULY = 12, 31, 7
CATEGORIES = ("unspecified", "contact", "friendship", "partnership", "project")
"""From the least to the most specific kind of relationship."""
CONTACT = CATEGORIES.index("contact")
REASON = "lower_bound"


def inputs(tables: Mapping[str, Lazy], keep: Keep = as_it_is) -> Lazy:
    """One row per relationship, year and measure, with the statement that proves it best."""
    claims = tables["partnership_claim"]
    abroad = claims.filter(nw.col("partner_country").is_null() | (nw.col("partner_country") != "DEU"))
    ranked = abroad.with_columns(kind=_kind(nw.col("category")), listed=nw.col("is_inventory").cast(nw.Int64))
    stock = _best(_in_force(ranked, tables["years"]), keep)
    judged = keep(_judged(_with_certainty(stock), tables["aid_recipient"], tables["country"]))
    return nw.concat(
        [
            _as_inputs(judged, "partnerships_foreign", nw.lit(1), nw.lit(0), nw.lit("")),
            _as_inputs(judged, "partnerships_dac", nw.col("recipient"), nw.col("open"), nw.col("group")),
            _as_inputs(
                judged, "partnerships_ldc", nw.col("least_developed"), nw.col("open"), nw.col("group")
            ),
        ],
        how="vertical",
    )


def _kind(category: nw.Expr) -> nw.Expr:
    rank: nw.Expr = nw.lit(0)
    for place, name in enumerate(CATEGORIES):
        rank = nw.when(category == name).then(nw.lit(place)).otherwise(rank)
    return rank


def _year(day: nw.Expr) -> nw.Expr:
    return day.dt.year().cast(nw.Int64)


def _last_year_end(day: nw.Expr) -> nw.Expr:
    """Year of the last 31 December that is not later than a day."""
    at_year_end = (day.dt.month() == DECEMBER) & (day.dt.day() == LAST_DAY)
    return nw.when(at_year_end).then(_year(day)).otherwise(_year(day) - 1)


def _nearest_year_end(day: nw.Expr) -> nw.Expr:
    """Year of the 31 December nearest to a day."""
    return nw.when(day.dt.month() >= JULY).then(_year(day)).otherwise(_year(day) - 1)


def _in_force(claims: Lazy, years: Lazy) -> Lazy:
    """Statements by the years whose 31 December they prove the relationship for."""
    relations = claims.group_by("partnership_id").agg(
        end=nw.col("valid_to").max(), relation_kind=nw.col("kind").max()
    )
    dated = (
        claims.join(relations, on="partnership_id", how="inner")
        .with_columns(
            one=nw.lit(1),
            start=_year(nw.col("valid_from")),
            stop=_last_year_before(nw.col("end")),
            last=nw.when(nw.col("is_inventory"))
            .then(_nearest_year_end(nw.col("attested_on")))
            .otherwise(_last_year_end(nw.col("attested_on"))),
        )
        .join(years.with_columns(nw.col("year").cast(nw.Int64), one=nw.lit(1)), on="one", how="inner")
    )
    year, start, last = nw.col("year"), nw.col("start"), nw.col("last")
    has_begun = start.is_null() | (start <= year)
    is_proven = (year == last) | (~nw.col("is_inventory") & ~start.is_null() & (year <= last))
    not_ended = nw.col("stop").is_null() | (year <= nw.col("stop"))
    return dated.filter(has_begun & is_proven & not_ended)


def _last_year_before(end: nw.Expr) -> nw.Expr:
    """Last year at whose 31 December a relationship with this end was in force."""
    return nw.when(~end.is_null()).then(_last_year_end(end)).otherwise(nw.lit(None, nw.Int64))


def _best(rows: Lazy, keep: Keep) -> Lazy:
    """One statement per relationship and year: an inventory, then the surest match, then the first key."""
    key = ["partnership_id", "year"]
    for column, choice in (
        ("listed", nw.col("listed").max()),
        ("match_score", nw.col("match_score").max()),
        ("claim_id", nw.col("claim_id").min()),
    ):
        rows = keep(rows)
        chosen = rows.group_by(*key).agg(choice.alias("chosen"))
        rows = (
            rows.join(chosen, on=key, how="inner").filter(nw.col(column) == nw.col("chosen")).drop("chosen")
        )
    return rows


def _with_certainty(stock: Lazy) -> Lazy:
    """E where an inventory names the unit in that year, U where only documents do."""
    units = stock.group_by("ags", "year").agg(in_inventory=nw.col("listed").max())
    status = nw.when(nw.col("in_inventory") == 1).then(nw.lit("E")).otherwise(nw.lit("U"))
    return stock.join(units, on=["ags", "year"], how="inner").with_columns(certainty=status)


def _judged(stock: Lazy, aid_recipient: Lazy, country: Lazy) -> Lazy:
    """Add whether the partner's country receives aid in the year, or whether nobody knows."""
    listed = aid_recipient.select(
        "year",
        partner_country=nw.col("country"),
        receives=nw.col("is_recipient").cast(nw.Int64),
        poorest=nw.col("is_ldc").cast(nw.Int64),
        dac_group=nw.col("dac_group"),
    )
    covered = aid_recipient.group_by("year").agg(covered=nw.col("is_recipient").cast(nw.Int64).max())
    known = country.select(partner_country=nw.col("country"), known=nw.lit(1))
    joined = (
        stock.join(listed, on=["partner_country", "year"], how="left")
        .join(covered, on="year", how="left")
        .join(known, on="partner_country", how="left")
    )
    counts = (nw.col("relation_kind") != CONTACT) & (nw.col("receives") == 1)
    return joined.with_columns(
        recipient=nw.when(counts).then(nw.lit(1)).otherwise(nw.lit(0)),
        least_developed=nw.when(counts & (nw.col("poorest") == 1)).then(nw.lit(1)).otherwise(nw.lit(0)),
        open=nw.when(nw.col("covered").is_null() | nw.col("known").is_null())
        .then(nw.lit(1))
        .otherwise(nw.lit(0)),
        group=nw.when(nw.col("receives") == 1)
        .then(nw.concat_str([nw.lit(", DAC list: "), nw.col("dac_group")]))
        .otherwise(nw.lit(", not on the DAC list")),
    )


def _as_inputs(rows: Lazy, measure: str, count: nw.Expr, uncertain: nw.Expr, group: nw.Expr) -> Lazy:
    country = (
        nw.when(nw.col("partner_country").is_null()).then(nw.lit("?")).otherwise(nw.col("partner_country"))
    )
    status = nw.when(uncertain == 1).then(nw.lit("U")).otherwise(nw.col("certainty"))
    kind = nw.col("category")
    return rows.with_columns(
        measure_id=nw.lit(measure),
        phase=nw.lit("none"),
        input_table=nw.lit("partnership_claim"),
        input_id=nw.col("claim_id"),
        rule_id=nw.lit(None, nw.String),
        contribution=count.cast(nw.Int64),
        obs_status=status,
        reason=nw.lit(REASON),
        note=nw.concat_str([nw.col("partner_name"), nw.lit(" ("), country, nw.lit("), "), kind, group]),
    ).select(*INPUT_COLUMNS)


def _measure(identifier: str, name_de: str, name_en: str, description: str) -> Measure:
    return Measure(
        id=identifier,
        unit="count",
        name_de=name_de,
        name_en=name_en,
        description=description,
        absent_status="O",
        absent_reason="not_listed",
    )


GROUP = MeasureGroup(
    id="partnerships",
    tables=("partnership_claim", "aid_recipient", "country", "years"),
    measures=(
        _measure(
            "partnerships_foreign",
            "Internationale Partnerschaften am 31. Dezember",
            "Partnerships abroad at 31 December",
            "Relationships with places abroad in force at 31 December, each counted once over all sources.",
        ),
        _measure(
            "partnerships_dac",
            "Partnerschaften mit Entwicklungsländern am 31. Dezember",
            "Partnerships with developing countries at 31 December",
            "Those whose country stands on the DAC list of aid recipients of the same year; contacts excluded.",
        ),
        _measure(
            "partnerships_ldc",
            "Partnerschaften mit am wenigsten entwickelten Ländern am 31. Dezember",
            "Partnerships with least developed countries at 31 December",
            "Those whose country stands in the column of least developed countries of that year's DAC list.",
        ),
    ),
    inputs=inputs,
    takes_keep=True,
)
