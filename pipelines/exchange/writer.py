"""Writing the exchange folder: files of parts that changed, links to those that did not.

Belongs here: the only effects of this package. Does not belong here: what is in the files.

Beside the files lies an index of what decided each part and of every file's hash. It spares reading linked
files again to hash the folder, and is part of the folder's hash like any other file.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import orjson

from pipelines.exchange.parts import Files, Part

INDEX = ".parts.json"


@dataclass(frozen=True, kw_only=True)
class Written:
    """What was done: parts and files in the folder, parts written anew, bytes, and the folder's hash."""

    parts: int
    changed: int
    files: int
    bytes: int
    sha256: str


class Writer:
    """An exchange folder being written."""

    def __init__(self, folder: Path, previous: Path | None) -> None:
        """Begin a folder.

        Args:
            folder: the new one; it may exist, and is emptied by nobody.
            previous: the folder of the last release, whose unchanged files are linked, or null.
        """
        self.folder = folder
        self.previous = previous
        self._before = _index(previous)
        self._parts: dict[str, dict[str, Any]] = {}
        self._made: set[Path] = set()
        self.changed = 0

    def add(self, part: Part) -> None:
        """Link the files of an unchanged part; make and write those of another."""
        old = self._before.get(part.address)
        if old is not None and old["digest"] == part.digest and self._linked(old["files"]):
            self._parts[part.address] = old
            return
        self._parts[part.address] = {"digest": part.digest, "files": self._written(part.make())}
        self.changed += 1

    def add_all(self, parts: Iterable[Part]) -> None:
        """Add many parts."""
        for part in parts:
            self.add(part)

    def sizes(self) -> dict[str, tuple[int, str]]:
        """Size and hash of every file that is in the folder so far."""
        parts = self._parts.values()
        return {path: (size, digest) for part in parts for path, (size, digest) in part["files"].items()}

    def finish(self) -> Written:
        """Write the index, and say what was done."""
        index = orjson.dumps(self._parts, option=orjson.OPT_SORT_KEYS)
        self._room(self.folder / INDEX)
        _write(self.folder / INDEX, index)
        files = self.sizes()
        files[INDEX] = (len(index), hashlib.sha256(index).hexdigest())
        digest = hashlib.sha256()
        for path in sorted(files, key=PurePosixPath):
            digest.update(f"{path}\0{files[path][1]}\n".encode())
        return Written(
            parts=len(self._parts), changed=self.changed, files=len(files),
            bytes=sum(size for size, _ in files.values()), sha256=digest.hexdigest(),
        )  # fmt: skip

    def _linked(self, files: Iterable[str]) -> bool:
        """Link every file of an unchanged part; false where one is gone."""
        if self.previous is None:
            return False
        pairs = [(self.previous / path, self.folder / path) for path in files]
        if not all(old.is_file() for old, _ in pairs):
            return False
        for old, new in pairs:
            self._room(new)
            _link(old, new)
        return True

    def _written(self, files: Files) -> dict[str, tuple[int, str]]:
        done: dict[int, str] = {}
        entries: dict[str, tuple[int, str]] = {}
        for path, content in files.items():
            place = self.folder / path
            self._room(place)
            first = done.setdefault(id(content), path)
            if first != path:
                _link(self.folder / first, place)
                entries[path] = entries[first]
            else:
                _write(place, content)
                entries[path] = (len(content), hashlib.sha256(content).hexdigest())
        return entries

    def _room(self, place: Path) -> None:
        if place.parent not in self._made:
            place.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(place.parent)


def _index(folder: Path | None) -> dict[str, Any]:
    """The index of a folder; empty where it has none or it cannot be read."""
    try:
        found = orjson.loads((folder / INDEX).read_bytes()) if folder else {}
    except (OSError, orjson.JSONDecodeError):
        return {}
    return found if isinstance(found, dict) else {}


def _link(old: Path, new: Path) -> None:
    try:
        os.link(old, new)
    except FileExistsError:
        new.unlink()
        os.link(old, new)
    except OSError:
        shutil.copyfile(old, new)


def _write(place: Path, content: bytes) -> None:
    """Write a file that no other release shares."""
    try:
        with place.open("xb") as stream:
            stream.write(content)
    except FileExistsError:
        place.unlink()
        place.write_bytes(content)
