"""Facts that documents state about single municipalities, each with its document and the date of it.

Belongs here: the step from a written-down fact to an engagement or to a statement on a partnership.
Does not belong here: the facts (`embedded/document_facts.csv`), the year-by-year reading of an
engagement (`indicators/measures/engagement.py`), or merging statements into partnerships.

A fact whose unit is not certain and a figure about no municipality both go to quarantine: the
first waits for a decision, the second is context that must not be lost.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

import polars as pl

from quality.contracts import CONTRACTS
from sources.rejection import reject
from sources.source import Raw, Reading, Source
from sources.written import (
    first_day,
    is_number_or_empty,
    is_period_or_empty,
    last_day,
    only_readable,
    written_rows,
)

COLUMNS = (
    "ags",
    "name",
    "kind",
    "value",
    "unit",
    "valid_from",
    "valid_to",
    "partner",
    "partner_country",
    "candidates",
    "attested_on",
    "note",
    "document",
)


def read(raws: Sequence[Raw], _needs: Mapping[str, pl.DataFrame]) -> Reading:
    """Engagements and partnership statements; facts without a certain unit and surveys are set apart."""
    tables = {name: [CONTRACTS[name].empty()] for name in SOURCE.tables}
    rejected = []
    for raw in raws:
        rows, broken = written_rows(raw, COLUMNS, source_id=SOURCE.id, table="engagement")
        rows, unreadable = only_readable(rows, _readable(), source_id=SOURCE.id, table="engagement")
        is_survey = pl.col("kind") == "national_survey"
        surveys = rows.filter(is_survey)
        unplaced = rows.filter(~is_survey, pl.col("ags").is_null())
        placed = rows.filter(~is_survey, pl.col("ags").is_not_null())
        tables["engagement"].append(_engagements(placed.filter(pl.col("kind") != "partnership")))
        tables["partnership_claim"].append(_claims(placed.filter(pl.col("kind") == "partnership")))
        rejected += [broken, unreadable, _surveys(surveys), _unplaced(unplaced)]
    return Reading(
        tables={name: pl.concat(frames) for name, frames in tables.items()}, rejected=pl.concat(rejected)
    )


def _readable() -> dict[str, pl.Expr]:
    return {
        "kind": pl.col("kind").is_not_null(),
        "value": pl.col("value").is_not_null() & is_number_or_empty("value"),
        "valid_from": is_period_or_empty("valid_from"),
        "valid_to": is_period_or_empty("valid_to"),
        "attested_on": pl.col("attested_on").is_not_null() & is_period_or_empty("attested_on"),
    }


def _engagements(facts: pl.DataFrame) -> pl.DataFrame:
    """A period stated as a year or month starts on its first and ends on its last day."""
    return facts.with_columns(
        engagement_id=pl.format("{}:{}", pl.lit(SOURCE.id), "locator"),
        value=pl.col("value").cast(pl.Float64),
        valid_from_text=pl.col("valid_from"),
        valid_to_text=pl.col("valid_to"),
        valid_from=first_day("valid_from"),
        valid_to=last_day("valid_to"),
        attested_on=last_day("attested_on"),
        source_id=pl.lit(SOURCE.id),
    ).select(list(CONTRACTS["engagement"].columns))


def _claims(facts: pl.DataFrame) -> pl.DataFrame:
    return facts.with_columns(
        claim_id=pl.format("{}:{}", pl.lit(SOURCE.id), "locator"),
        partnership_id=pl.concat_str(
            "ags",
            pl.col("partner_country").fill_null("unknown"),
            pl.col("partner").map_elements(plain, return_dtype=pl.String),
            separator="-",
        ),
        partner_name=pl.col("partner"),
        partner_latitude=pl.lit(None, pl.Float64),
        partner_longitude=pl.lit(None, pl.Float64),
        category=pl.lit("partnership"),
        source_id=pl.lit(SOURCE.id),
        attested_on=last_day("attested_on"),
        is_inventory=pl.lit(False),
        valid_from=first_day("valid_from"),
        valid_to=last_day("valid_to"),
        state=pl.lit(None, pl.String),
        match_method=pl.lit("key"),
        match_score=pl.lit(1.0),
    ).select(list(CONTRACTS["partnership_claim"].columns))


def plain(name: str) -> str:
    """A place name in lower-case ASCII with hyphens, for keys: "Addis Abeba" becomes "addis-abeba"."""
    ascii_text = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return "-".join("".join(sign if sign.isalnum() else " " for sign in ascii_text.lower()).split())


def _surveys(facts: pl.DataFrame) -> pl.DataFrame:
    return reject(
        facts,
        source_id=SOURCE.id,
        table="engagement",
        rule="national_survey",
        column="ags",
        value=pl.col("ags"),
        reason=pl.format("a survey result about Germany, not about a municipality: {}", pl.col("note")),
        remedy="Nothing to do: the figure is context and is kept here with its document.",
    )


def _unplaced(facts: pl.DataFrame) -> pl.DataFrame:
    return reject(
        facts,
        source_id=SOURCE.id,
        table="engagement",
        rule="ambiguous_unit",
        column="ags",
        value=pl.col("candidates"),
        reason=pl.format(
            "the document names {}, which could be any of {}",
            pl.col("name"),
            pl.col("candidates").fill_null("no unit we know").str.replace_all(",", " or ", literal=True),
        ),
        remedy="Ask the author of the document which unit is meant, then write its key into the line.",
    )


SOURCE = Source(
    id="document_facts",
    title="Angaben aus Dokumenten (Ratsvorlagen, Projektblätter, Berichte)",
    publisher="Urheberin oder Urheber des jeweiligen Dokuments; aufgeschrieben von diesem Projekt",
    licence="Tatsachen aus öffentlichen Dokumenten, mit ihrer Fundstelle aufgeschrieben",
    attribution="Dokument wie angegeben; Zusammenstellung: SDG 17 Kommunalmonitor",
    tables=("engagement", "partnership_claim"),
    read=read,
    embedded=("document_facts.csv",),
    always=True,
    rhythm_days=365,
    group="engagement",
)
