"""Files that were handed in to this installation and lie in its home folder, whatever the origin.

Belongs here: finding them for a source that declares `home_files`. Does not belong here: taking
them in and answering them (`pipelines/intake_folder.py`), or providers' files (`pipelines/origins.py`).
"""

from __future__ import annotations

from pathlib import Path

from pipelines.origins import Found
from sources.self_report_file import FILE_LIMIT
from sources.source import Source


def fetch_home(source: Source, home: Path | None) -> list[Found]:
    """The files of one source below the home folder, in a stable order; none is no failure.

    Links, files that are too large, and equal bytes under a second name are left out.
    """
    if home is None:
        return []
    found: dict[bytes, Found] = {}
    for path in sorted({path for pattern in source.home_files for path in home.glob(pattern)}):
        if path.is_file() and not path.is_symlink() and path.stat().st_size <= FILE_LIMIT:
            content = path.read_bytes()
            found.setdefault(
                content, Found(name=str(path.relative_to(home)), origin="archive", content=content)
            )
    return list(found.values())
