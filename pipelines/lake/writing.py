"""Writing one release into the lake: one transaction, one snapshot, only what changed.

Belongs here: which parts of a release changed, and the statements that carry them over. Does not belong here:
which releases are due (`following.py`) or connecting (`opening.py`).

A part is a table or a macro of the published database. Its fingerprint is made from the content hash the manifest
declares and from its definition with all comments; it stands in the commit of the snapshot, so the lake itself
knows what it holds. A part whose fingerprint is that of the snapshot before is left as it is. Three small tables
that speak of the release itself have no hash in the manifest; they are written with every release.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import orjson

from pipelines import database
from pipelines.lake.opening import ALIAS, quoted
from quality.contracts import CONTRACTS

AUTHOR = "sdg17"
RELEASE = "release"
_TABLES = "SELECT table_name, comment FROM duckdb_tables() WHERE database_name = ? ORDER BY table_name"
_COLUMNS = (
    "SELECT table_name, column_name, data_type, comment FROM duckdb_columns() WHERE database_name = ? "
    "ORDER BY table_name, column_index"
)
_MACRO = re.compile(r"CREATE MACRO (\w+)")


@dataclass(frozen=True, kw_only=True)
class Part:
    """A table or macro of a release, with the statements that bring it into the lake."""

    name: str
    fingerprint: str
    statements: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """One release as the lake holds it."""

    number: int
    release_id: str
    written_at: str
    parts: Mapping[str, str]
    """Every part of the release with its fingerprint."""
    written: tuple[str, ...]
    """Parts that were written for it; the others stand since an earlier one."""


def write(
    connection: duckdb.DuckDBPyConnection,
    file: Path,
    manifest: Mapping[str, Any],
    before: Mapping[str, str],
) -> None:
    """Bring a release into the lake, whole or not at all.

    Args:
        connection: with the lake attached for writing.
        file: the published database.
        manifest: that of the release.
        before: parts and fingerprints of the newest snapshot.
    """
    release_id = str(manifest["release_id"])
    connection.execute(f"ATTACH '{quoted(str(file))}' AS {RELEASE} (READ_ONLY)")
    try:
        found = parts(connection, manifest)
        changed = [each for each in found if before.get(each.name) != each.fingerprint]
        gone = sorted(set(before) - {each.name for each in found})
        connection.execute("BEGIN")
        try:
            connection.execute(f"USE {ALIAS}")  # macros name their tables without a database
            for name in gone:
                connection.execute(_removal(name))
            for part in changed:
                for statement in part.statements:
                    connection.execute(statement)
            connection.execute(_said(release_id, found, changed))
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
    finally:
        connection.execute("USE memory")
        connection.execute(f"DETACH {RELEASE}")


def parts(connection: duckdb.DuckDBPyConnection, manifest: Mapping[str, Any]) -> list[Part]:
    """Tables and macros of the attached release."""
    hashes = {**manifest["tables"], **manifest.get("recorded", {})}
    columns: dict[str, list[tuple[str, ...]]] = {}
    for table, *column in connection.execute(_COLUMNS, [RELEASE]).fetchall():
        columns.setdefault(table, []).append(tuple(column))
    found = []
    for name, comment in connection.execute(_TABLES, [RELEASE]).fetchall():
        content = hashes[name]["sha256"] if name in hashes else manifest["release_id"]
        found.append(_table(name, comment, columns[name], content))
    return [*found, *_macros([each.name for each in found])]


def _table(name: str, comment: str | None, columns: list[tuple[str, ...]], content: str) -> Part:
    told = [f"COMMENT ON TABLE {name} IS '{quoted(comment)}'"] if comment else []
    told += [f"COMMENT ON COLUMN {name}.{column} IS '{quoted(said)}'" for column, _, said in columns if said]
    return Part(
        name=name,
        fingerprint=_fingerprint(content, comment, columns),
        statements=(f"CREATE OR REPLACE TABLE {name} AS FROM {RELEASE}.{name}", *told),
    )


def _macros(tables: list[str]) -> Iterator[Part]:
    """The macros of the program; the file gives its own back in a form that DuckDB 1.5 cannot read again."""
    for text in database.macros(tables, CONTRACTS):
        for each in duckdb.extract_statements(text):
            found = _MACRO.search(each.query)
            if found:  # a lake keeps no comments on macros
                name = f"{found[1]}()"
                statement = each.query.replace("CREATE MACRO", "CREATE OR REPLACE MACRO", 1)
                yield Part(
                    name=name,
                    fingerprint=_fingerprint(statement),
                    statements=(statement,),
                )


def _removal(name: str) -> str:
    return f"DROP MACRO TABLE {name[:-2]}" if name.endswith("()") else f"DROP TABLE {name}"


def _fingerprint(*what: object) -> str:
    return hashlib.sha256(orjson.dumps(what)).hexdigest()[:32]


def _said(release_id: str, found: list[Part], changed: list[Part]) -> str:
    extra = {
        "release_id": release_id,
        "parts": {each.name: each.fingerprint for each in found},
        "written": [each.name for each in changed],
    }
    return (
        f"CALL {ALIAS}.set_commit_message('{AUTHOR}', 'release {quoted(release_id)}', "
        f"extra_info => '{quoted(orjson.dumps(extra).decode())}')"
    )


def snapshots(connection: duckdb.DuckDBPyConnection) -> list[Snapshot]:
    """Every release the lake holds, in the order they were written."""
    rows = connection.execute(
        "SELECT snapshot_id, CAST(snapshot_time AT TIME ZONE 'UTC' AS VARCHAR), commit_extra_info "
        "FROM ducklake_snapshots(?) WHERE author = ? ORDER BY snapshot_id",
        [ALIAS, AUTHOR],
    ).fetchall()
    found = []
    for number, written_at, extra in rows:
        told = orjson.loads(extra)
        found.append(
            Snapshot(
                number=number,
                release_id=told["release_id"],
                written_at=f"{written_at[:19].replace(' ', 'T')}+00:00",
                parts=told["parts"],
                written=tuple(told["written"]),
            )
        )
    return found
