"""Twin towns of the world from the English Wikipedia, extract of 8 February 2026.

Belongs here: the form of this extract. Does not belong here: what happens to its records
(`sources/partnership_records.py`).

The extract was scraped from lists of twin towns and geocoded afterwards. A pair may stand there
from either end; it is a statement of the page of that end. Coordinates can be those of
another place of the same name, abroad or in Germany; such records go to review.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from quality.contract import no_rejects
from quality.contracts import CONTRACTS
from sources.partnership_pairs import PairList, records_of
from sources.partnership_records import statements
from sources.source import Raw, Reading, Source, SourceChanged

OTHER = "wikidata_partnerships/partnership_claim"
"""What a bare name that several units bear is compared with."""

FORM = PairList(
    source_id="wikipedia_partnerships",
    attested_on=date(2026, 2, 8),
    columns=("city1", "country1", "lat1", "lng1", "city2", "country2", "lat2", "lng2"),
    ends=(("city1", "country1", "lat1", "lng1", None), ("city2", "country2", "lat2", "lng2", None)),
    looked_up_by_name=True,
    corroborated_by=OTHER,
)


def read(raws: Sequence[Raw], needs: Mapping[str, pl.DataFrame]) -> Reading:
    """Statements and review rows; their number plus the rejected lines is that of the records."""
    claims, reviews = [CONTRACTS["partnership_claim"].empty()], [CONTRACTS["partnership_review"].empty()]
    rejected = [no_rejects()]
    for raw in raws:
        try:
            lines = raw.unpacked().decode("utf-8").removesuffix("\n").split("\n")
        except UnicodeDecodeError as error:
            raise SourceChanged(f"{raw.name} is not UTF-8 ({error}). Fetch it again.") from error
        lines = [line.removesuffix("\r") for line in lines]
        cells = [next(csv.reader([line]), []) for line in lines]
        records, broken = records_of(raw, cells, lines, FORM)
        claim, review = statements(records, needs, FORM)
        claims.append(claim)
        reviews.append(review)
        rejected.append(broken)
    return Reading(
        tables={"partnership_claim": pl.concat(claims), "partnership_review": pl.concat(reviews)},
        rejected=pl.concat(rejected),
    )


SOURCE = Source(
    id=FORM.source_id,
    title="Listen von Partnerstädten in der englischen Wikipedia, Auszug vom 8. Februar 2026",
    publisher="Wikipedia; Auszug aus dem Repositorium Hekman/twincities",
    licence="CC-BY-SA-4.0",
    attribution="Wikipedia contributors, lists of twin towns and sister cities (CC BY-SA 4.0)",
    homepage="https://en.wikipedia.org/wiki/Lists_of_twin_towns_and_sister_cities",
    tables=("partnership_claim", "partnership_review"),
    read=read,
    archive=("partnerships/wikipedia_twin_towns_world_*_geocoded.csv.gz",),
    needs=("municipality", "population", "country", OTHER),
    rhythm_days=365,
    group="partnerships",
)
