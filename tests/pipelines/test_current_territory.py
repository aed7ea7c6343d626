"""Series on the newest territory and the macros analysts call, on a made-up world."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest

from indicators.indicator import Indicator
from indicators.measure import Measure
from pipelines.assets.indicators import INDICATORS
from pipelines.current_territory import observations_carried
from pipelines.database import build
from quality.contracts import CONTRACTS
from sources.territory_lifetimes import keys_on
from tests.quality.world import FILE, GONE, TOWN, good_world, row

INDICATOR: Indicator = INDICATORS["pt_gs_100k"]
DECLARED = {
    name: Measure(id=name, unit=unit, name_de="x", name_en="x", description="x", carries_note=True)
    for name, unit in (("partnerships_dac", "count"), ("population_31_12", "persons"))
}


def table(name: str, rows: list[dict[str, object]]) -> pl.DataFrame:
    return pl.DataFrame([row(name, **values) for values in rows], schema=CONTRACTS[name].schema, orient="row")


def measures(
    ags: str, year: int, partnerships: int | None, people: int, note: str
) -> list[dict[str, object]]:
    cell: dict[str, object] = {"ags": ags, "year": year, "phase": "none", "inputs": 1}
    status = {"obs_status": "A"} if partnerships is not None else {"obs_status": "O", "reason": "not_listed"}
    counts = {"measure_id": "partnerships_dac", "unit": "count", "value": partnerships}
    persons = {"measure_id": "population_31_12", "unit": "persons", "value": people}
    return [{**cell, **counts, **status}, {**cell, **persons, "obs_status": "A", "note": note}]


def carried(gone: int | None) -> list[dict[str, object]]:
    """The town took in another unit after 2019; its own series goes on in 2023."""
    old, new = "2019-12-31/census_2011", "2023-12-31/census_2022"
    rows = measures(TOWN, 2019, 2, 60_000, old) + measures(GONE, 2019, gone, 40_000, old)
    read_from_file: dict[str, object] = {
        "measure_id": "partnerships_dac", "ags": TOWN, "year": 2019, "phase": "none", "snapshot_id": FILE
    }  # fmt: skip
    reported = table(
        "observation",
        [
            {"indicator_id": INDICATOR.id, "ags": TOWN, "year": year, "value": value, "obs_status": "A",
             "reason": None, "denominator_id": base}
            for year, value, base in ((2019, 2 / 0.6, None), (2023, 4.0, new))
        ],
    )  # fmt: skip
    frame = observations_carried(
        {INDICATOR.id: INDICATOR},
        DECLARED,
        observation=reported,
        measure=table("measure", rows),
        measure_input=table("measure_input", [read_from_file]).lazy(),
        municipality=good_world()["municipality"],
        territory_path=good_world()["territory_path"],
        reference_year=2023,
    )
    return frame.sort("year").to_dicts()


def test_a_rate_is_formed_after_its_parts_were_added_up() -> None:
    first, second = carried(gone=1)
    assert first["value"] == pytest.approx(3.0), (
        "3 partnerships, 100,000 inhabitants; not the mean of two rates"
    )
    assert (first["obs_status"], first["estimated_share"]) == ("A", 0.0)
    assert first["territory_date"] == good_world()["municipality"]["territory_date"].max()
    assert str(first["path"]).startswith(f"{TOWN} x 1.0") and FILE in first["snapshot_ids"]  # type: ignore[operator]
    assert (second["year"], second["value"], second["obs_status"]) == (2023, 4.0, "B")
    assert second["reason"] == "census_break", "the break shows only where the carried year stands before it"


def test_a_rate_with_an_unknown_part_is_unknown() -> None:
    (only,) = carried(gone=None)
    assert (only["year"], only["value"], only["reason"]) == (2019, None, "territory_part_unknown")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    folder = tmp_path_factory.mktemp("territory")
    names = (
        "municipality",
        "territory_step",
        "territory_weight",
        "observation",
        "observation_current_territory",
    )
    files: dict[str, Path] = {}
    for name in names:
        files[name] = folder / f"{name}.parquet"
        good_world()[name].write_parquet(files[name])
    build(folder / "release.duckdb", files, CONTRACTS)
    return duckdb.connect(str(folder / "release.duckdb"), read_only=True)


@pytest.mark.parametrize(
    "day", [date(2019, 12, 31), date(2020, 12, 30), date(2020, 12, 31), date(2026, 1, 1)]
)
def test_macro_and_function_name_the_same_units(database: duckdb.DuckDBPyConnection, day: date) -> None:
    world = good_world()
    expected = keys_on(world["municipality"], world["territory_step"], world["territory_weight"], day)
    found = database.execute("SELECT ags FROM municipality_at(?) ORDER BY ags", [day]).fetchall()
    assert [ags for (ags,) in found] == expected["ags"].to_list()
    assert (GONE in expected["ags"]) == (day < date(2020, 12, 31))


def test_before_the_first_edition_keys_of_the_bbsr_stand_in(database: duckdb.DuckDBPyConnection) -> None:
    weights = good_world()["territory_weight"].with_columns(year_from=pl.lit(2017, pl.Int64))
    world = good_world()
    listed = keys_on(world["municipality"], world["territory_step"], weights, date(2018, 6, 30))
    assert listed["ags"].to_list() == [TOWN]
    assert database.sql("SELECT * FROM municipality_at(DATE '2018-06-30')").fetchall() == []


def test_one_name_for_whole_series(database: duckdb.DuckDBPyConnection) -> None:
    rows = database.sql("""
        SELECT ags, year, is_carried FROM observation_on_current_territory()
        WHERE indicator_id = 'pt_gs_n' ORDER BY year""").fetchall()
    assert rows == [(TOWN, 2019, True), (TOWN, 2023, False)]
    assert not database.sql(f"FROM observation_on_current_territory() WHERE ags = '{GONE}'").fetchall()
