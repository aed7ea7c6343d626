"""The handbook says what a release says: its queries are run, its outputs are the release's own.

After a change on purpose, write outputs and schema anew:
    SDG17_UPDATE_HANDBOOK=1 .venv/bin/python -m pytest -n 0 tests/handbook
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipelines.schema_page import schema_page
from quality.contracts import CONTRACTS
from tests.built_release import Built
from tests.handbook import suppressed
from tests.handbook.pages import HANDBOOK, LINK, PAGES, PROGRAM, Query, answer, queries, rewritten
from tests.home import Home

UPDATE = bool(os.environ.get("SDG17_UPDATE_HANDBOOK"))
by_page = pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """Invented data with a suppressed number."""
    path = tmp_path_factory.mktemp("invented") / "invented.duckdb"
    suppressed.build(path)
    with duckdb.connect(str(path), read_only=True) as connection:
        yield connection


@by_page
@pytest.mark.xdist_group("archive")
def test_outputs_are_those_of_the_release(
    page: Path, archive_release: Built, invented: duckdb.DuckDBPyConnection
) -> None:
    with archive_release.database() as connection:

        def ask(query: Query) -> str:
            return answer(invented if query.is_synthetic else connection, query.sql)

        if UPDATE:
            page.write_text(rewritten(page.read_text("utf-8"), ask), "utf-8")
        for query in queries(page.read_text("utf-8")):
            assert query.output == ask(query), query.sql


@by_page
def test_queries_run_on_the_facts_that_ship_with_the_program(page: Path, shipped: Home) -> None:
    with shipped.database() as connection:
        for query in queries(page.read_text("utf-8")):
            assert query.is_synthetic or answer(connection, query.sql)


def test_a_suppressed_number_is_nowhere_in_the_file(invented: duckdb.DuckDBPyConnection) -> None:
    names = invented.execute("SELECT table_name FROM duckdb_tables()").fetchall()
    for (name,) in names:
        rows = invented.execute(f"FROM {name}").fetchall()
        assert rows, name
        assert "1,5" not in str(rows) and "150" not in re.findall(r"\d+", str(rows)), f"{name} gives it away"
    found = invented.execute("SELECT value, obs_status, conf_status, reason FROM observation").fetchall()
    assert found == [(None, "Q", "C", "small_number")]


def test_programs_run_as_printed(shipped: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").symlink_to(shipped.folder)
    monkeypatch.chdir(tmp_path)
    programs = PROGRAM.findall((HANDBOOK / "reading.md").read_text("utf-8"))
    assert len(programs) >= 3
    for program in programs:
        exec(compile(program, "reading.md", "exec"), {})  # noqa: S102 - our own page


def test_the_schema_page_is_that_of_the_contracts() -> None:
    file, made = HANDBOOK / "schema.md", schema_page(CONTRACTS)
    if UPDATE:
        file.write_text(made, "utf-8")
    assert file.read_text("utf-8") == made, "the contracts changed; see this file's first lines"
    for contract in CONTRACTS.values():
        if contract.published:
            assert f"### {contract.table}\n" in made
            assert all(f"| {name} |" in made for name in contract.columns)


def test_questions_are_numbered_and_each_has_its_query() -> None:
    page = (HANDBOOK / "questions.md").read_text("utf-8")
    numbers = [int(number) for number in re.findall(r"^## (\d+)\. ", page, re.MULTILINE)]
    assert numbers == list(range(1, 27))
    assert len(queries(page)) >= len(numbers)


@by_page
def test_links_lead_somewhere(page: Path) -> None:
    targets = [page.parent / found["target"] for found in LINK.finditer(page.read_text("utf-8"))]
    assert not [target for target in targets if not target.exists()]
