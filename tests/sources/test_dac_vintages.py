"""Code lists of ODA recipients: six real vintages, broken ones made by this test."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from quality.contract import enforce
from quality.contracts import CONTRACTS
from sources.countries import countries
from sources.dac_vintages import SOURCE, read
from sources.source import Raw, SourceChanged

Synthetic = Callable[[str, bytes], Raw]
FOLDER = "oda/dac_recipients_vintages"
NAME = f"{FOLDER}/recipients_2024-06-14_fa32c5b.csv"
NEEDS = {"country": countries()}
HEAD = b'"code","name_en","name_fr","income_group","geography"\n'


@pytest.fixture(scope="module")
def table(raw_file: Callable[[str], Raw], shared_data: Path) -> pl.DataFrame:
    names = sorted(path.name for path in (shared_data / FOLDER).glob("*.csv"))
    reading = read([raw_file(f"{FOLDER}/{name}") for name in names], NEEDS)
    assert reading.rejected.is_empty()
    contract = CONTRACTS["aid_recipient_vintage"]
    outcome = enforce(reading.tables[contract.table], contract, source_id=SOURCE.id)
    assert outcome.rejected.is_empty()
    return outcome.good


def test_six_vintages(table: pl.DataFrame) -> None:
    assert table.height == 979
    assert table["vintage_date"].n_unique() == 6


def test_counts_of_june_2024(table: pl.DataFrame) -> None:
    newest = table.filter(pl.col("vintage_date") == date(2024, 6, 14), pl.col("dac_group").is_not_null())
    assert Counter(newest["dac_group"].to_list()) == {"LDC": 46, "OLIC": 2, "LMIC": 36, "UMIC": 57}


def test_chile_left_between_two_vintages(table: pl.DataFrame) -> None:
    dates = table.filter(pl.col("name") == "Chile")["vintage_date"].to_list()
    assert max(dates) == date(2019, 1, 23)


def test_regional_entries_have_no_group(table: pl.DataFrame) -> None:
    regional = table.filter(pl.col("dac_group").is_null())
    assert regional["income_group"].unique().sort(nulls_last=True).to_list() == [
        "Part I unallocated by income", None,
    ]  # fmt: skip


@pytest.mark.parametrize("line", [b"x55,T,T,UMICs,E", b"55,T,T,Rich,E", b"01.05.2024,T,T,UMICs,E"])
def test_unreadable_entries_wait(synthetic_raw: Synthetic, line: bytes) -> None:
    reading = read([synthetic_raw(NAME, HEAD + b"57,K,K,LDCs,E\n" + line)], NEEDS)
    assert reading.tables["aid_recipient_vintage"]["dac_code"].to_list() == ["57"]
    assert reading.rejected["locator"].to_list() == ["record 3"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (NAME, b""),
        (NAME, b"<html></html>"),
        (NAME, b"code,name_en,income_group\n55,T,UMICs\n"),
        (NAME, HEAD + b"55,T,T,UMICs"),
        (NAME, HEAD + "55,Türkei,T,UMICs,E".encode("latin-1")),
        (f"{FOLDER}/recipients_2024-13-14_fa32c5b.csv", HEAD),
        (f"{FOLDER}/recipients.csv", HEAD),
    ],
)
def test_other_files_are_refused(synthetic_raw: Synthetic, name: str, content: bytes) -> None:
    with pytest.raises(SourceChanged):
        read([synthetic_raw(name, content)], NEEDS)


def test_names_become_countries_but_for_the_two_congos_and_regions(table: pl.DataFrame) -> None:
    listed = table.filter(pl.col("dac_group").is_not_null())
    assert set(listed.filter(pl.col("country").is_null())["name"]) == {"Congo"}
    china = table.filter(pl.col("name") == "China (People's Republic of)")
    assert china["country"].unique().to_list() == ["CHN"]
