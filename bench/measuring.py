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
from dataclasses import asdict, dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

ROUNDS = 5

Quantity = Literal["cpu_seconds", "peak_mb", "files"]
"""What two sides are compared by."""


@dataclass(frozen=True, kw_only=True)
class Written:
    """What a piece of work may say of itself: files and bytes it wrote, and where its processor time went."""

    files: int
    bytes: int
    steps: Mapping[str, float] = field(default_factory=dict)
    """Step to processor seconds."""


@dataclass(frozen=True, kw_only=True)
class Side:
    """One way to do the work."""

    title: str
    items: int
    """How many pieces of work are measured; per piece sides are compared."""
    prepare: Callable[[], Callable[[int], object]]
    """Everything that is not measured; gives the work, which is told how many pieces to do. Work that returns
    `Written` has that in its table."""
    warm: bool = True
    """Whether one piece is done before measuring; a whole night is measured as it comes."""


@dataclass(frozen=True, kw_only=True)
class Cited:
    """A peer that cannot be run here, with figures measured elsewhere."""

    title: str
    items: int
    cpu_seconds: float
    """Per piece of work."""
    peak_mb: float | None = None


@dataclass(frozen=True, kw_only=True)
class Ratio:
    """How many times as much one side takes as another, and what it must reach, from below or from above."""

    slow: str | tuple[str, ...]
    """One side, or several that are added up."""
    fast: str | tuple[str, ...]
    at_least: float | None = None
    at_most: float | None = None
    quantity: Quantity = "cpu_seconds"
    title: str = ""
    """What is compared, in a few words; the titles of the sides where it is empty."""
    why_missed: str = ""
    """Printed where it is not reached: the measured reason, and what would be needed."""


@dataclass(frozen=True, kw_only=True)
class Limit:
    """What one side may take by itself."""

    side: str
    quantity: Quantity
    at_most: float
    why_missed: str = ""
    """As of a ratio."""


@dataclass(frozen=True, kw_only=True)
class Benchmark:
    """A benchmark program."""

    title: str
    data: str
    """What is worked on; synthetic data say so."""
    sides: Mapping[str, Side | Cited]
    ratios: tuple[Ratio, ...]
    limits: tuple[Limit, ...] = ()
    growth: tuple[str, ...] = ()
    """Sides that do the same work on one Land, on Germany and on twice Germany, in this order."""


@dataclass(frozen=True, kw_only=True)
class Measured:
    """One side in one round."""

    cpu_seconds: float
    """Per piece of work."""
    peak_mb: float
    files: int | None = None
    bytes: int | None = None
    steps: Mapping[str, float] = field(default_factory=dict)


def here(name: str, side: str) -> Measured:
    """Measure one side in this process."""
    declared: Side = import_module(f"bench.{name}").BENCHMARK.sides[side]
    work = declared.prepare()
    if declared.warm:
        work(1)
    before = processor()
    said = work(declared.items)
    spent = processor() - before
    told = asdict(said) if isinstance(said, Written) else {}
    return Measured(cpu_seconds=spent / declared.items, peak_mb=peak_mb(), **told)


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
    run = {side: each for side, each in benchmark.sides.items() if isinstance(each, Side)}
    found: dict[str, list[Measured]] = {side: [] for side in run}
    for _ in range(rounds):
        for side, rows in found.items():
            rows.append(apart(name, side))
    sides = {
        side: _summed(each, found[side]) if isinstance(each, Side) else {**asdict(each), "cited": True}
        for side, each in benchmark.sides.items()
    }
    return {
        "title": benchmark.title, "data": benchmark.data, "rounds": rounds, "sides": sides,
        "ratios": compared(benchmark.ratios, sides), "growth": benchmark.growth,
        "limits": [{**asdict(limit), "reached": sides[limit.side][limit.quantity]} for limit in benchmark.limits],
    }  # fmt: skip


def compared(ratios: tuple[Ratio, ...], sides: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each ratio with what was reached."""
    return [
        {
            **asdict(ratio),
            "reached": added(ratio.slow, ratio.quantity, sides) / added(ratio.fast, ratio.quantity, sides),
        }
        for ratio in ratios
    ]


def added(named: str | tuple[str, ...], quantity: str, sides: Mapping[str, Mapping[str, Any]]) -> float:
    """What one side takes, or several together."""
    return sum(sides[name][quantity] for name in ((named,) if isinstance(named, str) else named))


def is_reached(ratio: Mapping[str, Any]) -> bool:
    """Whether a measured ratio or limit is where it must be."""
    least, most = ratio.get("at_least"), ratio.get("at_most")
    return (least is None or ratio["reached"] >= least) and (most is None or ratio["reached"] <= most)


def _summed(side: Side, rows: list[Measured]) -> dict[str, Any]:
    seconds = [row.cpu_seconds for row in rows]
    last = rows[-1]
    summed: dict[str, Any] = {
        "title": side.title,
        "items": side.items,
        "cpu_seconds": statistics.median(seconds),
        "least": min(seconds),
        "most": max(seconds),
        "peak_mb": statistics.median(row.peak_mb for row in rows),
    }
    if last.files is not None:
        steps = {name: statistics.median(row.steps[name] for row in rows) for name in last.steps}
        summed |= {"files": last.files, "bytes": last.bytes, "steps": steps}
    return summed


def processor() -> float:
    """Processor seconds of this process, user and system."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def peak_mb() -> float:
    """Most memory this process has held, in megabytes.

    Linux begins `ru_maxrss` of a process with what the one that started it had held, so that a small process of a
    large one seems large; the figure it keeps with the memory itself begins anew with each program.
    """
    told = Path("/proc/self/status")
    lines = told.read_text().splitlines() if told.exists() else []
    own = [int(line.split()[1]) for line in lines if line.startswith("VmHWM:")]
    return (own[0] if own else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) / 1024


class Clock:
    """Processor seconds by step, from when it was made."""

    def __init__(self) -> None:
        """Begin."""
        self.steps: dict[str, float] = {}
        self._last = processor()

    def done(self, step: str) -> None:
        """What was spent since the step before belongs to this one, which may come again."""
        now = processor()
        self.steps[step] = self.steps.get(step, 0.0) + now - self._last
        self._last = now
