"""Running one of Dagster's programs on the instance of a home folder, in place of this process.

Belongs here: finding the program beside this one, and its environment. Does not belong here: what the
instance is (`pipelines/instance_storage.py`, `pipelines/dagster.yaml`).
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from pipelines.instance_storage import instance_environment
from pipelines.settings import Settings


def run_command(settings: Settings, command: Sequence[str]) -> None:
    """Become the command; returns never, so signals and exit code are its own.

    Raises:
        FileNotFoundError: there is no such program.
    """
    beside = Path(sys.executable).parent
    program = shutil.which(command[0], path=f"{beside}{os.pathsep}{os.environ.get('PATH', os.defpath)}")
    if program is None:
        raise FileNotFoundError(command[0])
    environment = {**os.environ, **instance_environment(settings), "SDG17_HOME": str(settings.home)}
    os.execve(program, [program, *command[1:]], environment)  # noqa: S606 - no shell: words as they were given
