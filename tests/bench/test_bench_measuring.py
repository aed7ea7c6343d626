"""What a benchmark says of a process is of that process alone."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bench.measuring import peak_mb

HELD_MB = 600
ASK = "from bench.measuring import peak_mb; print(peak_mb())"
OF_A_LARGE_PROCESS = f"""
import subprocess, sys
held = bytearray({HELD_MB} << 20)
held[:] = bytes(1) * len(held)
subprocess.run([sys.executable, "-c", {ASK!r}], check=True)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep one figure for both")
def test_a_small_process_started_by_a_large_one_is_small() -> None:
    called = [sys.executable, "-c", OF_A_LARGE_PROCESS]
    done = subprocess.run(called, stdout=subprocess.PIPE, text=True, check=True)
    assert 5 < float(done.stdout) < HELD_MB / 2


def test_what_a_process_holds_is_in_its_peak() -> None:
    before = peak_mb()
    held = bytes(1) * (round(before + 50) << 20)
    assert peak_mb() > before + 40
    assert len(held) > 0
