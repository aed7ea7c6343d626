"""Every value of six municipalities, computed a second time from the original files in plain SQL.

The .sql files of this folder were written apart from the program. A difference is a finding: look for
its cause before changing either side.
"""

# ruff: noqa: S608 - the SQL is put together by this test

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.built_release import Built
from tests.recomputed.raw_tables import load

pytestmark = pytest.mark.xdist_group("archive")
HERE = Path(__file__).parent
DECLARED = HERE.parents[1] / "sources" / "embedded"
WANTED = {
    "09188121": "Gilching",
    "09178143": "Moosburg a.d.Isar",
    "04011000": "Bremen",
    "11000000": "Berlin",
    "05170048": "Wesel",
    "05334002": "Aachen",
}
STEPS = ("money", "population", "partnerships", "facts", "indicators")
DIFFERENCE = """
    SELECT phase, indicator_id, ags, year, p.value AS published, r.value AS recomputed
    FROM recomputed AS r FULL JOIN published AS p USING (phase, indicator_id, ags, year)
    WHERE p.value IS DISTINCT FROM r.value ORDER BY ALL
"""


@pytest.fixture(scope="module")
def second(shared_data: Path, archive_release: Built) -> Iterator[duckdb.DuckDBPyConnection]:
    """The recomputation, with the published rows of the same units beside it."""
    with duckdb.connect() as connection:
        load(connection, shared_data, DECLARED)
        connection.execute("CREATE TABLE wanted AS SELECT unnest(?) AS ags", [list(WANTED)])
        for step in STEPS:
            connection.execute((HERE / f"{step}.sql").read_text("utf-8"))
        file = archive_release.home / "current" / "sdg17.duckdb"
        connection.execute(f"ATTACH '{file}' AS release (READ_ONLY)")
        connection.execute("""
            CREATE TABLE published AS
            SELECT phase, indicator_id, ags, year, value FROM (
                SELECT 'actual' AS phase, * FROM release.observation
                UNION ALL SELECT 'plan', * FROM release.observation_plan
            ) WHERE ags IN (SELECT ags FROM wanted) AND value IS NOT NULL AND indicator_id <> 'daten_verf'
        """)
        yield connection


def rows(connection: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = connection.execute(sql).fetchall()
    return found


def test_every_value_is_found_a_second_time(second: duckdb.DuckDBPyConnection) -> None:
    assert rows(second, DIFFERENCE) == []
    (compared,) = rows(
        second, "SELECT count(*), count(DISTINCT indicator_id), count(DISTINCT ags) FROM published"
    )
    assert compared >= (100, 14, 6), "what is compared must not run empty"


def test_money_agrees_to_the_last_cent(second: duckdb.DuckDBPyConnection) -> None:
    wrong = rows(
        second,
        """
        WITH first AS (
            SELECT measure_id AS measure, ags, year, phase, value FROM release.measure
            WHERE unit = 'cent' AND ags IN (SELECT ags FROM wanted) AND measure_id IN (SELECT measure FROM money)
        )
        SELECT measure, ags, year, phase, first.value AS published, money.cents AS recomputed
        FROM first FULL JOIN money USING (measure, ags, year, phase)
        WHERE first.value IS DISTINCT FROM money.cents ORDER BY ALL
        """,
    )
    assert wrong == []


def test_every_municipality_of_the_official_accounts_is_found_a_second_time(
    second: duckdb.DuckDBPyConnection,
) -> None:
    """All 396 of North Rhine-Westphalia in three years: taxes, balance and share of taxes."""
    again = """
        SELECT 'steuer_ew' AS indicator_id, ags, year, (100 * net_taxes)::DOUBLE / (100 * people) AS value FROM official_balances
        UNION ALL SELECT 'saldo_ew', ags, year, (100 * balance)::DOUBLE / (100 * people) FROM official_balances
        UNION ALL SELECT 'steuerquote', ags, year, (100 * taxes)::DOUBLE / nullif(receipts, 0) FROM official_accounts
    """
    of_release = f"""
        SELECT indicator_id, ags, year, value FROM release.observation
        WHERE value IS NOT NULL AND indicator_id IN (SELECT DISTINCT indicator_id FROM ({again}))
    """
    wrong = rows(
        second,
        f"""
        SELECT * FROM ({of_release}) AS p FULL JOIN (SELECT * FROM ({again}) WHERE value IS NOT NULL AND length(ags) = 8) AS r
        USING (indicator_id, ags, year) WHERE p.value IS DISTINCT FROM r.value
        """,
    )
    assert wrong == []
    assert rows(second, f"SELECT count(*) FROM ({of_release})") == [(3 * 1_040,)]


def test_the_availability_rate_counts_what_is_published(second: duckdb.DuckDBPyConnection) -> None:
    wrong = rows(
        second,
        """
        WITH recent AS (
            SELECT ags, indicator_id, bool_or(value IS NOT NULL) AS known, bool_or(obs_status <> 'M') AS possible
            FROM release.observation JOIN release.indicator USING (indicator_id)
            WHERE year BETWEEN 2021 AND 2025 AND number IN (1, 2, 3, 5, 7, 8, 9, 12, 13, 14, 15, 16, 17, 20) GROUP BY ALL
        ), rate AS (
            SELECT ags, (100 * count(*) FILTER (known))::DOUBLE / nullif(count(*) FILTER (possible), 0) AS value
            FROM recent GROUP BY ALL
        )
        SELECT ags, o.value, rate.value FROM release.observation AS o LEFT JOIN rate USING (ags)
        WHERE indicator_id = 'daten_verf' AND year = 2025 AND o.value IS DISTINCT FROM rate.value
        """,
    )
    assert wrong == []


def test_the_second_way_shares_no_code_with_the_first() -> None:
    tree = ast.parse((HERE / "raw_tables.py").read_text("utf-8"))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert not imported & {"sources", "indicators", "pipelines", "quality"}
    assert {path.stem for path in HERE.glob("*.sql")} == set(STEPS)
