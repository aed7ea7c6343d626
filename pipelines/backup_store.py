"""A store of backups: every content once under its SHA-256, and one record per backup.

Belongs here: how contents and records lie in the target folder, keeping and reading them, removing old
ones. Does not belong here: which files of a home are kept (`pipelines/backing_up.py`) or bringing them back
(`pipelines/restoring.py`).

`objects/ab/<sha256>` and `backups/<id>.json`. Files are only ever added, each whole or not at all, so the
folder may lie on any file system and be copied elsewhere by any program at any time. A second backup adds
what is new. Without this program a backup is read by copying each object to the path its record names.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from pipelines.files import sync_folder, write_atomically

BLOCK = 1 << 20


class NotThisBackup(ValueError):
    """There is no such backup, or it is damaged; the message says what."""


class Store:
    """The backups in one folder, readable by their owner only: they hold return forms and their key."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def prepare(self) -> None:
        """Make the folders."""
        for place in (self.folder, self.folder / "objects", self.folder / "backups"):
            place.mkdir(mode=0o700, parents=True, exist_ok=True)

    def keep(self, file: Path) -> tuple[str, int, int]:
        """Store the content of a file unless it is there; returns hash, size, and the bytes added.

        The file is opened once: a writer that exchanges it by a rename meanwhile changes nothing.
        """
        with file.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            size = stream.tell()
            place = self.place(digest)
            if place.exists() and place.stat().st_size == size:
                return digest, size, 0
            stream.seek(0)
            return *self._add(stream), size

    def _add(self, stream: BinaryIO) -> tuple[str, int]:
        beside = self.folder / "objects" / f".{secrets.token_hex(8)}"
        try:
            with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as copy:
                digest, size = _copied(stream, copy)
            place = self.place(digest)
            place.parent.mkdir(mode=0o700, exist_ok=True)
            beside.replace(place)
        finally:
            beside.unlink(missing_ok=True)
        return digest, size

    def bring_back(self, digest: str, target: Path) -> None:
        """Copy a content to a place.

        Raises:
            NotThisBackup: it is gone, or no longer what its name says.
        """
        try:
            with self.place(digest).open("rb") as stream, target.open("wb") as copy:
                found, _ = _copied(stream, copy)
        except FileNotFoundError:
            raise NotThisBackup(f"{self.place(digest)} is gone: {target.name} cannot be restored") from None
        if found != digest:
            target.unlink()
            raise NotThisBackup(f"{self.place(digest)} is damaged: {target.name} cannot be restored")

    def place(self, digest: str) -> Path:
        """Where a content lies."""
        return self.folder / "objects" / digest[:2] / digest

    def names(self) -> list[str]:
        """Every backup, oldest first."""
        return sorted(file.stem for file in (self.folder / "backups").glob("[0-9]*.json"))

    def record(self, name: str | None) -> dict[str, Any]:
        """What one backup holds; the newest where none is named.

        Raises:
            NotThisBackup: there is none, or the record was changed.
        """
        names = self.names()
        wanted = name or (names[-1] if names else None)
        if wanted is None or wanted not in names:
            said = f"Backup {name} is not" if name else "No backup is"
            raise NotThisBackup(f"{said} in {self.folder}. There: {', '.join(names) or 'none'}.")
        found: dict[str, Any] = orjson.loads((self.folder / "backups" / f"{wanted}.json").read_bytes())
        if found.get("files_sha256") != listing_hash(found["files"]):
            raise NotThisBackup(f"The record of backup {wanted} has been changed.")
        return found

    def write(self, record: dict[str, Any]) -> None:
        """Add a record, after everything it names has reached the disk."""
        os.sync()
        file = self.folder / "backups" / f"{record['backup_id']}.json"
        write_atomically(file, orjson.dumps(record, option=orjson.OPT_SORT_KEYS))
        file.chmod(0o600)
        sync_folder(file.parent)

    def retire(self, keep: int) -> int:
        """Remove the oldest backups beyond a number, then contents no backup names; returns bytes freed."""
        for name in self.names()[:-keep]:
            (self.folder / "backups" / f"{name}.json").unlink()
        needed = {each["sha256"] for name in self.names() for each in self.record(name)["files"].values()}
        freed = 0
        for file in self._objects():
            if file.name not in needed:
                freed += file.stat().st_size
                file.unlink()
        return freed

    def _objects(self) -> Iterator[Path]:
        return (self.folder / "objects").glob("??/*")


def listing_hash(files: dict[str, Any]) -> str:
    """One SHA-256 over the list of files, so that a changed record is noticed."""
    return hashlib.sha256(orjson.dumps(files, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _copied(stream: BinaryIO, copy: BinaryIO) -> tuple[str, int]:
    """Copy all of a stream; returns the SHA-256 of what was written, and its size."""
    digest, size = hashlib.sha256(), 0
    while block := stream.read(BLOCK):
        digest.update(block)
        copy.write(block)
        size += len(block)
    return digest.hexdigest(), size


def free_bytes(folder: Path) -> int:
    """Space left where a folder lies or will lie."""
    there = next(each for each in (folder, *folder.parents) if each.exists())
    return shutil.disk_usage(there).free
