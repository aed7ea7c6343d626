"""A home folder and the command line that works in it.

Belongs here: starting `sdg17` as a user does, with a fixed clock and a clean environment. Does not
belong here: what is asked of the release (`tests/pipelines/test_night.py`, `tests/handbook`).
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb
import orjson

from tests.built_release import NOW


@dataclass(frozen=True, kw_only=True)
class Home:
    """A home folder and the command line that works in it."""

    folder: Path
    now: str = NOW
    """What the clock says there."""

    @property
    def environment(self) -> dict[str, str]:
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("SDG17_", "DAGSTER"))
        }
        return {**kept, "SDG17_HOME": str(self.folder), "SDG17_NOW": self.now}

    def sdg17(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Carry out a command; `more` is added to its environment."""
        command = [sys.executable, "-m", "pipelines.cli", *words]
        environment = {**self.environment, **more}
        return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)

    def database(self) -> duckdb.DuckDBPyConnection:
        return duckdb.connect(str(self.folder / "current" / "sdg17.duckdb"), read_only=True)

    def page(self, address: str) -> str:
        return (self.folder / "current" / "site" / address).read_text("utf-8")

    def release_id(self) -> str:
        return (self.folder / "current").resolve().name

    def copied_to(self, folder: Path) -> Home:
        """An independent copy: its releases, database and history may be changed."""
        shutil.copytree(self.folder, folder, symlinks=True)
        return Home(folder=folder)

    def brought_back_to(self, folder: Path) -> Home:
        """The same home after a loss: backed up and restored by the commands an operator has."""
        target = folder.with_name(f"{folder.name}-backups")
        backed_up = self.sdg17("backup", str(target))
        assert backed_up.returncode == 0, backed_up.stderr
        found = Home(folder=folder, now=self.now)
        restored = found.sdg17("restore", str(target))
        assert restored.returncode == 0, restored.stderr + restored.stdout
        return found


def run_once(folder: Path) -> Home:
    """Carry out one night in a home folder, or wait for the process that is doing so."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Home(folder=folder)
    with folder.with_name(f"{folder.name}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "current").exists():
            done = made.sdg17("run", "--json")
            assert done.returncode == 0, done.stderr + done.stdout
            assert orjson.loads(done.stdout)["state"] == "published"
    return made
