"""A release built once for all tests that ask one: every table and the database, without audit and pages.

Belongs here: building it in a process of its own, and the fixed clock. Does not belong here: what is
asked of it. Run as a program it builds one home folder:

    SDG17_HOME=… SDG17_ORIGIN=… SDG17_NOW=… python -m tests.built_release

With `SDG17_TEST_ARCHIVE_HOME` set to a home folder whose night is done, that one is asked instead.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.files import point_atomically
from pipelines.release import DATABASE
from pipelines.settings import Settings

NOW = "2026-11-22T02:00:00+01:00"
"""The clock of every release asked by tests: the reference year is 2025."""

BEFORE = "2026-11-01T02:00:00+01:00"
"""The clock of the release before it, which knew only the facts that ship with the program."""


@dataclass(frozen=True, kw_only=True)
class Built:
    """A home folder whose night has been carried out up to the database."""

    home: Path

    @property
    def settings(self) -> Settings:
        """Settings whose current release is the one that was built."""
        return Settings(home=self.home, origin="embedded")

    def database(self) -> duckdb.DuckDBPyConnection:
        """The finished file, read only."""
        return duckdb.connect(str(self.home / "current" / DATABASE), read_only=True)

    def snapshot(self, digest: str) -> bytes:
        """Original bytes by their SHA-256."""
        return (self.home / "snapshots" / digest[:2] / digest).read_bytes()


def build_once(home: Path, nights: Sequence[tuple[str, str]]) -> Built:
    """Carry out nights of (origin, clock) in turn, or wait for the process that is doing so."""
    home.mkdir(parents=True, exist_ok=True)
    done = home / ".test.done"
    with (home / ".test.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            for origin, now in nights:
                _build(home, origin, now)
            done.touch()
    return Built(home=home)


def _build(home: Path, origin: str, now: str) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SDG17_", "DAGSTER"))}
    done = subprocess.run(
        [sys.executable, "-m", "tests.built_release"],
        env={
            **kept,
            "SDG17_HOME": str(home),
            "SDG17_ORIGIN": origin,
            "SDG17_NOW": now,
            "DAGSTER_HOME": "",
            "DAGSTER_DISABLE_TELEMETRY": "yes",
        },
        cwd=Path(__file__).resolve().parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"exit {done.returncode}: {done.stdout[-4000:]}{done.stderr[-4000:]}"
    built = next((home / "releases").glob(".building-*"))
    final = built.rename(built.with_name(built.name.removeprefix(".building-")))
    point_atomically(home / "current", final)


def _carry_out() -> None:
    """The nightly job up to the history in its database, in this process; no audit, so no results of one."""
    import dagster as dg

    from pipelines.definitions import defs
    from pipelines.night import Night
    from pipelines.night_audit import complete
    from pipelines.settings import load_settings
    from pipelines.store import Store
    from quality.contracts import CONTRACTS

    last = dg.AssetKey(["release", "history"])
    wanted = dg.AssetSelection.assets(last).upstream().resolve(defs.resolve_asset_graph())
    with dg.DagsterInstance.ephemeral() as instance:
        defs.resolve_job_def("nightly").execute_in_process(
            instance=instance,
            asset_selection=sorted(wanted, key=lambda key: key.path),
            run_config={"loggers": {"console": {"config": {"log_level": "ERROR"}}}},
        )
    settings = load_settings()
    municipality = Store(folder=settings.tables).read("house", "municipality")
    complete(settings, Night.load(settings), CONTRACTS["quality_result"].empty(), municipality)


if __name__ == "__main__":
    _carry_out()
