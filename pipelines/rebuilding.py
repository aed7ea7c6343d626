"""An earlier release built again from what its manifest names, and compared table by table.

Belongs here: preparing a folder aside, running the graph in it, comparing hashes. Does not belong
here: reading snapshots (`pipelines/replay.py`), the steps of a night (`pipelines/night.py`).

Only snapshots are read: no origin, no network. What depends on other releases (history, revisions) or on
the hour (audit results, the row of the release) is not built again; everything else is.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from pipelines.deciding import lost_files
from pipelines.files import write_atomically
from pipelines.night import Night
from pipelines.night_run import NightFailed, execute, prepare_instance
from pipelines.program import computation_hash
from pipelines.release import DATABASE, find, manifest_of
from pipelines.settings import Settings, load_settings

RECORD = "replay.json"


class CannotRebuild(ValueError):
    """The release cannot be built again; the message says what is missing."""


@dataclass(frozen=True, kw_only=True)
class Rebuilt:
    """The outcome of building a release again."""

    release_id: str
    folder: Path
    same_program: bool
    equal: tuple[str, ...]
    different: Mapping[str, str]
    """Table to what differs."""


def rebuild(settings: Settings, release_id: str, into: Path | None, *, quiet: bool) -> Rebuilt:
    """Build a release again in a folder aside.

    Args:
        settings: those of the home folder that holds the release.
        release_id: a release whose manifest is kept.
        into: folder for the result, empty or new; default `rebuilt/<release id>` in the home folder.
        quiet: no progress on the terminal.

    Raises:
        CannotRebuild: no such release, no record of what decided it, a lost file, or a folder in use.
        NightFailed: a step broke.
    """
    manifest = manifest_of(settings, release_id)
    if manifest is None:
        raise CannotRebuild(f"No manifest of release {release_id} is kept in {settings.home}.")
    decided_by = manifest.get("decided_by")
    if decided_by is None:
        raise CannotRebuild(f"Release {release_id} was written before manifests said what decided them.")
    lost = lost_files(decided_by, settings.snapshots)
    if lost:
        raise CannotRebuild("Files it was made from are missing: " + "; ".join(lost))
    folder = (into or settings.home / "rebuilt" / release_id).resolve()
    _prepare(folder, settings, manifest)
    failure = _run(folder, decided_by["clock"], quiet)
    if failure is not None:
        raise NightFailed(failure)
    return _compared(folder, release_id, manifest)


def _prepare(folder: Path, settings: Settings, manifest: Mapping[str, Any]) -> None:
    """A home folder that holds the snapshots, the operator's files of then, and the record."""
    if folder.exists() and any(folder.iterdir()):
        raise CannotRebuild(f"{folder} is not empty. Name another folder with --into, or empty it.")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "snapshots").symlink_to(settings.snapshots)
    for file in manifest["decided_by"]["operator_files"]:
        content = (settings.snapshots / file["sha256"][:2] / file["sha256"]).read_bytes()
        write_atomically(folder / file["path"], content)
    write_atomically(folder / RECORD, orjson.dumps(manifest, option=orjson.OPT_INDENT_2))


def _run(folder: Path, clock: str, quiet: bool) -> str | None:
    """Run the graph up to the database; return the first failure."""
    os.environ.update(
        SDG17_HOME=str(folder), SDG17_ORIGIN="embedded", SDG17_NOW=clock, SDG17_OFFLINE="true",
        SDG17_REPLAY=str(folder / RECORD), DAGSTER_DISABLE_TELEMETRY="yes",
    )  # fmt: skip
    os.environ["DAGSTER_HOME"] = str(prepare_instance(load_settings()))
    return execute(quiet, up_to=("release", "database"))


def _compared(folder: Path, release_id: str, manifest: Mapping[str, Any]) -> Rebuilt:
    settings = load_settings(home=folder)
    building = find(settings)
    if building is not None:
        building.database.rename(folder / DATABASE)
    now, then = Night.load(settings).tables, manifest["tables"]
    different = {}
    for name in sorted({*now, *then}):
        if now.get(name) != then.get(name):
            different[name] = f"{_described(then.get(name))}, built again {_described(now.get(name))}"
    return Rebuilt(
        release_id=release_id,
        folder=folder,
        same_program=manifest["decided_by"]["program"]["computation_hash"] == computation_hash(),
        equal=tuple(name for name in then if name not in different),
        different=different,
    )


def _described(table: Mapping[str, Any] | None) -> str:
    return "no such table" if table is None else f"{table['rows']:,} rows {table['sha256'][:12]}"
