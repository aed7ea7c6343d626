"""The BBSR reference workbook: control figures of the real file, broken ones made by this test."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

import polars as pl
import pytest

from quality.contract import enforce
from quality.contracts import CONTRACTS
from sources.bbsr_reference import (
    DISTRICT_ATTRIBUTES,
    DISTRICT_KEY,
    DISTRICT_SHEET,
    MUNICIPALITY_ATTRIBUTES,
    MUNICIPALITY_KEY,
    MUNICIPALITY_SHEET,
    SOURCE,
    read,
)
from sources.source import Raw, SourceChanged
from tests.sources.made_workbook import BROKEN, Cell, workbook

Synthetic = Callable[[str, bytes], Raw]
Line = list[Cell]


@pytest.fixture(scope="module")
def table(raw_file: Callable[[str], Raw]) -> pl.DataFrame:
    reading = read([raw_file("crosswalk/BBSR_Referenz_Gemeinden_Kreise_NUTS_31122019.xlsx")], {})
    assert reading.rejected.is_empty()
    outcome = enforce(reading.tables["peer_attribute"], CONTRACTS["peer_attribute"], source_id=SOURCE.id)
    assert outcome.rejected.is_empty()
    return outcome.good


def test_every_unit_has_every_class(table: pl.DataFrame) -> None:
    counts = dict(table.group_by("attribute").len().iter_rows())
    assert counts == {
        **dict.fromkeys(MUNICIPALITY_ATTRIBUTES, 11_007),
        **dict.fromkeys(DISTRICT_ATTRIBUTES, 401),
    }
    assert table["reference_date"].unique().to_list() == [date(2019, 12, 31)]


def test_settlement_types(table: pl.DataFrame) -> None:
    types = table.filter(pl.col("attribute") == "settlement_type_detailed")
    assert Counter(types["code"].to_list()) == {
        "11": 15, "12": 65, "21": 134, "22": 673, "30": 1_236, "40": 3_495, "50": 5_389,
    }  # fmt: skip
    assert types.filter(pl.col("ags") == "01001000").row(0, named=True)["label"] == "Größere Mittelstadt"


def test_leading_zeros_are_back(table: pl.DataFrame) -> None:
    lengths = Counter(len(key) for key in table["ags"].unique().to_list())
    assert lengths == {8: 11_007, 5: 401}


def test_a_class_that_is_missing_is_null(table: pl.DataFrame) -> None:
    unknown = table.filter(pl.col("code").is_null())
    assert unknown["attribute"].unique().to_list() == ["growth"]
    assert unknown.height == 208
    assert unknown["label"].null_count() == 208
    assert unknown["raw_text"].str.ends_with("missing").all()


def sheet(key: str, attributes: dict[str, str], rows: list[Line], day: str = "31.12.2019") -> list[Line]:
    top: Line = [f"{key} {day}", None]
    heads: Line = [f"{key} Kennziffer", f"{key} Name"]
    for head in attributes.values():
        top += [head, None]
        heads += [f"{head} Kennziffer", f"{head} Name"]
    return [top, heads, *rows]


def line(key: Cell, attributes: dict[str, str]) -> Line:
    return [key, "A", *[cell for _ in attributes for cell in (10, "Großstadt")]]


def made(key: Cell, district: Cell = 1001000, day: str = "31.12.2019") -> bytes:
    return workbook(
        {
            MUNICIPALITY_SHEET: sheet(
                MUNICIPALITY_KEY, MUNICIPALITY_ATTRIBUTES, [line(key, MUNICIPALITY_ATTRIBUTES)], day
            ),
            DISTRICT_SHEET: sheet(
                DISTRICT_KEY, DISTRICT_ATTRIBUTES, [line(district, DISTRICT_ATTRIBUTES)], day
            ),
        }
    )


def test_long_form_of_one_unit(synthetic_raw: Synthetic) -> None:
    frame = read([synthetic_raw("a.xlsx", made(1001000))], {}).tables["peer_attribute"]
    assert frame.filter(pl.col("attribute") == "regiostar_7").row(0)[:4] == (
        "01001000", "regiostar_7", "10", "Großstadt",
    )  # fmt: skip
    assert set(frame["ags"]) == {"01001000", "01001"}


@pytest.mark.parametrize("key", ["Flensburg", 1001000.5, "01.10.2000", 123456789, 1001])
def test_a_key_that_is_none_waits(synthetic_raw: Synthetic, key: Cell) -> None:
    reading = read([synthetic_raw("a.xlsx", made(key))], {})
    assert set(reading.rejected["rule"]) == {"key_readable"}
    assert reading.tables["peer_attribute"]["ags"].unique().to_list() == ["01001"]


def test_a_municipality_among_districts_waits(synthetic_raw: Synthetic) -> None:
    reading = read([synthetic_raw("a.xlsx", made(1001000, 1001001))], {})
    assert reading.rejected.height == len(DISTRICT_ATTRIBUTES)


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_other_workbooks_are_refused(synthetic_raw: Synthetic, name: str) -> None:
    with pytest.raises(SourceChanged):
        read([synthetic_raw("a.xlsx", BROKEN[name])], {})


def test_a_renamed_column_and_a_missing_date_are_named(synthetic_raw: Synthetic) -> None:
    renamed = {**MUNICIPALITY_ATTRIBUTES, "regiostar_7": "RegioStaR 7 neu"}
    content = workbook({MUNICIPALITY_SHEET: sheet(MUNICIPALITY_KEY, renamed, [line(1001000, renamed)])})
    with pytest.raises(SourceChanged, match="RegioStaR7 Kennziffer"):
        read([synthetic_raw("a.xlsx", content)], {})
    with pytest.raises(SourceChanged, match="the date"):
        read([synthetic_raw("a.xlsx", made(1001000, day="Stand unbekannt"))], {})
