"""Constant prices: chaining, deflating, and never a nominal value where there is no index. Indices made up,
but for the written-down one, which is read as it ships."""

from __future__ import annotations

import hashlib
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from indicators import load_indicators
from indicators.real_prices import SERIES, at_constant_prices, chained
from quality.contract import enforce
from quality.contracts import CONTRACTS
from sources.price_index_written import SOURCE
from sources.source import Raw

INDICATORS = load_indicators()
Figure = tuple[int, int, float]
"""Base year, year, index."""


def index(*figures: Figure, transcribed: bool = True) -> pl.DataFrame:
    rows = [
        {
            "series_id": SERIES,
            "base_year": base,
            "year": year,
            "value": value,
            "is_transcribed": transcribed,
            "citation": "made up",
            "source_id": "made_up",
            "snapshot_id": "0" * 64,
            "locator": "line 1",
            "raw_text": "made up",
        }
        for base, year, value in figures
    ]
    return pl.DataFrame(rows, schema=CONTRACTS["price_index"].schema)


def observed(indicator: str, *values: tuple[int, float | None, str]) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "indicator_id": indicator,
                "ags": "09188001",
                "year": year,
                "value": value,
                "obs_status": status,
                "reason": None if status == "A" else "not_collected",
                "further_reasons": None,
            }
            for year, value, status in values
        ],
        schema={
            "indicator_id": pl.String,
            "ags": pl.String,
            "year": pl.Int64,
            "value": pl.Float64,
            "obs_status": pl.String,
            "reason": pl.String,
            "further_reasons": pl.String,
        },
    )


@pytest.fixture(scope="module")
def written() -> pl.DataFrame:
    """The index as it ships."""
    content = (Path(__file__).resolve().parents[2] / "sources/embedded/price_index.csv").read_bytes()
    raw = Raw(
        name="embedded/price_index.csv", content=content, snapshot_id=hashlib.sha256(content).hexdigest()
    )
    found = SOURCE.read([raw], {})
    assert found.rejected.is_empty()
    assert enforce(found.tables["price_index"], CONTRACTS["price_index"], source_id="t").rejected.is_empty()
    return found.tables["price_index"]


def test_the_written_index_holds_both_bases_and_agrees_with_itself(written: pl.DataFrame) -> None:
    """Where both bases cover a year before the revision, their rates of change differ by rounding only;
    the revision of 2020 is seen in 2022 (base 2015: 7.9 % in 2022, base 2020: 6.9 %)."""
    assert written.group_by("base_year").agg(pl.len()).sort("base_year").rows() == [(2015, 24), (2020, 33)]
    assert written.filter(pl.col("citation").str.contains("https://")).height == written.height
    wide = written.pivot("base_year", index="year", values="value").sort("year")
    step = wide.select("year", *(pl.col(base) / pl.col(base).shift(1) - 1 for base in ("2015", "2020")))
    apart = step.filter((pl.col("2015") - pl.col("2020")).abs() > 0.0025)
    assert apart["year"].to_list() == [2022]


def test_real_values_of_the_written_index(written: pl.DataFrame) -> None:
    """2.00 EUR of 2015 at prices of 2020: 2 x 100 / 94.5; 2024 has no documented index and no value."""
    nominal = observed("ez_ausg_ew", (2015, 2.0, "A"), (2020, 2.0, "A"), (2023, 2.334, "E"), (2024, 2.0, "A"))
    found = at_constant_prices(nominal, INDICATORS, written)
    assert found["value"].to_list() == pytest.approx([2 * 100 / 94.5, 2.0, 2.0, None])
    assert found["obs_status"].to_list() == ["A", "A", "E", "O"]
    assert found["reason"].to_list() == [None, None, "not_collected", "no_price_index"]
    assert found["base_year"].to_list() == [2020, 2020, 2020, None]
    assert enforce(found, CONTRACTS["observation_real"], source_id="test").rejected.is_empty()


def test_an_older_base_is_linked_at_the_earliest_common_year() -> None:
    """Link 2015: 80 on the new base, 100 on the old one; 2010 is 90 on the old, 72 on the new."""
    chain = chained(
        index(
            (2020, 2015, 80.0),
            (2020, 2020, 100.0),
            (2015, 2010, 90.0),
            (2015, 2015, 100.0),
            (2015, 2020, 140.0),
        )
    )
    assert chain.select("year", "index_value", "index_is_chained").rows() == [
        (2010, 72.0, True),
        (2015, 80.0, False),
        (2020, 100.0, False),
    ]


def test_bases_without_a_common_year_are_not_chained() -> None:
    chain = chained(index((2020, 2020, 100.0), (2010, 2010, 100.0)))
    assert chain["year"].to_list() == [2020]


def test_the_office_goes_before_the_transcript() -> None:
    both = pl.concat([index((2020, 2021, 103.0)), index((2020, 2021, 103.1), transcribed=False)])
    assert chained(both)["index_value"].to_list() == [103.1]


def test_without_any_index_nothing_is_real() -> None:
    found = at_constant_prices(observed("ez_ausg_ew", (2015, 2.0, "A")), INDICATORS, index())
    assert found.select("value", "obs_status", "reason").row(0) == (None, "O", "no_price_index")


def test_shares_and_counts_are_not_deflated_and_missing_values_get_no_row() -> None:
    nominal = pl.concat(
        [
            observed("ez_ausg_anteil", (2015, 1.0, "A")),
            observed("pt_gs_n", (2015, 1.0, "A")),
            observed("ez_ausg_ew", (2015, None, "L"), (2016, 0.0, "A")),
        ]
    )
    found = at_constant_prices(nominal, INDICATORS, index((2020, 2016, 95.0)))
    assert found.select("indicator_id", "year", "value").rows() == [("ez_ausg_ew", 2016, 0.0)]


figures = st.lists(
    st.tuples(st.sampled_from([2010, 2015, 2020]), st.integers(2005, 2023), st.floats(50, 150)),
    unique_by=lambda each: each[:2],
)


@limits(max_examples=50)
@given(
    figures,
    st.lists(st.tuples(st.integers(2005, 2025), st.floats(-1e6, 1e6)), unique_by=lambda each: each[0]),
)
def test_a_real_value_exists_exactly_where_an_index_does_and_turns_back(
    table: list[Figure], values: list[tuple[int, float]]
) -> None:
    chain = dict(chained(index(*table)).select("year", "index_value").iter_rows())
    nominal = observed("ez_ausg_ew", *((year, value, "A") for year, value in values))
    for row in at_constant_prices(nominal, INDICATORS, index(*table)).iter_rows(named=True):
        assert (row["value"] is None) == (row["year"] not in chain)
        if row["value"] is not None:
            back = row["value"] * chain[row["year"]] / 100
            assert back == pytest.approx(dict(values)[row["year"]], rel=1e-9, abs=1e-9)
        else:
            assert (row["obs_status"], row["index_value"]) == ("O", None)
