"""Keys of the BBSR: control figures of the real files, odd sheets and broken ones made by this test."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date

import polars as pl
import pytest

from quality.contract import enforce
from quality.contracts import CONTRACTS
from sources.bbsr_weights import PACKAGE, SOURCE, read
from sources.source import Raw, SourceChanged
from tests.sources.made_workbook import BROKEN, Cell, workbook

Synthetic = Callable[[str, bytes], Raw]
Line = list[Cell]
FOLDER = "crosswalk/"


@pytest.fixture(scope="module")
def table(raw_file: Callable[[str], Raw]) -> pl.DataFrame:
    names = (
        "BBSR_ref-kreise-umrech-2020-1990-2019.xlsx",
        "ags_xwalk_gemeinden_1990-2020_to_2020.parquet",
        "ags_xwalk_kreise_1990-2020_to_2020.parquet",
    )
    reading = read([raw_file(FOLDER + name) for name in names], {})
    assert reading.rejected.is_empty()
    outcome = enforce(reading.tables["territory_weight"], CONTRACTS["territory_weight"], source_id=SOURCE.id)
    assert outcome.rejected.is_empty()
    return outcome.good


def test_every_row_of_every_file_arrives_once(table: pl.DataFrame) -> None:
    counts = dict(table.group_by("level").len().iter_rows())
    assert counts == {"municipality": 405_911, "district": 14_172}
    assert table["territory_to"].unique().to_list() == [date(2020, 12, 31)]


def test_control_figures_of_the_municipalities(table: pl.DataFrame) -> None:
    units = (
        table.filter(pl.col("level") == "municipality")
        .group_by("year_from", "key_from")
        .agg(pl.len(), pl.col("defect").first(), pl.col("population_weight").sum())
    )
    defective = units.filter(pl.col("defect").str.contains("population"))
    assert units.filter(pl.col("len") > 1).height == 1_092
    assert defective.height == 907
    assert ((defective["population_weight"] - 1).abs() > 0.001).all()
    assert table.filter(pl.col("level") == "municipality")["employment_weight"].null_count() == 109_655


def test_weights_stay_as_published(table: pl.DataFrame) -> None:
    strange = table.filter(pl.col("year_from") == 2002, pl.col("key_from") == "09472444")
    assert strange["population_weight"].to_list() == [1.0] * 20
    assert set(strange["defect"]) == {"population,employment"}


def test_districts_come_from_the_workbook_where_it_has_the_year(table: pl.DataFrame) -> None:
    districts = table.filter(pl.col("level") == "district")
    from_package = districts.filter(pl.col("locator").str.starts_with("row"))
    assert from_package["year_from"].unique().to_list() == [2020]
    assert districts["key_from"].str.len_chars().unique().to_list() == [5]
    split = districts.group_by("year_from", "key_from").len().filter(pl.col("len") > 1)
    counts = dict(split.group_by("year_from").len().iter_rows())
    assert (counts[1990] > counts[2006] > counts[2010]) and 2020 not in counts


def heads(*shown: str) -> Line:
    return list(shown)


KREISE = heads(
    "Kreise\n 31.12.1990", "Kreisname 1990", "flächen-\nproportionaler\nUmsteige-schlüssel",
    "bevölkerungs- \nproportionaler \nUmsteige- \nschlüssel", "Fläche am 31.12.1990 in km²",
    "Bevölkerung am 31.12.1990 in 1000", "Kreise\n 31.12.2020", "Kreisname 2020",
)  # fmt: skip
GEMEINDEN = heads(
    "Gemeinden\n 31.12.2022", "Gemeindename 2022", "Regionalschlüssel (ARS) 2022",
    "bevölkerungs- \nproportionaler \nUmsteige- \nschlüssel",
    "flächen-\nproportionaler\nUmsteige-schlüssel", "Bevölkerung am 31.12.2022 (absolut)",
    "Gemeinden\n 31.12.2023", "Regionalschlüssel (ARS) 2023", "Gemeindename 2023",
)  # fmt: skip
GOOD: Line = [1001000, "Flensburg", 0.25, 0.5, 56.36, 86.6, 1001000, "Flensburg"]


def test_columns_are_found_by_their_heads_in_any_order(synthetic_raw: Synthetic) -> None:
    row: Line = [9671456, "A", 96710000456, 0.75, 0.5, 1234, 9671457, 96710000457, "B"]
    raw = synthetic_raw("a.xlsx", workbook({"2022-2023": [GEMEINDEN, row], "1990-2020": [KREISE, GOOD]}))
    rows = read([raw], {}).tables["territory_weight"].sort("level").rows(named=True)
    assert [row["key_from"] for row in rows] == ["01001", "09671456"]
    assert [(row["area_weight"], row["population_weight"]) for row in rows] == [(0.25, 0.5), (0.5, 0.75)]
    assert [row["territory_to"] for row in rows] == [date(2020, 12, 31), date(2023, 12, 31)]
    assert rows[0]["defect"] == "population,area"
    assert rows[0]["employment_weight"] is None


@pytest.mark.parametrize(
    ("place", "cell", "named"),
    [
        (0, "1.1.2020", "key 1.1.2020"),
        (0, 1001001, "key 1001001"),
        (6, "KS Flensburg", "key KS Flensburg"),
        (2, "0,25", "area_weight 0,25"),
        (3, None, "population_weight"),
    ],
)
def test_an_unreadable_cell_costs_its_row(
    synthetic_raw: Synthetic, place: int, cell: Cell, named: str
) -> None:
    broken = list(GOOD)
    broken[place] = cell
    reading = read([synthetic_raw("a.xlsx", workbook({"1990-2020": [KREISE, GOOD, broken]}))], {})
    assert reading.tables["territory_weight"].height == 1
    (row,) = reading.rejected.rows(named=True)
    assert row["locator"] == "sheet 1990-2020 row 3"
    assert named in row["reason"]


def test_the_same_key_twice_is_refused(synthetic_raw: Synthetic) -> None:
    other: Line = [*GOOD[:2], 0.75, *GOOD[3:]]
    raw = synthetic_raw("a.xlsx", workbook({"1990-2020": [KREISE, GOOD, other]}))
    frame = read([raw], {}).tables["territory_weight"]
    outcome = enforce(frame, CONTRACTS["territory_weight"], source_id=SOURCE.id)
    assert outcome.good.is_empty()
    assert set(outcome.rejected["rule"]) == {"key_unique"}


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_other_workbooks_are_refused(synthetic_raw: Synthetic, name: str) -> None:
    with pytest.raises(SourceChanged):
        read([synthetic_raw("a.xlsx", BROKEN[name])], {})


def parquet(rows: Sequence[tuple[object, ...]], schema: dict[str, type[pl.DataType]]) -> bytes:
    kept = io.BytesIO()
    pl.DataFrame(rows, schema=schema, orient="row").write_parquet(kept)
    return kept.getvalue()


def test_a_package_that_contradicts_the_workbook_is_reported(synthetic_raw: Synthetic) -> None:
    content = parquet([(1990, "01001", "01001", 0.9, 0.25, None), (1991, "01001", "01001", 1, 1, 1)], PACKAGE)
    raws = [
        synthetic_raw("a.xlsx", workbook({"1990-2020": [KREISE, GOOD]})),
        synthetic_raw("a.parquet", content),
    ]
    reading = read(raws, {})
    assert reading.rejected["rule"].to_list() == ["agrees_with_original"]
    assert reading.tables["territory_weight"].sort("year_from")["population_weight"].to_list() == [0.5, 1.0]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>503</html>",
        b"PAR1" + b"\x00" * 40 + b"PAR1",
        parquet([(1990, "01001")], {"year_xw": pl.Int16, "ags_xw": pl.String}),
        parquet([(1990, "01001", "01001", "0,9", 1, 1)], {**PACKAGE, "pop_conv": pl.String}),
        parquet([(1990, "01001", "01001", 1, 1, 1)] * 50, PACKAGE)[:-30],
    ],
)
def test_what_is_not_this_parquet_file_is_refused(synthetic_raw: Synthetic, content: bytes) -> None:
    with pytest.raises(SourceChanged):
        read([synthetic_raw("a.parquet", content)], {})


def test_a_table_that_claims_too_many_rows_is_refused(
    synthetic_raw: Synthetic, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two million equal rows fit into a few kilobytes; the count is read before any of them."""
    kept = io.BytesIO()
    row = pl.DataFrame([(1990, "01001", "01001", 1.0, 1.0, 1.0)], schema=PACKAGE, orient="row")
    row.select(pl.all().repeat_by(2_000_000).explode()).write_parquet(kept)
    assert len(kept.getvalue()) < 100_000
    monkeypatch.setattr("sources.columnar.ROW_LIMIT", 1_000_000)
    with pytest.raises(SourceChanged, match="claims 2,000,000 rows"):
        read([synthetic_raw("a.parquet", kept.getvalue())], {})
