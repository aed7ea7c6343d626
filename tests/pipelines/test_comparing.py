"""Comparison stored as it is made is comparison stored at once. Made up, the size of a Land."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from bench import made_up
from indicators.comparison import compared as sliced
from indicators.comparison.position import sensitivities
from pipelines.comparing import COMPUTED, store_comparison
from pipelines.database import lies_in_order
from pipelines.store import Store
from quality.contracts import CONTRACTS


def test_comparison_stored_as_it_is_made_is_comparison_stored_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    observation = made_up.observations("land").filter(pl.col("indicator_id") <= "made_up_03")
    groups, members = made_up.peers("land")
    given = {
        "groups": groups, "members": members, "units": made_up.units("land"),
        "accounting": pl.DataFrame(schema={"ags": pl.String, "year": pl.Int64, "accounting": pl.String}),
    }  # fmt: skip
    statistic, position = sliced.compared(observation, made_up.indicators(), **given)
    whole = dict(zip(COMPUTED, (statistic, position, sensitivities(position, groups)), strict=True))
    monkeypatch.setattr(sliced, "_SLICE", 3_000)
    monkeypatch.setattr("pipelines.growing.HELD", 2_500)
    store = Store(folder=tmp_path)
    counts = store_comparison(store, "house", observation.lazy(), made_up.indicators(), **given)
    for name, frame in whole.items():
        order = list(CONTRACTS[name].sort or CONTRACTS[name].key)
        expected = frame.select(list(CONTRACTS[name].columns)).sort(order)
        assert_frame_equal(store.read("house", name), expected)
        assert counts[name] == expected.height > 500
        assert lies_in_order(store.path("house", name), order)
