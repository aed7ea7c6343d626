"""Rows come from DuckDB without pyarrow, typed as ever, and an error keeps its kind however late it comes."""

from __future__ import annotations

import subprocess
import sys

import duckdb
import polars as pl
import pytest

from pipelines.selecting import selected

_KINDS = (
    "SELECT 1::BIGINT a, 'ä' b, ['x'] c, DATE '2020-01-31' d, NULL::DOUBLE e, true f, 12.30::DECIMAL(18,2) g"
)


def test_rows_are_those_duckdb_hands_over_itself_but_pyarrow_stays_out() -> None:
    with duckdb.connect() as connection:
        for statement in (_KINDS, f"{_KINDS} LIMIT 0"):
            assert selected(connection, statement).equals(connection.sql(statement).pl())
            assert selected(connection, statement).schema == connection.sql(statement).pl().schema
        assert selected(connection, "SELECT $a AS a", {"a": 7}).item() == 7
    code = (
        "import duckdb, sys; from pipelines.selecting import selected;"
        f'selected(duckdb.connect(), "{_KINDS}"); print("pyarrow" in sys.modules)'
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"False\n"


def test_an_error_is_one_of_duckdb_at_the_first_row_and_at_a_late_one() -> None:
    with duckdb.connect() as connection:
        late = "SELECT (CASE range WHEN $row THEN 'x' ELSE '1' END)::INT FROM range(3000000)"
        for row in (0, 2_999_000):
            with pytest.raises(duckdb.Error, match="Could not convert"):
                selected(connection, late, {"row": row})
        with pytest.raises(duckdb.CatalogException):
            selected(connection, "FROM nowhere")


def test_a_late_internal_error_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> pl.DataFrame:
        raise pl.exceptions.ComputeError("got external error: INTERNAL Error: index 0")

    monkeypatch.setattr(pl, "DataFrame", broken)
    with duckdb.connect() as connection, pytest.raises(duckdb.InternalException):
        selected(connection, "SELECT 1")
