"""Outlines: control figures of the real files, topologies and broken files made by this test."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import orjson
import polars as pl
import pytest

from quality.contract import enforce
from quality.contracts import CONTRACTS
from sources.boundaries import SOURCE, read
from sources.source import Raw, SourceChanged
from sources.topology import decoded_arcs, polygons

Synthetic = Callable[[str, bytes], Raw]
Make = dict[str, Any]


@pytest.fixture(scope="module")
def table(raw_file: Callable[[str], Raw]) -> pl.DataFrame:
    reading = read([raw_file(name) for name in SOURCE.archive], {})
    assert reading.rejected.is_empty()
    outcome = enforce(reading.tables["boundary"], CONTRACTS["boundary"], source_id=SOURCE.id)
    assert outcome.rejected.is_empty()
    return outcome.good


def test_control_figures(table: pl.DataFrame) -> None:
    municipalities = table.filter(pl.col("level") == "municipality")
    assert (municipalities.height, municipalities["parts"].sum()) == (10_949, 11_103)
    assert table.filter(pl.col("level") == "district").height == 401


def test_what_has_no_outline_stays_without(table: pl.DataFrame) -> None:
    """One record has none in the file; two were generalised away to a line."""
    empty = table.filter(pl.col("geometry").is_null())
    assert empty["ags"].to_list() == ["03457501", "07132001", "09472470"]
    assert empty["geometry_kind"].null_count() == 3
    assert empty["points"].sum() == 0


def test_outlines_are_closed_rings_in_germany(table: pl.DataFrame) -> None:
    for text in table["geometry"].drop_nulls().gather_every(97):
        shape = orjson.loads(text)
        parts = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        for ring in (ring for part in parts for ring in part):
            assert ring[0] == ring[-1]
            assert len(ring) >= 4
            assert all(5 < x < 16 and 47 < y < 56 for x, y in ring)


def test_a_town_lies_inside_its_own_outline(table: pl.DataFrame) -> None:
    shape = orjson.loads(table.filter(pl.col("ags") == "09162000")["geometry"][0])
    parts = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    assert any(inside(11.575, 48.137, part[0]) for part in parts)


def inside(x: float, y: float, ring: list[list[float]]) -> bool:
    crossings = 0
    for (ax, ay), (bx, by) in pairwise(ring):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            crossings += 1
    return crossings % 2 == 1


def topology(**changes: Any) -> Make:
    """Two triangles that share the arc from (10, 50) to (11, 51)."""
    return {
        "type": "Topology",
        "transform": {"scale": [1.0, 1.0], "translate": [10.0, 50.0]},
        "arcs": [[[0, 0], [1, 1]], [[1, 1], [-1, 0], [0, -1]], [[0, 0], [1, 0], [0, 1]]],
        "objects": {
            "a": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "arcs": [[0, 1]], "properties": {"AGS": "01001000", "GEN": "A"}},
                    {"type": "Polygon", "arcs": [[2, -1]], "properties": {"AGS": "01001000", "GEN": "A"}},
                    {"type": None, "properties": {"AGS": "01002000", "GEN": "B"}},
                ],
            }
        },
    } | changes


def made(synthetic_raw: Synthetic, document: object, name: str = "a.topojson") -> Raw:
    return synthetic_raw(name, orjson.dumps(document))


def test_shared_arcs_run_both_ways() -> None:
    arcs = decoded_arcs(topology())
    assert polygons({"type": "Polygon", "arcs": [[2, -1]]}, arcs) == [
        [[(10.0, 50.0), (11.0, 50.0), (11.0, 51.0), (10.0, 50.0)]]
    ]


def test_parts_of_one_unit_become_one_outline(synthetic_raw: Synthetic) -> None:
    rows = read([made(synthetic_raw, topology())], {}).tables["boundary"].rows(named=True)
    assert [(row["ags"], row["geometry_kind"], row["parts"], row["points"]) for row in rows] == [
        ("01001000", "MultiPolygon", 2, 8),
        ("01002000", None, 1, 0),
    ]
    assert rows[0]["locator"] == "objects.a.geometries[0]; objects.a.geometries[1]"


def test_a_ring_without_area_is_left_out(synthetic_raw: Synthetic) -> None:
    arcs = [[[0, 0], [1, 1], [-1, -1]], *topology()["arcs"][1:]]
    geometry = {"type": "Polygon", "arcs": [[0]], "properties": {"AGS": "01001000", "GEN": "A"}}
    document = topology(arcs=arcs, objects={"a": {"geometries": [geometry]}})
    (row,) = read([made(synthetic_raw, document)], {}).tables["boundary"].rows(named=True)
    assert (row["geometry"], row["geometry_kind"]) == (None, None)


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Polygon", "arcs": [[0]], "properties": {"AGS": "01001000"}},
        {"type": "Polygon", "arcs": [[99]], "properties": {"AGS": "01001000"}},
        {"type": "LineString", "arcs": [0], "properties": {"AGS": "01001000"}},
        {"type": "Polygon", "arcs": "abc", "properties": {"AGS": "01001000"}},
        {"type": "Polygon", "arcs": [[0, 1]], "properties": {"AGS": "1001000"}},
        {"type": "Polygon", "arcs": [[0, 1]], "properties": None},
    ],
)
def test_an_outline_that_cannot_be_used_waits(synthetic_raw: Synthetic, geometry: Make) -> None:
    good = topology()["objects"]["a"]["geometries"][1]
    document = topology(objects={"a": {"geometries": [geometry, good]}})
    reading = read([made(synthetic_raw, document)], {})
    assert reading.tables["boundary"].height == 1
    assert reading.rejected["locator"].to_list() == ["objects.a.geometries[0]"]


def test_another_projection_is_noticed(synthetic_raw: Synthetic) -> None:
    metres = topology(transform={"scale": [1.0, 1.0], "translate": [500000.0, 5500000.0]})
    reading = read([made(synthetic_raw, metres)], {})
    assert reading.rejected["reason"].str.contains("outside Germany").all()
    assert reading.tables["boundary"]["ags"].to_list() == ["01002000"]


def test_districts_from_geojson(synthetic_raw: Synthetic) -> None:
    ring = [[10, 50], [11, 50], [11, 51], [10, 50]]
    features = [
        {"properties": {"ARS": "code01001", "GEN": "A"}, "geometry": {"type": "Polygon", "coordinates": [ring]}},
        {"properties": {"ARS": "code01002", "GEN": "B"}, "geometry": {"type": "Point", "coordinates": [1, 2]}},
        {"properties": {"ARS": "code01003", "GEN": "C"}, "geometry": {"type": "Polygon", "coordinates": [ring[:3]]}},
    ]  # fmt: skip
    raw = made(synthetic_raw, {"type": "FeatureCollection", "features": features}, "a.geojson")
    reading = read([raw], {})
    assert reading.tables["boundary"].select("ags", "level", "geometry_kind").rows() == [
        ("01001", "district", "Polygon")
    ]
    assert reading.rejected["locator"].to_list() == ["features[1]", "features[2]"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.geojson", b""),
        ("a.geojson", b"<html>Wartung</html>"),
        ("a.geojson", b"[" * 100_000 + b"]" * 100_000),
        ("a.geojson", b'{"type":"FeatureCollection","features":[NaN]}'),
        ("a.geojson", b'{"type":"FeatureCollection"}'),
        ("a.geojson", b'{"type":"FeatureCollection","features":[5]}'),
        ("a.geojson", b'{"type":"Topology","arcs":[[5]],"objects":{}}'),
        ("a.geojson", b'{"type":"Point"}'),
        ("a.geojson", b"[]"),
        ("a.geojson.gz", gzip.compress(b" " * 140 * 1024 * 1024, 1, mtime=0)),
        ("a.geojson.gz", gzip.compress(b'{"type":"FeatureCollection","features":[]}', mtime=0)[:-10]),
        ("a.geojson", '{"type":"Größe"}'.encode("latin-1")),
    ],
)
def test_other_files_are_refused(synthetic_raw: Synthetic, name: str, content: bytes) -> None:
    with pytest.raises(SourceChanged):
        read([synthetic_raw(name, content)], {})
