"""The register of municipalities: official control figures on the real editions, broken ones made up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import polars as pl
import pytest

from quality.contract import enforce
from quality.contracts import CONTRACTS
from sources import gv100ad, register_extract
from sources.register_history import municipalities
from sources.source import Raw, Reading, SourceChanged

GV100AD = "gemeindeverzeichnis/GV100AD_301123.txt.gz"
EXTRACT_2019 = "gemeindeverzeichnis/31122019_Auszug_GV.xlsx"
EXTRACT_2024 = "gemeindeverzeichnis/AuszugGV2QAktuell_30062024.xlsx"


@pytest.fixture(scope="module")
def readings(raw_file: Callable[[str], Raw]) -> list[Reading]:
    return [
        gv100ad.read([raw_file(GV100AD)], {}),
        register_extract.read([raw_file(EXTRACT_2019), raw_file(EXTRACT_2024)], {}),
    ]


def test_control_figures_of_gv100ad(readings: list[Reading]) -> None:
    units, people = readings[0].tables["register_unit"], readings[0].tables["population"]
    counts = dict(units.group_by("level").len().iter_rows())
    assert counts == {"land": 16, "district": 400, "association": 4597, "municipality": 10_981}
    assert units["is_unincorporated"].sum() == 208
    municipal = people.filter(pl.col("ags").str.len_chars() == 8)
    assert municipal["inhabitants"].sum() == 84_358_845
    assert people.filter(pl.col("ags").str.len_chars() == 2)["inhabitants"].sum() == 84_358_845
    assert readings[0].rejected.is_empty()


def test_control_figures_of_the_workbooks(readings: list[Reading]) -> None:
    units, people = readings[1].tables["register_unit"], readings[1].tables["population"]
    municipal = units.filter(pl.col("level") == "municipality")
    assert dict(municipal.group_by("territory_date").len().iter_rows()) == {
        date(2019, 12, 31): 11_010,
        date(2024, 6, 30): 10_959,
    }
    totals = (
        people.filter(pl.col("ags").str.len_chars() == 8)
        .group_by("reference_date")
        .agg(pl.col("inhabitants").sum())
    )
    assert dict(totals.iter_rows()) == {date(2019, 12, 31): 83_166_711, date(2022, 12, 31): 84_349_751}


def test_editions_keep_their_contracts(readings: list[Reading]) -> None:
    for reading in readings:
        for name, frame in reading.tables.items():
            assert enforce(frame, CONTRACTS[name], source_id="test").rejected.is_empty()


def test_keys_of_known_units(readings: list[Reading]) -> None:
    units = municipalities(pl.concat([reading.tables["register_unit"] for reading in readings]))
    by_key = {row["ags"]: row for row in units.to_dicts()}
    assert by_key["05334002"]["name"] == "Aachen, Stadt"
    assert by_key["05334002"]["ars"] == "053340002002"
    assert by_key["05334002"]["district"] == "05334"
    assert not by_key["05334"]["is_independent_city"], "Städteregion Aachen has nine more municipalities"
    assert by_key["05314000"]["is_independent_city"]
    assert by_key["05314"]["is_independent_city"]
    assert by_key["16056000"]["valid_to"] == date(2023, 11, 30), "Eisenach became part of a district in 2021"
    assert by_key["07000999"]["is_unincorporated"]
    assert by_key["07000999"]["longitude"] is None, "0/0 is no place in Germany"
    live = units.filter(pl.col("valid_to").is_null())
    assert dict(live.group_by("level").len().iter_rows())["district"] == 400
    assert live.filter(pl.col("level") == "municipality", ~pl.col("is_unincorporated")).height == 10_752


def line(record: str, *, width: int = 220) -> str:
    return record.ljust(width)


def test_a_broken_line_is_kept_aside_and_the_rest_goes_on(synthetic_raw: Callable[[str, bytes], Raw]) -> None:
    """Synthetic: a Land, a short line, a record type that does not exist."""
    text = "\n".join(
        [
            line("102023113001          Musterland"),
            "602023113001001000000Zu kurz",
            line("992023113001          Fremde Satzart"),
        ]
    )
    reading = gv100ad.read([synthetic_raw("GV100AD_synthetic.txt", text.encode())], {})
    assert reading.tables["register_unit"]["name"].to_list() == ["Musterland"]
    assert reading.rejected["rule"].to_list() == ["line_form", "line_form"]
    assert reading.rejected["locator"].to_list() == ["line 2", "line 3"]


def test_an_edition_with_unknown_population_date_says_so(synthetic_raw: Callable[[str, bytes], Raw]) -> None:
    """Synthetic: an edition of 2050, whose population date nobody has stated."""
    text = line("102050010101          Musterland")
    reading = gv100ad.read([synthetic_raw("GV100AD_synthetic.txt", text.encode())], {})
    assert "population" not in reading.tables
    assert reading.rejected["rule"].to_list() == ["population_date_known"]


@pytest.mark.parametrize("content", [b"", b"<html>Wartungsarbeiten</html>", b"PK\x03\x04 broken"])
def test_something_else_than_a_workbook_is_refused(
    synthetic_raw: Callable[[str, bytes], Raw], content: bytes
) -> None:
    with pytest.raises(SourceChanged, match=r"Auszug\.xlsx"):
        register_extract.read([synthetic_raw("Auszug.xlsx", content)], {})


@pytest.mark.parametrize("content", [b"", b"<html>Wartungsarbeiten</html>\n"])
def test_something_else_than_a_register_is_refused(
    synthetic_raw: Callable[[str, bytes], Raw], content: bytes
) -> None:
    with pytest.raises(SourceChanged, match="Gebietsstand"):
        gv100ad.read([synthetic_raw("GV100AD_x.txt", content)], {})


def test_old_encoding_is_read(synthetic_raw: Callable[[str, bytes], Raw]) -> None:
    """Synthetic: ISO 8859-1, as the register was delivered before 2019."""
    text = line("102023113001          Thüringen")
    reading = gv100ad.read([synthetic_raw("GV100AD_x.txt", text.encode("iso-8859-1"))], {})
    assert reading.tables["register_unit"]["name"].to_list() == ["Thüringen"]
