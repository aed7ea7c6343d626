"""A backup of a home folder, taken while it is in use: what cannot be made again, and the current release.

Belongs here: which files are kept, and in which order. Does not belong here: how they are stored
(`pipelines/backup_store.py`) or brought back (`pipelines/restoring.py`).

Left out: what the next night makes again (`tables`), Dagster's records (`dagster`; with PostgreSQL they
lie elsewhere anyway), older and unfinished releases, logs, and files of credentials. Everything else is
kept, also what this program knows nothing of. Every file of a home is exchanged by a rename, so each is
kept whole; notes are read before the files they name, so no note leads nowhere.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from pipelines.backup_store import Store, free_bytes, listing_hash
from pipelines.release import folder_of
from pipelines.settings import Settings

LEFT_OUT = {"tables", "dagster", "releases", "rebuilt", "pictures", "logs", "current"}
"""Entries of a home that are not walked through; the current release is kept by name."""
FIRST = ("withdrawn.json", "status.json", "manifests")
NOTES = Path("snapshots") / "latest"
SETTINGS_FILE = "settings/sdg17.toml"
"""Where a backup keeps the settings file; it is no file of the home."""
ATTEMPTS = 3
LEAST_FREE = 50_000_000


class CannotBackUp(ValueError):
    """No backup was written; the message says why."""


@dataclass(frozen=True, kw_only=True)
class BackedUp:
    """A finished backup."""

    backup_id: str
    release_id: str | None
    files: int
    bytes: int
    added_bytes: int
    """What it added to the target; the rest was there."""
    removed_bytes: int
    """What removing old backups gave back."""


def back_up(settings: Settings, target: Path, keep: int) -> BackedUp:
    """Add a backup to a folder.

    Args:
        settings: those of the home folder; a night may be running in it.
        target: folder for backups, outside the home.
        keep: number of backups left there afterwards.

    Raises:
        CannotBackUp: the target lies in the home, or the home changes faster than it can be read.
    """
    target = target.resolve()
    if target.is_relative_to(settings.home):
        raise CannotBackUp(f"{target} lies in the home folder. Name a folder on another disk.")
    if not settings.home.is_dir():
        raise CannotBackUp(f"{settings.home} does not exist.")
    store = Store(target)
    store.prepare()
    for _ in range(ATTEMPTS):
        try:
            record, added = _kept(settings, store)
        except FileNotFoundError:  # a file was put away between listing and reading: list again
            continue
        store.write(record)
        freed = store.retire(keep)
        return BackedUp(
            backup_id=record["backup_id"],
            release_id=record["release_id"],
            files=len(record["files"]),
            bytes=sum(each["size"] for each in record["files"].values()),
            added_bytes=added,
            removed_bytes=freed,
        )
    raise CannotBackUp(f"Files of {settings.home} vanish while they are read. Try again when it is quiet.")


def _kept(settings: Settings, store: Store) -> tuple[dict[str, Any], int]:
    """Keep every file; returns the record and the bytes added."""
    release = folder_of(settings, None)
    files: dict[str, Any] = {}
    links: dict[str, str] = {}
    added = 0
    for path, file in _files(settings, release):
        if file.is_symlink():
            links[path] = str(file.readlink())
            continue
        if free_bytes(store.folder) < LEAST_FREE:
            raise CannotBackUp(f"The disk of {store.folder} is full. No backup was added.")
        told = file.stat()
        digest, size, new = store.keep(file)
        added += new
        files[path] = {
            "sha256": digest,
            "size": size,
            "mode": told.st_mode & 0o777,
            "mtime": told.st_mtime_ns,
        }
    if release is not None:
        links["current"] = f"releases/{release.name}"
    backup_id = settings.clock().strftime("%Y%m%dT%H%M%SZ")
    last = max(store.names(), default="")
    if backup_id <= last:  # twice in a second, or a clock that was set back: the newest still sorts last
        backup_id = last + "x"
    record = {
        "backup_id": backup_id,
        "release_id": None if release is None else release.name,
        "program": metadata.version("sdg17"),
        "settings": _told_settings(settings),
        "files": files,
        "files_sha256": listing_hash(files),
        "links": links,
    }
    return record, added


def _files(settings: Settings, release: Path | None) -> Iterator[tuple[str, Path]]:
    """Name in the backup and place of every file, notes before what they name."""
    secret = _secret_files(settings)
    named = {file.name for file in secret}
    seen: set[Path] = set()
    home = settings.home
    others = sorted(each.name for each in home.iterdir() if each.name not in LEFT_OUT)
    tops = [home / NOTES, *(home / name for name in FIRST), *(home / name for name in others)]
    for top in (*tops, *([release] if release else [])):
        for file in _walked(top):
            if file not in seen and not (file.name in named and file.resolve() in secret):
                seen.add(file)
                yield str(file.relative_to(home)), file
    told = Path(os.environ.get("SDG17_CONFIG", "sdg17.toml"))
    if told.is_file():
        yield SETTINGS_FILE, told


def _walked(top: Path) -> Iterator[Path]:
    """Every file and link below a place; hidden files beside a target are unfinished and left out."""
    if top.is_symlink() or top.is_file():
        if not _unfinished(top.name):
            yield top
        return
    if not top.is_dir():
        return
    with os.scandir(top) as entries:
        names = sorted(entry.name for entry in entries)
    for name in names:
        yield from _walked(top / name)


def _unfinished(name: str) -> bool:
    """`.name.123` is a file being written (`pipelines/files.py`); `.lock` holds a run."""
    return name == ".lock" or (name.startswith(".") and name.rpartition(".")[2].isdigit())


def _secret_files(settings: Settings) -> set[Path]:
    """Files of credentials that settings name, wherever they lie."""
    named = [getattr(settings, name) for name in ("secrets", "signing_key") if hasattr(settings, name)]
    return {Path(each).resolve() for each in named if each is not None}


def _told_settings(settings: Settings) -> dict[str, Any]:
    """The settings in force, without any that hold a credential."""
    open_ones = {
        name for name in type(settings).model_fields if not isinstance(getattr(settings, name), SecretStr)
    }
    found: dict[str, Any] = settings.model_dump(mode="json", include=open_ones, exclude_none=True)
    return found
