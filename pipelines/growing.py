"""A table that is written part by part and is in published order at the end, in little memory.

Belongs here: parts one after the other, parts on disk, and putting them in order. Does not belong here: what
stands in them, or where a table lies (`pipelines/store.py`).

Parts are those of slices of units in ascending order (`pipelines/slices.py`), each in published order. Where
that order begins with the unit, one part after the other is the table. Where something else stands before
it (the measure), the table is: for each value, its rows of one part after the other.

A table that is made by itself and comes in its order needs no parts on disk: `in_turn`.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Final

import polars as pl
from polars.io.plugins import register_io_source

COMPRESSION: Final = "zstd"
LEVEL: Final = 1
ROWS_TOGETHER: Final = 50_000
"""Rows of one group in a file: few enough that a reader of some units or one indicator passes over most of them."""
HELD = 600_000
"""Rows that stay in memory before parts go to disk."""


class Growing:
    """Takes parts and leaves the whole table in their place; nothing is replaced where an error ends it.

    Use it in a `with` statement. `rows` counts what was added.
    """

    def __init__(self, path: Path, lead: str | None) -> None:
        """Name the file, and the column whose values come before the unit in its order, if there is one."""
        self._path = path
        self._lead = lead
        self._folder = path.with_suffix(".parts")
        self._held: list[pl.DataFrame] = []
        self._parts: dict[str, list[Path]] = {}
        self.rows = 0

    def __enter__(self) -> Growing:
        """Begin without parts; those of a run that was killed are removed."""
        shutil.rmtree(self._folder, ignore_errors=True)
        return self

    def add(self, frame: pl.DataFrame) -> None:
        """Take the next part; parts go to disk once they are more than a few."""
        self._held.append(frame)
        self.rows += frame.height
        if self._parts or self.rows > HELD:
            self._to_disk()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Put the parts together and the table in place; after an error, remove them."""
        try:
            if kind is None:
                beside = self._path.with_suffix(".part")
                self._together(beside)
                beside.replace(self._path)
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _to_disk(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        for value, part in self._by_value():
            files = self._parts.setdefault(value, [])
            file = self._folder / f"{list(self._parts).index(value):03}-{len(files):06}.parquet"
            part.write_parquet(file, compression="lz4", statistics=False)
            files.append(file)
        self._held.clear()

    def _by_value(self) -> list[tuple[str, pl.DataFrame]]:
        """What is held, by value of the leading column, each in the order it came."""
        if self._lead is None:
            return [("", frame) for frame in self._held if frame.height]
        return [part for frame in self._held for part in _runs(frame, self._lead)]

    def _together(self, target: Path) -> None:
        if not self._parts:
            if not self._held:
                raise ValueError(
                    f"{self._path.name}: a table is made of at least one part, which may be empty"
                )
            ordered = sorted(self._by_value(), key=lambda each: each[0])
            whole = pl.concat([self._held[0].clear(), *(part for _, part in ordered)])
            whole.write_parquet(
                target, compression=COMPRESSION, compression_level=LEVEL, row_group_size=ROWS_TOGETHER
            )
            return
        self._to_disk()
        files = [file for value in sorted(self._parts) for file in self._parts[value]]
        sink(pl.scan_parquet(files), target)  # one scan: of many, each would be begun at once and held


def _runs(frame: pl.DataFrame, column: str) -> Iterator[tuple[str, pl.DataFrame]]:
    """Value of a column and its rows, for rows in the order of that column; nothing is copied."""
    lengths = frame[column].rle().struct.unnest()
    offset = 0
    for length, value in lengths.iter_rows():
        yield str(value), frame.slice(offset, length)
        offset += length


def sink(rows: pl.LazyFrame, target: Path) -> None:
    """Write rows in their order while they are computed, without holding all of them."""
    rows.sink_parquet(
        target,
        compression=COMPRESSION,
        compression_level=LEVEL,
        row_group_size=ROWS_TOGETHER,
        maintain_order=True,
    )


def in_turn(
    parts: Iterable[pl.DataFrame], schema: Mapping[str, pl.DataType | type[pl.DataType]]
) -> pl.LazyFrame:
    """Parts as the rows of one table, each made when it is asked for; to be written once, by itself.

    Args:
        parts: in published order, one after the other; an error in making one ends the writing.
        schema: of each part.
    """

    def told(*_pushed_down: object) -> Iterator[pl.DataFrame]:
        """Every row and column: writing a source alone asks for no fewer."""
        return iter(parts)

    return register_io_source(told, schema=pl.Schema(schema))
