"""What the page of a unit rests on: each source once, with a number the page refers to, and its files.

Belongs here: gathering and numbering the sources of one page. Does not belong here: the page of all
sources, where the checksum of every file stands (`source_page.py`), values (`cards.py`, `facts.py`).

A page names its files and leaves their checksums to the page of the sources. A source may be one file for a
whole Land; its checksum on every page would rewrite all of them when it is delivered anew, also those of
units for which nothing changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pipelines.site.frames import Library
from pipelines.site.reading import Row


def sources(library: Library, observations: Sequence[Row]) -> list[dict[str, Any]]:
    """The sources values rest on, each with attribution and the names of the files."""
    found: dict[str, list[str]] = {}
    for snapshot_id in sorted({each for row in observations for each in row["snapshot_ids"] or ()}):
        source_id, name = file_of(library, snapshot_id)
        found.setdefault(source_id, []).append(name)
    return [_source(library, source_id, names) for source_id, names in sorted(found.items())]


def file_of(library: Library, snapshot_id: str) -> tuple[str, str]:
    """Source and name of a file; its checksum stands for the name where the release does not know it."""
    entry = library.snapshots.get(snapshot_id)
    return (entry["source_id"], entry["name"]) if entry else ("", snapshot_id)


def source_title(library: Library, source_id: str) -> str:
    """Title of a source, or its key where the source table does not know it."""
    known = library.sources.get(source_id)
    return known["title"] if known else source_id


def numbered(
    library: Library, cards: Sequence[Mapping[str, Any]], themes: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """All sources of a page, in the order of their keys, each with the files it was read from."""
    found: dict[str, dict[str, Any]] = {}
    for source in _named(library, cards, themes):
        known = found.setdefault(source["id"], {**source, "files": []})
        known["files"] = sorted({*known["files"], *source["files"]})
    return [found[key] for key in sorted(found)]


def _named(
    library: Library, cards: Sequence[Mapping[str, Any]], themes: Sequence[Mapping[str, Any]]
) -> Iterable[dict[str, Any]]:
    for card in cards:
        yield from card["sources"]
    for theme in themes:
        yield from (_source(library, each["id"], ()) for each in theme["partnerships"].get("sources", ()))
        yield from (_source(library, row["source"]["id"], [row["file"]]) for row in theme["facts"])


def _source(library: Library, source_id: str, names: Iterable[str]) -> dict[str, Any]:
    return {
        "id": source_id,
        "title": source_title(library, source_id),
        "attribution": library.sources.get(source_id, {}).get("attribution", ""),
        "files": sorted(names),
    }
