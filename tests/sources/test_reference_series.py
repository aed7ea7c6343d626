"""National series: control figures of the real files, signs and broken files made by this test."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest

from quality.contract import enforce
from quality.contracts import CONTRACTS
from sources.reference_series import SOURCE, read
from sources.source import Raw, SourceChanged

Synthetic = Callable[[str, bytes], Raw]
NAME = "national_dns/indicator_17-1.csv"
HEAD = "Year,Units,calculation method,Value\n"


@pytest.fixture(scope="module")
def table(raw_file: Callable[[str], Raw]) -> pl.DataFrame:
    reading = read([raw_file(f"national_dns/indicator_17-{number}.csv") for number in (1, 2, 3)], {})
    assert reading.rejected.is_empty()
    outcome = enforce(reading.tables["reference_series"], CONTRACTS["reference_series"], source_id=SOURCE.id)
    assert outcome.rejected.is_empty()
    return outcome.good


def value(table: pl.DataFrame, series: str, ags: str, year: int) -> tuple[float | None, str]:
    row = table.filter(pl.col("series_id") == series, pl.col("ags") == ags, pl.col("year") == year)
    return row.select("value", "obs_status").row(0)


def test_every_record_is_there(table: pl.DataFrame) -> None:
    counts = dict(table.group_by("indicator").len().iter_rows())
    assert counts == {"17.1": 59, "17.2": 1_567, "17.3": 46}


def test_germany_and_laender(table: pl.DataFrame) -> None:
    assert value(table, "17.1 calculated in grant equivalents", "DG", 2023) == (0.79, "A")
    assert value(table, "17.2", "DG", 2005) == (140519.0, "A")
    assert value(table, "17.3 imports", "DG", 2002) == (0.44, "A")
    assert set(table["ags"]) == {"DG", *(f"{land:02}" for land in range(1, 17))}
    thuringia = "17.2 researchers from other developing and emerging countries"
    assert value(table, thuringia, "16", 2023) == (1086.0, "A")


def test_an_empty_cell_is_missing_not_zero(table: pl.DataFrame) -> None:
    assert value(table, "17.1 calculated in grant equivalents", "DG", 2030) == (None, "O")
    assert value(table, "17.1 calculated in grant equivalents", "DG", 1995) == (None, "O")
    assert table["value"].null_count() == 32


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("0.31", (0.31, None, "A")),
        ("-2", (-2.0, None, "A")),
        ("0.31 p", (0.31, "p", "P")),
        ("0.31 r", (0.31, "r", "A")),
        ("0.31 s", (0.31, "s", "E")),
        ("0.31 |", (0.31, "|", "B")),
        ("0.31|", (0.31, "|", "B")),
        ("g", (None, "g", "Q")),
        (".", (None, ".", "Q")),
        ("x", (None, "x", "M")),
        ("…", (None, "…", "O")),
        ("...", (None, "...", "O")),
        ("k", (0.0, "k", "N")),
        ("p", (None, "p", "O")),
        ("", (None, None, "O")),
        ("0,31", None),
        ("0.31 ?", None),
        ("0.31 g", None),
        ("1.234.567", None),
        ("nan", None),
        ("1e5", None),
    ],
)
def test_signs_beside_and_in_place_of_figures(
    synthetic_raw: Synthetic, cell: str, expected: tuple[float | None, str | None, str] | None
) -> None:
    content = f'{HEAD}2010,percentage,a,"{cell}"\n'
    reading = read([synthetic_raw(NAME, content.encode())], {})
    found = reading.tables["reference_series"].select("value", "symbol", "obs_status").rows()
    assert found == ([expected] if expected else [])
    assert reading.rejected["rule"].to_list() == ([] if expected else ["record_readable"])


def test_flags_and_remarks_in_columns_of_their_own(synthetic_raw: Synthetic) -> None:
    content = "Year,Units,OBS_STATUS,COMMENT_OBS,GeoCode,Value\n2010,number,|,Zensus,code05,7\n"
    row = read([synthetic_raw(NAME, content.encode())], {}).tables["reference_series"].row(0, named=True)
    assert (row["value"], row["symbol"], row["obs_status"], row["comment"]) == (7.0, "|", "B", "Zensus")
    assert (row["ags"], row["series_id"], row["breakdown"]) == ("05", "17.1", None)


@pytest.mark.parametrize("line", ["01.01.2010,percentage,a,1", "2010,percentage,a,1;5"])
def test_mangled_cells_wait(synthetic_raw: Synthetic, line: str) -> None:
    reading = read([synthetic_raw(NAME, f"{HEAD}{line}\n2011,percentage,a,2\n".encode())], {})
    assert reading.tables["reference_series"].height == 1
    assert reading.rejected.select("locator", "raw_text").rows() == [("record 2", line)]


def test_two_values_for_one_year_are_both_refused(synthetic_raw: Synthetic) -> None:
    content = f"{HEAD}2010,percentage,a,1\n2010,percentage,a,2\n"
    frame = read([synthetic_raw(NAME, content.encode())], {}).tables["reference_series"]
    outcome = enforce(frame, CONTRACTS["reference_series"], source_id=SOURCE.id)
    assert outcome.good.is_empty()
    assert set(outcome.rejected["rule"]) == {"key_unique"}


@pytest.mark.parametrize(
    ("name", "content", "named"),
    [
        (NAME, b"", "nothing"),
        (NAME, b"<html>Wartung</html>", "expected the columns"),
        (NAME, b"Jahr,Einheit,Wert\n2010,a,1\n", "expected the columns"),
        (NAME, b"Year,Units,Value,Value\n2010,a,1,2\n", "expected the columns"),
        (NAME, "Year,Units,Länder,Value\n".encode("latin-1"), "UTF-8"),
        (NAME, HEAD.encode() + b"2010,percentage,a\n", "complete"),
        (NAME, HEAD.encode() + b'2010,"percentage,a,1\n', "UTF-8"),
        ("national_dns/indicator_16-1.csv", HEAD.encode(), "names no indicator"),
    ],
)
def test_other_files_are_refused(synthetic_raw: Synthetic, name: str, content: bytes, named: str) -> None:
    with pytest.raises(SourceChanged, match=named):
        read([synthetic_raw(name, content)], {})
