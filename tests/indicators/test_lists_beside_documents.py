"""A list and a document that state the same thing: counted once, and never against the other."""

from __future__ import annotations

from datetime import date
from typing import Any

import narwhals.stable.v2 as nw
import polars as pl
import pytest

from indicators.measures.engagement import GROUP
from quality.contracts import CONTRACTS

PAPER, LIST = date(2025, 5, 7), date(2026, 10, 31)
YEARS = tuple(range(2009, 2028))


def fact(number: int, kind: str, start: date | None, attested: date, **changes: Any) -> dict[str, Any]:
    """A synthetic engagement of Aachen."""
    row: dict[str, Any] = dict.fromkeys(CONTRACTS["engagement"].columns)
    return row | {
        "engagement_id": f"line {number}",
        "ags": "05334002",
        "kind": kind,
        "value": 1.0,
        "unit": "0/1",
        "valid_from": start,
        "attested_on": attested,
        "document": f"document {number}",
        "source_id": "made_up",
        "snapshot_id": "0" * 64,
        "locator": f"line {number}",
        "raw_text": "a line",
        **changes,
    }


def cells(*facts: dict[str, Any]) -> dict[int, tuple[int | None, str]]:
    given = {"engagement": pl.DataFrame(list(facts), schema=CONTRACTS["engagement"].schema).lazy()}
    tables = {
        name: nw.from_native(given.get(name, CONTRACTS[name].empty().lazy()))
        for name in GROUP.tables
        if name != "years"
    }
    years = pl.LazyFrame({"year": YEARS}, schema={"year": pl.Int64})
    rows: pl.DataFrame = nw.to_native(GROUP.inputs({**tables, "years": nw.from_native(years)})).collect()
    rows = rows.filter(pl.col("measure_id") == facts[0]["kind"])
    assert rows["year"].is_unique().all()
    return {row["year"]: (row["contribution"], row["obs_status"]) for row in rows.iter_rows(named=True)}


def test_a_title_of_2011_in_a_document_and_in_a_list_counts_once() -> None:
    document = fact(1, "fairtrade_town", date(2011, 1, 1), PAPER)
    award = fact(2, "fairtrade_town", date(2011, 4, 16), LIST)
    renewal = fact(3, "fairtrade_town", date(2023, 1, 1), LIST)
    running = fact(4, "fairtrade_town", None, LIST, valid_to=date(2027, 5, 31))
    alone, together = cells(document), cells(document, award, renewal, running)
    assert {value for value, _ in together.values()} == {1, None}
    assert min(together) == 2011
    assert all(together[year] == alone[year] for year in range(2011, 2023))
    assert alone[2024] == (1, "E")
    assert [together[year] for year in range(2022, 2027)] == [(1, "E"), *[(1, "A")] * 4]
    assert together[2027] == (None, "O")


@pytest.mark.parametrize("listed", [date(2019, 1, 1), None])
def test_a_later_date_in_a_list_does_not_undo_a_signed_resolution(listed: date | None) -> None:
    document = fact(1, "agenda_2030_resolution", date(2018, 7, 11), PAPER)
    together = cells(document, fact(2, "agenda_2030_resolution", listed, LIST))
    assert together == cells(document)
    assert together[2017] == (0, "A")
    assert together[2018] == (1, "A")


def test_a_post_in_a_document_and_in_a_list_counts_once() -> None:
    term = {"valid_to": date(2026, 12, 31)}
    document = fact(1, "coordination_position", date(2024, 10, 1), PAPER, **term)
    together = cells(document, fact(2, "coordination_position", date(2024, 10, 1), LIST, **term))
    assert [together[year] for year in (2024, 2025, 2026, 2027)] == [
        (1, "A"),
        (1, "A"),
        (1, "I"),
        (None, "O"),
    ]
