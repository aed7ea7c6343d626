"""The DAC list as written down: counts of the published lists, changes by year, broken lines."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from quality.contract import enforce
from quality.contracts import CONTRACTS
from sources.dac_list import COLUMNS, LISTS, SOURCE, read
from sources.source import Raw, SourceChanged

EMBEDDED = Path(__file__).resolve().parents[2] / "sources" / "embedded" / "dac_list.csv"
Synthetic = Callable[[str, bytes], Raw]


@pytest.fixture(scope="module")
def table() -> pl.DataFrame:
    raw = Raw(name=EMBEDDED.name, content=EMBEDDED.read_bytes(), snapshot_id="0" * 64)
    reading = read([raw], {})
    outcome = enforce(reading.tables["aid_recipient"], CONTRACTS["aid_recipient"], source_id=SOURCE.id)
    assert reading.rejected.is_empty()
    assert outcome.rejected.is_empty()
    return outcome.good


def group(table: pl.DataFrame, country: str, year: int) -> str | None:
    found = table.filter(pl.col("country") == country, pl.col("year") == year)["dac_group"].to_list()
    return found[0] if found else None


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2011, {"LDC": 48, "OLIC": 6, "LMIC": 40, "UMIC": 54}),
        (2014, {"LDC": 48, "OLIC": 4, "LMIC": 36, "UMIC": 58}),
        (2018, {"LDC": 47, "OLIC": 2, "LMIC": 37, "UMIC": 57}),
        (2020, {"LDC": 47, "OLIC": 2, "LMIC": 37, "UMIC": 56}),
        (2021, {"LDC": 46, "OLIC": 2, "LMIC": 38, "UMIC": 56}),
        (2024, {"LDC": 46, "OLIC": 2, "LMIC": 36, "UMIC": 57}),
        (2026, {"LDC": 44, "OLIC": 2, "LMIC": 38, "UMIC": 56}),
    ],
)
def test_counts_by_list(table: pl.DataFrame, year: int, expected: dict[str, int]) -> None:
    assert Counter(table.filter(pl.col("year") == year)["dac_group"].to_list()) == expected


@pytest.mark.parametrize(
    ("country", "before", "after", "year"),
    [
        ("CHL", "UMIC", None, 2018),
        ("SYC", "UMIC", None, 2018),
        ("URY", "UMIC", None, 2018),
        ("GNQ", "LDC", "UMIC", 2018),
        ("COK", "UMIC", None, 2020),
        ("VUT", "LDC", "LMIC", 2021),
        ("ATG", "UMIC", None, 2022),
        ("NRU", "UMIC", None, 2026),
        ("KNA", "UMIC", None, 2014),
        ("WSM", "LDC", "LMIC", 2014),
        ("SSD", "OLIC", "LDC", 2014),
    ],
)
def test_changes_take_effect_in_their_year(
    table: pl.DataFrame, country: str, before: str | None, after: str | None, year: int
) -> None:
    assert group(table, country, year - 1) == before
    assert group(table, country, year) == after


@pytest.mark.parametrize("country", ["PRK", "SYR"])
def test_other_low_income_2024(table: pl.DataFrame, country: str) -> None:
    assert group(table, country, 2024) == "OLIC"


@pytest.mark.parametrize(
    ("country", "expected"),
    [
        *((country, "LMIC") for country in ("DZA", "BLZ", "IRN", "WSM", "ZWE")),
        *((country, "UMIC") for country in ("GTM", "JOR", "XKX", "ARM", "GEO", "MDA")),
        *((country, "LDC") for country in ("AGO", "BTN", "STP", "SLB")),
        ("MDV", "UMIC"),
        ("CPV", "LMIC"),
        ("PLW", "UMIC"),
    ],
)
def test_groups_of_2024(table: pl.DataFrame, country: str, expected: str) -> None:
    assert group(table, country, 2024) == expected


def test_every_year_names_the_list_that_holds_for_it(table: pl.DataFrame) -> None:
    assert table["document"].null_count() == 0
    for first, last, title in LISTS:
        documents = table.filter(pl.col("year").is_between(first, last))["document"].unique().to_list()
        assert documents == [f"DAC List of ODA Recipients, {title}"]
    assert table["year"].unique().sort().to_list() == list(range(2011, 2027))


def test_european_recipients(table: pl.DataFrame) -> None:
    for country in ("TUR", "UKR", "SRB", "BIH", "ALB", "MKD", "MNE", "XKX", "MDA", "GEO", "BLR"):
        years = table.filter(pl.col("country") == country)["year"].to_list()
        assert years == list(range(2011, 2027)), country


VINTAGES = {
    "recipients_2017-07-02_46ff66a.csv": (2017, {}),
    # Published in January 2019, but still the list of 2014 to 2017.
    "recipients_2019-01-23_0967dab.csv": (2017, {}),
    "recipients_2019-07-25_58eb068.csv": (2019, {}),
    # Cook Islands left on 1 January 2020; this code list of March 2020 had not followed.
    "recipients_2020-03-10_6ad63a7.csv": (2020, {"Cook Islands": ("UMIC", None)}),
    # Vanuatu moved on 1 January 2021; this code list had not followed.
    "recipients_2021-09-26_ad43396.csv": (2021, {"Vanuatu": ("LDC", "LMIC")}),
    "recipients_2024-06-14_fa32c5b.csv": (2024, {}),
}
GROUPS = {"LDCs": "LDC", "Other LICs": "OLIC", "LMICs": "LMIC", "UMICs": "UMIC"}


@pytest.mark.parametrize("name", sorted(VINTAGES))
def test_agrees_with_the_code_list_vintage(table: pl.DataFrame, shared_data: Path, name: str) -> None:
    year, known = VINTAGES[name]
    with (shared_data / "countries/bblocks_country_concordance.csv").open(encoding="utf-8") as file:
        iso = {row["dac_code"]: row["iso3_code"] for row in csv.DictReader(file) if row["dac_code"]}
    iso["880"] = "WSM"  # the concordance gives the DAC code of Samoa to American Samoa
    with (shared_data / "oda/dac_recipients_vintages" / name).open(encoding="utf-8") as file:
        listed = {row["code"]: row for row in csv.DictReader(file) if row["income_group"] in GROUPS}
    theirs = {iso[code]: GROUPS[row["income_group"]] for code, row in listed.items()}
    names = {iso[code]: row["name_en"] for code, row in listed.items()}
    ours = dict(table.filter(pl.col("year") == year).select("country", "dac_group").iter_rows())
    different = {
        names.get(country, country): (theirs.get(country), ours.get(country))
        for country in theirs.keys() | ours.keys()
        if theirs.get(country) != ours.get(country)
    }
    assert different == known


HEAD = ";".join(COLUMNS).encode()


def test_broken_lines_wait_in_quarantine(synthetic_raw: Synthetic) -> None:
    """Synthetic museum: year in words, stay that ends before it begins, a cell too few, one good line."""
    content = (
        HEAD
        + b"\nAAA;A;LDC;2011;;list\nBBB;B;LDC;zweitausend;;list\nCCC;C;LDC;2015;2012;list\nDDD;D;LDC;2011\n"
    )
    reading = read([synthetic_raw("dac_list.csv", content)], {})
    assert reading.tables["aid_recipient"]["country"].unique().to_list() == ["AAA"]
    found = dict(reading.rejected.select("rule", "locator").iter_rows())
    assert found == {"year_from_readable": "line 3", "years_in_order": "line 4", "cell_count": "line 5"}
    assert reading.rejected["raw_text"].null_count() == 0


def test_two_groups_in_one_year_are_both_refused(synthetic_raw: Synthetic) -> None:
    """Synthetic: overlapping stays."""
    content = HEAD + b"\nAAA;A;LDC;2011;2015;list\nAAA;A;LMIC;2015;2020;list\n"
    frame = read([synthetic_raw("dac_list.csv", content)], {}).tables["aid_recipient"]
    outcome = enforce(frame, CONTRACTS["aid_recipient"], source_id=SOURCE.id)
    assert 2015 not in outcome.good["year"].to_list()
    assert outcome.rejected["rule"].to_list() == ["key_unique", "key_unique"]


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"", "empty"),
        (b"# only a remark\n", "empty"),
        (b"iso3;group\nAAA;LDC\n", "columns"),
        (b"\xff\xfe", "UTF-8"),
    ],
)
def test_a_file_of_another_form_is_refused(synthetic_raw: Synthetic, content: bytes, named: str) -> None:
    with pytest.raises(SourceChanged, match=named):
        read([synthetic_raw("dac_list.csv", content)], {})
