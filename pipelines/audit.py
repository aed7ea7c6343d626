"""The audit of a finished database: expectations from the contracts, rules across tables, known facts.

Belongs here: carrying out declared checks on a file and turning outcomes into rows of
`quality_result`. Does not belong here: the checks themselves (`quality/`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import closing
from pathlib import Path

import duckdb
import polars as pl

from pipelines.audit_apart import expectations
from pipelines.selecting import selected
from quality.contracts import CONTRACTS
from quality.plausibility import RULES, findings, to_rows


def audit(
    path: Path,
    files: Mapping[str, Path],
    beside: Collection[str] = (),
    known: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Run every check on a database file that is not yet published.

    Args:
        path: the database.
        files: the same tables as Parquet files, for Great Expectations.
        beside: tables of the file that only rules across tables look at: the history, whose old rows
            were checked when they were published, under the contract of that day.
        known: results of expectations on tables that are the same as then; these are not asked again.
            Rules across tables always are.

    Returns:
        Rows of `quality_result`, sorted by check.
    """
    known = CONTRACTS["quality_result"].empty() if known is None else known
    declared = expectations(files, known["table_name"].unique().to_list())
    with closing(Questions(path)) as query:
        crossing = to_rows(RULES, query, {*files, *beside})
    return pl.concat([declared, known, crossing]).sort("check_id")


def concerned(path: Path, results: pl.DataFrame) -> pl.DataFrame:
    """Rows of `quality_finding`: the units that the failed checks of a finished file name."""
    failed = results.filter(~pl.col("passed"))["check_id"].to_list()
    with closing(Questions(path)) as query:
        present = query("SELECT table_name FROM duckdb_tables()")["table_name"].to_list()
        return findings(RULES, query, failed, present)


class Questions:
    """Answers SELECTs on a finished file, one connection for all of them.

    An internal error of the database (not one of the statement) makes its connection unusable and
    says nothing about the data: the question is put once more on a new connection with one thread,
    before a check counts as failed.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = duckdb.connect(str(path), read_only=True)

    def __call__(self, sql: str) -> pl.DataFrame:
        """The answer as a frame."""
        try:
            return selected(self._connection, sql)
        except (duckdb.InternalException, duckdb.FatalException):
            self._connection.close()
            self._connection = duckdb.connect(str(self._path), read_only=True)
            self._connection.execute("SET threads = 1")
            return selected(self._connection, sql)

    def close(self) -> None:
        """Give the file free."""
        self._connection.close()


def stopping(results: pl.DataFrame) -> pl.DataFrame:
    """Checks that forbid a release."""
    return results.filter(~pl.col("passed"), pl.col("severity") == "stop")
