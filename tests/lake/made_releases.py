"""A home folder with releases of a made-up world: enough for a lake to follow, without any night.

Belongs here: publishing one after the other. Does not belong here: what is asked of the lake.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import orjson
import polars as pl

from pipelines.database import add_rows
from pipelines.files import point_atomically
from pipelines.release import DATABASE, MANIFEST, file_hash
from pipelines.store import content_hash
from pipelines.vintages import past
from quality.contracts import CONTRACTS
from tests.pipelines.test_vintages import KEY, publish
from tests.quality.world import good_world, row

UNIT = pl.col("indicator_id") == "pt_gs_n"


def world(day: int) -> dict[str, pl.DataFrame]:
    """A made-up world in which one number is the day."""
    known = good_world()
    observation = known["observation"].with_columns(
        value=pl.when(UNIT).then(pl.lit(float(day))).otherwise("value")
    )
    return {**known, "correction": CONTRACTS["correction"].empty(), "observation": observation.sort(KEY)}


def publish_in(home: Path, day: int) -> str:
    """Publish a release of that day of November 2026, in which the number is the day; its identifier."""
    release_id = f"202611{day:02d}T010000Z"
    folder = home / "releases" / release_id
    folder.mkdir(parents=True)
    (home / "manifests").mkdir(exist_ok=True)
    current = home / "current" / DATABASE
    made = publish(home, release_id, f"2026-11-{day:02d}", past(current), world(day))
    contract = CONTRACTS["release"]
    add_rows(made, contract, pl.DataFrame([row("release", release_id=release_id)], schema=contract.schema))
    made.rename(folder / DATABASE)
    manifest = orjson.dumps(
        {
            "release_id": release_id,
            "tables": _hashes(folder / DATABASE),
            "database": {"file": DATABASE, "sha256": file_hash(folder / DATABASE)},
        }
    )
    (folder / MANIFEST).write_bytes(manifest)
    (home / "manifests" / f"{release_id}.json").write_bytes(manifest)
    point_atomically(home / "current", folder)
    return release_id


def published_again(made: Path, home: Path, day: int) -> None:
    """Publish a release in another home as it was published in the one it was made in."""
    release_id = f"202611{day:02d}T010000Z"
    shutil.copytree(made / "releases" / release_id, home / "releases" / release_id)
    (home / "manifests").mkdir(exist_ok=True)
    shutil.copy(made / "manifests" / f"{release_id}.json", home / "manifests")
    point_atomically(home / "current", home / "releases" / release_id)


def _hashes(file: Path) -> dict[str, dict[str, str]]:
    with duckdb.connect(str(file), read_only=True) as connection:
        names = [row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        return {
            name: {"sha256": content_hash(connection.sql(f"FROM {name}").pl(), CONTRACTS[name])}
            for name in names
            if name != "release"
        }
