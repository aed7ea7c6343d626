"""Project partnerships: with how many partners a funded project ran in a year.

Belongs here: for which years a project counts. Does not belong here: the stock of partnerships at
31 December (`indicators/measures/partnerships.py`), in which projects count as one kind among others.

A project counts in every year of which its funding period covers any day. The period is what the
source states; without a stated start it begins, without a stated end it ends in the year the source
describes. Years after that year up to an end stated in advance carry status I. A list of all
projects its authors knew gives an estimate (E), a single mention what happens to be documented (U).
Two projects with one partner are one partnership. Units no source names have no row.
"""

from __future__ import annotations

from collections.abc import Mapping

import narwhals.stable.v2 as nw

from indicators.measure import INPUT_COLUMNS, Lazy, Measure, MeasureGroup


def inputs(tables: Mapping[str, Lazy]) -> Lazy:
    """One row per partner and year, with one statement that shows the project."""
    claims = tables["partnership_claim"].filter(nw.col("category") == "project")
    abroad = claims.filter(nw.col("partner_country").is_null() | (nw.col("partner_country") != "DEU"))
    years = tables["years"].with_columns(nw.col("year").cast(nw.Int64), one=nw.lit(1))
    year = nw.col("year")
    running = (
        abroad.with_columns(
            one=nw.lit(1),
            described=_year("attested_on"),
            start=nw.coalesce(_year("valid_from"), _year("attested_on")),
            end=nw.coalesce(_year("valid_to"), _year("attested_on")),
        )
        .join(years, on="one", how="inner")
        .filter(year >= nw.col("start"), year <= nw.col("end"))
        .with_columns(
            rank=nw.when(year > nw.col("described"))
            .then(nw.lit(0))
            .otherwise(nw.when(nw.col("is_inventory")).then(nw.lit(2)).otherwise(nw.lit(1)))
        )
    )
    return _as_inputs(_one_each(running))


def _year(column: str) -> nw.Expr:
    return nw.col(column).dt.year().cast(nw.Int64)


def _one_each(rows: Lazy) -> Lazy:
    """The best statement per partner and year: proven before announced, list before mention, then by key."""
    key = ["ags", "partnership_id", "year"]
    best = rows.group_by(key).agg(best=nw.col("rank").max())
    kept = rows.join(best, on=key, how="inner").filter(nw.col("rank") == nw.col("best"))
    first = kept.group_by(key).agg(first=nw.col("claim_id").min())
    return kept.join(first, on=key, how="inner").filter(nw.col("claim_id") == nw.col("first"))


def _as_inputs(rows: Lazy) -> Lazy:
    announced, listed = nw.col("rank") == 0, nw.col("is_inventory")
    status = (
        nw.when(announced)
        .then(nw.lit("I"))
        .otherwise(nw.when(listed).then(nw.lit("E")).otherwise(nw.lit("U")))
    )
    country = nw.when(nw.col("partner_country").is_null()).then(nw.lit("?")).otherwise("partner_country")
    return rows.with_columns(
        measure_id=nw.lit("project_partnerships"),
        phase=nw.lit("none"),
        input_table=nw.lit("partnership_claim"),
        input_id=nw.col("claim_id"),
        rule_id=nw.lit(None, nw.String),
        contribution=nw.lit(1, nw.Int64),
        obs_status=status,
        reason=nw.when(announced).then(nw.lit("stated_in_advance")).otherwise(nw.lit("lower_bound")),
        note=nw.concat_str([nw.col("partner_name"), nw.lit(" ("), country, nw.lit(")")]),
    ).select(*INPUT_COLUMNS)


GROUP = MeasureGroup(
    id="project_partnerships",
    tables=("partnership_claim", "years"),
    measures=(
        Measure(
            id="project_partnerships",
            unit="count",
            name_de="Projektpartnerschaften im Lauf des Jahres",
            name_en="Project partnerships during the year",
            description="Partners with whom a funded project ran on any day of the year, each counted once.",
            absent_status="O",
            absent_reason="not_listed",
        ),
    ),
    inputs=inputs,
)
