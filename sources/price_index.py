"""Consumer price index of Germany from GENESIS-Online: table 61111-0001, annual averages.

Belongs here: the dialogue and which rows are taken. Does not belong here: the protocol of the
family (`genesis_protocol.py`), the form of its files (`genesis_ffcsv.py`), figures written down by
hand (`price_index_written.py`).

The base year stands in the unit of a figure ("2020=100"); rows in another unit are the change on the
year before and are left out, since they follow from the index. When the office moves to a new base
it computes the old years anew, so a table holds one base. GENESIS-Online has its own accounts: the
credentials are called `genesis_online`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from quality.contract import no_rejects
from quality.contracts import CONTRACTS
from sources.genesis_ffcsv import figures
from sources.genesis_protocol import (
    ADJUSTED,
    AS_FILE,
    AS_JSON,
    OK,
    Asking,
    post,
    refused,
    updated,
    years_offered,
)
from sources.genesis_reading import status_of
from sources.live import Delivery, Dialogue, Occasion
from sources.source import Raw, Reading, Source, SourceChanged

TABLE = CONTRACTS["price_index"]
TABLE_CODE, FIRST_YEAR = "61111-0001", 1991
SOURCE_ID, CREDENTIALS, FOLDER = "price_index", "genesis_online", "genesis_online"
SERIES = "consumer_prices_germany"
BASE = r"^(\d{4})\s*=\s*100$"
CITATION = "GENESIS-Online, Tabelle 61111-0001, Verbraucherpreisindex: Deutschland, Jahre"


def dialogue(occasion: Occasion) -> Dialogue:
    """Metadata, and the table where it was updated since the last reading.

    Raises:
        SourceChanged: an answer has another form than described.
    """
    answer = yield from _post(occasion, "metadata/table", {"name": TABLE_CODE, "area": "all"}, AS_JSON)
    name, zip_name = f"{FOLDER}/{TABLE_CODE}_metadata.json", f"{FOLDER}/{TABLE_CODE}_tablefile_ffcsv_de.zip"
    if status_of(name, answer.content) not in (OK, ADJUSTED):
        raise refused(TABLE_CODE, answer.content)
    metadata = Delivery(name=name, content=answer.content, url=answer.url)
    known, kept = occasion.previous.get(name), occasion.previous.get(zip_name)
    if known and kept and updated(known) == updated(metadata):
        return [known, kept]
    first, last = years_offered(metadata, FIRST_YEAR)
    form = {
        "name": TABLE_CODE,
        "area": "all",
        "format": "ffcsv",
        "compress": "false",
        "quality": "off",
        "startyear": str(first),
        "endyear": str(last),
        "stand": "",
        "job": "false",
    }
    answer = yield from _post(occasion, "data/tablefile", form, AS_FILE)
    if not answer.content.startswith(b"PK"):
        raise refused(TABLE_CODE, answer.content)
    return [metadata, Delivery(name=zip_name, content=answer.content, url=answer.url)]


def _post(occasion: Occasion, path: str, form: Mapping[str, str], expect: tuple[str, ...]) -> Asking:
    return (yield from post(occasion, path, form, credentials=CREDENTIALS, expect=expect))


def read(raws: Sequence[Raw], _needs: Mapping[str, pl.DataFrame]) -> Reading:
    """The index of every year; changes on the year before are left out.

    Raises:
        SourceChanged: a file is not a flat table, names no base year anywhere, or metadata are not JSON.
    """
    frames, rejected = [TABLE.empty()], [no_rejects()]
    for raw in raws:
        if not raw.name.endswith(".zip"):
            status_of(raw.name, raw.content)  # metadata bring no figure, but must be what they say
            continue
        found, refused_rows = figures(raw, CONTRACTS["municipality"].empty(), SOURCE_ID)
        rejected.append(refused_rows)
        index = found.with_columns(base=pl.col("unit").str.extract(BASE).cast(pl.Int64)).filter(
            pl.col("base").is_not_null(), pl.col("value").is_not_null(), pl.col("breakdown") == "total"
        )
        if index.is_empty():
            raise SourceChanged(
                f"{raw.name} holds no price index",
                cause="No figure has a unit such as 2020=100",
                remedy="Compare the description of table 61111-0001 at GENESIS-Online",
            )
        frames.append(_rows(index))
    return Reading(tables={TABLE.table: pl.concat(frames)}, rejected=pl.concat(rejected))


def _rows(index: pl.DataFrame) -> pl.DataFrame:
    return index.select(
        "snapshot_id",
        "locator",
        "raw_text",
        "value",
        series_id=pl.lit(SERIES),
        base_year="base",
        year=pl.col("reference_date").dt.year().cast(pl.Int64),
        is_transcribed=pl.lit(False),
        citation=pl.lit(CITATION),
        source_id=pl.lit(SOURCE_ID),
    ).select(list(TABLE.columns))


SOURCE = Source(
    id=SOURCE_ID,
    title="GENESIS-Online: Verbraucherpreisindex für Deutschland",
    publisher="Statistisches Bundesamt (Destatis)",
    licence="dl-de/by-2-0",
    attribution="© Statistisches Bundesamt (Destatis), Verbraucherpreisindex (61111), dl-de/by-2-0",
    homepage="https://www-genesis.destatis.de/",
    tables=("price_index",),
    read=read,
    live=dialogue,
    live_base="https://www-genesis.destatis.de/genesisWS/rest/2020",
    rhythm_days=365,
    group="countries",
)
