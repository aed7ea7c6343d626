"""What kind of place a municipality or district is: the reference workbook of the BBSR.

Belongs here: settlement types, RegioStaR classes, centrality and growth of that workbook in long
form. Does not belong here: groups for comparison made from them, or regions (chambers, labour
markets), which say where a place lies and not of what kind it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from quality.contract import no_rejects
from quality.contracts import CONTRACTS
from sources.rejection import reject
from sources.source import Raw, Reading, Source, SourceChanged
from sources.workbook import Row, digits, sheets, shown, text

TABLE = CONTRACTS["peer_attribute"]
CODE, NAME = " Kennziffer", " Name"
DATE = re.compile(r"(\d{2})\.(\d{2})\.(\d{4})")
MISSING = "missing"
"""Label the workbook gives a place it has no class for."""

MUNICIPALITY_SHEET, MUNICIPALITY_KEY = "Gemeinden-Gemeindeverbände", "Gemeinden"
DISTRICT_SHEET, DISTRICT_KEY = "Kreise", "Kreise"

MUNICIPALITY_ATTRIBUTES = {
    "central_place": "Zentralörtliche Einstufung (zusammengefasst)",
    "city_region_zone": "Großstadtregionaler Einzugsbereich",
    "location": "Raumtyp Bezug: Lage (Gemeindeverbände)",
    "regiostar_17": "RegioStaR17",
    "regiostar_7": "RegioStaR7",
    "regiostar_2": "RegioStaR2",
    "regiostar_municipality_5": "RegioStaRGem5",
    "settlement_type": "Stadt- und Gemeindetyp",
    "settlement_type_detailed": "Stadt- und Gemeindetyp differenziert",
    "growth": "Wachsend-Schrumpfend Gemeinden",
}
DISTRICT_ATTRIBUTES = {
    "district_type": "Siedlungsstrukturelle Kreistyp",
    "district_urban_rural": "Städtischer-Ländlicher Raum",
    "district_location": "Raumtyp Bezug Lage (Kreise)",
    "district_growth": "Wachsend-Schrumpfend (Kreise)",
}
"""Name of the typology here to its head in the workbook, without Kennziffer and Name."""


def read(raws: Sequence[Raw], _needs: Mapping[str, pl.DataFrame]) -> Reading:
    """Every class of every unit in every edition given.

    Raises:
        SourceChanged: a sheet or one of the columns is missing.
    """
    frames, rejected = [TABLE.empty()], [no_rejects()]
    for raw in raws:
        found = sheets(raw, lambda name: name in (MUNICIPALITY_SHEET, DISTRICT_SHEET))
        for sheet, key, attributes in (
            (MUNICIPALITY_SHEET, MUNICIPALITY_KEY, MUNICIPALITY_ATTRIBUTES),
            (DISTRICT_SHEET, DISTRICT_KEY, DISTRICT_ATTRIBUTES),
        ):
            good, unreadable = _sheet(raw, sheet, found.get(sheet, []), key, attributes)
            frames.append(good)
            rejected.append(unreadable)
    return Reading(tables={TABLE.table: pl.concat(frames)}, rejected=pl.concat(rejected))


def _sheet(
    raw: Raw, sheet: str, rows: Sequence[Row], key: str, attributes: Mapping[str, str]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """One sheet in long form; columns are found by their heads in the second row."""
    heads = [text(cell) or "" for cell in rows[1]] if len(rows) > 1 else []
    wanted = {key + CODE, *(head + end for head in attributes.values() for end in (CODE, NAME))}
    day = DATE.search(text(rows[0][heads.index(key + CODE)]) or "") if wanted <= set(heads) else None
    if day is None:
        lacking = ", ".join(sorted(wanted - set(heads))) or "the date in the first row"
        raise SourceChanged(f"{raw.name}, sheet {sheet}: not found: {lacking}. Is this the BBSR reference?")
    reference = date(int(day[3]), int(day[2]), int(day[1]))
    at = {head: place for place, head in enumerate(heads)}
    cut = [
        (
            _key(row[at[key + CODE]], sheet),
            attribute,
            text(row[at[head + CODE]]),
            text(row[at[head + NAME]]),
            f"sheet {sheet} row {number}",
            shown([row[at[key + CODE]], row[at[head + CODE]], row[at[head + NAME]]]),
        )
        for number, row in enumerate(rows[2:], start=3)
        if any(text(cell) for cell in row)
        for attribute, head in attributes.items()
    ]
    columns = ("ags", "attribute", "code", "label", "locator", "raw_text")
    table = pl.DataFrame(cut, schema=dict.fromkeys(columns, pl.String), orient="row")
    classed = (pl.col("label") != MISSING).fill_null(False)
    table = table.with_columns(
        code=pl.when(classed).then(pl.col("code")),
        label=pl.when(classed).then(pl.col("label")),
        reference_date=pl.lit(reference),
        snapshot_id=pl.lit(raw.snapshot_id),
    )
    good = table.filter(pl.col("ags").is_not_null()).select(list(TABLE.columns))
    return good, _without_key(table.filter(pl.col("ags").is_null()))


def _key(cell: object, sheet: str) -> str | None:
    """A key with its leading zero; districts carry three zeros of a municipality they do not have."""
    found = digits(cell, 8)
    # Only the one leading zero is lost when a key is made a number.
    if found is None or found.startswith("00"):
        return None
    if sheet == DISTRICT_SHEET:
        return found[:5] if found.endswith("000") else None
    return found


def _without_key(rows: pl.DataFrame) -> pl.DataFrame:
    return reject(
        rows,
        source_id=SOURCE.id,
        table=TABLE.table,
        rule="key_readable",
        column="ags",
        value=pl.col("raw_text").str.split(";").list.first(),
        reason="the key is no whole number of at most eight digits",
        remedy="Take the workbook unopened from the BBSR; a spreadsheet has changed the key.",
    )


SOURCE = Source(
    id="bbsr_reference",
    title="BBSR-Referenzdatei: Stadt- und Gemeindetyp, RegioStaR, Kreistyp",
    publisher="Bundesinstitut für Bau-, Stadt- und Raumforschung (BBSR)",
    licence="dl-de/by-2-0",
    attribution="© BBSR Bonn, Referenzdateien zu Gemeinden und Kreisen, dl-de/by-2-0",
    homepage="https://www.bbsr.bund.de/BBSR/DE/forschung/raumbeobachtung/downloads/download-referenzen.html",
    tables=("peer_attribute",),
    read=read,
    archive=("crosswalk/BBSR_Referenz_*.xlsx",),
    rhythm_days=365,
    group="register",
)
