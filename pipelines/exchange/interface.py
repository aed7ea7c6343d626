"""The head of the interface `api/v1`: what it holds, and under which addresses.

Belongs here: the index and the list of units. Does not belong here: the documents of units and indicators
(`documents.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import orjson
import polars as pl

from pipelines.exchange.addresses import API, File, indicator_files, whole_files
from pipelines.exchange.documents import SCHEMAS, VERSION, Row, Words, licence, statuses
from pipelines.exchange.licence import Terms
from pipelines.exchange.rows import Published
from quality.status import OBS_STATUS

_UP = "../" * (API.count("/") + 1)
"""From the head of the interface to the folder of all files."""


def index_document(
    published: Published,
    words: Words,
    *,
    addresses: Mapping[str, str],
    terms: Terms,
) -> bytes:
    """What the interface holds: release, indicators, code lists, addresses relative to this document."""
    release: Row = next(iter(published.release.to_dicts()), {})
    counted = published.observation.group_by("indicator_id").agg(
        observations=pl.len(), values=pl.col("value").count(), first=pl.col("year").min(), last=pl.col("year").max()
    )  # fmt: skip
    counts = {row.pop("indicator_id"): row for row in counted.to_dicts()}
    return orjson.dumps(
        {
            "version": VERSION,
            "release_id": release.get("release_id"),
            "built_at": release.get("built_at"),
            "reference_year": release.get("reference_year"),
            "territory_date": release.get("territory_date"),
            "licence": licence(terms),
            "indicators": {
                name: {
                    **words.indicators[name],
                    **counts[name],
                    "address": addresses[name],
                    "files": _files(indicator_files(name)),
                }
                for name in words.indicators
                if name in counts
            },
            "files": _files(whole_files()),
            "addresses": {
                "units": "units.json",
                "files": "files.json",
                "unit": {
                    "municipality": "gemeinde/{key}.json",
                    "district": "kreis/{key}.json",
                    "association": "verband/{key}.json",
                },
                "schemas": {name: f"schema/{name}.json" for name in SCHEMAS},
            },
            "statuses": statuses(set(OBS_STATUS)),
            "reasons": dict(words.reasons),
        },
        option=orjson.OPT_INDENT_2,
    )


def _files(files: Iterable[File]) -> list[dict[str, str]]:
    """Files to download, by addresses relative to the head of the interface."""
    return [
        {"format": file.format, "media_type": file.media_type, "address": f"{_UP}{file.path}"}
        for file in files
    ]


def units_document(published: Published, observed: Sequence[str], release_id: str) -> bytes:
    """Every unit that has a document, as rows of a table."""
    columns = ("ags", "name", "level", "district", "land", "valid_to")
    units = published.municipality.filter(pl.col("ags").is_in(list(observed))).sort("ags")
    return orjson.dumps(
        {
            "version": VERSION,
            "release_id": release_id,
            "columns": ("key", *columns[1:]),
            "rows": units.select(columns).rows(),
        }
    )
