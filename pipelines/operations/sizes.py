"""How much of the disk each part of the home folder takes.

Belongs here: counting bytes. Does not belong here: removing anything (`retention.py`).

Counting is left to `du` of coreutils, which every Debian has: a release holds a hundred thousand names, and
it looks at them ten times faster than a loop of ours would.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from pipelines.release import BYTES, read_manifest
from pipelines.settings import Settings

PARTS = ("snapshots", "tables", "manifests", "dagster", "logs")
"""Folders small enough to be counted after every night; a release is counted once, when it is built."""


def sizes(settings: Settings) -> dict[str, int]:
    """Bytes by folder of the home folder. `free` is what is left.

    `release` is the size of the current release by itself, as its manifest says; those before it share
    most files with it (`sdg17 releases` counts them all, which takes a while).
    """
    found = {part: bytes_below(settings.home / part) for part in PARTS}
    release = (read_manifest(settings) or {}).get(BYTES)
    return {
        **found,
        **({} if release is None else {"release": release}),
        "free": shutil.disk_usage(settings.home).free,
    }


def bytes_below(folder: Path) -> int:
    """Bytes on disk below a folder, a file under several names once; 0 where there is none. Files that vanish meanwhile are left out."""
    if not folder.is_dir():
        return 0
    told = subprocess.run(
        ["du", "--summarize", "--block-size=1", folder], capture_output=True, text=True, check=False
    )
    first = told.stdout.partition("\t")[0]
    return int(first) if first.isdigit() else 0
