"""Steps and paths of a made-up Land: lists of changes, keys of the BBSR, editions, and their order."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from quality.contract import enforce
from quality.contracts import CONTRACTS
from sources.register_history import municipalities
from sources.territory_defects import judged
from sources.territory_lifetimes import keys_on
from sources.territory_path import territory_path
from sources.territory_steps import territory_steps
from tests.quality.made_up import good_table

A, B, C, NEW = "01001001", "01001002", "01001003", "01001009"
FIRST, SECOND = date(2019, 12, 31), date(2023, 11, 30)
Row = dict[str, object]


def frame(table: str, rows: list[Row]) -> pl.DataFrame:
    plain = good_table(table, 1).row(0, named=True)
    return pl.DataFrame([{**plain, **row} for row in rows], schema=CONTRACTS[table].schema)


def edition(day: date, units: dict[str, tuple[int, int]], counted: date) -> tuple[list[Row], list[Row]]:
    """Register rows and populations of an edition: key to hectares and inhabitants."""
    register: list[Row] = [
        {
            "ags": ags,
            "territory_date": day,
            "level": "municipality",
            "area_hectare": area,
            "land": ags[:2],
            "district": ags[:5],
            "name": f"Unit {ags}",
            "is_unincorporated": False,
        }
        for ags, (area, _) in units.items()
    ]
    people: list[Row] = [
        {"ags": ags, "territory_date": day, "reference_date": counted, "inhabitants": number}
        for ags, (_, number) in units.items()
    ]
    return register, people


def land(
    before: dict[str, tuple[int, int]],
    after: dict[str, tuple[int, int]],
    *,
    same_day: bool = False,
    weights: list[Row] | None = None,
    changes: list[Row] | None = None,
) -> dict[str, pl.DataFrame]:
    first = edition(FIRST, before, FIRST)
    second = edition(SECOND, after, FIRST if same_day else date(2022, 12, 31))
    register = frame("register_unit", first[0] + second[0])
    weight = frame("territory_weight", weights or [])
    steps = territory_steps(
        register,
        frame("population", first[1] + second[1]),
        weight,
        frame("territory_change", changes or []),
    )
    assert enforce(steps, CONTRACTS["territory_step"], source_id="test").rejected.is_empty()
    units = municipalities(register)
    path = territory_path(units, weight, steps)
    assert enforce(path, CONTRACTS["territory_path"], source_id="test").rejected.is_empty()
    return {"step": steps, "path": path, "municipality": units, "weight": weight}


def told(table: pl.DataFrame) -> list[tuple[object, ...]]:
    return table.select("key_from", "key_to", "method", "population_weight", "area_weight").rows()


def key(year: int, key_from: str, key_to: str, people: float = 1.0, area: float = 1.0) -> Row:
    return {
        "year_from": year,
        "key_from": key_from,
        "key_to": key_to,
        "territory_to": date(2020, 12, 31),
        "level": "municipality",
        "population_weight": people,
        "area_weight": area,
        "defect": None,
    }


def change(  # noqa: PLR0917 - a row as the list has it
    old: str, new: str, kinds: str, people: int | None, area: int | None, day: date
) -> Row:
    return {
        "change_id": f"01/{day.year}/{old[-1]}",
        "unit_level": "municipality",
        "ags_old": old,
        "ags_new": new,
        "kinds": kinds,
        "inhabitants": people,
        "area_square_metre": area,
        "effective_statistical": day,
        "is_residual": old == new,
    }


MERGER = ({A: (300, 400), B: (200, 100), C: (999, 50)}, {NEW: (500, 510), C: (999, 50)})


def test_editions_alone_tell_a_merger() -> None:
    world = land(*MERGER)
    assert told(world["step"]) == [(A, NEW, "area_balance", 1.0, 1.0), (B, NEW, "area_balance", 1.0, 1.0)]
    row = world["step"].row(0, named=True)
    assert (row["known_until"], row["effective_on"], row["is_exact_day"]) == (FIRST, SECOND, False)
    assert "300 ha" in row["evidence"] and "gains 500 ha" in row["evidence"]
    years = world["path"].group_by("year").agg(pl.col("key_from").sort()).sort("year").rows()
    assert years == [(year, [A, B]) for year in (2019, 2020, 2021, 2022)]
    assert world["path"]["is_derived"].all()


def test_a_new_key_for_the_same_unit_is_a_change_of_key() -> None:
    world = land({A: (300, 400), C: (999, 50)}, {NEW: (300, 401), C: (999, 50)})
    assert world["step"]["kind"].to_list() == ["key_change"]


def test_inhabitants_of_one_day_divide_a_unit() -> None:
    before = {A: (100, 40), B: (500, 500), C: (700, 700)}
    world = land(before, {B: (570, 510), C: (730, 730)}, same_day=True)
    assert told(world["step"]) == [
        (A, B, "population_balance", 0.25, 0.7),
        (A, C, "population_balance", 0.75, 0.3),
    ]


def test_a_part_that_moves_leaves_a_remainder() -> None:
    world = land({A: (100, 40), B: (500, 500)}, {A: (90, 30), B: (510, 510)}, same_day=True)
    assert told(world["step"]) == [
        (A, A, "population_balance", 0.75, 0.9),
        (A, B, "population_balance", 0.25, 0.1),
    ]
    assert told(land({A: (100, 40), B: (500, 500)}, {A: (90, 30), B: (510, 510)})["step"]) == []


def test_what_cannot_be_told_is_listed_with_its_reason() -> None:
    before = {A: (100, 40), B: (500, 500), C: (700, 700)}
    world = land(before, {B: (570, 515), C: (730, 725)})
    assert told(world["step"]) == [(A, B, "none", None, None), (A, C, "none", None, None)]
    assert world["step"]["evidence"].str.contains("no single way").all()
    unknown = world["path"].filter(pl.col("population_weight").is_null())
    assert set(unknown["key_to"]) == {B, C} and set(unknown["key_from"]) == {A}


def test_a_list_of_changes_is_believed_first_and_gives_the_day() -> None:
    day = date(2022, 3, 1)
    changes = [change(A, NEW, "1", 402, 3_001_000, day), change(B, NEW, "1", 103, 1_999_000, day)]
    world = land(*MERGER, changes=changes)
    assert told(world["step"]) == [(A, NEW, "change_list", 1.0, 1.0), (B, NEW, "change_list", 1.0, 1.0)]
    assert world["step"]["effective_on"].to_list() == [day, day] and world["step"]["is_exact_day"].all()
    assert world["path"]["year"].unique().sort().to_list() == [2019, 2020, 2021]
    assert not world["path"]["is_derived"].any()

    def on(when: date) -> list[str]:
        found = keys_on(world["municipality"], world["step"], world["weight"], when)
        return found["ags"].to_list()

    assert on(date(2022, 2, 28)) == [A, B, C] and on(day) == [C, NEW]


def test_partial_separation_with_its_residual_row() -> None:
    """Borna 2023: 62,432,560 m² with 19,470 inhabitants stay, 13,738 m² without any go to Kitzscher."""
    day = date(2023, 1, 1)
    changes = [change(A, A, "2", 19_470, 62_432_560, day), change(A, B, "2", 0, 13_738, day)]
    units = {A: (6_245, 19_470), B: (4_000, 5_000)}
    world = land(units, units, changes=changes)
    assert [(row[0], row[1], row[3]) for row in told(world["step"])] == [(A, A, 1.0), (A, B, 0.0)]
    assert world["step"]["area_weight"].to_list() == pytest.approx(
        [62_432_560 / 62_446_298, 13_738 / 62_446_298]
    )
    assert world["step"]["kind"].to_list() == ["remainder", "separation"]
    without = land(units, units, changes=changes[1:])
    assert told(without["step"]) == [(A, B, "none", None, None)], "what stays is not stated"


def test_change_of_key_and_name_together_and_name_alone() -> None:
    renamed = land({A: (300, 400)}, {NEW: (300, 400)}, changes=[change(A, NEW, "3,4", None, None, SECOND)])
    assert told(renamed["step"]) == [(A, NEW, "change_list", 1.0, 1.0)]
    assert renamed["step"]["kind"].to_list() == ["key_change"]
    name_only = land({A: (300, 400)}, {A: (300, 400)}, changes=[change(A, A, "4", None, None, SECOND)])
    assert name_only["step"].is_empty()


def test_keys_of_the_bbsr_come_before_editions() -> None:
    weights = [key(2019, A, NEW), key(2019, B, NEW), key(2019, C, C), key(2020, NEW, NEW), key(2020, C, C)]
    world = land(*MERGER, weights=weights)
    assert told(world["step"]) == [(A, NEW, "bbsr", 1.0, 1.0), (B, NEW, "bbsr", 1.0, 1.0)]
    assert world["path"]["year"].unique().to_list() == [2019], "by the end of 2020 the new unit exists"


def test_keys_and_steps_multiply_along_the_way() -> None:
    """In 2015 D was divided between A and C; later A and B became NEW."""
    old = "01001008"
    weights = [key(2015, old, A, 0.4, 0.3), key(2015, old, C, 0.6, 0.7), key(2015, B, B), key(2015, C, C)]
    weights += [key(2020, each, each) for each in (A, B, C)]
    path = land(*MERGER, weights=weights)["path"].filter(pl.col("year") == 2015)
    assert path.select("key_to", "key_from", "population_weight", "area_weight").rows() == [
        (C, C, 1.0, 1.0),
        (C, old, 0.6, 0.7),
        (NEW, B, 1.0, 1.0),
        (NEW, old, 0.4, 0.3),
    ]
    derived = dict(path.select(pl.col("key_to") + pl.col("key_from"), "is_derived").iter_rows())
    assert derived == {C + C: False, C + old: False, NEW + B: True, NEW + old: True}


def test_weights_that_do_not_add_up_are_refused_unless_corrected() -> None:
    """09671456 sums to 3.0: uninhabited. 09374451 sums to 0.9999: rounding. 0.9 is a defect."""
    shares = (0.2, 0.3, 0.5)
    raw = [key(2020, "09671456", f"0967111{n}", 1.0, share) for n, share in enumerate(shares)]
    mended = [{**row, "year_from": 2021, "population_weight": row["area_weight"]} for row in raw]
    rows = [{**row, "defect": "population"} for row in (*raw, *mended)]
    rows += [key(2022, "09374451", f"0937411{n}", share, share) for n, share in enumerate((0.6752, 0.3247))]
    rows += [key(2022, A, B, 0.5, 0.5), key(2022, A, C, 0.4, 0.5)]
    found = judged(frame("territory_weight", rows))
    seen = found.group_by("year_from", "key_from", maintain_order=True).agg(
        pl.col("is_uninhabited").all(), pl.col("is_refused").any()
    )
    assert seen.rows() == [
        (2020, "09671456", False, True),
        (2021, "09671456", True, False),
        (2022, "09374451", False, False),
        (2022, A, False, True),
    ]
    path = land(*MERGER, weights=[key(2019, A, B, 0.5, 0.5), key(2019, A, C, 0.4, 0.5)])["path"]
    assert path.filter(pl.col("year") == 2019)["population_weight"].null_count() > 0


def test_a_district_gives_what_its_municipalities_brought_along() -> None:
    moved = "01002001"
    before = {A: (100, 40), B: (900, 360), moved: (500, 500)}
    world = land(before, {B: (900, 360), moved: (600, 540)}, same_day=True)
    district = world["step"].filter(pl.col("level") == "district")
    assert told(district) == [
        ("01001", "01001", "municipalities", 0.9, 0.9),
        ("01001", "01002", "municipalities", 0.1, 0.1),
    ]
