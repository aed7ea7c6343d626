"""Work in a process of its own, so that what its libraries take is given back when it ends.

Belongs here: starting such a process, handing it bytes, taking its answer. Does not belong here: what is asked of
it, which is the business of the module that is run (`audit_apart.py`, `charts/specified.py`).

Python cannot unload a module. The process writes to nobody but the one that waits for it; if that one is
killed, it ends at its next word.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable


class ApartBroke(RuntimeError):
    """The process ended without an answer; the message says how, and ends with its last words."""


def asked_apart(module: str, question: bytes) -> bytes:
    """What a module answers that is run as a program and calls `answering`.

    Raises:
        ApartBroke: the process ended without an answer.
    """
    done = subprocess.run(
        [sys.executable, "-m", module],
        input=question,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(each for each in sys.path if each)},
    )
    if done.returncode:
        words = done.stderr.decode(errors="replace").strip().splitlines()
        raise ApartBroke(f"ended with code {done.returncode}: {words[-1] if words else 'no word'}")
    return done.stdout


def answering(answered: Callable[[bytes], bytes]) -> None:
    """Answer one question and end: the other side of `asked_apart`."""
    answer = os.dup(1)
    os.dup2(2, 1)  # whatever a library prints is no answer
    with open(answer, "wb") as to_asker:  # noqa: PTH123 - a descriptor, no path
        to_asker.write(answered(sys.stdin.buffer.read()))
