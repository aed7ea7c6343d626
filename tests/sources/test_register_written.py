"""The small register: it keeps its contracts and says the same as the official editions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from quality.contract import PROVENANCE, enforce
from quality.contracts import CONTRACTS
from sources import gv100ad, register_extract
from sources.register_written import COLUMNS, SOURCE, read
from sources.source import Raw, Reading, SourceChanged

EMBEDDED = Path(__file__).resolve().parents[2] / "sources" / "embedded" / "register_written.csv"
Synthetic = Callable[[str, bytes], Raw]
EDITIONS = (date(2019, 12, 31), date(2023, 11, 30))


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read([Raw(name=EMBEDDED.name, content=EMBEDDED.read_bytes(), snapshot_id="0" * 64)], {})


def test_tables_keep_their_contracts(reading: Reading) -> None:
    assert reading.rejected.is_empty()
    for name, frame in reading.tables.items():
        outcome = enforce(frame, CONTRACTS[name], source_id=SOURCE.id)
        assert outcome.rejected.is_empty(), outcome.rejected.to_dicts()


@pytest.mark.parametrize("edition", EDITIONS)
def test_what_is_in_it(reading: Reading, edition: date) -> None:
    units = reading.tables["register_unit"].filter(pl.col("territory_date") == edition)
    counts = dict(units.group_by("level").len().iter_rows())
    assert counts == {"land": 16, "district": 19, "municipality": 17}
    keys = set(units["ags"])
    municipal = units.filter(pl.col("level") == "municipality")
    assert set(municipal["district"]) <= keys
    assert set(municipal["land"]) <= keys
    assert {"05334002", "05358008", "05358", "08236", "09779", "09188121", "11000000", "04011000"} <= keys


def test_germany_is_the_sum_of_the_laender(reading: Reading) -> None:
    laender = reading.tables["population"].filter(pl.col("ags").str.len_chars() == 2)
    totals = dict(laender.group_by("reference_date").agg(pl.col("inhabitants").sum()).iter_rows())
    assert totals == {date(2022, 12, 31): 84_358_845, date(2019, 12, 31): 83_166_711}


def test_every_line_carries_its_citation(reading: Reading) -> None:
    assert reading.tables["register_unit"]["raw_text"].str.contains("Destatis, (GV100AD|Auszug GV)").all()


@pytest.mark.parametrize("table", ["register_unit", "population"])
def test_says_the_same_as_the_official_editions(
    reading: Reading, raw_file: Callable[[str], Raw], table: str
) -> None:
    editions = [
        gv100ad.read([raw_file("gemeindeverzeichnis/GV100AD_301123.txt.gz")], {}).tables[table],
        register_extract.read([raw_file("gemeindeverzeichnis/31122019_Auszug_GV.xlsx")], {}).tables[table],
    ]
    ours = reading.tables[table].drop(PROVENANCE)
    theirs = pl.concat(editions).drop(PROVENANCE)
    missing = ours.join(theirs, on=ours.columns, how="anti", nulls_equal=True)
    assert missing.is_empty(), missing


HEAD = (";".join(COLUMNS) + "\n").encode()
GOOD = b"05334002;municipality;053340002002;63;A;2023-11-30;16085;;;;2022-12-31;252136;paper\n"


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        (
            b"05334002;municipality;053340002002;63;A;30.11.2023;16085;;;;2022-12-31;1;paper",
            "territory_date_readable",
        ),
        (
            b"05334002;municipality;053340002002;63;A;2023-11-30;16085;;;;2022;1;paper",
            "population_date_readable",
        ),
        (
            b"05334002;municipality;053340002002;63;A;2023-11-30;16085;;;;2022-12-31;252.136;paper",
            "inhabitants_readable",
        ),
        (
            b"05334002;municipality;053340002002;63;A;2023-11-30;16085;;;;2022-12-31;;paper",
            "inhabitants_readable",
        ),
        (
            b"05334002;municipality;053340002002;63;A;2023-11-30;160,85;;;;2022-12-31;1;paper",
            "area_hectare_readable",
        ),
        (
            b"05334002;municipality;053340002002;63;A;2023-11-30;1;6,08;;;2022-12-31;1;paper",
            "longitude_readable",
        ),
    ],
)
def test_museum_of_broken_lines(synthetic_raw: Synthetic, line: bytes, rule: str) -> None:
    """Synthetic lines, each broken in one way, beside one good line that must survive."""
    result = read([synthetic_raw("register_written.csv", HEAD + line + b"\n" + GOOD)], {})
    assert result.rejected["rule"].to_list() == [rule]
    assert result.tables["register_unit"]["locator"].to_list() == ["line 3"]


def test_a_key_without_its_leading_zero_is_refused_by_the_contract(synthetic_raw: Synthetic) -> None:
    """Synthetic: a spreadsheet has eaten the zero."""
    result = read([synthetic_raw("register_written.csv", HEAD + GOOD[1:])], {})
    outcome = enforce(result.tables["register_unit"], CONTRACTS["register_unit"], source_id=SOURCE.id)
    assert "ags_form" in outcome.rejected["rule"].to_list()


def test_other_columns_are_refused(synthetic_raw: Synthetic) -> None:
    with pytest.raises(SourceChanged, match="expected the columns"):
        read([synthetic_raw("register_written.csv", b"ags;name\n")], {})
