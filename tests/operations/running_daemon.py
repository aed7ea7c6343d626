"""The real `dagster-daemon` in a home folder of its own, with a schedule that is due every minute.

Belongs here: starting it, waiting for nights, stopping it. Does not belong here: what is asked of them.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, kw_only=True)
class Installation:
    """A home folder, the settings it is run with, and the programs that work in it."""

    home: Path
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """What every program started here finds."""
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("SDG17_", "DAGSTER"))
        }
        return {**kept, "SDG17_HOME": str(self.home), "PYTHONPATH": str(ROOT), **self.settings}

    def sdg17(self, *words: str) -> subprocess.CompletedProcess[str]:
        """The command line."""
        command = [sys.executable, "-m", "pipelines.cli", *words]
        return subprocess.run(
            command, capture_output=True, text=True, env=self.environment, check=False, cwd=ROOT
        )

    def status(self) -> dict[str, Any]:
        """The file as any program may read it; empty before the first run."""
        file = self.home / "status.json"
        found: dict[str, Any] = orjson.loads(file.read_bytes()) if file.exists() else {}
        return found

    def current(self) -> str:
        """The published release."""
        return (self.home / "current").resolve().name

    def wait(self, until: Callable[[dict[str, Any]], bool], seconds: float) -> dict[str, Any]:
        """The first status that fits."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = self.status()
            if found and until(found):
                return found
            time.sleep(0.5)
        raise AssertionError(f"not within {seconds:.0f} seconds; last seen {self.status()}")

    def next_night(self, seconds: float) -> dict[str, Any]:
        """The status after the first night that begins after this call and ends."""
        seen = (self.status().get("run") or {}).get("run_id")
        return self.wait(
            lambda found: bool(found["run"]["run_id"] != seen and found["run"]["finished_at"]), seconds
        )

    @contextmanager
    def daemon(self) -> Iterator[subprocess.Popen[bytes]]:
        """The daemon, in a group of its own, so that all it started ends with it."""
        folder = self.sdg17("instance").stdout.strip()
        environment = {**self.environment, "DAGSTER_HOME": folder, "DAGSTER_DISABLE_TELEMETRY": "yes"}
        command = [sys.executable, "-m", "dagster._daemon", "run", "-w", str(ROOT / "workspace.yaml")]
        with (self.home / "daemon.log").open("ab") as log:
            process = subprocess.Popen(
                command, env=environment, cwd=self.home, stdout=log, stderr=log, start_new_session=True
            )
        try:
            yield process
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ask the whole group to stop, then make it; a group that is gone already is fine."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
            process.wait(20)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue
