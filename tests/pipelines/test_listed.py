"""Lists as one text: the same as joining every list."""

from __future__ import annotations

import polars as pl
import pytest
from polars.testing import assert_series_equal

from pipelines.listed import in_one

LISTS: dict[str, list[list[str | None] | None]] = {
    "every kind": [["a"], [], None, ["b", "c"], [""], ["a", "a", "d"], []],
    "none": [],
    "empty ones": [[], [], []],
    "nulls": [None, None],
    "single ones": [["ä ö"], ["b"]],
}


@pytest.mark.parametrize("lists", LISTS.values(), ids=LISTS)
def test_lists_are_joined_as_polars_joins_them(lists: list[list[str | None] | None]) -> None:
    given = pl.Series("snapshot_ids", lists, dtype=pl.List(pl.String))
    assert_series_equal(in_one(given), given.list.join(" "))
