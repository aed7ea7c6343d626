"""Finance of NRW 2009 to 2011: every fact, every sign, totals apart from what they contain."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import polars as pl
import pytest

from quality.contract import enforce
from quality.contracts import CONTRACTS
from sources.nrw_finance import COLUMNS, SOURCE, read, totals
from sources.source import Raw, SourceChanged

Synthetic = Callable[[str, bytes], Raw]
FILE = "municipal_finance/nrw_landesdatenbank/nrw_finanzrechnung_2009-2011.parquet"


@pytest.fixture(scope="module")
def table(raw_file: Callable[[str], Raw]) -> pl.DataFrame:
    reading = read([raw_file(FILE)], {})
    assert reading.rejected.is_empty()
    outcome = enforce(
        reading.tables["municipal_finance"], CONTRACTS["municipal_finance"], source_id=SOURCE.id
    )
    assert outcome.rejected.is_empty()
    return outcome.good


def test_every_fact_is_there(table: pl.DataFrame) -> None:
    assert table.height == 978_086
    units = dict(table.group_by("level").agg(pl.col("ags").n_unique()).iter_rows())
    assert units == {"municipality": 396, "district": 53}
    assert table["year"].unique().sort().to_list() == [2009, 2010, 2011]


def test_signs_are_kept_and_never_a_number(table: pl.DataFrame) -> None:
    signs = table.filter(pl.col("symbol").is_not_null())
    assert signs.height == 159_188
    assert signs["symbol"].unique().to_list() == ["."]
    assert signs["amount_cents"].null_count() == signs.height
    assert signs["obs_status"].unique().to_list() == ["Q"]
    assert table.filter(pl.col("symbol").is_null())["amount_cents"].null_count() == 0


def test_totals_equal_what_they_contain_wherever_nothing_is_secret(table: pl.DataFrame) -> None:
    assert table.filter("is_total")["account"].unique().sort().to_list() == ["6", "7"]
    unit = ["ags", "year", "product_group"]
    leaves = (
        table.filter(~pl.col("is_total"))
        .with_columns(account=pl.col("account").str.slice(0, 1))
        .group_by(*unit, "account")
        .agg(pl.col("amount_cents").sum())
    )
    shown = table.filter("is_total", pl.col("amount_cents").is_not_null())
    both = shown.join(leaves, on=[*unit, "account"], suffix="_leaves")
    assert both.height == shown.height == 97_226
    assert both.filter(pl.col("amount_cents") != pl.col("amount_cents_leaves")).is_empty()
    secret = table.filter("is_total", pl.col("amount_cents").is_null())
    assert secret.height == 17_008


def test_a_naive_sum_would_count_everything_twice(table: pl.DataFrame) -> None:
    shown = table.filter(pl.col("symbol").is_null(), pl.col("account").str.starts_with("7"))
    by_kind = dict(shown.group_by("is_total").agg(pl.col("amount_cents").sum()).iter_rows())
    assert by_kind[True] == by_kind[False]


def test_a_row_leads_back_to_its_record(table: pl.DataFrame) -> None:
    row = table.filter(
        pl.col("ags") == "05954032", pl.col("year") == 2009,
        pl.col("product_group") == "111", pl.col("account") == "6",
    ).row(0, named=True)  # fmt: skip
    assert row["locator"] == "row 1"
    assert row["raw_text"] == "2009;gemeinden;05954032;111;6;2411890;"
    assert row["amount_cents"] == 241_189_000


def test_totals_are_prefixes_of_other_accounts() -> None:
    accounts = pl.Series(["6", "61", "611", "6111", "701", "7011", "702", "7"])
    assert totals(accounts) == {"6", "61", "611", "701", "7"}


def parquet(rows: Sequence[tuple[object, ...]], schema: dict[str, type[pl.DataType]]) -> bytes:
    kept = io.BytesIO()
    pl.DataFrame(rows, schema=schema, orient="row").write_parquet(kept)
    return kept.getvalue()


GOOD = (2010, "gemeinden", "05954032", "111", "6", 5, None)


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ((2010, "bezirke", "05954032", "111", "6", 5, None), "level"),
        ((2010, "gemeinden", "05954032", "111", "6", None, "?"), "dictionary"),
        ((2010, "gemeinden", "05954032", "111", "6", None, "-"), "dictionary"),
        ((2010, "gemeinden", "05954032", "111", "6", None, None), "either"),
        ((2010, "gemeinden", "05954032", "111", "6", 5, "."), "either"),
        ((2010, "gemeinden", "05954032", "111", "6", 10**17, None), "larger"),
    ],
)
def test_unreadable_facts_wait(synthetic_raw: Synthetic, record: tuple[object, ...], reason: str) -> None:
    reading = read([synthetic_raw("a.parquet", parquet([GOOD, record], COLUMNS))], {})
    assert reading.tables["municipal_finance"].height == 1
    (row,) = reading.rejected.rows(named=True)
    assert row["locator"] == "row 2"
    assert reason in row["reason"]


@pytest.mark.parametrize(
    ("record", "rule"),
    [
        ((2010, "gemeinden", "5954032", "111", "6", 5, None), "ags_form"),
        ((2010, "gemeinden", "05954032", "11", "6", 5, None), "product_group_form"),
        ((2010, "gemeinden", "05954032", "111", "41", 5, None), "account_form"),
        ((1010, "gemeinden", "05954032", "111", "6", 5, None), "year_minimum"),
        ((2010, "gemeinden", "05954032", "111", "6", 6, None), "key_unique"),
    ],
)
def test_the_contract_stops_mangled_keys(
    synthetic_raw: Synthetic, record: tuple[object, ...], rule: str
) -> None:
    frame = read([synthetic_raw("a.parquet", parquet([GOOD, record], COLUMNS))], {}).tables
    contract = CONTRACTS["municipal_finance"]
    rejected = enforce(frame["municipal_finance"], contract, source_id=SOURCE.id).rejected
    assert set(rejected["rule"]) == {rule}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<!DOCTYPE html><html></html>",
        parquet([GOOD] * 100, COLUMNS)[:-20],
        parquet([GOOD[:6]], {name: COLUMNS[name] for name in list(COLUMNS)[:6]}),
        parquet([(*GOOD[:5], 5.5, None)], {**COLUMNS, "amount_eur": pl.Float64}),
    ],
)
def test_other_files_are_refused(synthetic_raw: Synthetic, content: bytes) -> None:
    with pytest.raises(SourceChanged):
        read([synthetic_raw("a.parquet", content)], {})


def test_reordered_columns_are_read_by_name(synthetic_raw: Synthetic) -> None:
    schema = dict(reversed(COLUMNS.items()))
    raw = synthetic_raw("a.parquet", parquet([tuple(reversed(GOOD))], schema))
    assert read([raw], {}).tables["municipal_finance"]["amount_cents"].to_list() == [500]
