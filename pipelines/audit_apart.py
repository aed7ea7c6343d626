"""Great Expectations in a process of its own: what it loads is given back before pages are made.

Belongs here: handing that process the files of the tables, taking its results. Does not belong here: the
expectations (`quality/expectations.py`), starting a process (`apart.py`), rules across tables (`audit.py`).

The library and all it imports take 240 MB that no other step needs.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from io import BytesIO
from pathlib import Path

import orjson
import polars as pl

from pipelines.apart import ApartBroke, answering, asked_apart
from quality.contracts import CONTRACTS
from quality.expectations import audit


class AuditBroke(RuntimeError):
    """The process ended without results; the message ends with its last words."""


def expectations(files: Mapping[str, Path], skip: Collection[str] = ()) -> pl.DataFrame:
    """Rows of `quality_result` for finished tables, asked in a process of their own.

    Args:
        files: table to its Parquet file.
        skip: tables nothing is asked about.

    Raises:
        AuditBroke: the process ended without results.
    """
    asked = {name: str(file) for name, file in files.items() if name not in skip}
    try:
        return pl.read_ipc(BytesIO(asked_apart(__name__, orjson.dumps(asked))))
    except ApartBroke as error:
        raise AuditBroke(f"Great Expectations {error}") from error


def answered(asked: bytes) -> bytes:
    """What the process does: from names of files as JSON to the results as Arrow."""
    files: dict[str, str] = orjson.loads(asked)
    results = BytesIO()
    tables = {name: pl.scan_parquet(file) for name, file in files.items()}
    audit(tables, CONTRACTS, alone=True).write_ipc(results)
    return results.getvalue()


if __name__ == "__main__":
    answering(answered)
