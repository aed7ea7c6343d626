"""Rows of single units: which columns of them pages show, in the order of units, cut and hashed.

Belongs here: the tables with rows of single units, narrowed to what a page may read. Does not belong
here: what a page needs of them (`dossier.py`), tables that pages share (`frames.py`).

A column that is left out here cannot be shown, so the hash of a unit's rows covers whatever its page
tells of them. The percentile is left out because it moves with every other unit of a group.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import polars as pl

from pipelines.site.frames import BY_UNIT, Library
from pipelines.site.reading import columns
from quality.contracts import CONTRACTS

OBSERVATION = (
    "indicator_id",
    "ags",
    "year",
    "value",
    "obs_status",
    "reason",
    "further_reasons",
    "note",
    "snapshot_ids",
)
BAND = ("lower_quartile", "median", "upper_quartile", "minimum", "maximum", "reporting")
"""What the strip of a unit shows of its group."""

WITHOUT_STRIP = ("count", "binary")
"""Kinds without a strip: counts of units of unlike size, and a yes or no."""

_SHOWN: Mapping[str, tuple[str, ...]] = {
    "observation": OBSERVATION,
    "observation_plan": OBSERVATION,
    "observation_current_territory": (*OBSERVATION, "estimated_share"),
    "measure": ("measure_id", "ags", "year", "phase", "value", "unit", "note"),
    "peer_position": ("indicator_id", "ags", "year", "group_id", "band", "reason"),
}
"""Columns of a table that pages show; of the others, all but where a row was read."""

_LEFT_OUT = ("locator", "raw_text")
_SLICE = 50_000
"""Rows that are text at one time."""

Holdings = Mapping[str, pl.DataFrame]
"""Table to its rows, sorted by unit and within a unit by its contract."""


def holdings(library: Library) -> Holdings:
    """The tables with rows of single units as pages read them."""
    return {name: _shown(library, name).with_columns(pl.col("ags").set_sorted()) for name in BY_UNIT}


def cut(own: Holdings, keys: Collection[str]) -> Holdings:
    """The rows of some units."""
    if not keys:
        return {name: frame.clear() for name, frame in own.items()}
    least, most, wanted = min(keys), max(keys), list(keys)
    found = {}
    for name, frame in own.items():
        start = frame["ags"].search_sorted(least, side="left")
        end = frame["ags"].search_sorted(most, side="right")
        found[name] = frame[start:end].filter(pl.col("ags").is_in(wanted))
    return found


def hashes(own: Holdings) -> Mapping[str, str]:
    """Unit to the SHA-256 of all its rows; a unit without rows is not named."""
    found: dict[str, Any] = {}
    for name, frame in own.items():
        for ags, rows in _written(frame):
            found.setdefault(ags, hashlib.sha256()).update(f"{name}\0{rows}\n".encode())
    return {ags: digest.hexdigest() for ags, digest in found.items()}


def hash_of(frame: pl.DataFrame) -> str:
    """SHA-256 of all rows of a frame in their order."""
    digest = hashlib.sha256(",".join(frame.columns).encode())
    for part in frame.iter_slices(_SLICE):
        rows = part.select(pl.struct(pl.all()).struct.json_encode()).to_series()
        digest.update("\n".join(rows).encode())
    return digest.hexdigest()


def named(own: Holdings, column: str, *tables: str) -> Mapping[str, list[str]]:
    """Unit to the different values of a column in some tables, sorted; lists count by what they hold."""
    parts = []
    for table in tables:
        part = own[table].select("ags", column)
        parts.append(part.explode(column) if part.schema[column] == pl.List(pl.String) else part)
    gathered = pl.concat(parts).drop_nulls().unique().group_by("ags").agg(pl.col(column).sort())
    return dict(gathered.iter_rows())


def _written(frame: pl.DataFrame) -> Iterator[tuple[str, str]]:
    """Units and their rows as text; the rows of a unit may come in several pieces, in their order."""
    for part in frame.iter_slices(_SLICE):
        rows = part.select("ags", row=pl.struct(pl.all()).struct.json_encode())
        yield from rows.group_by("ags", maintain_order=True).agg(pl.col("row").str.join("\n")).iter_rows()


def _shown(library: Library, name: str) -> pl.DataFrame:
    if name not in _SHOWN:
        return library.table(name).drop(_LEFT_OUT, strict=False).sort("ags", maintain_order=True)
    contract = CONTRACTS[name]
    order = dict.fromkeys(["ags", *(contract.sort or contract.key)])
    frame = columns(library.tables, name, *_SHOWN[name]).sort(list(order))
    return _with_bands(frame, library) if name == "peer_position" else frame


def _with_bands(positions: pl.DataFrame, library: Library) -> pl.DataFrame:
    """Positions, beside the first one of each unit and indicator the band of its group where it is drawn."""
    drawn = [row["indicator_id"] for row in library.indicators if row["kind"] not in WITHOUT_STRIP]
    key = ["indicator_id", "year", "group_id"]
    bands = library.table("peer_statistic").filter(pl.col("median").is_not_null()).select(*key, *BAND)
    first = (
        positions.filter(pl.col("band").is_not_null(), pl.col("indicator_id").is_in(drawn))
        .unique(["ags", "indicator_id"], keep="first", maintain_order=True)
        .select("ags", *key)
        .join(bands, on=key)
    )
    return positions.join(first, on=["ags", *key], how="left", maintain_order="left")
