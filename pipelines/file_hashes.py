"""SHA-256 of files and of whole folders, and what is remembered of them from one release to the next.

Belongs here: hashing, and which hash still stands. Does not belong here: what a hash is compared with
(`pipelines/verifying.py`, which always reads every byte).

A release shares most files with the one before it, under the same inode. Their hashes are not computed
again while name, inode, size and time of change are the same. A file that was damaged on disk keeps the hash it was
published with, so that `sdg17 verify` finds the damage instead of a manifest that confirms it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from pipelines.files import write_atomically

Identity = tuple[str, int, int, int]
"""Name below the folder, inode, size in bytes, and time of change in nanoseconds."""


def file_hash(path: Path | str) -> str:
    """SHA-256 of a file."""
    with open(path, "rb") as stream:  # noqa: PTH123 - tens of thousands a night
        os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_SEQUENTIAL)
        return hashlib.file_digest(stream, "sha256").hexdigest()


@dataclass(frozen=True, kw_only=True)
class Remembered:
    """Hashes of the files of a folder, as they were when it was hashed."""

    file: Path
    """Where they are kept; without it everything is read again."""
    known: dict[Identity, str] = field(default_factory=dict)

    @classmethod
    def read(cls, file: Path) -> Remembered:
        """What is remembered; nothing where the file is gone or torn."""
        try:
            rows = orjson.loads(file.read_bytes())
            known = {(name, inode, size, time): sha256 for name, inode, size, time, sha256 in rows}
        except (OSError, ValueError, TypeError):
            known = {}
        return cls(file=file, known=known)

    def tree(self, folder: Path) -> dict[str, Any]:
        """The same as `tree_hash`, reading only files that are not remembered; remembers all of them."""
        found: dict[Identity, str] = {}
        named: dict[str, str] = {}
        for name, entry in _files(folder):
            stat = entry.stat(follow_symlinks=False)
            identity = (name, stat.st_ino, stat.st_size, stat.st_mtime_ns)
            named[name] = found[identity] = self.known.get(identity) or file_hash(entry.path)
        write_atomically(self.file, orjson.dumps([[*identity, sha256] for identity, sha256 in found.items()]))
        return of_names(named)


def tree_hash(folder: Path) -> dict[str, Any]:
    """Number of files below a folder, and one SHA-256 over their names and contents; links are left out."""
    return of_names({name: file_hash(entry.path) for name, entry in _files(folder)})


def of_names(hashes: Mapping[str, str]) -> dict[str, Any]:
    """The hash of a folder from the hashes of its files by name, below the folder, in any order."""
    digest = hashlib.sha256()
    for name in sorted(hashes, key=lambda name: name.split("/")):
        digest.update(f"{name}\0{hashes[name]}\n".encode())
    return {"files": len(hashes), "sha256": digest.hexdigest()}


def _files(folder: Path, within: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Every file below a folder with its name from there; links are left out, and not followed."""
    if not within and not folder.is_dir():
        return
    with os.scandir(f"{folder}/{within}") as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _files(folder, f"{within}{entry.name}/")
            elif entry.is_file(follow_symlinks=False):
                yield f"{within}{entry.name}", entry
