"""A reader on another host: a process of its own that asks the lake again and again while others write.

Run as a program with the address, the file to look for at the end, and the file for what was seen.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import orjson

from pipelines.lake.opening import LakeUnavailable, opened
from pipelines.settings import load_settings

QUESTION = """
    SELECT (SELECT release_id FROM lake.release),
           (SELECT max(release_id) FROM lake.release_history),
           (SELECT value FROM lake.observation WHERE indicator_id = 'pt_gs_n' LIMIT 1)
"""


def main() -> None:
    """Ask until the file is there; write what was seen."""
    settings, end, told = load_settings(lake=sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
    seen: list[list[object]] = []
    errors: list[str] = []
    try:
        with opened(settings) as connection:
            ending = False
            while not ending:
                ending = end.exists()
                row = connection.execute(QUESTION).fetchone()
                seen.append(list(row or ()))
                told.with_suffix(".begun").touch()
                time.sleep(0.02)
    except LakeUnavailable as error:
        errors.append(str(error))
    told.write_bytes(orjson.dumps({"seen": seen, "errors": errors}))


if __name__ == "__main__":
    main()
