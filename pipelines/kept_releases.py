"""The releases kept on disk: when they were built, how they were audited, what they take.

Belongs here: listing. Does not belong here: going back to one (`pipelines/withdrawal.py`) or comparing it
with its manifest (`pipelines/verifying.py`).
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipelines.release import folder_of, manifest_of
from pipelines.settings import Settings
from pipelines.withdrawal import kept_releases, withdrawals


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One release kept whole."""

    release_id: str
    current: bool
    built_at: str
    checks_run: int
    checks_failed: int
    files: int
    bytes: int
    """Size of its contents; a content with several names counts once."""
    own_bytes: int
    """Size of those no other release shares: what removing it would give back."""
    withdrawn_because: str | None
    """Why it was taken back, or null."""


def listed(settings: Settings) -> list[Kept]:
    """Every release kept, newest first."""
    current = folder_of(settings, None)
    reasons = {each.withdrawn: each.reason for each in withdrawals(settings)}
    found = []
    for release_id in kept_releases(settings):
        manifest = manifest_of(settings, release_id) or {}
        checks = manifest.get("checks", {})
        found_files = list(_files(settings.releases / release_id))
        contents = {each.st_ino: each for each in found_files}
        names = Counter(each.st_ino for each in found_files)
        found.append(
            Kept(
                release_id=release_id,
                current=current is not None and current.name == release_id,
                built_at=str(manifest.get("built_at", "")),
                checks_run=checks.get("run", 0),
                checks_failed=checks.get("failed", 0),
                files=len(found_files),
                bytes=sum(each.st_size for each in contents.values()),
                own_bytes=sum(
                    each.st_size for inode, each in contents.items() if each.st_nlink == names[inode]
                ),
                withdrawn_because=reasons.get(release_id),
            )
        )
    return found


def _files(folder: Path) -> Iterator[os.stat_result]:
    """What the disk says of every file below a folder; symbolic links are left out."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _files(Path(entry.path))
            elif entry.is_file(follow_symlinks=False):
                yield entry.stat(follow_symlinks=False)
