"""Run benchmark programs and write what was measured beside them: `python -m bench [NAME]... [--rounds N]`.

Belongs here: finding the programs. Does not belong here: measuring (`measuring.py`), tables (`tables.py`).
"""

from __future__ import annotations

import argparse
import pkgutil
import sys
from importlib import import_module
from pathlib import Path

from bench import file_system
from bench.measuring import ROUNDS, is_reached, measured
from bench.results import leave

FOLDER = Path(__file__).parent
_OWN = ("measuring", "results", "tables", "made_up", "file_system", "__main__")


def programs() -> list[str]:
    """Names of the files here that define `BENCHMARK`."""
    names = [
        each.name for each in pkgutil.iter_modules([str(FOLDER)]) if each.name not in _OWN and not each.ispkg
    ]
    return sorted(name for name in names if hasattr(import_module(f"bench.{name}"), "BENCHMARK"))


def main() -> int:
    """Measure, write, print; 1 where a ratio is not reached."""
    reader = argparse.ArgumentParser(prog="bench", description=__doc__)
    reader.add_argument("names", nargs="*", help="programs; all where none is named")
    reader.add_argument("--rounds", type=int, default=ROUNDS)
    asked = reader.parse_args()
    known = programs()
    unknown = sorted(set(asked.names) - set(known))
    if unknown:
        reader.error(f"no program {', '.join(unknown)}; there are {', '.join(known)}")
    files = file_system.probe()
    if files > file_system.TOO_LONG_MS:
        print(file_system.WARNING.format(files), file=sys.stderr)
    missed = False
    for name in asked.names or known:
        found = measured(name, asked.rounds)
        leave(FOLDER, name, found)
        missed |= not all(is_reached(each) for each in (*found["ratios"], *found["limits"]))
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
