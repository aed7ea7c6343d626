"""200 million budget lines to measures and indicators on one machine: does it fit, and what does it take?

Belongs here: ten times Germany's made-up lines, and one measurement of what `lines.py` does with them. Does not
belong here: the work (`lines.py`), the lines of one Germany (`budget_lines.py`). Run by name, because it takes
twenty minutes and 10 GB of disk; its figures stand in `two_hundred_million.json` and on the page of results:

    python -m bench.two_hundred_million
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

import polars as pl

from bench.budget_lines import DONE
from bench.lines import folder_of
from bench.lines_in_polars import in_polars
from bench.measuring import Clock, Limit, Measured, peak_mb
from bench.results import leave

TIMES = 10
TABLES = ("spending_rule", "population_measure", "line_tag", "budget_line")
BEFORE_THE_KEY = {"ags": "", "snapshot_id": "", "budget_line_id": "made_up/", "rule_id": "made_up."}
"""Columns that hold the key of a unit, and what stands in them before it."""


def multiplied(source: Path, target: Path) -> None:
    """Write tables `TIMES` over, each time with units of another Land, in published order."""
    target.mkdir(parents=True, exist_ok=True)
    for name in TABLES:
        rows = pl.scan_parquet(source / f"{name}.parquet")
        copies = [_of_land(rows, land) for land in range(1, TIMES + 1)]
        pl.concat(copies).sink_parquet(
            target / f"{name}.parquet",
            compression="zstd",
            compression_level=1,
            row_group_size=250_000,
            maintain_order=True,
        )


def _of_land(rows: pl.LazyFrame, land: int) -> pl.LazyFrame:
    there = set(rows.collect_schema()) & set(BEFORE_THE_KEY)
    if "budget_line_id" not in there:
        there -= {"snapshot_id"}  # all rules are from one file
    return rows.with_columns(
        pl.concat_str(pl.lit(f"{begin}{land:02}"), pl.col(name).str.slice(len(begin) + 2)).alias(name)
        for name, begin in BEFORE_THE_KEY.items()
        if name in there
    )


def carried_out(folder: Path) -> Measured:
    """All of it once, in this process."""
    with tempfile.TemporaryDirectory(dir=folder.parent) as target:
        clock = Clock()
        in_polars(folder, Path(target), clock)
        spent = sum(clock.steps.values())
        files = list(Path(target).rglob("*.parquet"))
        size = sum(each.stat().st_size for each in files)
    return Measured(cpu_seconds=spent, peak_mb=peak_mb(), files=len(files), bytes=size, steps=clock.steps)


def main() -> int:
    """Make the lines, measure in a process of its own, write the figures."""
    reader = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    reader.add_argument("--folder", type=Path, help="working folder with 10 GB to spare; kept if named")
    asked = reader.parse_args()
    folder = asked.folder or Path(tempfile.mkdtemp(prefix="sdg17-lines-", dir="/var/tmp"))
    lines = folder / "lines"
    if not (lines / DONE).exists():
        multiplied(folder_of("germany"), lines)
        (lines / DONE).touch()
    call = (
        "import json, sys; from dataclasses import asdict; from pathlib import Path; "
        "from bench.two_hundred_million import carried_out; "
        "print(json.dumps(asdict(carried_out(Path(sys.argv[1])))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", call, str(lines)], stdout=subprocess.PIPE, text=True, check=True
    )
    measured = json.loads(done.stdout.splitlines()[-1])
    rows = pl.scan_parquet(lines / "budget_line.parquet").select(pl.len()).collect().item()
    limit = Limit(side="ours", quantity="peak_mb", at_most=1_000)
    found = {
        "title": f"{rows:,} budget lines to indicators",
        "data": (
            f"Synthetic: the lines of {TIMES} made-up Germanys, {(lines / 'budget_line.parquet').stat().st_size / 1e9:.1f} "
            "GB of Parquet, in slices of units; measures with the rows that show each number, and indicators."
        ),
        "rounds": 1,
        "sides": {
            "ours": {
                **measured, "title": "ours", "items": 1,
                "least": measured["cpu_seconds"], "most": measured["cpu_seconds"],
            }
        },
        "ratios": [], "growth": (),
        "limits": [{**asdict(limit), "reached": measured["peak_mb"]}],
    }  # fmt: skip
    leave(Path(__file__).parent, "two_hundred_million", found)
    if asked.folder is None:
        shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
