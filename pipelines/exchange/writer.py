"""Writing the exchange folder: files of parts that changed, links to those that did not.

Belongs here: the only effects of this package. Does not belong here: what is in the files.

One content under several paths is kept once. Beside the files lies an index of what decided each part and of every file's hash. It spares reading linked
files again to hash the folder, and is part of the folder's hash like any other file.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import orjson

from pipelines.exchange.part import Files, Group, Part
from pipelines.giving_back import trim

Made = TypeVar("Made")

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


class _File(NamedTuple):
    """A file as the index states it; a release has a hundred thousand, so nothing is kept of one that need not be."""

    path: str
    size: int
    sha256: bytes


class _Kept(NamedTuple):
    """A part whose files are in the folder."""

    digest: str
    group: str
    """Hash of the group it came with, empty for none."""
    files: tuple[_File, ...]


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
        self._groups: dict[str, list[str]] = {}
        for address, part in self._before.items():
            self._groups.setdefault(part.group, []).append(address)
        self._parts: dict[str, _Kept] = {}
        self._places: dict[bytes, str] = {}
        """Hash of a content to the file that others with the same content become links of."""
        self._names: dict[bytes, int] = {}
        """Names of such a file, where it has more than one."""
        self.changed = 0

    def add(self, part: Part, group: str = "") -> None:
        """Link the files of an unchanged part; make and write those of another."""
        old = self._before.get(part.address)
        if old is not None and old.digest == part.digest and self._linked(old):
            self._parts[part.address] = old._replace(group=group)
            return
        self._parts[part.address] = _Kept(part.digest, group, self._written(part.make()))
        self.changed += 1

    def add_group(self, group: Group) -> None:
        """Link every part of a group whose rows are as before; look at each part of another."""
        old = {address: self._before[address] for address in self._groups.get(group.digest, ())}
        if old and all(map(self._linked, old.values())):
            self._parts.update(old)
            return
        for part in group.parts():
            self.add(part, group.digest)
        trim()

    def add_all(self, parts: Iterable[Part]) -> None:
        """Add many parts."""
        for part in parts:
            self.add(part)

    def sizes(self) -> dict[str, tuple[int, str]]:
        """Size and hash of every file that is in the folder so far."""
        return {file.path: (file.size, file.sha256.hex()) for file in self._files()}

    def content(self, path: str) -> bytes | None:
        """Content of a file that is in the folder so far; null where it is not there as it was written."""
        try:
            found = Path(f"{self.folder}/{path}").read_bytes()
        except OSError:
            return None
        return found if _told(path, found) in self._files() else None

    def finish(self) -> Written:
        """Write the index, and say what was done."""
        parts = {address: orjson.Fragment(_stated(part)) for address, part in self._parts.items()}
        index = orjson.dumps(parts, option=orjson.OPT_SORT_KEYS)
        del parts
        _write(f"{self.folder}/{INDEX}", index)
        files = [*self._files(), _told(INDEX, index)]
        files.sort(key=_in_folders)
        digest = hashlib.sha256()
        for file in files:
            digest.update(f"{file.path}\0{file.sha256.hex()}\n".encode())
        return Written(
            parts=len(self._parts), changed=self.changed, files=len(files),
            bytes=sum(file.size for file in files), sha256=digest.hexdigest(),
        )  # fmt: skip

    def _files(self) -> Iterator[_File]:
        """Every file that is in the folder so far."""
        return (file for part in self._parts.values() for file in part.files)

    def _linked(self, part: _Kept) -> bool:
        """Link every file of an unchanged part; false where one is gone."""
        if self.previous is None:
            return False
        try:
            for file in part.files:
                _link(f"{self.previous}/{file.path}", f"{self.folder}/{file.path}")
        except (FileNotFoundError, IsADirectoryError):
            return False
        return True

    def _written(self, files: Files) -> tuple[_File, ...]:
        entries: list[_File] = []
        for path, content in files.items():
            file = _told(path, content)
            entries.append(file)
            place, names = f"{self.folder}/{path}", self._names.get(file.sha256, 1)
            if file.sha256 in self._places and names < _MOST_LINKS:
                _link(f"{self.folder}/{self._places[file.sha256]}", place)
                self._names[file.sha256] = names + 1
            else:
                _write(place, content)
                self._places[file.sha256] = path
                self._names.pop(file.sha256, None)
        return tuple(entries)


def _told(path: str, content: bytes) -> _File:
    return _File(path, len(content), hashlib.sha256(content).digest())


def _stated(part: _Kept) -> bytes:
    """A part as the index states it."""
    stated: dict[str, Any] = {"digest": part.digest}
    if part.group:
        stated["group"] = part.group
    stated["files"] = {file.path: (file.size, file.sha256.hex()) for file in part.files}
    return orjson.dumps(stated, option=orjson.OPT_SORT_KEYS)


def _in_folders(file: _File) -> str:
    """Order of paths: that of their folders, as `file_hashes.tree_hash` has it."""
    return file.path.replace("/", "\0")


def _index(folder: Path | None) -> dict[str, _Kept]:
    """The index of a folder; empty where it has none or it cannot be read."""
    try:
        found = orjson.loads((folder / INDEX).read_bytes()) if folder else {}
        return {
            address: _Kept(
                part["digest"],
                part.get("group", ""),
                tuple(
                    _File(path, size, bytes.fromhex(digest)) for path, (size, digest) in part["files"].items()
                ),
            )
            for address, part in found.items()
        }
    except (OSError, orjson.JSONDecodeError, AttributeError, KeyError, TypeError, ValueError):
        return {}


def _link(old: str, new: str) -> None:
    try:
        _in_a_folder(os.link, old, new)
    except FileExistsError:
        os.unlink(new)  # noqa: PTH108
        os.link(old, new)
    except OSError:
        shutil.copyfile(old, new)


def _write(place: str, content: bytes) -> None:
    """Write a file that no other release shares."""
    try:
        handle = _in_a_folder(_opened, place)
    except FileExistsError:
        os.unlink(place)  # noqa: PTH108
        handle = _opened(place)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(handle, rest) :]
    finally:
        os.close(handle)


def _opened(place: str) -> int:
    return os.open(place, _NEW, _MODE)


def _in_a_folder(step: Callable[..., Made], *given: str) -> Made:
    """Take a step that makes the file named last; its folder is made where that is not there."""
    try:
        return step(*given)
    except FileNotFoundError:
        folder = given[-1].rpartition("/")[0]
        try:
            os.mkdir(folder)  # noqa: PTH102 - most are one below a folder that is there
        except OSError:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103
        return step(*given)
