"""How much of the disk each part of the home folder takes.

Belongs here: counting bytes. Does not belong here: removing anything (`retention.py`).
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from pipelines.settings import Settings

PARTS = ("snapshots", "tables", "releases", "manifests", "dagster", "logs")


def sizes(settings: Settings) -> dict[str, int]:
    """Bytes by folder of the home folder; a file under several names counts once. `free` is what is left."""
    found = {part: _size(settings.home / part) for part in PARTS}
    return {**found, "free": shutil.disk_usage(settings.home).free}


def _size(folder: Path) -> int:
    seen: set[int] = set()
    total, waiting = 0, [folder]
    while waiting:
        try:
            entries = list(os.scandir(waiting.pop()))
        except OSError:  # gone meanwhile, or never there
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                waiting.append(Path(entry.path))
                continue
            try:
                told = entry.stat(follow_symlinks=False)
            except OSError:
                continue
            if told.st_ino not in seen:
                seen.add(told.st_ino)
                total += told.st_blocks * 512
    return total
