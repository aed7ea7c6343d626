"""Outlines of municipalities and districts (VG250), one row per unit.

Belongs here: the two boundary files, TopoJSON and GeoJSON, and putting the parts of a unit together.
Does not belong here: drawing maps, or arcs and rings (`topology.py`).

One AGS may have several records (land and water apart): their polygons become one outline. A record
without geometry is a unit without outline, not a mistake; so is one generalised away to a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
import polars as pl

from quality.contract import no_rejects
from quality.contracts import CONTRACTS
from sources.rejection import reject
from sources.source import Raw, Reading, Source, SourceChanged
from sources.topology import DECIMALS, Polygon, decoded_arcs, polygons, with_area

TABLE = CONTRACTS["boundary"]
LARGEST_FILE = 128 * 1024 * 1024
"""Largest unpacked file accepted, in bytes; its depth is limited by the JSON reader itself (1,024)."""
WEST, SOUTH, EAST, NORTH = 5.5, 47.0, 15.5, 55.5
"""Box around Germany in degrees: an outline beyond it is in another projection."""
KEY = re.compile(r"^(?:code)?(\d{5}|\d{8})$")

Found = tuple[Mapping[str, Any], list[Polygon] | None, str, str | None]
"""Properties, polygons, place in the file, what is wrong with the geometry."""


@dataclass
class Outline:
    """What has been put together of one unit so far."""

    name: str
    places: list[str] = field(default_factory=list)
    records: list[str] = field(default_factory=list)
    polygons: list[Polygon] = field(default_factory=list)


def read(raws: Sequence[Raw], _needs: Mapping[str, pl.DataFrame]) -> Reading:
    """The outline of every unit in every file given.

    Raises:
        SourceChanged: not JSON, too large or too deep, or neither TopoJSON nor GeoJSON.
    """
    frames, rejected = [TABLE.empty()], [no_rejects()]
    for raw in raws:
        outlines: dict[str, Outline] = {}
        refused: list[tuple[str, str, str, str]] = []
        for properties, shape, place, problem in _records(raw):
            record = orjson.dumps(properties).decode()
            key = KEY.match(str(properties.get("AGS") or properties.get("ARS") or ""))
            if key is None or shape is None:
                refused.append((problem or "no official key", raw.snapshot_id, place, record))
                continue
            outline = outlines.setdefault(key.group(1), Outline(name=str(properties.get("GEN") or "")))
            outline.places.append(place)
            outline.records.append(record)
            outline.polygons.extend(shape)
        rows = [_row(ags, outline, raw) for ags, outline in outlines.items()]
        frames.append(pl.DataFrame(rows, schema=TABLE.schema, orient="row"))
        rejected.append(_refused(refused))
    return Reading(tables={TABLE.table: pl.concat(frames)}, rejected=pl.concat(rejected))


def _records(raw: Raw) -> Iterable[Found]:
    content = raw.unpacked()
    if len(content) > LARGEST_FILE:
        raise SourceChanged(f"{raw.name} unpacks to more than {LARGEST_FILE:,} bytes and is refused.")
    try:
        document = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise SourceChanged(f"{raw.name} is not JSON, or nested too deeply ({error}).") from error
    kind = document.get("type") if isinstance(document, dict) else None
    try:
        if kind == "Topology":
            return _of_topology(document)
        if kind == "FeatureCollection":
            return _of_features(document)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise SourceChanged(f"{raw.name} is not the {kind} it says it is ({error!r}).") from error
    raise SourceChanged(f"{raw.name}: expected TopoJSON or GeoJSON, found an object of type {kind}.")


def _of_topology(document: Mapping[str, Any]) -> list[Found]:
    arcs = decoded_arcs(document)
    return [
        _found(geometry, f"objects.{name}.geometries[{number}]", lambda each: polygons(each, arcs))
        for name, collection in document["objects"].items()
        for number, geometry in enumerate(collection["geometries"])
    ]


def _of_features(document: Mapping[str, Any]) -> list[Found]:
    return [
        _found(feature, f"features[{number}]", _feature_polygons)
        for number, feature in enumerate(document["features"])
    ]


def _feature_polygons(feature: Mapping[str, Any]) -> list[Polygon]:
    geometry = feature["geometry"]
    if geometry is None:
        return []
    if geometry["type"] not in ("Polygon", "MultiPolygon"):
        raise ValueError(f"geometry of kind {geometry['type']}")
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    rounded = (
        with_area([[(round(x, DECIMALS), round(y, DECIMALS)) for x, y in ring] for ring in part])
        for part in parts
    )
    return [part for part in rounded if part]


def _found(record: Mapping[str, Any], place: str, shape_of: Any) -> Found:
    """A record with its polygons, or with the reason it has none that can be used."""
    properties = record["properties"] or {}
    try:
        shape: list[Polygon] = shape_of(record)
        for polygon in shape:
            for ring in polygon:
                _inside(ring)
    except (KeyError, TypeError, ValueError, IndexError) as error:
        return properties, None, place, f"{type(error).__name__}: {error}"
    return properties, shape, place, None


def _inside(ring: Sequence[tuple[float, float]]) -> None:
    outside = next((p for p in ring if not (WEST <= p[0] <= EAST and SOUTH <= p[1] <= NORTH)), None)
    if outside is not None:
        raise ValueError(f"point {outside} lies outside Germany")


def _row(ags: str, outline: Outline, raw: Raw) -> tuple[object, ...]:
    """One unit in the order of the contract."""
    parts = outline.polygons
    kind = None if not parts else "Polygon" if len(parts) == 1 else "MultiPolygon"
    shape = {"type": kind, "coordinates": parts[0] if kind == "Polygon" else parts}
    return (
        ags,
        "district" if len(ags) == 5 else "municipality",  # noqa: PLR2004 - digits of a district
        outline.name,
        kind,
        orjson.dumps(shape).decode() if kind else None,
        len(outline.places),
        sum(len(ring) for polygon in parts for ring in polygon),
        raw.snapshot_id,
        "; ".join(outline.places),
        "; ".join(outline.records),
    )


def _refused(records: Sequence[tuple[str, str, str, str]]) -> pl.DataFrame:
    columns = dict.fromkeys(("problem", "snapshot_id", "locator", "raw_text"), pl.String)
    return reject(
        pl.DataFrame(records, schema=columns, orient="row"),
        source_id=SOURCE.id,
        table=TABLE.table,
        rule="outline_readable",
        value=pl.col("problem"),
        reason=pl.format("the outline cannot be used: {}", "problem"),
        remedy="Fetch the boundaries again in degrees (WGS 84), with AGS or ARS among the properties.",
    )


SOURCE = Source(
    id="boundaries",
    title="Verwaltungsgrenzen VG250 der Gemeinden und Kreise (generalisiert)",
    publisher="Bundesamt für Kartographie und Geodäsie (BKG)",
    licence="dl-de/by-2-0",
    attribution="© GeoBasis-DE / BKG, VG250, dl-de/by-2-0; verändert (generalisiert)",
    homepage="https://gdz.bkg.bund.de/index.php/default/verwaltungsgebiete-1-250-000-stand-01-01-vg250-01-01.html",
    tables=("boundary",),
    read=read,
    archive=("boundaries/gemeinden_vg250.topojson.gz", "boundaries/kreise_dns.geojson.gz"),
    rhythm_days=365,
    group="register",
)
