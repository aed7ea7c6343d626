"""The tables a made-up night begins from, as Parquet files: `python -m bench.night_tables SIZE FOLDER`.

Belongs here: made-up rows of the tables that publishing reads besides observations, and writing all of them.
Does not belong here: what a night does with them (`night.py`). Run as a program, so that the memory it takes
to make them up is not counted as memory of the night.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import polars as pl

from bench import made_up
from quality.contract import Column
from quality.contracts import CONTRACTS

NAMES = ("observation", "municipality", "indicator", "reason", "peer_group", "peer_member")


def tables(size: str) -> dict[str, pl.DataFrame]:
    """Tables by name, each under its contract; `units` has the population comparison asks for."""
    groups, members = made_up.peers(size)
    numbered = pl.DataFrame({"indicator_id": made_up.INDICATORS}).with_row_index("number", offset=1)
    named = made_up.keys(size).to_frame().with_columns(
        name=pl.lit("Erfunden ") + pl.col("ags"), land=pl.col("ags").str.slice(0, 2)
    )  # fmt: skip
    kinds = {"kind": pl.lit("count"), "family": pl.lit("partnerships"), "metadata": pl.lit("{}")}
    without_formula = {"absence_status": pl.lit("M")}
    return {
        "observation": made_up.observations(size),
        "municipality": filled("municipality", named),
        "indicator": filled(
            "indicator",
            numbered.with_columns(label=pl.col("number").cast(pl.String), **kinds, **without_formula),
        ),
        "reason": filled("reason", pl.DataFrame({"reason": ["not_collected"]})),
        "peer_group": filled("peer_group", groups),
        "peer_member": filled("peer_member", members),
        "units": made_up.units(size),
    }


def filled(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """A table in the form of its contract: columns that were not given hold something that keeps it."""
    columns = CONTRACTS[table].columns
    missing = {name: _something(column) for name, column in columns.items() if name not in frame.columns}
    whole = frame.with_columns(**missing)
    return whole.select(pl.col(name).cast(dtype) for name, dtype in CONTRACTS[table].schema.items())


def _something(column: Column) -> pl.Expr:
    if column.nullable:
        return pl.lit(None, column.dtype)
    if column.allowed:
        return pl.lit(column.allowed[0])
    if column.pattern:
        return pl.lit(
            "0" * 64 if "64" in column.pattern else "000000000000" if "12" in column.pattern else "made_up"
        )
    if column.dtype == pl.Date:
        return pl.lit(date(2020, 1, 1))
    return pl.lit("erfunden") if column.dtype == pl.String else pl.lit(1).cast(column.dtype)


def write(size: str, folder: Path) -> None:
    """Write all tables into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in tables(size).items():
        frame.write_parquet(folder / f"{name}.parquet", compression="zstd", compression_level=1)


def written_apart(size: str, folder: Path) -> Path:
    """The same in a process of its own; the folder."""
    subprocess.run([sys.executable, "-m", "bench.night_tables", size, str(folder)], check=True)
    return folder


if __name__ == "__main__":
    write(sys.argv[1], Path(sys.argv[2]))
