"""The published database: one DuckDB file, built aside, that explains itself.

Belongs here: turning Parquet tables into commented DuckDB tables, and the macros analysts call.
Does not belong here: what is true of the tables, or when a file is published.

The storage version is fixed, so that DuckDB clients older than the one that wrote the file open it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path

import duckdb
import polars as pl

from pipelines.order import is_out_of_order
from quality.contract import Column, Contract
from quality.status import OBS_STATUS

ROWS_AT_ONCE = 200_000
"""Rows in memory while their order is looked at."""

STORAGE_VERSION = "v1.0.0"
"""Oldest DuckDB release whose clients can open the file."""

EXPLAINING = (("explain", "observation", "plan"), ("explain_plan", "observation_plan", "actual"))
"""Macro, the table whose rows it explains, and the phase of money it leaves out."""

EXPLAINED_BY = {
    "observation",
    "observation_plan",
    "indicator",
    "indicator_measure",
    "measure",
    "measure_input",
    "snapshot",
}
"""Tables the macros read."""

MACROS: Mapping[str, frozenset[str]] = {
    "territory.sql": frozenset(
        {
            "municipality",
            "territory_step",
            "territory_weight",
            "observation",
            "observation_current_territory",
        }
    ),
}
"""Files of further macros, and the tables each of them reads."""

VINTAGES = {"release_history", "observation_history", "revision"}
"""Tables the macros about earlier releases read."""

SETTINGS = "SET memory_limit = '1GB'; SET preserve_insertion_order = true; SET threads = 1; SET enable_progress_bar = false"
"""In order and with one thread: of rows that keep their order, several threads compress little more at once,
wait for one another and take half as much processor time again."""

SQL_TYPES: Mapping[str, str] = {
    "String": "VARCHAR",
    "Int64": "BIGINT",
    "Float64": "DOUBLE",
    "Boolean": "BOOLEAN",
    "Date": "DATE",
    "List(String)": "VARCHAR[]",
}


def build(path: Path, tables: Mapping[str, Path], contracts: Mapping[str, Contract]) -> None:
    """Write a new database file from Parquet files.

    Args:
        path: file to create; it must not exist.
        tables: table name to Parquet file.
        contracts: table name to contract; only tables with a contract are written.
    """
    connection = duckdb.connect()
    try:
        connection.execute(SETTINGS)
        connection.execute(f"ATTACH '{_quoted(str(path))}' AS release (STORAGE_VERSION '{STORAGE_VERSION}')")
        connection.execute("USE release")
        for name, file in tables.items():
            _write(connection, contracts[name], file)
        for statements in macros(tables, contracts):
            connection.execute(statements)
        connection.execute("CHECKPOINT release")
    finally:
        connection.close()


def add_vintages(path: Path, tables: Mapping[str, pl.DataFrame], contracts: Mapping[str, Contract]) -> None:
    """Add what became of earlier releases, and the macros that ask for it (`pipelines/vintages.py`)."""
    for name, frame in tables.items():
        add_rows(path, contracts[name], frame)
    with duckdb.connect(str(path)) as connection:
        for statements in macros(tables, contracts):
            connection.execute(statements)
        connection.execute("CHECKPOINT")


def macros(tables: Collection[str], contracts: Mapping[str, Contract]) -> Iterator[str]:
    """The statements that make the macros which read none but these tables."""
    if set(tables) >= EXPLAINED_BY:
        for macro, table, other_phase in EXPLAINING:
            yield _sql("explain.sql").format(macro=macro, table=table, other_phase=other_phase)
    for statements, needed in MACROS.items():
        if set(tables) >= needed:
            yield _sql(statements)
    if set(tables) >= VINTAGES:
        published = contracts["observation"]
        columns = ", ".join(f"h.{name}" for name in published.columns)
        yield _sql("vintages.sql").format(
            columns=columns, sort=", ".join(f"h.{name}" for name in published.sort)
        )


def add_rows(path: Path, contract: Contract, frame: pl.DataFrame) -> None:
    """Add a table that is known only after the others were built (`quality_result`, `release`)."""
    file = path.with_suffix(f".{contract.table}.parquet")
    frame.write_parquet(file)
    try:
        with duckdb.connect(str(path)) as connection:
            _write(connection, contract, file)
            connection.execute("CHECKPOINT")
    finally:
        file.unlink()


def _write(connection: duckdb.DuckDBPyConnection, contract: Contract, file: Path) -> None:
    name = contract.table
    columns = ", ".join(_definition(column_name, column) for column_name, column in contract.columns.items())
    connection.execute(f"CREATE TABLE {name} ({columns})")
    order = list(contract.sort or contract.key)
    listed = ", ".join(contract.columns)
    in_order = "" if lies_in_order(file, order) else f" ORDER BY {', '.join(order) or 'ALL'}"
    connection.execute(
        f"INSERT INTO {name} ({listed}) SELECT {listed} FROM read_parquet('{_quoted(str(file))}'){in_order}"  # noqa: S608
    )
    connection.execute(f"COMMENT ON TABLE {name} IS '{_quoted(contract.description)}'")
    for column_name, column in contract.columns.items():
        connection.execute(f"COMMENT ON COLUMN {name}.{column_name} IS '{_quoted(_comment(column))}'")
        if column_name.endswith("_cents"):
            euro = column_name.replace("_cents", "_eur")
            connection.execute(
                f"COMMENT ON COLUMN {name}.{euro} IS '{_quoted(column.description)} (unit: euro)'"
            )


def lies_in_order(file: Path, order: Sequence[str], at_once: int = ROWS_AT_ONCE) -> bool:
    """Whether the rows of a Parquet file stand in this order already: then no memory is needed to sort them.

    Args:
        file: the file.
        order: columns; where none is named, rows stand in no order.
        at_once: rows in memory.
    """
    if not order:
        return False
    scan = pl.scan_parquet(file).select(order)
    rows = int(scan.select(pl.len()).collect().item())
    slices = (scan.slice(max(start - 1, 0), at_once + 1) for start in range(0, rows, at_once))
    return not any(each.select(is_out_of_order(order)).collect().item() for each in slices)


def _definition(name: str, column: Column) -> str:
    required = "" if column.nullable else " NOT NULL"
    definition = f"{name} {SQL_TYPES[str(column.dtype)]}{required}"
    if name.endswith("_cents"):
        euro = name.replace("_cents", "_eur")
        definition += (
            f", {euro} DECIMAL(18, 2) GENERATED ALWAYS AS (CAST({name} AS DECIMAL(18, 2)) / 100) VIRTUAL"
        )
    return definition


def _comment(column: Column) -> str:
    parts = [column.description]
    if column.unit:
        parts.append(f"unit: {column.unit}")
    if column.allowed == tuple(OBS_STATUS):
        parts.append("; ".join(f"{code} {text.en}" for code, text in OBS_STATUS.items()))
    elif column.allowed:
        parts.append(f"one of: {', '.join(column.allowed)}")
    if column.references:
        parts.append(f"see {column.references}")
    if column.nullable:
        parts.append("may be null")
    return " | ".join(parts)


def _quoted(text: str) -> str:
    return text.replace("'", "''")


def _sql(name: str) -> str:
    return resources.files("pipelines").joinpath("sql", name).read_text("utf-8")
