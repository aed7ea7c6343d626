"""Writing the exchange folder: files of parts that changed, links to those that did not.

Belongs here: the only effects of this package. Does not belong here: what is in the files.

One content under several paths is kept once. Beside the files lies an index of what decided each part and of every file's hash. It spares reading linked
files again to hash the folder, and is part of the folder's hash like any other file.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from pipelines.exchange.part import Files, Group, Part

INDEX = ".parts.json"
_NEW, _MODE = os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666
_MOST_LINKS = 400
"""Names one file gets at most in a release: every release kept adds as many, and file systems set a limit."""


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
        self._groups: dict[str, dict[str, Any]] = {}
        for address, part in self._before.items():
            self._groups.setdefault(part.get("group", ""), {})[address] = part
        self._parts: dict[str, dict[str, Any]] = {}
        self._files: dict[str, tuple[int, str]] = {}
        self._made: set[str] = set()
        self._places: dict[str, tuple[str, int]] = {}
        self.changed = 0

    def add(self, part: Part, group: str = "") -> None:
        """Link the files of an unchanged part; make and write those of another."""
        entry = {"digest": part.digest, **({"group": group} if group else {})}
        old = self._before.get(part.address)
        if old is not None and old["digest"] == part.digest and self._linked(old["files"]):
            self._take(part.address, {**entry, "files": old["files"]})
            return
        self._take(part.address, {**entry, "files": self._written(part.make())})
        self.changed += 1

    def add_group(self, group: Group) -> None:
        """Link every part of a group whose rows are as before; look at each part of another."""
        old = self._groups.get(group.digest, {})
        if old and all(self._linked(part["files"]) for part in old.values()):
            for address, known in old.items():
                self._take(address, known)
            return
        for part in group.parts():
            self.add(part, group.digest)

    def add_all(self, parts: Iterable[Part]) -> None:
        """Add many parts."""
        for part in parts:
            self.add(part)

    def sizes(self) -> dict[str, tuple[int, str]]:
        """Size and hash of every file that is in the folder so far."""
        return dict(self._files)

    def content(self, path: str) -> bytes | None:
        """Content of a file that is in the folder so far; null where it is not there as it was written."""
        try:
            found = Path(f"{self.folder}/{path}").read_bytes()
        except OSError:
            return None
        size, digest = self._files.get(path, (0, ""))
        return found if (len(found), hashlib.sha256(found).hexdigest()) == (size, digest) else None

    def finish(self) -> Written:
        """Write the index, and say what was done."""
        index = orjson.dumps(self._parts, option=orjson.OPT_SORT_KEYS)
        _write(self._room(INDEX), index)
        files = self.sizes()
        files[INDEX] = (len(index), hashlib.sha256(index).hexdigest())
        digest = hashlib.sha256()
        for path in sorted(files, key=_in_folders):
            digest.update(f"{path}\0{files[path][1]}\n".encode())
        return Written(
            parts=len(self._parts), changed=self.changed, files=len(files),
            bytes=sum(size for size, _ in files.values()), sha256=digest.hexdigest(),
        )  # fmt: skip

    def _take(self, address: str, part: dict[str, Any]) -> None:
        self._parts[address] = part
        self._files.update((path, (size, digest)) for path, (size, digest) in part["files"].items())

    def _linked(self, files: Iterable[str]) -> bool:
        """Link every file of an unchanged part; false where one is gone."""
        if self.previous is None:
            return False
        try:
            for path in files:
                _link(f"{self.previous}/{path}", self._room(path))
        except (FileNotFoundError, IsADirectoryError):
            return False
        return True

    def _written(self, files: Files) -> dict[str, tuple[int, str]]:
        entries: dict[str, tuple[int, str]] = {}
        for path, content in files.items():
            digest = hashlib.sha256(content).hexdigest()
            entries[path] = (len(content), digest)
            place, first = self._room(path), self._places.get(digest)
            if first is None or first[1] == _MOST_LINKS:
                _write(place, content)
                self._places[digest] = (place, 1)
            else:
                _link(first[0], place)
                self._places[digest] = (first[0], first[1] + 1)
        return entries

    def _room(self, path: str) -> str:
        """Where a file goes, its folder made."""
        place = f"{self.folder}/{path}"
        folder = place.rpartition("/")[0]
        if folder not in self._made:
            try:
                os.mkdir(folder)  # noqa: PTH102 - most are one below a folder that is there
            except OSError:
                os.makedirs(folder, exist_ok=True)  # noqa: PTH103
            self._made.add(folder)
        return place


def _in_folders(path: str) -> list[str]:
    """Order of paths: that of their folders, as `file_hashes.tree_hash` has it."""
    return path.split("/")


def _index(folder: Path | None) -> dict[str, Any]:
    """The index of a folder; empty where it has none or it cannot be read."""
    try:
        found = orjson.loads((folder / INDEX).read_bytes()) if folder else {}
    except (OSError, orjson.JSONDecodeError):
        return {}
    return found if isinstance(found, dict) else {}


def _link(old: str, new: str) -> None:
    try:
        os.link(old, new)
    except FileExistsError:
        os.unlink(new)  # noqa: PTH108
        os.link(old, new)
    except OSError:
        shutil.copyfile(old, new)


def _write(place: str, content: bytes) -> None:
    """Write a file that no other release shares."""
    try:
        handle = os.open(place, _NEW, _MODE)
    except FileExistsError:
        os.unlink(place)  # noqa: PTH108
        handle = os.open(place, _NEW, _MODE)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(handle, rest) :]
    finally:
        os.close(handle)
