"""What a benchmark program declares, and how one side of it is measured.

Belongs here: declarations, the measurement in a process of its own, the sums over rounds. Does not belong
here: any benchmark (its own file beside this one), finding and printing them (`__main__.py`).

A benchmark is one file in this folder that defines `BENCHMARK`. Each side prepares what it needs, does one
piece of work unmeasured to be warm, and then its work; only the work is counted, as processor seconds (user
and system), because wall time on shared machines moves threefold. The peak of memory is that of the process.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from importlib import import_module
from typing import Any

ROUNDS = 5


@dataclass(frozen=True, kw_only=True)
class Side:
    """One way to do the work."""

    title: str
    items: int
    """How many pieces of work are measured; per piece sides are compared."""
    prepare: Callable[[], Callable[[int], object]]
    """Everything that is not measured; gives the work, which is told how many pieces to do."""


@dataclass(frozen=True, kw_only=True)
class Ratio:
    """How many times as much processor time one side takes as another, and what it must reach."""

    slow: str
    fast: str
    at_least: float


@dataclass(frozen=True, kw_only=True)
class Benchmark:
    """A benchmark program."""

    title: str
    data: str
    """What is worked on; synthetic data say so."""
    sides: Mapping[str, Side]
    ratios: tuple[Ratio, ...]
    growth: tuple[str, ...] = ()
    """Sides that do the same work on one Land, on Germany and on twice Germany, in this order."""


@dataclass(frozen=True, kw_only=True)
class Measured:
    """One side in one round."""

    cpu_seconds: float
    """Per piece of work."""
    peak_mb: float


def here(name: str, side: str) -> Measured:
    """Measure one side in this process."""
    declared = import_module(f"bench.{name}").BENCHMARK.sides[side]
    work = declared.prepare()
    work(1)
    before = _processor()
    work(declared.items)
    spent = _processor() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Measured(cpu_seconds=spent / declared.items, peak_mb=peak)


def apart(name: str, side: str) -> Measured:
    """Measure one side in a process of its own."""
    called = [sys.executable, "-c", f"import bench.measuring as m; m.tell({name!r}, {side!r})"]
    done = subprocess.run(called, capture_output=True, text=True, check=True)
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


def tell(name: str, side: str) -> None:
    """Print one measurement for the process that asked."""
    print(json.dumps(asdict(here(name, side))))


def measured(name: str, rounds: int = ROUNDS) -> dict[str, Any]:
    """All sides in turn, round after round, with medians, spread and ratios of medians."""
    benchmark: Benchmark = import_module(f"bench.{name}").BENCHMARK
    found: dict[str, list[Measured]] = {side: [] for side in benchmark.sides}
    for _ in range(rounds):
        for side, rows in found.items():
            rows.append(apart(name, side))
    sides = {side: _summed(benchmark.sides[side], rows) for side, rows in found.items()}
    ratios = [
        {
            **asdict(ratio),
            "reached": sides[ratio.slow]["cpu_seconds"] / sides[ratio.fast]["cpu_seconds"],
        }
        for ratio in benchmark.ratios
    ]
    return {
        "title": benchmark.title, "data": benchmark.data, "rounds": rounds, "sides": sides, "ratios": ratios, "growth": benchmark.growth,
    }  # fmt: skip


def _summed(side: Side, rows: list[Measured]) -> dict[str, Any]:
    seconds = [row.cpu_seconds for row in rows]
    return {
        "title": side.title,
        "items": side.items,
        "cpu_seconds": statistics.median(seconds),
        "least": min(seconds),
        "most": max(seconds),
        "peak_mb": statistics.median(row.peak_mb for row in rows),
    }


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
