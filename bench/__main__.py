"""Run benchmark programs and write what was measured beside them: `python -m bench [NAME]... [--rounds N]`.

Belongs here: finding the programs, the tables. Does not belong here: measuring (`measuring.py`).
"""

from __future__ import annotations

import argparse
import json
import pkgutil
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from bench.measuring import ROUNDS, measured
from bench.results import write

FOLDER = Path(__file__).parent
_OWN = ("measuring", "results", "made_up", "__main__")


def programs() -> list[str]:
    """Names of the files here that define `BENCHMARK`."""
    names = [
        each.name for each in pkgutil.iter_modules([str(FOLDER)]) if each.name not in _OWN and not each.ispkg
    ]
    return sorted(name for name in names if hasattr(import_module(f"bench.{name}"), "BENCHMARK"))


def table(found: dict[str, Any]) -> str:
    """What was measured, as Markdown."""
    lines = [
        f"# {found['title']}",
        "",
        f"{found['data']} Medians of {found['rounds']} rounds, each side in a process of its own, all sides in one run.",
        "",
        "| side | pieces | CPU ms per piece | least to most | peak MB |",
        "|---|---|---|---|---|",
    ]
    for side in found["sides"].values():
        told = (_ms(side[key]) for key in ("cpu_seconds", "least", "most"))
        middle, least, most = told
        lines.append(
            f"| {side['title']} | {side['items']:,} | {middle} | {least} to {most} | {side['peak_mb']:.0f} |"
        )
    lines += ["", "| ratio | reached | at least |", "|---|---|---|"]
    for ratio in found["ratios"]:
        slow, fast = (found["sides"][ratio[key]]["title"] for key in ("slow", "fast"))
        lines.append(f"| {slow} : {fast} | {ratio['reached']:,.1f} | {ratio['at_least']:,.1f} |")
    return "\n".join(lines) + "\n"


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.3g}"


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
    missed = False
    for name in asked.names or known:
        found = measured(name, asked.rounds)
        text = table(found)
        (FOLDER / f"{name}.json").write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", "utf-8")
        print(text)
        missed |= any(ratio["reached"] < ratio["at_least"] for ratio in found["ratios"])
    measured_once = [name for name in known if (FOLDER / f"{name}.json").exists()]
    write(FOLDER, {name: table(json.loads((FOLDER / f"{name}.json").read_bytes())) for name in measured_once})
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
