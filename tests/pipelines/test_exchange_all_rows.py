"""Files that hold every row are made from slices and are, byte for byte, those of all rows at once. Made up."""

from __future__ import annotations

import polars as pl
import pytest

from pipelines.exchange import all_rows
from pipelines.exchange.all_rows import by_indicator, parquet_of_all, units, with_values
from pipelines.exchange.archive import packed, packed_slices
from pipelines.exchange.batch import parquet
from pipelines.exchange.data_package import data_package
from pipelines.exchange.licence import Sources
from pipelines.exchange.operator import Operator
from pipelines.exchange.rows import Published, long_rows
from pipelines.exchange.sdmx_apart import messages
from pipelines.exchange.sdmx_data import elements, observations, sdmx_csv, sdmx_ml
from pipelines.exchange.sdmx_structure import code_lists, structure_message
from quality.contracts import CONTRACTS
from tests.quality.made_up import good_table

RELEASE = "20260101T000000Z"
UNITS = ("01001000", "02000000", "05334002", "05334999")


@pytest.fixture(scope="module")
def published() -> Published:
    keys = pl.DataFrame({"indicator_id": ["pt_gs_n", "ez_konzept"]}).join(
        pl.DataFrame({"ags": UNITS}), how="cross"
    )
    observed = keys.join(pl.DataFrame({"year": range(2001, 2020)}, schema={"year": pl.Int64}), how="cross")
    number = pl.int_range(pl.len())
    told = {
        "value": pl.when(number % 3 > 0).then(number / 7),
        "note": pl.when(number % 5 == 0).then(pl.lit('"a", ä')),
    }
    columns = good_table("observation", 1).drop(keys.columns, "year", "value", "note")
    whole = observed.with_columns(**told).join(columns, how="cross")
    schema = CONTRACTS["observation"].schema
    rows = whole.select(pl.col(name).cast(dtype) for name, dtype in schema.items()).sort(
        "indicator_id", "ags", "year"
    )
    indicator = pl.concat(
        good_table("indicator", 1).with_columns(
            indicator_id=pl.lit(name), number=pl.lit(at, pl.Int64), decimals=pl.lit(1, pl.Int64)
        )
        for at, name in enumerate(("ez_konzept", "pt_gs_n"))
    )
    names = [good_table("municipality", 1).with_columns(ags=pl.lit(key), name=pl.lit(key)) for key in UNITS]
    return Published.of(
        {
            "observation": rows, "indicator": indicator, "municipality": pl.concat(names),
            "observation_plan": rows.filter(pl.col("year") == 2019).select(list(CONTRACTS["observation_plan"].columns)),
            "reason": good_table("reason", 3),
        }
    )  # fmt: skip


def test_what_is_packed_in_slices_is_packed_as_a_whole() -> None:
    slices = [f"{number};{number % 7};abc\n".encode() * 40 for number in range(3000)]
    assert packed_slices(slices) == packed(b"".join(slices))
    assert packed_slices([]) == packed(b"")


def test_the_parquet_file_of_all_rows_is_the_one_of_rows_held_at_once(
    published: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = parquet(long_rows(published, published.observation))
    assert parquet_of_all(published) == whole
    monkeypatch.setattr(
        all_rows, "in_words", lambda *_: iter([long_rows(published, published.observation)[:9]])
    )
    assert parquet_of_all(published) != whole


def test_sdmx_in_slices_is_sdmx_of_all_rows(published: Published) -> None:
    rows = observations(published, RELEASE)
    parts = [observations(each, RELEASE) for each in by_indicator(published)]
    assert [part["INDICATOR"].n_unique() for part in parts] == [1, 1]
    assert b"".join(sdmx_csv(part, head=at == 0) for at, part in enumerate(parts)) == sdmx_csv(rows)
    valued = rows.filter(pl.col("OBS_VALUE").is_not_null())
    assert observations(with_values(published), RELEASE).equals(valued)
    named = code_lists(published)
    apart = messages(named, valued.head(1), RELEASE)
    assert apart.before + elements(valued) + apart.after == sdmx_ml(valued, RELEASE)
    assert apart.structure == structure_message(named, RELEASE)


def test_the_data_package_holds_all_observations_under_one_head(published: Published) -> None:
    terms = Sources(published.source, published.snapshot, always=[]).terms([])
    slices = list(data_package(published, terms, RELEASE, Operator())["observation.csv"])
    assert len(slices) == 2
    read = pl.read_csv(b"".join(slices), infer_schema=False)
    assert read["ags"].to_list() == published.observation["ags"].to_list()
    assert units(published).to_list() == list(UNITS)
    empty = Published.of({})
    assert [each.observation.height for each in by_indicator(empty)] == [0]
