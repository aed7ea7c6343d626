"""Write the parity table of the engines into docs/engines.md, from a run on this machine.

    .venv/bin/python -m tests.spark.write_table HOME

`HOME` is a home folder after a night. The table stands between two marks; everything else stays as it is.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from pathlib import Path

from tests.spark.parity import ROOT, compared

DOCUMENT = ROOT / "docs" / "engines.md"
MARKS = re.compile(r"(<!-- parity -->\n).*?(<!-- end of parity -->)", re.DOTALL)

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        found = compared(Path(sys.argv[1]), Path(folder))
    busy = f"{os.getloadavg()[0]:.0f} processes at work on {os.cpu_count()} cores"
    around = ", ".join(f"{name} {seconds:.0f} s" for name, seconds in found.around.items())
    text = (
        f"{found.lines:,} budget lines, most of them made up; {busy}. Spark: {around}.\n\n{found.table()}\n"
    )
    DOCUMENT.write_text(
        MARKS.sub(lambda marks: f"{marks[1]}{text}{marks[2]}", DOCUMENT.read_text("utf-8")), "utf-8"
    )
