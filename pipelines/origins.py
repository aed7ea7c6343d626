"""Where the files of a source lie: packaged with the program, or in an archive folder.

Belongs here: finding and reading files of a source for the origin that is set. Does not belong
here: parsing them (`sources/`) or keeping them (`pipelines/snapshots.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from pipelines.settings import OriginKind
from sources.source import SIZE_LIMIT, Source, SourceChanged, SourceUnavailable


@dataclass(frozen=True, kw_only=True)
class Found:
    """A file as it lies at its origin."""

    name: str
    origin: OriginKind
    content: bytes


def applies(source: Source, kind: OriginKind) -> bool:
    """Whether a source takes part in a run on this origin."""
    if source.always:
        return True
    return bool(source.embedded) if kind == "embedded" else bool(source.archive)


def fetch(source: Source, kind: OriginKind, archive: Path | None) -> list[Found]:
    """The files of one source, in a stable order.

    Raises:
        SourceUnavailable: the archive holds no file of this source.
        SourceChanged: a file is larger than accepted.
    """
    if source.always or kind == "embedded":
        return [_packaged(name) for name in source.embedded]
    if archive is None:
        raise SourceUnavailable(
            f"{source.id} has no live connector yet. Set SDG17_ORIGIN=archive:PATH or embedded."
        )
    found = list(_archived(source, archive))
    if not found:
        raise SourceUnavailable(
            f"{source.title}: no file matches {' or '.join(source.archive)} below {archive}. "
            "Put the provider's file there, or leave the source out on purpose."
        )
    return found


def _packaged(name: str) -> Found:
    content = resources.files("sources").joinpath("embedded", name).read_bytes()
    return Found(name=f"embedded/{name}", origin="embedded", content=content)


def _archived(source: Source, archive: Path) -> Iterator[Found]:
    root = archive.resolve()
    for path in sorted({path for pattern in source.archive for path in root.glob(pattern)}):
        if not path.resolve().is_relative_to(root):
            raise SourceChanged(f"{path} leads out of the archive folder and is refused.")
        if path.stat().st_size > SIZE_LIMIT:
            raise SourceChanged(f"{path.name} is larger than {SIZE_LIMIT:,} bytes and is refused.")
        yield Found(name=str(path.relative_to(root)), origin="archive", content=path.read_bytes())
