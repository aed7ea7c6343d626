"""The history inside a release: read back, continued, never begun anew by mistake. All rows are made up."""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl
import pytest

from pipelines.database import add_rows, add_vintages, build
from pipelines.settings import load_settings
from pipelines.vintages import COMPARED, Past, past, recorded
from quality.contracts import CONTRACTS
from quality.history import as_of
from tests.quality.world import good_world, row

KEY = ["indicator_id", "ags", "year"]


def release_row(name: str, day: str) -> dict[str, object]:
    made = row("release_history", release_id=name, recorded_at=f"{day}T01:00:00+00:00", origin="archive")
    return {column: value for column, value in made.items() if column != "number"}


def publish(folder: Path, name: str, day: str, before: Past, world: dict[str, pl.DataFrame]) -> Path:
    """A database of this release, as the night would write it."""
    inputs = world["measure_input"].lazy()
    tables = recorded(before, release_row(name, day), {each: world[each] for each in COMPARED}, inputs)
    path = folder / f"{name}.duckdb"
    kept = ("observation", "snapshot", "correction", "measure_input", "municipality")
    for table in kept:
        world[table].write_parquet(folder / f"{table}.parquet")
    build(path, {table: folder / f"{table}.parquet" for table in kept}, CONTRACTS)
    add_vintages(path, tables, CONTRACTS)
    return path


def corrected(world: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The next night: an entry corrects a row, a number changes, another comes for the first time."""
    touched = world["measure_input"].filter(pl.col("measure_id") == "partnerships_dac").row(0, named=True)
    trace = row("correction", correction_id="mine", state="applied", row_key="claim_id=1")
    trace |= {"snapshot_id": touched["snapshot_id"] or "a" * 64, "locator": "line 7"}
    inputs = world["measure_input"].with_columns(
        snapshot_id=pl.when(pl.col("measure_id") == "partnerships_dac").then(pl.lit(trace["snapshot_id"])),
        locator=pl.when(pl.col("measure_id") == "partnerships_dac").then(pl.lit("line 7")),
    )
    counted = pl.col("indicator_id") == "pt_gs_n"
    changed = world["observation"].with_columns(value=pl.when(counted).then(1.0).otherwise("value"))
    new = changed.filter(counted).with_columns(year=pl.lit(2024, pl.Int64))
    return {
        **world,
        "measure_input": inputs,
        "observation": pl.concat([changed, new]).sort(KEY),
        "correction": pl.DataFrame([trace], schema=CONTRACTS["correction"].schema),
    }


@pytest.fixture
def first_world() -> dict[str, pl.DataFrame]:
    world = good_world()
    return {
        **world,
        "correction": CONTRACTS["correction"].empty(),
        "observation": world["observation"].sort(KEY),
    }


def test_two_releases(tmp_path: Path, first_world: dict[str, pl.DataFrame]) -> None:
    second_world = corrected(first_world)
    first = publish(tmp_path, "r1", "2026-11-21", past(tmp_path / "none.duckdb"), first_world)
    second = publish(tmp_path, "r2", "2026-11-23", past(first), second_world)
    with duckdb.connect(str(second), read_only=True) as connection:
        for question, expected in (
            ("observation_asof(DATE '2026-11-20')", first_world["observation"].clear()),
            ("observation_asof('2026-11-21')", first_world["observation"]),
            ("observation_asof('2026-11-22')", first_world["observation"]),
            ("observation_asof('2026-11-23')", second_world["observation"]),
            ("observation_of_release('r1')", first_world["observation"]),
            ("observation_of_release('r2')", second_world["observation"]),
        ):
            assert connection.sql(f"FROM {question}").pl().equals(expected), question
        ags = second_world["observation"].filter(pl.col("indicator_id") == "pt_gs_n")["ags"][0]
        listed = connection.sql(f"FROM revisions('{ags}')").pl()
    assert listed.select("old_value", "new_value", "causes", "correction_ids", "published_on").rows() == [
        (2.0, 1.0, "correction", "mine", "2026-11-23")
    ]
    third = past(second)
    assert third.releases["release_id"].to_list() == ["r1", "r2"]
    assert as_of(third.history, ["r1", "r2"], "r1").equals(first_world["observation"])


def test_after_going_back_the_history_goes_on_from_there(
    tmp_path: Path, first_world: dict[str, pl.DataFrame]
) -> None:
    first = publish(tmp_path, "r1", "2026-11-21", past(tmp_path / "none.duckdb"), first_world)
    publish(tmp_path, "r2", "2026-11-22", past(first), corrected(first_world))
    third = past(publish(tmp_path, "r3", "2026-11-23", past(first), first_world))
    assert third.releases["release_id"].to_list() == ["r1", "r3"]
    assert third.revisions.is_empty()
    assert third.history.height == first_world["observation"].height


def test_a_release_of_an_older_program_begins_the_history(
    tmp_path: Path, first_world: dict[str, pl.DataFrame]
) -> None:
    first_world["observation"].write_parquet(tmp_path / "observation.parquet")
    path = tmp_path / "old.duckdb"
    build(path, {"observation": tmp_path / "observation.parquet"}, CONTRACTS)
    contract = CONTRACTS["release"]
    old = pl.DataFrame([row("release", release_id="old")], schema=contract.schema)
    add_rows(path, contract, old)
    found = past(path)
    assert found.releases.select("number", "release_id").rows() == [(1, "old")]
    assert as_of(found.history, ["old"], "old").equals(first_world["observation"])


def test_a_damaged_release_is_an_error_and_no_new_beginning(tmp_path: Path) -> None:
    (tmp_path / "broken.duckdb").write_bytes(b"not a database")
    with pytest.raises(duckdb.Error):
        past(tmp_path / "broken.duckdb")


def test_the_operator_can_let_a_smaller_release_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not load_settings().fewer_rows
    monkeypatch.setenv("SDG17_FEWER_ROWS", "true")
    assert load_settings().fewer_rows
