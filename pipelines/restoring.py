"""A backup brought back into an empty home folder, every file compared with its hash on the way.

Belongs here: which folder may be filled, the order, and that an interrupted restore can be taken up again.
Does not belong here: how backups are stored (`pipelines/backup_store.py`) or what they hold
(`pipelines/backing_up.py`).

Paths come from a file somebody may have changed: each must stay inside the home. `current` and
`status.json` come last, so a home half restored publishes nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from pipelines.backing_up import LEAST_FREE, SETTINGS_FILE
from pipelines.backup_store import NotThisBackup, Store, free_bytes
from pipelines.files import sync_folder
from pipelines.settings import Settings

UNFINISHED = ".restoring"
LAST = ("status.json",)
RESTORED_SETTINGS = "restored-sdg17.toml"
LOWEST_OWNER_MODE = 0o600


class CannotRestore(ValueError):
    """Nothing, or not everything, was restored; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Restored:
    """A home brought back."""

    backup_id: str
    release_id: str | None
    files: int
    bytes: int
    settings: Mapping[str, Any]
    """The settings of then, without credentials."""
    settings_file: str | None
    """Where the settings file of then was put for looking at; it is not in force."""


def restore(settings: Settings, source: Path, backup_id: str | None) -> Restored:
    """Fill an empty home from a backup. The caller holds the home.

    Args:
        settings: those of the home folder to fill.
        source: folder of backups.
        backup_id: which one; default the newest.

    Raises:
        CannotRestore: the home is not empty, the disk is too small, or a content is gone or damaged.
    """
    try:
        store = Store(source)
        record = store.record(backup_id)
        _require_room(settings.home, record)
        (settings.home / UNFINISHED).write_text(record["backup_id"])
        size = 0
        for name, told in _in_order(record["files"]):
            target = settings.home / _inside(RESTORED_SETTINGS if name == SETTINGS_FILE else name)
            _bring_back(store, told, target)
            size += told["size"]
        for name, leads_to in sorted(record["links"].items(), key=lambda item: item[0] == "current"):
            _link(settings.home, _inside(name), leads_to)
    except NotThisBackup as error:
        raise CannotRestore(str(error)) from error
    os.sync()
    (settings.home / UNFINISHED).unlink()
    sync_folder(settings.home)
    return Restored(
        backup_id=record["backup_id"],
        release_id=record["release_id"],
        files=len(record["files"]),
        bytes=size,
        settings=record["settings"],
        settings_file=RESTORED_SETTINGS if SETTINGS_FILE in record["files"] else None,
    )


def _require_room(home: Path, record: Mapping[str, Any]) -> None:
    there = sorted(each.name for each in home.iterdir() if not _counts_as_nothing(each))
    begun = home / UNFINISHED
    if there and not (begun.exists() and begun.read_text() == record["backup_id"]):
        raise CannotRestore(
            f"{home} is not empty: it holds {', '.join(there[:3])}{' …' if there[3:] else ''}. "
            "Move it away, or name another folder with --home."
        )
    needed = sum(each["size"] for each in record["files"].values())
    if not there and free_bytes(home) < needed + LEAST_FREE:
        raise CannotRestore(f"{needed:,} bytes are needed, {free_bytes(home):,} are free where {home} lies.")


def _counts_as_nothing(place: Path) -> bool:
    """Folders an installation makes beforehand, with their rights, are no content."""
    if place.name in {".lock", UNFINISHED}:
        return True
    return place.is_dir() and not place.is_symlink() and not any(place.iterdir())


def _in_order(files: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """What readers look at first comes last."""
    for name, told in files.items():
        if name not in LAST:
            yield name, told
    for name in LAST:
        if name in files:
            yield name, files[name]


def _inside(name: str) -> PurePosixPath:
    """A path below the home.

    Raises:
        NotThisBackup: it leads elsewhere.
    """
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts:
        raise NotThisBackup(f"The record names {name!r}, which is no path inside a home.")
    return path


def _bring_back(store: Store, told: Mapping[str, Any], target: Path) -> None:
    """One file with its time and rights; one that is there whole from an interrupted restore stays."""
    if (
        target.exists()
        and target.stat().st_size == told["size"]
        and target.stat().st_mtime_ns == told["mtime"]
    ):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        store.bring_back(told["sha256"], beside)
        beside.chmod(told["mode"] & 0o777 | LOWEST_OWNER_MODE)
        os.utime(beside, ns=(told["mtime"], told["mtime"]))
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def _link(home: Path, name: PurePosixPath, leads_to: str) -> None:
    """A link that stays inside the home, as every link of a release does."""
    link = home / name
    if not (link.parent.resolve() / leads_to).resolve().is_relative_to(home.resolve()):
        raise NotThisBackup(f"The record names a link {name} to {leads_to}, which leads out of the home.")
    link.parent.mkdir(parents=True, exist_ok=True)
    link.unlink(missing_ok=True)
    link.symlink_to(leads_to)
