"""What a step made is kept exactly as long as nothing it was made from has changed. All tables here are made up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest

from pipelines.assets import making
from pipelines.assets.making import Finding, Made
from pipelines.house import House
from pipelines.intake import read_kept
from pipelines.keeping import Keeper
from pipelines.remembering import RememberingReader
from pipelines.store import Store
from quality.contracts import CONTRACTS
from quality.corrections.entry import Entries
from sources.source import Raw, Reading, Source

NIGHT = {"program": "p", "libraries": {"polars": "2"}, "reference_year": 2025}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(folder=tmp_path)
    made.write("house", "population", pl.DataFrame({"ags": ["05334002"], "value": [3]}))
    return made


def night(store: Store, work: Callable[[House], Made], **decided: Any) -> tuple[Made, bool]:
    """One step in a night of its own: what it said, and whether it was carried out."""
    done: list[bool] = []

    def noted(house: House) -> list[Made]:
        done.append(True)
        return [work(house)]

    house = House()
    vars(house).update(
        settings=SimpleNamespace(tables=store.folder),
        store=store,
        keeper=Keeper(folder=store.folder, decided_by={**NIGHT, **decided}),
    )
    (made,) = making.carried_out(house, "house/doubled", noted)
    return made, bool(done)


def doubled(house: House) -> Made:
    frame = house.store.read("house", "population").with_columns(pl.col("value") * 2)
    house.store.write("house", "doubled", frame)
    finding = Finding(check="c", passed=False, counts={"left_out": 1}, listed={"sample": [{"ags": "x"}]})
    return Made(line=f"{frame.height} rows", counts={"rows": frame.height}, findings=(finding,))


def test_a_step_is_carried_out_once_and_says_the_same_again(store: Store) -> None:
    first, carried = night(store, doubled)
    again, carried_again = night(store, doubled)
    assert (carried, carried_again) == (True, False)
    assert again == first
    assert store.read("house", "doubled")["value"].to_list() == [6]


@pytest.mark.parametrize(
    "decided",
    [{"program": "q"}, {"libraries": {"polars": "3"}}, {"reference_year": 2026}],
    ids=["program", "library", "year"],
)
def test_another_program_library_or_year_carries_it_out_again(store: Store, decided: dict[str, Any]) -> None:
    night(store, doubled)
    assert night(store, doubled, **decided)[1]


def test_a_changed_input_carries_it_out_again_and_an_equal_one_does_not(store: Store) -> None:
    night(store, doubled)
    store.write("house", "population", pl.DataFrame({"ags": ["05334002"], "value": [3]}))
    assert not night(store, doubled)[1], "written anew with equal bytes"
    store.write("house", "population", pl.DataFrame({"ags": ["05334002"], "value": [4]}))
    assert night(store, doubled)[1]
    assert store.read("house", "doubled")["value"].to_list() == [8]


@pytest.mark.parametrize("damage", ["gone", "cut"])
def test_a_lost_or_damaged_table_is_made_again(store: Store, damage: str) -> None:
    night(store, doubled)
    path = store.path("house", "doubled")
    path.unlink() if damage == "gone" else path.write_bytes(path.read_bytes()[:-9])
    assert night(store, doubled)[1]
    assert store.read("house", "doubled")["value"].to_list() == [6]


def test_a_step_that_broke_leaves_no_trace(store: Store) -> None:
    night(store, doubled)
    store.write("house", "population", pl.DataFrame({"ags": ["05334002"], "value": [5]}))

    def killed(house: House) -> Made:
        doubled(house)
        raise MemoryError

    with pytest.raises(MemoryError):
        night(store, killed)
    assert night(store, doubled)[1]


def test_a_torn_trace_carries_the_step_out_again(store: Store) -> None:
    night(store, doubled)
    (store.folder / "traces/house/doubled.json").write_bytes(b'{"decided')
    assert night(store, doubled)[1]


def test_content_is_counted_again_only_for_other_bytes(store: Store) -> None:
    contract = CONTRACTS["symbol"]
    store.write("house", "symbol", contract.empty())
    keeper = Keeper(folder=store.folder, decided_by=NIGHT)
    files = {"symbol": store.path("house", "symbol")}
    first = keeper.content(files, CONTRACTS)
    assert first["symbol"]["rows"] == 0
    assert Keeper(folder=store.folder, decided_by=NIGHT).content(files, {}) == first, "no contract was needed"
    with pytest.raises(KeyError):
        Keeper(folder=store.folder, decided_by={**NIGHT, "program": "q"}).content(files, {})


class Counted:
    """A reader that counts how often it is asked."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, raws: Any, needs: Any) -> Reading:
        self.times += 1
        return Reading(tables={"symbol": CONTRACTS["symbol"].empty()})


def read(source: Source, content: bytes, store: Store, *, of_program: bool = True) -> None:
    keeper = Keeper(folder=store.folder, decided_by=NIGHT)
    watched = keeper.watched()
    reader = RememberingReader(keeper=keeper, store=watched, of_program=of_program)
    needs = {name: watched.read("house", name) for name in source.needs}
    raw = Raw(name="a.csv", content=content, snapshot_id=content.hex())
    intake, raws = reader(source, [(raw, {"snapshot_id": raw.snapshot_id})], needs, Entries())
    assert raws == [raw]
    reader.leave(source, intake)
    plain, _ = read_kept(
        replace(source, read=lambda raws, needs: Reading(tables={})),
        [(raw, {"snapshot_id": raw.snapshot_id})],
        needs,
        Entries(),
    )
    assert intake.snapshots.equals(plain.snapshots) and intake.source.equals(plain.source)


def test_files_are_read_again_only_where_bytes_needs_or_description_may_differ(store: Store) -> None:
    counted = Counted()
    source = Source(
        id="made", title="t", publisher="p", licence="l", attribution="a", tables=("symbol",), read=counted,
        needs=("population",),
    )  # fmt: skip
    read(source, b"1", store)
    read(source, b"1", store)
    assert counted.times == 1
    read(source, b"2", store)
    assert counted.times == 2
    store.write("house", "population", pl.DataFrame({"ags": ["05334002"], "value": [9]}))
    read(source, b"2", store)
    assert counted.times == 3
    read(source, b"2", store, of_program=False)
    assert counted.times == 4, "what an operator described is read every night"
