"""Code lists of ODA recipients as they were published on six days, to check our own list against.

Belongs here: reading those files. Does not belong here: deciding who is a recipient in a year
(`dac_list.py`): a code list carries the day it was published, not the years it holds for, and may lag.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import PurePosixPath

import polars as pl

from quality.contract import no_rejects
from quality.contracts import CONTRACTS
from sources.countries import with_country
from sources.rejection import reject
from sources.source import Raw, Reading, Source, SourceChanged

TABLE = CONTRACTS["aid_recipient_vintage"]
COLUMNS = ["code", "name_en", "name_fr", "income_group", "geography"]
NAME = re.compile(r"^recipients_(\d{4}-\d{2}-\d{2})_[0-9a-f]+\.csv$")
GROUPS = {"LDCs": "LDC", "Other LICs": "OLIC", "LMICs": "LMIC", "UMICs": "UMIC"}
NO_GROUP = ("", "Part I unallocated by income")
"""What stands in the group of regional entries, which are no countries."""


def read(raws: Sequence[Raw], needs: Mapping[str, pl.DataFrame]) -> Reading:
    """Every entry of every code list given.

    Raises:
        SourceChanged: a file is not UTF-8, has other columns, or no date in its name.
    """
    frames, rejected = [TABLE.empty()], [no_rejects()]
    for raw in raws:
        table = _entries(raw)
        readable = pl.col("code").str.contains("^[0-9]{1,5}$") & pl.col("income_group").is_in(
            [*GROUPS, *NO_GROUP]
        )
        frames.append(
            table.filter(readable)
            .with_columns(
                dac_code=pl.col("code"),
                name=pl.col("name_en").replace("", None),
                income_group=pl.col("income_group").replace("", None),
                dac_group=pl.col("income_group").replace_strict(GROUPS, default=None, return_dtype=pl.String),
                country_text=pl.col("name_en"),
                partner_name=pl.lit(None, pl.String),
            )
            .pipe(with_country, needs["country"])
            .rename({"partner_country": "country"})
            .select(list(TABLE.columns))
        )
        rejected.append(
            reject(
                table.filter(~readable),
                source_id=SOURCE.id,
                table=TABLE.table,
                rule="entry_readable",
                value=pl.format("{} {}", "code", "income_group"),
                reason="the code is no number or the group is none of the known ones",
                remedy="Compare with the code list of the DAC; add a new group to GROUPS in dac_vintages.py.",
            )
        )
    return Reading(tables={TABLE.table: pl.concat(frames)}, rejected=pl.concat(rejected))


def _entries(raw: Raw) -> pl.DataFrame:
    try:
        cells = list(csv.reader(io.StringIO(raw.unpacked().decode("utf-8-sig")), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise SourceChanged(f"{raw.name} is not a CSV file in UTF-8 ({error}).") from error
    if not cells or cells[0] != COLUMNS:
        found = ", ".join(cells[0]) if cells else "nothing"
        raise SourceChanged(f"{raw.name}: expected the columns {', '.join(COLUMNS)}, found {found}.")
    if any(len(line) != len(COLUMNS) for line in cells[1:]):
        raise SourceChanged(f"{raw.name}: a line does not have {len(COLUMNS)} cells. Is the file complete?")
    rows = [
        [*(cell.strip() for cell in line), f"record {number}", ";".join(line)]
        for number, line in enumerate(cells[1:], start=2)
    ]
    schema = dict.fromkeys((*COLUMNS, "locator", "raw_text"), pl.String)
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(
        vintage_date=pl.lit(_published(raw)), snapshot_id=pl.lit(raw.snapshot_id)
    )


def _published(raw: Raw) -> date:
    found = NAME.match(PurePosixPath(raw.name).name)
    try:
        return date.fromisoformat(found.group(1) if found else "")
    except ValueError as error:
        raise SourceChanged(
            f"{raw.name} does not say when it was published; expected recipients_YYYY-MM-DD_<commit>.csv."
        ) from error


SOURCE = Source(
    id="dac_vintages",
    title="Codelisten der ODA-Empfänger 2017–2024",
    publisher="OECD Development Assistance Committee; datasets/dac-and-crs-code-lists",
    licence="ODC-PDDL-1.0",
    attribution="OECD DAC and CRS code lists, kept by datasets/dac-and-crs-code-lists",
    homepage="https://github.com/datasets/dac-and-crs-code-lists",
    tables=("aid_recipient_vintage",),
    read=read,
    archive=("oda/dac_recipients_vintages/recipients_*.csv",),
    rhythm_days=365,
    needs=("country",),
    group="countries",
)
