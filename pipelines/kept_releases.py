"""The releases kept on disk: when they were built, how they were audited, what they take.

Belongs here: listing. Does not belong here: going back to one (`pipelines/withdrawal.py`) or comparing it
with its manifest (`pipelines/verifying.py`).
"""

from __future__ import annotations

import os
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
    """Size of its files."""
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
        sizes = list(_sizes(settings.releases / release_id))
        found.append(
            Kept(
                release_id=release_id,
                current=current is not None and current.name == release_id,
                built_at=str(manifest.get("built_at", "")),
                checks_run=checks.get("run", 0),
                checks_failed=checks.get("failed", 0),
                files=len(sizes),
                bytes=sum(size for size, _ in sizes),
                own_bytes=sum(size for size, names in sizes if names == 1),
                withdrawn_because=reasons.get(release_id),
            )
        )
    return found


def _sizes(folder: Path) -> Iterator[tuple[int, int]]:
    """Size and number of names of every file below a folder; links are left out."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _sizes(Path(entry.path))
            elif entry.is_file(follow_symlinks=False):
                told = entry.stat(follow_symlinks=False)
                yield told.st_size, told.st_nlink
