"""The queries of docs/money-and-population.md run on the tables as declared."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.quality.world import database, good_world

DOCUMENT = Path(__file__).resolve().parents[2] / "docs/money-and-population.md"
QUERIES = re.findall(r"```sql\n(.*?)```", DOCUMENT.read_text("utf-8"), flags=re.DOTALL)


def test_the_document_has_queries() -> None:
    assert len(QUERIES) >= 2


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_of_the_document_runs(query: str) -> None:
    connection = database(good_world())
    connection.execute("UPDATE observation SET obs_status = 'B' WHERE indicator_id = 'ez_ausg_ew'")
    assert len(connection.sql(query).fetchall()) >= 1
