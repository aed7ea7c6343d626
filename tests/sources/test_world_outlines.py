"""Outlines of countries: the real file, what has no code, and a file that is something else."""

from __future__ import annotations

from collections.abc import Callable

import orjson
import polars as pl
import pytest

from quality.contract import enforce
from quality.contracts import CONTRACTS
from sources.source import Raw, SourceChanged
from sources.world_outlines import SOURCE, read


def test_the_real_file(raw_file: Callable[[str], Raw]) -> None:
    reading = read([raw_file(name) for name in SOURCE.archive], {})
    outcome = enforce(reading.tables["country_outline"], CONTRACTS["country_outline"], source_id=SOURCE.id)
    assert outcome.rejected.is_empty() and reading.rejected.is_empty()
    assert outcome.good.height == 175, "177 outlines; Northern Cyprus and Somaliland are parts of others"
    cyprus = outcome.good.filter(pl.col("country") == "CYP")["locator"][0]
    assert cyprus.count("geometries") == 2
    assert "XKX" in outcome.good["country"]


def made(synthetic_raw: Callable[[str, bytes], Raw], identity: str, name: str) -> Raw:
    """A made-up topology of one square."""
    country = {"type": "Polygon", "arcs": [[0]], "id": identity, "properties": {"name": name}}
    square = [[0, 0], [1, 0], [0, 1], [-1, 0], [0, -1]]
    topology = {
        "type": "Topology",
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": [square],
        "objects": {"countries": {"geometries": [country]}},
    }
    return synthetic_raw("world.topojson", orjson.dumps(topology))


def test_a_leading_zero_lost_in_the_number_is_no_loss(synthetic_raw: Callable[[str, bytes], Raw]) -> None:
    reading = read([made(synthetic_raw, "4", "Afghanistan")], {})
    assert reading.tables["country_outline"]["country"].to_list() == ["AFG"]


def test_an_outline_nobody_can_name_waits(synthetic_raw: Callable[[str, bytes], Raw]) -> None:
    reading = read([made(synthetic_raw, "-99", "Atlantis")], {})
    assert reading.tables["country_outline"].is_empty()
    assert reading.rejected["reason"].to_list() == ["the outline cannot be used: no ISO code"]


def test_another_file_is_refused(synthetic_raw: Callable[[str, bytes], Raw]) -> None:
    with pytest.raises(SourceChanged, match="world-atlas"):
        read([synthetic_raw("world.topojson", b'{"type": "Topology", "arcs": []}')], {})
