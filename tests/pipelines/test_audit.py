"""The audit asks again where the database, not the statement, failed."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.audit import Questions


class _Breaking:
    """A connection that meets an internal error, as a database can under load."""

    def sql(self, sql: str, params: object = None) -> Any:
        raise duckdb.InternalException(f"INTERNAL Error: index 0 within vector of size 0 in {sql}")

    def close(self) -> None:
        pass


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "made_up.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE made_up AS SELECT 7 AS n")
    return path


def test_an_internal_error_is_asked_once_more(file: Path) -> None:
    with closing(Questions(file)) as query:
        query._connection = _Breaking()  # type: ignore[assignment]
        assert query("SELECT n FROM made_up").item() == 7
        assert query("SELECT current_setting('threads')").item() == 1


def test_a_wrong_statement_is_not_asked_again(file: Path) -> None:
    with closing(Questions(file)) as query, pytest.raises(duckdb.CatalogException, match="missing"):
        query("SELECT n FROM missing")
