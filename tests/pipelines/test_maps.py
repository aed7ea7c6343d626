"""Maps: neighbours share their lines, classes melt together, what is unknown is a class of its own."""

import re
from itertools import pairwise

import polars as pl
import pytest
from chart_examples import COUNTRY, PLANET, SETS

from pipelines.charts.forms import choropleth, world
from pipelines.charts.outlines import areas, borders_between, outlines
from pipelines.charts.palette import COLOURS
from pipelines.charts.projection import GERMANY, germany, read_outlines
from pipelines.charts.projection import world as projected
from pipelines.charts.renderer import trimmed
from quality.contracts import CONTRACTS


def area(rings):
    return abs(sum(a[0] * b[1] - b[0] * a[1] for ring in rings for a, b in pairwise(ring)) / 2)


def test_units_of_one_class_melt_and_nothing_is_lost():
    shapes = areas(COUNTRY, dict.fromkeys(COUNTRY.units, "all"))
    assert area(shapes["all"]) == 3 * 100 * 100 + 9
    assert len(shapes["all"]) == 2, "the row of squares as one ring, the islet as another"


def test_a_hole_belongs_to_the_unit_within():
    shapes = areas(COUNTRY, {"02002001": "around", "02002002": "within"})
    assert area(shapes["around"]) == 100 * 100 - 20 * 20
    assert area(shapes["within"]) == 20 * 20 + 9


def test_neighbours_are_simplified_together_so_no_gap_opens():
    jagged = [(10, y + (y % 2)) if y % 20 else (12, y) for y in range(0, 101, 5)]
    left = [(0, 0), *jagged, (0, 100), (0, 0)]
    right = [(30, 0), (30, 100), *jagged[::-1], (30, 0)]
    both = outlines([("a", [left]), ("b", [right])], tolerance=3)
    own = areas(both, {"a": "a", "b": "b"})
    assert area(own["a"]) + area(own["b"]) == area(areas(both, {"a": "x", "b": "x"})["x"])
    assert sum(map(len, own["a"])) < len(left) / 2


def test_borders_part_groups_and_the_outside_only():
    lines = borders_between(COUNTRY, {unit: unit[:2] for unit in COUNTRY.units})
    short = {frozenset(line) for line in lines if len(line) == 2}
    assert frozenset({(300, 100), (300, 200)}) in short, "between 01 and 02"
    assert frozenset({(200, 100), (200, 200)}) not in short, "within 01"


def test_zero_and_no_data_are_different_classes_with_their_numbers():
    rows = SETS["choropleth"][0]
    legend = {row["c"]: row["l"] for row in rows if "c" in row}
    assert legend == {"zero": "0 (1)", "class3": "3 (1)", "nothing": "keine Angabe (2)"}
    assert {row["k"] for row in rows if "k" in row} == {"zero", "class3", "nothing", "border"}


def test_without_any_value_nothing_is_drawn_as_zero():
    rows = SETS["choropleth"][3]
    assert {row["k"] for row in rows if "k" in row} == {"nothing", "border"}
    assert [row["l"] for row in rows if "c" in row] == ["keine Angabe (2)"]


def test_a_district_is_one_area_and_a_unit_without_outline_is_said():
    rows = SETS["choropleth"][2]
    (shape,) = [row for row in rows if row.get("k") == "class3"]
    assert area([part[0] for part in shape["geometry"]["coordinates"]]) == 2 * 100 * 100
    assert "nicht auf der Karte: 1" in [row.get("l") for row in SETS["choropleth"][1]]


@pytest.mark.parametrize(
    "values",
    [[1, 2, 3], [0, 0, 1], [-3.0, 0.0, 4.5, 9, 12, 40], list(range(200)), [0.001 * n for n in range(77)]],
)
def test_every_value_is_in_one_class_and_counts_add_up(values):
    keys = {f"{number:08}": float(value) for number, value in enumerate(values)}
    rows = choropleth.rows(COUNTRY, keys, without=0, write=lambda value: f"{value:g}")
    counted = [int(re.search(r"[(](\d+)[)]$", row["l"])[1]) for row in rows if row.get("c") in COLOURS]
    assert sum(counted) == len(values)


def test_partner_countries_are_filled_and_what_has_no_place_is_said():
    rows, dots_only = SETS["world"]
    (filled,) = [row for row in rows if row["k"] == "partner"]
    assert area([part[0] for part in filled["geometry"]["coordinates"]]) == 2 * 100 * 100
    assert [row["l"] for row in rows if row["k"] == "unseen"] == ["nicht auf der Karte: 1"]
    assert [row["k"] for row in dots_only] == ["land", "place"], "a place is drawn also without its country"
    assert world.rows(PLANET, []) == []


def test_no_outlines_no_map():
    assert world.read_world(CONTRACTS["country_outline"].empty()) is None


def test_places_of_the_projections():
    def at(projection, longitude, latitude):
        x, y = projection(pl.Series([longitude]).to_numpy(), pl.Series([latitude]).to_numpy())
        return round(float(x[0])), round(float(y[0]))

    kassel, munich = at(germany, 9.5, 51.3), at(germany, 11.575, 48.137)
    distance = ((kassel[0] - munich[0]) ** 2 + (kassel[1] - munich[1]) ** 2) ** 0.5
    assert distance == pytest.approx(382, abs=4), "one step is one kilometre: great circle 382 km"
    assert at(projected, 0.0, 0.0)[0] == 320
    assert at(projected, -17.4, 14.7)[0] < at(projected, 36.8, -1.3)[0]


def test_the_real_country_fits_its_picture_and_keeps_its_size(shared_data):
    from pipelines.charts.renderer import Official
    from sources.boundaries import read
    from sources.source import Raw

    file = shared_data / "boundaries" / "gemeinden_vg250.topojson.gz"
    table = read([Raw(name=file.name, content=file.read_bytes(), snapshot_id="0" * 64)], {}).tables[
        "boundary"
    ]
    country = read_outlines(table.filter(pl.col("level") == "municipality"), "ags", germany)
    spots = [spot for line in country.lines for spot in line.spots]
    assert all(0 <= x <= GERMANY[0] and 0 <= y <= GERMANY[1] for x, y in spots)
    everywhere = areas(country, dict.fromkeys(country.units, "x"))["x"]
    assert area(everywhere) == pytest.approx(357_600, rel=0.02), "square kilometres of Germany"
    mixed = {unit: float(int(unit) % 7 % 5) if int(unit) % 3 else 0.0 for unit in sorted(country.units)[::5]}
    rows = choropleth.rows(country, mixed, without=8_000, write=str)
    assert len(Official().draw("choropleth", [rows])[0]) < 200_000


def test_a_picture_ends_where_its_last_line_ends():
    of_two, of_three = SETS["choropleth"][3], SETS["choropleth"][0]
    lines = [sum("l" in row for row in rows) for rows in (of_two, of_three)]
    assert lines[0] < lines[1]
    assert GERMANY[1] < choropleth.height(of_two) < choropleth.height(of_three)
    svg = '<svg width="642" height="1146" viewBox="0 0 642 1146"><path d="M0,0h642v1146"/></svg>'
    high = choropleth.height(of_two)
    assert f'height="{high}" viewBox="0 0 642 {high}"' in trimmed(svg, "choropleth", of_two)
    assert max(row["y"] for row in of_two if "l" in row) < high
    assert trimmed(svg, "count", []) == svg
