"""Outlines of countries (Natural Earth by world-atlas, 1:110 million), one row per country.

Belongs here: the TopoJSON file and the codes of its countries. Does not belong here: drawing maps, which
countries receive aid.

The file shows who controls a place. Parts it keeps apart that have no ISO code are put to the country
they belong to in the eyes of the Federal Foreign Office; Kosovo, which it recognises, stands for itself.
At this scale most island states have no outline; a map must say so instead of leaving them out silently.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import orjson
import polars as pl
import pycountry

from quality.contract import no_rejects
from quality.contracts import CONTRACTS
from sources.rejection import reject
from sources.source import Raw, Reading, Source, SourceChanged
from sources.topology import Polygon, decoded_arcs, polygons

TABLE = CONTRACTS["country_outline"]
WITHOUT_CODE = {"Kosovo": "XKX", "N. Cyprus": "CYP", "Somaliland": "SOM"}
"""Names of outlines without an ISO number, and the country they are put to."""


def read(raws: Sequence[Raw], _needs: Mapping[str, pl.DataFrame]) -> Reading:
    """The outline of every country in every file given.

    Raises:
        SourceChanged: not JSON, or not a topology with an object `countries`.
    """
    frames, rejected = [TABLE.empty()], [no_rejects()]
    for raw in raws:
        found, refused = _countries(raw)
        rows = [_row(country, parts, raw) for country, parts in sorted(found.items())]
        frames.append(pl.DataFrame(rows, schema=TABLE.schema, orient="row"))
        rejected.append(_refused(refused))
    return Reading(tables={TABLE.table: pl.concat(frames)}, rejected=pl.concat(rejected))


_Part = tuple[list[Polygon], str, str]
"""Polygons, place in the file, properties as they stand there."""


def _countries(raw: Raw) -> tuple[dict[str, list[_Part]], list[tuple[str, str, str, str]]]:
    codes = {entry.numeric: entry.alpha_3 for entry in pycountry.countries}
    found: dict[str, list[_Part]] = {}
    refused = []
    try:
        document = orjson.loads(raw.unpacked())
        arcs = decoded_arcs(document)
        for number, each in enumerate(document["objects"]["countries"]["geometries"]):
            place, text = f"objects.countries.geometries[{number}]", orjson.dumps(each["properties"]).decode()
            code = codes.get(str(each.get("id")).zfill(3)) or WITHOUT_CODE.get(each["properties"]["name"])
            shape = polygons(each, arcs) if code else []
            if code and shape:
                found.setdefault(code, []).append((shape, place, text))
            else:
                refused.append(("no ISO code" if not code else "no area", raw.snapshot_id, place, text))
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise SourceChanged(
            f"{raw.name} is not the topology of countries it was",
            cause=repr(error),
            remedy="Take countries-110m.json of the npm package world-atlas 2",
        ) from error
    return found, refused


def _row(country: str, parts: Sequence[_Part], raw: Raw) -> tuple[object, ...]:
    shape = [polygon for polygons_of_part, _, _ in parts for polygon in polygons_of_part]
    return (
        country,
        orjson.dumps({"type": "MultiPolygon", "coordinates": shape}).decode(),
        sum(len(ring) for polygon in shape for ring in polygon),
        raw.snapshot_id,
        "; ".join(place for _, place, _ in parts),
        "; ".join(text for _, _, text in parts),
    )


def _refused(records: Sequence[tuple[str, str, str, str]]) -> pl.DataFrame:
    columns = dict.fromkeys(("problem", "snapshot_id", "locator", "raw_text"), pl.String)
    return reject(
        pl.DataFrame(records, schema=columns, orient="row"),
        source_id=SOURCE.id,
        table=TABLE.table,
        rule="country_readable",
        value=pl.col("problem"),
        reason=pl.format("the outline cannot be used: {}", "problem"),
        remedy="Name the country of this outline in WITHOUT_CODE of sources/world_outlines.py, with its reason.",
    )


SOURCE = Source(
    id="world_outlines",
    title="Umrisse der Staaten (Natural Earth, 1:110 Mio.)",
    publisher="Natural Earth; TopoJSON: world-atlas",
    licence="public-domain",
    attribution="Natural Earth (gemeinfrei), TopoJSON: world-atlas 2 (ISC)",
    homepage="https://www.naturalearthdata.com/",
    tables=("country_outline",),
    read=read,
    archive=("boundaries/world_countries-110m.topojson",),
    rhythm_days=1825,
    group="register",
)
