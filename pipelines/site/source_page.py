"""Page of the sources: who publishes what under which terms, and which files were read.

Belongs here: what this page says. Does not belong here: HTML.
"""

from __future__ import annotations

from typing import Any

from pipelines.site.frames import Library
from pipelines.site.language import Language

_NAMED = ("title", "publisher", "licence", "attribution")


def sources(library: Library, language: Language) -> list[dict[str, Any]]:
    """All sources. Why one was not read is for the operator, who finds it in the table: it names his folders."""
    return [
        {
            **{key: row[key] or "" for key in _NAMED},
            "id": row["source_id"],
            "homepage": _address(row["homepage"]),
            "state": language.word("state", row["state"]),
            "accepted": language.number(row["rows_accepted"]),
            "quarantined": language.number(row["rows_quarantined"]),
            "files": [
                {
                    "name": each["name"],
                    "hash": each["snapshot_id"],
                    "size": language.say("bytes", count=language.number(each["size_bytes"])),
                }
                for each in library.files.get(row["source_id"], [])
            ],
        }
        for row in library.sources.values()
    ]


def _address(homepage: str | None) -> str:
    """An address a reader may follow; anything but the web is left out."""
    return homepage if homepage and homepage.startswith(("https://", "http://")) else ""
