"""Inhabitants beside the accounts of NRW: one figure each, refused as soon as it is another one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import polars as pl
import pytest

from quality.contract import enforce
from quality.contracts import CONTRACTS
from sources.nrw_inhabitants import DAY, TOTAL, read
from sources.source import Raw, SourceChanged

FILE = "municipal_finance/nrw_landesdatenbank/nrw_areas.csv"


def test_every_municipality_once_with_its_line(raw_file: Callable[[str], Raw]) -> None:
    reading = read([raw_file(FILE)], {})
    figures = reading.tables["population"]
    assert enforce(figures, CONTRACTS["population"], source_id="test").rejected.is_empty()
    assert figures["ags"].n_unique() == figures.height == 396
    assert figures["inhabitants"].sum() == TOTAL
    assert figures["reference_date"].unique().to_list() == [DAY] == [date(2011, 12, 31)]
    (wesel,) = figures.filter(pl.col("ags") == "05170048").to_dicts()
    assert wesel["inhabitants"] == 60_227
    assert "05170048" in wesel["raw_text"]


@pytest.mark.parametrize("times", [1, -1], ids=["in one year", "in all years"])
@pytest.mark.parametrize(
    ("old", "new"), [(b",60227,", b",60228,"), (b",60227,", b",,"), (b"population", b"inhabitants")]
)
def test_figures_of_an_unknown_day_are_refused(
    raw_file: Callable[[str], Raw], old: bytes, new: bytes, times: int
) -> None:
    raw = raw_file(FILE)
    assert old in raw.content
    changed = Raw(name=raw.name, content=raw.content.replace(old, new, times), snapshot_id="0" * 64)
    with pytest.raises(SourceChanged):
        read([changed], {})
