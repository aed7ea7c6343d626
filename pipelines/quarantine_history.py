"""The history of the quarantine: what the published release left waiting, beside tonight's.

Belongs here: reading what the comparison needs. Does not belong here: the comparison
(`quality/quarantine/history.py`).
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl

from pipelines.selecting import selected
from pipelines.store import Store
from quality.contracts import CONTRACTS
from quality.history import aligned
from quality.quarantine.history import HISTORY, Explained, counted, gone
from quality.quarantine.rows import hashes

QUARANTINE = CONTRACTS["quarantine"]
_PLACE = ["snapshot_id", "locator"]


def recorded(published: Path, store: Store, release_id: str) -> pl.DataFrame:
    """The table `quarantine_history` of the release being built.

    Args:
        published: database of the published release; it need not exist.
        store: tables of this run.
        release_id: the release being built.
    """
    history, before = _published(published)
    now = store.read("house", "quarantine")
    why = Explained(
        decision=store.read("house", "decision"),
        correction=store.read("house", "correction"),
        files=store.read("house", "snapshot")["snapshot_id"],
        accepted=_accepted(gone(before, now), store),
    )
    return pl.concat([history, counted(before, now, why, release_id)]).sort(list(HISTORY.sort))


def _published(database: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    """History and quarantine of the published release; empty before the first one."""
    if not database.exists():
        return HISTORY.empty(), QUARANTINE.empty()
    with duckdb.connect(str(database), read_only=True) as connection:
        there = {row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
        history = HISTORY.empty()
        if HISTORY.table in there:
            history = aligned(selected(connection, f"FROM {HISTORY.table}"), HISTORY)
        before = selected(connection, f"FROM {QUARANTINE.table}")
    if "row_hash" not in before.columns:  # written before rows had a fingerprint
        before = before.with_columns(row_hash=hashes(before["raw_text"]))
    return history, aligned(before, QUARANTINE)


def _accepted(rows: pl.DataFrame, store: Store) -> pl.DataFrame:
    """Places of the rows in question where a row of their table stands now."""
    empty = pl.DataFrame(schema={"table_name": pl.String, **dict.fromkeys(_PLACE, pl.String)})
    found = [empty]
    for (table,), asked in rows.group_by("table_name"):
        contract = CONTRACTS.get(str(table))
        if (
            contract is None
            or not set(_PLACE) <= set(contract.columns)
            or not store.path("house", str(table)).exists()
        ):
            continue
        places = store.scan("house", str(table)).select(_PLACE)
        there = asked.select(_PLACE).unique().lazy().join(places, on=_PLACE, how="semi").collect()
        found.append(there.select(pl.lit(str(table)).alias("table_name"), *_PLACE))
    return pl.concat(found)
