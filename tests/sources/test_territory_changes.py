"""Gebietsänderungen: workbooks this test writes in the documented form; no real file is at hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import polars as pl
import pytest

from quality.contract import enforce
from quality.contracts import CONTRACTS
from sources.source import Raw, SourceChanged
from sources.territory_changes import SOURCE, read
from tests.sources.made_workbook import BROKEN, Cell, workbook

Synthetic = Callable[[str, bytes], Raw]
Line = list[Cell]

HEADS: list[Line] = [
    ["Gebietsänderungen 2023", *[None] * 12],
    ["Kennziffer", "Regional-\neinheit", "vor der Änderung", None, None, "Änderungs-\nart", "Fläche",
     "Einwohner", "nach der Änderung", None, None, "Wirksamkeit", None],
    [None, None, "ARS", "AGS", "Name", None, "m²", None, "ARS", "AGS", "Name", "rechtlich", "statistisch"],
]  # fmt: skip
DAY: tuple[Cell, Cell] = ("01.01.2023", "01.01.2023")


def line(  # noqa: PLR0917 - in the order of the sheet
    change: Cell, level: Cell, old: tuple[Cell, Cell, Cell], kinds: Cell,
    size: tuple[Cell, Cell], new: tuple[Cell, Cell, Cell], days: tuple[Cell, Cell] = DAY,
) -> Line:  # fmt: skip
    return [change, level, *old, kinds, *size, *new, *days]


BORNA: tuple[Cell, Cell, Cell] = ("147290050050", "14729050", "Borna, Stadt")
KITZSCHER: tuple[Cell, Cell, Cell] = ("147290210210", "14729210", "Kitzscher, Stadt")
GOOD = [
    line("14/2023/0001", "Gemeinde", BORNA, "2", (62432560, 19470), BORNA),
    line("14/2023/0001", "Gemeinde", BORNA, "2", (13738, 0), KITZSCHER, ("01.01.2023", "01.02.2023")),
    line("06/2023/0002-R", "Gemeinde", ("066350005005", "06635005", "Bromskirchen"), "1",
         ("34.905.174", "1 762"), ("066350001001", "06635001", "Allendorf (Eder)")),
    line("14/2023/0003", "Gemeinde", ("145225123450", "14522450", "Ostrau"), "3, 4", (1, 1),
         ("145225123451", "14522451", "Jahnatal")),
    line("09/2023/0004", "Gemeindeverband", ("096729457", None, "Elfershausen (VGem)"), "4", ("-", None),
         ("096729457", None, "Elfershausen, VGem")),
]  # fmt: skip


def made(rows: list[Line], heads: list[Line] = HEADS, sheet: str = "Gebietsaenderungen") -> bytes:
    return workbook({"Deckblatt": [["Titel"]], sheet: [*heads, *rows]})


@pytest.fixture
def table(synthetic_raw: Synthetic) -> pl.DataFrame:
    footnote: Line = ["1) Fußnote", *[None] * 12]
    reading = read([synthetic_raw("2023.xlsx", made([*GOOD, footnote]))], {})
    assert reading.rejected.is_empty()
    outcome = enforce(reading.tables["territory_change"], CONTRACTS["territory_change"], source_id=SOURCE.id)
    assert outcome.rejected.is_empty()
    return outcome.good


def test_every_change_is_read_with_both_dates(table: pl.DataFrame) -> None:
    assert table.height == 5
    moved = table.filter(pl.col("ags_new") == "14729210").row(0, named=True)
    assert (moved["effective_legal"], moved["effective_statistical"]) == (date(2023, 1, 1), date(2023, 2, 1))
    assert (moved["area_square_metre"], moved["inhabitants"]) == (13738, 0)


def test_what_stays_after_a_partial_separation_is_marked(table: pl.DataFrame) -> None:
    residual = table.filter("is_residual")
    assert residual["ags_old"].to_list() == residual["ags_new"].to_list() == ["14729050"]
    whole = table.filter(pl.col("ags_old") == "14729050")
    assert whole["area_square_metre"].sum() == 62432560 + 13738


def test_a_change_of_name_alone_is_no_residual(table: pl.DataFrame) -> None:
    association = table.filter(pl.col("unit_level") == "association").row(0, named=True)
    assert association["ars_old"] == "096729457"
    assert association["ags_old"] is None
    assert not association["is_residual"]
    assert association["area_square_metre"] is None


def test_combined_kinds_and_thousands(table: pl.DataFrame) -> None:
    assert "3,4" in table["kinds"].to_list()
    merged = table.filter(pl.col("kinds") == "1").row(0, named=True)
    assert (merged["area_square_metre"], merged["inhabitants"]) == (34905174, 1762)


def test_keys_that_excel_made_numbers_get_their_zero_back(synthetic_raw: Synthetic) -> None:
    mangled = line("06/2023/0002", "Gemeinde", (66350005005, 6635005, "Bromskirchen"), 1, (5, 6),
                   (66350001001, 6635001, "Allendorf"))  # fmt: skip
    row = read([synthetic_raw("a.xlsx", made([mangled]))], {}).tables["territory_change"].row(0, named=True)
    assert (row["ars_old"], row["ags_old"]) == ("066350005005", "06635005")


@pytest.mark.parametrize(
    ("place", "cell", "named"),
    [
        (0, "neu", "Kennziffer"),
        (0, None, "Kennziffer"),
        (1, "Ortsteil", "Regionaleinheit"),
        (2, "1,4729E+11", "ARS"),
        (3, "2023-05-01", "AGS"),
        (3, "635005", "AGS"),
        (5, "5", "Änderungsart"),
        (5, "03.04.2023", "Änderungsart"),
        (6, "1,5", "Fläche"),
        (7, "viele", "Einwohner"),
        (11, "31.02.2023", "Datum"),
        (12, None, "Datum"),
    ],
)
def test_an_unreadable_cell_costs_its_row_and_is_named(
    synthetic_raw: Synthetic, place: int, cell: Cell, named: str
) -> None:
    broken = list(GOOD[1])
    broken[place] = cell
    reading = read([synthetic_raw("a.xlsx", made([*GOOD, broken]))], {})
    assert reading.tables["territory_change"].height == 5
    row = reading.rejected.row(0, named=True)
    assert named in row["value"]
    assert row["locator"] == "sheet Gebietsaenderungen row 9"
    assert row["raw_text"]


def test_columns_that_changed_places_are_noticed(synthetic_raw: Synthetic) -> None:
    order = [0, 1, 8, 9, 10, 5, 6, 7, 2, 3, 4, 11, 12]
    swapped = [[row[place] for place in order] for row in [*HEADS, *GOOD]]
    with pytest.raises(SourceChanged, match="changed places"):
        read([synthetic_raw("a.xlsx", made(swapped[3:], swapped[:3]))], {})
    dates = [*range(11), 12, 11]
    swapped = [[row[place] for place in dates] for row in [*HEADS, *GOOD]]
    with pytest.raises(SourceChanged, match="changed places"):
        read([synthetic_raw("a.xlsx", made(swapped[3:], swapped[:3]))], {})
    shifted = [[row[0], row[2], row[1], *row[3:]] for row in GOOD]
    with pytest.raises(SourceChanged, match="Have columns changed places"):
        read([synthetic_raw("a.xlsx", made(shifted))], {})


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_other_files_are_refused(synthetic_raw: Synthetic, name: str) -> None:
    with pytest.raises(SourceChanged):
        read([synthetic_raw("a.xlsx", BROKEN[name])], {})


def test_fewer_columns_are_refused(synthetic_raw: Synthetic) -> None:
    with pytest.raises(SourceChanged, match="13 columns"):
        read([synthetic_raw("a.xlsx", made([row[:12] for row in GOOD], [row[:12] for row in HEADS]))], {})
