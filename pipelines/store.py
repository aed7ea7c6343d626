"""The tables of a run, as Parquet files: one folder per stage, one file per table.

Belongs here: names of files, reading and writing them, their content hash. Does not belong here:
what stands in a table (`quality/contracts`) or who makes it (`pipelines/assets`).

Parquet inside, DuckDB only at the end: two processes on one DuckDB file would block each other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import polars as pl

from pipelines.growing import COMPRESSION, LEVEL, ROWS_TOGETHER, Growing, sink
from pipelines.listed import in_one
from pipelines.order import is_out_of_order
from quality.contract import Contract

ROWS_AT_ONCE = 200_000
"""Rows of a table in memory while its content is hashed."""


@dataclass(frozen=True, kw_only=True)
class Store:
    """Tables below one folder, addressed by stage and name."""

    folder: Path

    def path(self, stage: str, name: str) -> Path:
        """File of one table."""
        return self.folder / stage / f"{name}.parquet"

    def write(self, stage: str, name: str, frame: pl.DataFrame) -> None:
        """Replace a table; readers see the old one or the new one."""
        path = self.path(stage, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".part")
        frame.write_parquet(
            beside, compression=COMPRESSION, compression_level=LEVEL, row_group_size=ROWS_TOGETHER
        )
        beside.replace(path)

    def sink(self, stage: str, name: str, rows: pl.LazyFrame) -> None:
        """Replace a table by rows in their order, computed while they are written."""
        path = self.path(stage, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".part")
        try:
            sink(rows, beside)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)

    @contextmanager
    def growing(self, stage: str, name: str, lead: str | None = None) -> Iterator[Growing]:
        """Replace a table by parts that are added one by one.

        Args:
            stage: where the table lies.
            name: the table.
            lead: the column before the unit in the published order, if there is one.
        """
        path = self.path(stage, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        with Growing(path, lead) as table:
            yield table

    def read(self, stage: str, name: str) -> pl.DataFrame:
        """A whole table in memory."""
        return pl.read_parquet(self.path(stage, name))

    def scan(self, stage: str, name: str) -> pl.LazyFrame:
        """A table to be read as far as a query needs it."""
        return pl.scan_parquet(self.path(stage, name))

    def names(self, stage: str) -> list[str]:
        """Tables of a stage, sorted."""
        return sorted(path.stem for path in (self.folder / stage).glob("*.parquet"))


class Tables(Mapping[str, pl.DataFrame]):
    """Tables by name, each read anew whenever it is asked for, so that none stays in memory."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        """Name the Parquet files; nothing is read yet."""
        self._files = files

    def __getitem__(self, name: str) -> pl.DataFrame:
        """Read one table."""
        return pl.read_parquet(self._files[name])

    def columns(self, name: str, wanted: Sequence[str]) -> pl.DataFrame:
        """Read some columns of one table; the others stay on disk."""
        return pl.read_parquet(self._files[name], columns=list(wanted))

    def __contains__(self, name: object) -> bool:
        """Whether there is such a table, without reading it."""
        return name in self._files

    def __iter__(self) -> Iterator[str]:
        """Names of the tables."""
        return iter(self._files)

    def __len__(self) -> int:
        """Number of tables."""
        return len(self._files)


def content_hash(frame: pl.DataFrame, contract: Contract) -> str:
    """SHA-256 of a table's rows in published order, independent of how they are stored."""
    digest = hashlib.sha256()
    _into(digest, _sorted(_flat(frame, contract), _order(contract)))
    return digest.hexdigest()


def content_of_file(path: Path, contract: Contract, at_once: int = ROWS_AT_ONCE) -> tuple[int, str]:
    """Number of rows and `content_hash` of a table in a file, in little memory where it lies in published order.

    Args:
        path: a Parquet file.
        contract: the table.
        at_once: rows in memory; a table that does not lie in published order is read as a whole.
    """
    scan = pl.scan_parquet(path)
    rows = int(scan.select(pl.len()).collect().item())
    order = _order(contract)
    digest, before = hashlib.sha256(), None
    for offset in range(0, rows, at_once):
        part = _sorted(_flat(scan.slice(offset, at_once).collect(), contract), order)
        first = part.head(1).select(order)
        if before is not None and not _in_order(before, first):
            return rows, content_hash(pl.read_parquet(path), contract)
        before = part.tail(1).select(order)
        _into(digest, part)
    return rows, digest.hexdigest()


def _order(contract: Contract) -> list[str]:
    """Columns of the published order."""
    return list(dict.fromkeys([*contract.sort, *contract.key]) if contract.key else contract.columns)


def _flat(frame: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    """The columns of the contract, lists as one text each."""
    flat = frame.select(list(contract.columns))
    return flat.with_columns(
        in_one(flat[name]) for name, dtype in flat.schema.items() if dtype == pl.List(pl.String)
    )


def _sorted(frame: pl.DataFrame, order: list[str]) -> pl.DataFrame:
    """Rows in an order; most tables lie in it already, which is seen in less time than they are sorted."""
    is_sorted = frame.select(~is_out_of_order(order)).item()
    return frame if is_sorted else frame.sort(order, maintain_order=True)


def _in_order(before: pl.DataFrame, after: pl.DataFrame) -> bool:
    both = pl.concat([before, after])
    return both.equals(both.sort(both.columns, maintain_order=True))


def _into(digest: hashlib._Hash, frame: pl.DataFrame) -> None:
    """Add rows in their order."""
    for part in frame.iter_slices(50_000):
        written = BytesIO()
        part.write_csv(written, include_header=False, float_precision=None)
        digest.update(written.getbuffer())
