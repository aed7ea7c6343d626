"""Great Expectations in a process of its own: what it loads is given back before pages are made.

Belongs here: starting that process, handing it the files of the tables, taking its results. Does not belong
here: the expectations (`quality/expectations.py`), rules across tables (`audit.py`).

The library and all it imports take 240 MB that no other step needs, and Python cannot unload a module. The
process reads tables and writes to nobody but the night that waits for it; if the night is killed, it ends
at its next word.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Collection, Mapping
from io import BytesIO
from pathlib import Path

import orjson
import polars as pl

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
    done = subprocess.run(
        [sys.executable, "-m", __name__],
        input=orjson.dumps(asked),
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(each for each in sys.path if each)},
    )
    if done.returncode:
        words = done.stderr.decode(errors="replace").strip().splitlines()
        raise AuditBroke(
            f"Great Expectations ended with code {done.returncode}: {words[-1] if words else 'no word'}"
        )
    return pl.read_ipc(BytesIO(done.stdout))


def answered(asked: bytes) -> bytes:
    """What the process does: from names of files as JSON to the results as Arrow."""
    files: dict[str, str] = orjson.loads(asked)
    results = BytesIO()
    tables = {name: pl.scan_parquet(file) for name, file in files.items()}
    audit(tables, CONTRACTS, alone=True).write_ipc(results)
    return results.getvalue()


if __name__ == "__main__":
    to_night = os.dup(1)
    os.dup2(2, 1)  # whatever a library prints is no result
    with open(to_night, "wb") as night:  # noqa: PTH123 - a descriptor, no path
        night.write(answered(sys.stdin.buffer.read()))
