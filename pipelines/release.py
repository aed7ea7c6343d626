"""A release: a folder built aside, audited, and published by one rename of `current`.

Belongs here: names, manifest, publishing, keeping a failed build for inspection. Does not belong
here: what stands in the database (`pipelines/database.py`) or on the pages (`pipelines/site`).
"""

from __future__ import annotations

import fcntl
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import orjson

from pipelines.file_hashes import file_hash, tree_hash
from pipelines.files import point_atomically, sync_folder, write_atomically
from pipelines.settings import Settings
from pipelines.signing import sign

DATABASE = "sdg17.duckdb"
MANIFEST = "manifest.json"
EXCHANGE = "exchange"
BYTES = "bytes_on_disk"
"""Entry of the manifest: how much of the disk the release takes by itself."""
OF_THE_RUN = ("version", "run", "sources", "open_findings", "sizes")
"""Parts of `status.json` that `pipelines/operations/night_record.py` writes around a night."""
PATIENCE_SECONDS = 1.0
"""Whoever only asks whether a run is working holds the lock for an instant; a run waits that long."""


class AlreadyRunning(RuntimeError):
    """Another run holds this home folder."""


@dataclass(frozen=True, kw_only=True)
class Building:
    """A release that is being built beside the published ones."""

    release_id: str
    folder: Path

    @property
    def database(self) -> Path:
        """The database file."""
        return self.folder / DATABASE

    @property
    def site(self) -> Path:
        """The pages."""
        return self.folder / "site"

    @property
    def exchange(self) -> Path:
        """Downloads and forms of exchange."""
        return self.folder / EXCHANGE


@contextmanager
def only_run(settings: Settings, *, patience_seconds: float = 0.0) -> Iterator[None]:
    """Hold the home folder for one run; the lock ends with the process, however it ends.

    Args:
        settings: those of the home folder.
        patience_seconds: how long to wait for a run that holds it.

    Raises:
        AlreadyRunning: another process holds it.
    """
    settings.home.mkdir(parents=True, exist_ok=True)
    with (settings.home / ".lock").open("a") as handle:
        patience = time.monotonic() + max(PATIENCE_SECONDS, patience_seconds)
        while not _locked(handle, fcntl.LOCK_EX):
            if time.monotonic() > patience:
                raise AlreadyRunning(
                    f"Another run is working in {settings.home}. Wait for it, or set SDG17_HOME to another folder."
                )
            time.sleep(0.05)
        yield


def is_held(settings: Settings) -> bool:
    """Whether a run is working in the home folder at this moment."""
    file = settings.home / ".lock"
    if not file.exists():
        return False
    with file.open("r") as handle:  # whoever only looks needs no right to write
        return not _locked(handle, fcntl.LOCK_SH)


def _locked(handle: IO[str], kind: int) -> bool:
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def begin(settings: Settings) -> Building:
    """Clear away what a killed run left, and open a new folder beside the published releases."""
    settings.releases.mkdir(parents=True, exist_ok=True)
    for leftover in settings.releases.glob(".building-*"):
        shutil.rmtree(leftover)
    release_id = settings.clock().strftime("%Y%m%dT%H%M%SZ")
    while (settings.releases / release_id).exists() or _kept_manifest(settings, release_id).exists():
        release_id += "x"
    folder = settings.releases / f".building-{release_id}"
    folder.mkdir()
    return Building(release_id=release_id, folder=folder)


def find(settings: Settings) -> Building | None:
    """The release being built, if there is one."""
    folders = sorted(settings.releases.glob(".building-*"))
    if not folders:
        return None
    return Building(release_id=folders[-1].name.removeprefix(".building-"), folder=folders[-1])


def manifest(
    building: Building,
    *,
    tables: Mapping[str, Any],
    facts: Mapping[str, Any],
    site: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """What the release holds: content hash of every table, hash of the database file and of the pages.

    Args:
        building: the release.
        tables: rows and hash of each table.
        facts: everything else that is to be said of it.
        site: hash of the pages; null to read them all.
    """
    return {
        "release_id": building.release_id,
        **facts,
        "tables": dict(tables),
        "database": {"file": DATABASE, "sha256": file_hash(building.database)},
        "site": tree_hash(building.site) if site is None else dict(site),
    }


def publish(building: Building, settings: Settings, content: Mapping[str, Any]) -> Path:
    """Make the release the current one by one rename. Database and pages change together."""
    text = orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)
    write_atomically(building.folder / MANIFEST, text)
    if settings.signing_key is not None:
        sign(building.folder / MANIFEST, settings.signing_key)
    final = settings.releases / building.release_id
    write_atomically(_kept_manifest(settings, building.release_id), text)
    building.folder.rename(final)
    sync_folder(settings.releases)
    point_atomically(settings.current, final)
    _retire(settings)
    return final


def set_aside(building: Building, settings: Settings) -> Path:
    """Keep a build that failed its audit where it can be looked at; the one before it makes room."""
    place = settings.releases / "failed"
    if place.exists():
        shutil.rmtree(place)
    building.folder.rename(place)
    return place


def read_manifest(settings: Settings) -> dict[str, Any] | None:
    """The manifest of the published release, or null before the first one."""
    file = settings.current / MANIFEST
    return orjson.loads(file.read_bytes()) if file.exists() else None


def folder_of(settings: Settings, release_id: str | None) -> Path | None:
    """Folder of a release that is kept whole; of the current one where none is named."""
    folder = settings.current.resolve() if release_id is None else settings.releases / release_id
    return folder if (folder / MANIFEST).exists() else None


def manifest_of(settings: Settings, release_id: str) -> dict[str, Any] | None:
    """The manifest of any release ever published; it is kept when the release itself is removed."""
    for file in (settings.releases / release_id / MANIFEST, _kept_manifest(settings, release_id)):
        if file.exists():
            found: dict[str, Any] = orjson.loads(file.read_bytes())
            return found
    return None


def _kept_manifest(settings: Settings, release_id: str) -> Path:
    return settings.home / "manifests" / f"{release_id}.json"


def write_status(settings: Settings, content: Mapping[str, Any]) -> None:
    """Tell programs what the last run found; what is known of the run itself stays."""
    before = read_status(settings)
    told = {**{name: before[name] for name in OF_THE_RUN if name in before}, **content}
    write_atomically(
        settings.status_file, orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)
    )


def read_status(settings: Settings) -> dict[str, Any]:
    """What the last run found; empty before the first one."""
    file = settings.status_file
    return orjson.loads(file.read_bytes()) if file.exists() else {}


def stamp(moment: datetime) -> str:
    """A time as programs read it."""
    return moment.isoformat(timespec="seconds")


def _retire(settings: Settings) -> None:
    """Remove the oldest releases beyond the number kept; never the current one."""
    current = settings.current.resolve()
    kept = sorted((path for path in settings.releases.iterdir() if path.name[0].isdigit()), reverse=True)
    for old in kept[settings.kept_releases :]:
        if old.resolve() != current:
            shutil.rmtree(old)
