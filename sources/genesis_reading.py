"""Regionaldatenbank Deutschland: from files received to tables.

Belongs here: which table fills which contract, and what metadata must say. Does not belong here:
the dialogue (`genesis.py`) or the form of a file (`genesis_ffcsv.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from quality.contract import no_rejects
from quality.contracts import CONTRACTS
from sources.genesis_ffcsv import figures
from sources.json_answers import parsed, taken
from sources.register_form import LAST_DATE_CENSUS_2011
from sources.rejection import reject
from sources.source import Raw, Reading

SOURCE_ID = "genesis"
LICENCE = "Namensnennung - Version 2.0"
POPULATION_TABLES = ("12411-01-01-5", "12411-06-01-5", "12411-01-01-4")


def status_of(name: str, content: bytes) -> int:
    """The code of an answer in JSON.

    Raises:
        SourceChanged: it is none.
    """
    return taken(name, taken(name, parsed(name, content), "Status", dict), "Code", int)


def message_of(name: str, content: bytes) -> str:
    """What an answer in JSON says in words."""
    return str(taken(name, parsed(name, content), "Status", dict).get("Content") or "")


def read(raws: Sequence[Raw], needs: Mapping[str, pl.DataFrame]) -> Reading:
    """Inhabitants into `population`, everything else and all signs into `official_series`.

    Raises:
        SourceChanged: a file is not a flat GENESIS table, or metadata are not JSON.
    """
    people = [CONTRACTS["population"].empty()]
    series = [CONTRACTS["official_series"].empty()]
    rejected = [no_rejects()]
    for raw in raws:
        if raw.name.endswith(".zip"):
            found, refused = figures(raw, needs["municipality"], SOURCE_ID)
            rejected.append(refused)
            code = found["table_code"][0] if found.height else ""
            if code in POPULATION_TABLES:
                people.append(population(found))
                found = found.filter(pl.col("breakdown") == "total", pl.col("value").is_null())
            series.append(found.select(list(CONTRACTS["official_series"].columns)))
        elif raw.name.endswith("_answer.json"):
            rejected.append(_absent(raw))
        else:
            rejected.append(_other_licence(raw))
    return Reading(
        tables={"population": pl.concat(people), "official_series": pl.concat(series)},
        rejected=pl.concat(rejected),
    )


def population(found: pl.DataFrame) -> pl.DataFrame:
    """Inhabitants of both sexes together, at the territory of the date they are counted at."""
    day = pl.col("reference_date")
    base = pl.when(day <= LAST_DATE_CENSUS_2011).then(pl.lit("census_2011")).otherwise(pl.lit("census_2022"))
    return (
        found.filter(pl.col("breakdown") == "total", pl.col("value").is_not_null())
        .with_columns(census_base=base, territory_date=day, inhabitants=pl.col("value").cast(pl.Int64))
        .with_columns(population_id=pl.format("{}/{}/{}/{}", "ags", day, "census_base", "territory_date"))
        .select(list(CONTRACTS["population"].columns))
    )


def _note(raw: Raw, rule: str, value: str, reason: str, remedy: str) -> pl.DataFrame:
    row = {"snapshot_id": raw.snapshot_id, "locator": raw.name, "raw_text": value, "value": value}
    return reject(
        pl.DataFrame([row], schema=dict.fromkeys(row, pl.String)),
        source_id=SOURCE_ID,
        table="official_series",
        rule=rule,
        value=pl.col("value"),
        reason=reason,
        remedy=remedy,
    )


def _absent(raw: Raw) -> pl.DataFrame:
    answer = f"{status_of(raw.name, raw.content)}: {message_of(raw.name, raw.content)}"
    return _note(
        raw,
        "table_delivered",
        answer,
        "Der Anbieter kennt diese Tabelle nicht (mehr).",
        "Die Tabelle im Katalog des Anbieters suchen und TABLES in sources/genesis.py berichtigen.",
    )


def _other_licence(raw: Raw) -> pl.DataFrame:
    """Nothing where the metadata name the licence declared; a note where they name another."""
    described: Any = parsed(raw.name, raw.content)
    copyright_text = " ".join(str(described.get("Copyright") if isinstance(described, dict) else "").split())
    if LICENCE in copyright_text:
        return no_rejects()
    return _note(
        raw,
        "licence_known",
        copyright_text[:300],
        "Die Metadaten nennen eine andere Lizenz als dl-de/by-2-0.",
        "Die neue Lizenz lesen; bis dahin die Werte nicht weitergeben.",
    )
