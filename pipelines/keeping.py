"""What a step made is kept while nothing it was made from has changed.

Belongs here: which tables a step read and wrote (its trace), and whether that trace still holds. Does
not belong here: what a step does (`pipelines/assets`), or files of tables (`pipelines/store.py`).

A trace names the program, the libraries, the reference year and the SHA-256 of every file read and
written. It holds only if all of them are the same and every file on disk still has the bytes it had: a
step that was killed, or whose files were damaged, is simply carried out again. Steps are pure functions
of the tables they read, so a kept table is the table that would be made again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from importlib import metadata
from pathlib import Path
from typing import Any

import orjson
import polars as pl

from pipelines.files import write_atomically
from pipelines.growing import Growing
from pipelines.store import Store, content_of_file
from quality.contract import Contract

CONTENT = "content"
"""Trace of the hashes of tables' rows."""
MADE_BY = ("duckdb", "narwhals", "numpy", "polars", "pyarrow")
"""Libraries a table depends on."""


class FileHashes:
    """SHA-256 of files, each asked for once while its inode, size and time stay the same."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        self._known: dict[tuple[Path, int, int, int], str] = {}

    def of(self, path: Path) -> str | None:
        """Hash of a file in hexadecimal; null where there is none."""
        try:
            with path.open("rb") as stream:
                stat = path.stat()
                at = (path, stat.st_ino, stat.st_size, stat.st_mtime_ns)
                if at not in self._known:
                    self._known[at] = hashlib.file_digest(stream, "sha256").hexdigest()
        except FileNotFoundError:
            return None
        return self._known[at]


@dataclass(frozen=True, kw_only=True)
class WatchedStore(Store):
    """A store that notes what is read from it and written to it."""

    hashes: FileHashes
    read_from: dict[str, str | None] = field(default_factory=dict)
    written_to: dict[str, str | None] = field(default_factory=dict)

    def read(self, stage: str, name: str) -> pl.DataFrame:
        """A whole table in memory, noted."""
        self._note(stage, name)
        return super().read(stage, name)

    def scan(self, stage: str, name: str) -> pl.LazyFrame:
        """A table to be read as far as a query needs it, noted."""
        self._note(stage, name)
        return super().scan(stage, name)

    def write(self, stage: str, name: str, frame: pl.DataFrame) -> None:
        """Replace a table, noted."""
        super().write(stage, name, frame)
        self._wrote(stage, name)

    def sink(self, stage: str, name: str, rows: pl.LazyFrame) -> None:
        """Replace a table by rows computed while they are written, noted."""
        super().sink(stage, name, rows)
        self._wrote(stage, name)

    @contextmanager
    def growing(self, stage: str, name: str, lead: str | None = None) -> Iterator[Growing]:
        """Replace a table by parts, noted."""
        with super().growing(stage, name, lead) as table:
            yield table
        self._wrote(stage, name)

    def _wrote(self, stage: str, name: str) -> None:
        self.written_to[f"{stage}/{name}"] = self.hashes.of(self.path(stage, name))

    def _note(self, stage: str, name: str) -> None:
        key = f"{stage}/{name}"
        if key not in self.written_to:
            self.read_from.setdefault(key, self.hashes.of(self.path(stage, name)))


@dataclass(frozen=True, kw_only=True)
class Keeper:
    """Carries out steps that have something new to do, and vouches for the others."""

    folder: Path
    """Where tables lie; traces lie below it."""
    decided_by: Mapping[str, Any]
    """What a table depends on besides the tables it is made from: program, libraries, year."""
    hashes: FileHashes = field(default_factory=FileHashes)

    @cached_property
    def _decided(self) -> str:
        return hashlib.sha256(orjson.dumps(self.decided_by, option=orjson.OPT_SORT_KEYS)).hexdigest()

    def kept(self, step: str, beside: Any = None) -> dict[str, Any] | None:
        """What the step said when it was carried out, if its trace still holds; else null.

        Args:
            step: name of the step.
            beside: what decides this step alone, besides its tables; anything JSON can hold.
        """
        trace = self._trace(step)
        if trace.get("decided_by") != self._decided or trace.get("beside") != beside:
            return None
        files = {**trace["read"], **trace["written"]}
        if any(found is None or self._now(name) != found for name, found in files.items()):
            return None
        said: dict[str, Any] = trace["said"]
        return said

    def carried_out(
        self, step: str, store: WatchedStore, said: Mapping[str, Any], beside: Any = None
    ) -> None:
        """Leave the trace of a step for the next night."""
        trace: dict[str, Any] = {
            "decided_by": self._decided,
            "beside": beside,
            "read": store.read_from,
            "written": store.written_to,
            "said": said,
        }
        self._write(step, trace)

    def watched(self) -> WatchedStore:
        """A store for one step."""
        return WatchedStore(folder=self.folder, hashes=self.hashes)

    def content(self, files: Mapping[str, Path], contracts: Mapping[str, Contract]) -> dict[str, Any]:
        """Rows and content hash of every table; counted anew only where a file has other bytes.

        Args:
            files: table to its Parquet file.
            contracts: table to its contract.
        """
        known = self._trace(CONTENT)
        known = known["of"] if known.get("decided_by") == self._decided else {}
        found: dict[str, Any] = {}
        for name, path in files.items():
            at = f"{name} {self.hashes.of(path)}"
            if at not in known:
                rows, sha256 = content_of_file(path, contracts[name])
                known[at] = {"rows": rows, "sha256": sha256}
            found[at] = known[at]
        self._write(CONTENT, {"decided_by": self._decided, "of": found})
        return {at.partition(" ")[0]: each for at, each in found.items()}

    def _write(self, step: str, trace: Mapping[str, Any]) -> None:
        write_atomically(self._file(step), orjson.dumps(trace, option=orjson.OPT_SORT_KEYS))

    def _now(self, name: str) -> str | None:
        stage, _, table = name.partition("/")
        return self.hashes.of(Store(folder=self.folder).path(stage, table))

    def _file(self, step: str) -> Path:
        return self.folder / "traces" / f"{step}.json"

    def _trace(self, step: str) -> dict[str, Any]:
        try:
            found = orjson.loads(self._file(step).read_bytes())
        except (OSError, orjson.JSONDecodeError):
            return {}
        return found if isinstance(found, dict) else {}


def libraries() -> dict[str, str]:
    """Versions of the libraries a table depends on."""
    return {name: metadata.version(name) for name in MADE_BY}
