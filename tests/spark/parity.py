"""All measure groups on three engines, compared.

Belongs here: carrying the three out on the same tables, and saying where they differ. Does not belong here: what
they are given (`tests/spark/load.py`) or how a cluster is started (`tests/spark/cluster.py`).
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from pipelines.engine import opened
from tests.spark.load import tables_of
from tests.spark.made import QUARTILES, Made, made_on, unit_years

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / ".venv-spark" / "bin" / "python"
LONGEST_SECONDS = 420
"""On an idle machine it is less than a fifth of that; a machine that does much else must not fail it."""
CLOSE = 1e-12
"""Largest difference of quantiles, relative to their size: interpolation may round its last digit otherwise."""
HEAD = "| engine | measure group | rows of input | measures | seconds | equal to Polars |\n|---|---|---:|---:|---:|---|"


@dataclass(frozen=True, kw_only=True)
class Compared:
    """Results by engine, Polars first."""

    made: dict[str, Made]
    lines: int
    around: dict[str, float]
    """Seconds on the cluster beside the groups: until it is up, until a session stands, all together."""

    def differences(self, engine: str) -> list[str]:
        """Names of the frames in which an engine differs from Polars."""
        ours, others = self.made["polars"].frames, self.made[engine].frames
        missing = sorted(set(ours) ^ set(others))
        return missing + [
            name for name in ours if name in others and not same(name, ours[name], others[name])
        ]

    def table(self) -> str:
        """Engine, group, rows, seconds and whether it is equal, as Markdown."""
        rows = [
            f"| {engine} | {group} | {self._rows(engine, group, 'inputs')} | {self._rows(engine, group, 'measure')} "
            f"| {seconds:.1f} | {self._verdict(engine, group)} |"
            for engine, made in self.made.items()
            for group, seconds in made.seconds.items()
        ]
        return "\n".join([HEAD, *rows])

    def _rows(self, engine: str, group: str, kind: str) -> str:
        frames = self.made[engine].frames
        found = frames.get(f"{group}.{kind}")
        return "" if found is None else f"{found.height:,}"

    def _verdict(self, engine: str, group: str) -> str:
        if engine == "polars":
            return ""
        differing = [name for name in self.differences(engine) if name.partition(".")[0] == group]
        return f"no: {', '.join(differing)}" if differing else "yes"


def same(name: str, ours: pl.DataFrame, others: pl.DataFrame) -> bool:
    """Bit for bit, in every column and row; quantiles within `CLOSE`."""
    if ours.schema != others.schema or ours.height != others.height:
        return False
    if name != QUARTILES:
        return ours.equals(others)
    exact = [column for column, dtype in ours.schema.items() if dtype != pl.Float64]
    near = [column for column in ours.columns if column not in exact]
    return ours.select(exact).equals(others.select(exact)) and all(
        abs(one - other) <= CLOSE * max(1.0, abs(one))
        for column in near
        for one, other in zip(ours[column], others[column], strict=True)
    )


def compared(home: Path, folder: Path) -> Compared:
    """Make every group on Polars, DuckDB and Spark.

    Args:
        home: a home folder after a night.
        folder: an empty folder for the tables and what comes back.
    """
    frames = tables_of(home)
    scans = {name: frame.lazy() for name, frame in frames.items()}
    with opened() as engine:
        frames["unit_years"] = unit_years(made_on(engine, scans))
    tables, results = folder / "tables", folder / "results"
    tables.mkdir(), results.mkdir()
    for name, frame in frames.items():
        frame.write_parquet(tables / f"{name}.parquet")
    made = {}
    for address in ("polars", "duckdb"):
        with opened(address) as engine:
            made[address] = made_on(engine, {path.stem: pl.scan_parquet(path) for path in tables.glob("*")})
    _carried_out(tables, results)
    seconds = json.loads((results / "seconds.json").read_text())
    around = {name: seconds.pop(name) for name in ("cluster up", "session", "all")}
    found = {path.stem: pl.read_parquet(path) for path in results.glob("*.parquet")}
    return Compared(
        made={**made, "spark": Made(frames=found, seconds=seconds)},
        lines=frames["budget_line"].height,
        around=around,
    )


def _carried_out(tables: Path, results: Path) -> None:
    """Run the part on the cluster in its own environment; its whole process group ends with it."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("SDG17_", "SPARK"))
    }
    process = subprocess.Popen(
        [str(PYTHON), "-m", "tests.spark.measured_there", str(tables), str(results)],
        cwd=ROOT,
        env=environment | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        said, _ = process.communicate(timeout=LONGEST_SECONDS)
        assert process.returncode == 0, said[-5000:]
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
