"""The lake follows what is published: which releases are due, and what became of it.

Belongs here: the order of releases, the record `$SDG17_HOME/lake.json`, the process that writes after a night.
Does not belong here: the writing itself (`writing.py`), judging (`pipelines/operations/judging.py`).

A release is published before the lake hears of it, so nothing that happens here can harm it. After a night the
lake is written by a process of its own with a limit of time: neither a server that hangs nor a fault of an
extension reaches the night. What a night misses, the next one catches up, oldest release first.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path

import orjson

from pipelines.files import write_atomically
from pipelines.lake.opening import LakeUnavailable, opened
from pipelines.lake.writing import Snapshot, snapshots, write
from pipelines.release import DATABASE, folder_of, manifest_of, stamp
from pipelines.settings import Settings
from pipelines.withdrawal import kept_releases, withdrawals

LIMIT_SECONDS = 1800
"""Longest time the process that follows a night may take."""


def due(kept: Collection[str], current: str, withdrawn: Collection[str], in_lake: Sequence[str]) -> list[str]:
    """Releases to be written, in order.

    Args:
        kept: releases that are kept whole.
        current: the one that is published.
        withdrawn: releases taken back at some time.
        in_lake: what the lake holds, oldest snapshot first.

    A release that was taken back before the lake heard of it is not written. One that was taken back afterwards
    keeps its snapshot, and what is shown again is written once more, as the newest one.
    """
    missed = [
        each for each in sorted(kept) if max(in_lake, default="") < each < current and each not in withdrawn
    ]
    return [*missed, *([] if in_lake and in_lake[-1] == current else [current])]


def due_now(settings: Settings, held: Sequence[Snapshot]) -> list[str]:
    """The same for a home folder; nothing is due where nothing is published."""
    current = folder_of(settings, None)
    if current is None:
        return []
    withdrawn = {each.withdrawn for each in withdrawals(settings)}
    return due(kept_releases(settings), current.name, withdrawn, [each.release_id for each in held])


def catch_up(settings: Settings) -> list[Snapshot]:
    """Write every release that is due; return the snapshots made for them.

    Raises:
        LakeUnavailable: anything went wrong; what was written before it stays, and the record says so.
    """
    try:
        with _only_writer(settings), opened(settings, write=True) as connection:
            held = snapshots(connection)
            for release_id in (found := due_now(settings, held)):
                folder = settings.releases / release_id
                before = held[-1].parts if held else {}
                write(connection, folder / DATABASE, manifest_of(settings, release_id) or {}, before)
                held = snapshots(connection)
                _record(settings, release_id, None)
            if not found and held:
                _record(settings, held[-1].release_id, None)
            return held[len(held) - len(found) :]
    except (LakeUnavailable, OSError) as error:
        _record(settings, recorded(settings).get("release_id"), str(error))
        raise LakeUnavailable(str(error)) from error


def follow(settings: Settings) -> None:
    """After a night: catch up in a process of its own. Whatever goes wrong stands in the record."""
    if settings.lake is None or folder_of(settings, None) is None:
        return
    command = [sys.executable, "-m", "pipelines.cli", "lake", "catch-up"]
    told = {**os.environ, "SDG17_HOME": str(settings.home), "SDG17_LAKE": settings.lake}
    try:
        done = subprocess.run(
            command, env=told, capture_output=True, text=True, check=False, timeout=LIMIT_SECONDS
        )
        problem = (
            None if done.returncode in {0, 1} else f"The process that writes it ended with {done.returncode}"
        )
    except subprocess.TimeoutExpired:
        problem = f"Writing it had not ended after {LIMIT_SECONDS} seconds"
    if problem is not None:
        _record(settings, recorded(settings).get("release_id"), problem)


def recorded(settings: Settings) -> dict[str, str | None]:
    """What became of the last writing; empty where there was none."""
    file = _file(settings)
    found: dict[str, str | None] = orjson.loads(file.read_bytes()) if file.exists() else {}
    return found if found.get("lake") == settings.lake else {}


def lake_problem(settings: Settings) -> tuple[str, str] | None:
    """What is wrong with the lake, in German and English, without asking it; null where all is well or none is set."""
    current = folder_of(settings, None)
    if settings.lake is None or current is None:
        return None
    found = recorded(settings)
    if found.get("problem"):
        return f"{found['problem']}", f"{found['problem']}"
    if found.get("release_id") != current.name:
        shown = found.get("release_id")
        return (
            f"er zeigt {f'die Fassung {shown}' if shown else 'noch nichts'}, veröffentlicht ist {current.name}",
            f"it shows {f'release {shown}' if shown else 'nothing yet'}, published is {current.name}",
        )
    return None


def _record(settings: Settings, release_id: str | None, problem: str | None) -> None:
    told = {
        "lake": settings.lake,
        "release_id": release_id,
        "at": stamp(settings.clock()),
        "problem": problem,
    }
    write_atomically(_file(settings), orjson.dumps(told, option=orjson.OPT_INDENT_2))


def _file(settings: Settings) -> Path:
    return settings.home / "lake.json"


@contextmanager
def _only_writer(settings: Settings) -> Iterator[None]:
    """One writer of this home at a time; a night may be running meanwhile."""
    settings.home.mkdir(parents=True, exist_ok=True)
    with (settings.home / ".lake.lock").open("a") as handle:
        try:
            flock(handle, LOCK_EX | LOCK_NB)
        except OSError:
            raise LakeUnavailable("Another process is writing to the lake at this moment.") from None
        yield
