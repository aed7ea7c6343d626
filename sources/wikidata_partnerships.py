"""Partnerships of German places in Wikidata (property P190), live and as an extract of 28 July 2017.

Belongs here: the source and the form of the extract. Does not belong here: what happens to its
records (`sources/partnership_records.py`), the query service (`sources/wikidata_sparql.py`) and its
answers (`sources/wikidata_statements.py`).

The extract has no keys, only English labels with coordinates, and no dates. It lists what volunteers
had entered, so a place may have more partners than it says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from quality.contract import no_rejects
from quality.contracts import CONTRACTS
from sources.partnership_pairs import PairList, records_of
from sources.partnership_records import statements
from sources.source import Raw, Reading, Source, SourceChanged
from sources.wikidata_sparql import BASE, dialogue
from sources.wikidata_statements import read_answers

FORM = PairList(
    source_id="wikidata_partnerships",
    attested_on=date(2017, 7, 28),
    columns=(
        "origincityLabel",
        "origincountry",
        "originlat",
        "originlong",
        "originpopulation",
        "sistercityLabel",
        "destinationlat",
        "destinationlong",
        "destinationpopulation",
        "destination_countryLabel",
        "dist",
        "eu",
    ),
    ends=(
        ("origincityLabel", "origincountry", "originlat", "originlong", "originpopulation"),
        (
            "sistercityLabel",
            "destination_countryLabel",
            "destinationlat",
            "destinationlong",
            "destinationpopulation",
        ),
    ),
)


def read(raws: Sequence[Raw], needs: Mapping[str, pl.DataFrame]) -> Reading:
    """Statements and review rows; their number plus the rejected lines is that of the records."""
    claims, reviews = [CONTRACTS["partnership_claim"].empty()], [CONTRACTS["partnership_review"].empty()]
    rejected = [no_rejects()]
    for raw in raws:
        if raw.name.endswith(".json"):
            continue
        try:
            lines = raw.unpacked().decode("utf-8").removesuffix("\n").split("\n")
        except UnicodeDecodeError as error:
            raise SourceChanged(f"{raw.name} is not UTF-8 ({error}). Fetch it again.") from error
        lines = [line.removesuffix("\r") for line in lines]
        records, broken = records_of(raw, [line.split("\t") for line in lines], lines, FORM)
        claim, review = statements(records, needs, FORM)
        claims.append(claim)
        reviews.append(review)
        rejected.append(broken)
    answers = [raw for raw in raws if raw.name.endswith(".json")]
    for parts, part in zip((claims, reviews, rejected), read_answers(answers, needs), strict=True):
        parts.append(part)
    return Reading(
        tables={"partnership_claim": pl.concat(claims), "partnership_review": pl.concat(reviews)},
        rejected=pl.concat(rejected),
    )


SOURCE = Source(
    id=FORM.source_id,
    title="Partnergemeinden deutscher Orte (P190) in Wikidata",
    publisher="Wikidata; Auszug vom 28. Juli 2017 aus dem Repositorium rogorido/sistercities",
    licence="CC0-1.0",
    attribution="Wikidata contributors",
    homepage="https://www.wikidata.org/wiki/Property:P190",
    tables=("partnership_claim", "partnership_review"),
    read=read,
    archive=("partnerships/wikidata_p190_germany_*.tsv", "partnerships/wikidata_p190_2*_*.json"),
    live=dialogue,
    live_base=BASE,
    rhythm_days=30,
    needs=("municipality", "population", "country"),
    group="partnerships",
)
