"""Nights as an operator starts them: whole processes of the command line, on a copy of an archive.

Belongs here: starting, killing and measuring nights, and altering one figure of a copied original so that a
night has something to publish. The altered figure is made up; nothing of it leaves the working folder.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Altered:
    """One text in one file of the archive that is written differently from night to night."""

    file: str
    old: str
    new: str

    @classmethod
    def parse(cls, text: str) -> Altered:
        """From FILE:OLD:NEW."""
        file, old, new = text.split(":")
        return cls(file=file, old=old, new=new)


def reader(doc: str | None) -> argparse.ArgumentParser:
    """Reads what every program here is told: the archive, a working folder, and what to alter."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--originals", type=Path, required=True, help="folder of original files")
    parser.add_argument("--folder", type=Path, required=True, help="working folder, on the same file system")
    parser.add_argument("--alter", type=Altered.parse, required=True, metavar="FILE:OLD:NEW")
    return parser


@dataclass(frozen=True, kw_only=True)
class Ended:
    """How a night ended."""

    code: int
    wall_seconds: float
    cpu_seconds: float
    peak_megabytes: float
    said: str


@dataclass(frozen=True, kw_only=True)
class Place:
    """A home folder and a copy of the archive, both below one working folder."""

    folder: Path
    originals: Path
    altered: Altered

    @property
    def home(self) -> Path:
        """The home folder."""
        return self.folder / "home"

    @property
    def archive(self) -> Path:
        """The copy of the archive: hard links, and one file of its own."""
        return self.folder / "archive"

    def prepare(self) -> None:
        """Copy the archive by hard links, where that has not been done."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if not self.archive.exists():
            subprocess.run(["cp", "-al", self.originals, self.archive], check=True)

    def write(self, *, new: bool) -> None:
        """Write the altered file with its new text or its old one."""
        original = (self.originals / self.altered.file).read_bytes()
        old, other = self.altered.old.encode(), self.altered.new.encode()
        if old not in original:
            raise SystemExit(f"{self.altered.old!r} does not stand in {self.altered.file}")
        target = self.archive / self.altered.file
        beside = target.with_name(".beside")
        beside.write_bytes(original.replace(old, other) if new else original)
        beside.replace(target)

    def start(self, *command: str) -> subprocess.Popen[str]:
        """A process of the command line with this home and this archive, in a group of its own."""
        environment = {
            **os.environ,
            "SDG17_HOME": str(self.home),
            "SDG17_ORIGIN": f"archive:{self.archive}",
        }
        return subprocess.Popen(
            [sys.executable, "-m", "pipelines.cli", *command], env=environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip

    def run(self, *command: str) -> Ended:
        """Let a command end by itself, and measure it."""
        started = time.monotonic()
        process = self.start(*command)
        said = process.stdout.read() if process.stdout else ""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        return Ended(
            code=process.returncode,
            wall_seconds=time.monotonic() - started,
            cpu_seconds=usage.ru_utime + usage.ru_stime,
            peak_megabytes=usage.ru_maxrss / 1024,
            said=said,
        )

    def killed(self, after_seconds: float) -> tuple[bool, str]:
        """Start a night and kill it with all its children after a while; whether it was still running, and its last line."""
        process = self.start("run")
        try:
            said, _ = process.communicate(timeout=after_seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            said, _ = process.communicate()
            return True, _last(said)
        return False, _last(said)

    def status(self) -> dict[str, Any]:
        """What `status.json` says."""
        found: dict[str, Any] = json.loads((self.home / "status.json").read_bytes())
        return found

    def released(self) -> str:
        """Identifier of the current release."""
        return (self.home / "current").resolve().name

    def bytes_on_disk(self) -> int:
        """Bytes of the home folder, files with several names counted once."""
        said = subprocess.run(["du", "-sb", self.home], check=True, capture_output=True, text=True).stdout
        return int(said.split()[0])


def _last(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return lines[-1][:120] if lines else ""
