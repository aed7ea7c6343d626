"""Consumer price index of Germany as written down from published tables.

Belongs here: reading that list, so that real values need neither network nor account. Does not
belong here: the list (`embedded/price_index.csv`, each line with its citation) or the office's own
delivery (`price_index.py`), which goes first where both are there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from quality.contracts import CONTRACTS
from sources.source import Raw, Reading, Source
from sources.written import is_number_or_empty, is_whole_number, only_readable, written_rows

TABLE = CONTRACTS["price_index"]
COLUMNS = ("series_id", "base_year", "year", "value", "citation")


def read(raws: Sequence[Raw], _needs: Mapping[str, pl.DataFrame]) -> Reading:
    """Every year of every base written down."""
    frames, rejected = [TABLE.empty()], []
    readable = {
        "base_year": is_whole_number("base_year"),
        "year": is_whole_number("year"),
        "value": is_number_or_empty("value"),
        "citation": pl.col("citation").is_not_null(),
    }
    for raw in raws:
        rows, broken = written_rows(raw, COLUMNS, source_id=SOURCE.id, table=TABLE.table)
        rows, unreadable = only_readable(rows, readable, source_id=SOURCE.id, table=TABLE.table)
        rows = rows.with_columns(
            pl.col("base_year", "year").cast(pl.Int64),
            pl.col("value").cast(pl.Float64),
            is_transcribed=pl.lit(True),
            source_id=pl.lit(SOURCE.id),
        )
        frames.append(rows.select(list(TABLE.columns)))
        rejected += [broken, unreadable]
    return Reading(tables={TABLE.table: pl.concat(frames)}, rejected=pl.concat(rejected))


SOURCE = Source(
    id="price_index_written",
    title="Verbraucherpreisindex für Deutschland, aus veröffentlichten Tabellen abgeschrieben",
    publisher="Statistisches Bundesamt (Destatis); aufgeschrieben von diesem Projekt",
    licence="Tatsachen aus öffentlichen Tabellen, mit ihrer Fundstelle aufgeschrieben",
    attribution="© Statistisches Bundesamt (Destatis), Verbraucherpreisindex (61111); Fundstelle je Zeile",
    homepage="https://www.destatis.de/DE/Themen/Wirtschaft/Preise/Verbraucherpreisindex/",
    tables=("price_index",),
    read=read,
    embedded=("price_index.csv",),
    always=True,
    group="countries",
    rhythm_days=365,
)
