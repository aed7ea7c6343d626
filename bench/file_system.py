"""How fast the file system makes files, where whole nights are measured.

Belongs here: the probe, and what it means. Does not belong here: any benchmark.

A file system without a journal (some virtual machines have one) avoids places of files that were removed in
the last minutes, and looks for others in the processor's time. As each side begins after the files of another
were removed, such a disk can take more of it than the work that is measured. `TMPDIR` names another one.
"""

from __future__ import annotations

import resource
import tempfile
from pathlib import Path

FILES = 1_000
TOO_LONG_MS = 0.2
"""For a small file; a journaling file system of two slow cores takes half of it."""
WARNING = (
    "A small file takes {:.2f} ms of processor time here: this file system looks long for free places after files "
    "were removed, which every side would be charged with. Set TMPDIR to a folder on another one (with a "
    "journal, or in memory)."
)


def probe() -> float:
    """Milliseconds of processor time to make a small file after as many were removed."""
    with tempfile.TemporaryDirectory(prefix="sdg17-bench-") as folder:
        _made(Path(folder) / "first")
        for file in (Path(folder) / "first").iterdir():
            file.unlink()
        return _made(Path(folder) / "second")


def _made(folder: Path) -> float:
    folder.mkdir()
    before = resource.getrusage(resource.RUSAGE_SELF)
    for number in range(FILES):
        (folder / f"{number:06}").write_bytes(b"made up")
    after = resource.getrusage(resource.RUSAGE_SELF)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return 1_000 * spent / FILES
