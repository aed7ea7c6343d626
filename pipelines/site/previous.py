"""The site before: which of its pages can be taken over, and taking them over.

Belongs here: the hashes and pictures a site keeps, and links to its files. Does not belong here: what
decides a page (`inputs.py`), rendering (`build.py`).

A site keeps, by subject, what decided its pages and the hash of each page's model. A finished file is
never opened for writing again, because other releases may share it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

HASHES = ".pages.json"
"""File in the site that keeps what its pages were made from."""

DRAWN = ".drawn"
"""Folder in the site that keeps pictures that take long, by what decides them."""

Kept = dict[str, dict[str, Any]]
"""Subject to `by`, what decided its pages or null, and `pages`, the hash of each by its folder."""


class Previous:
    """The pages of a finished site, linked into a new one where they need not be made again."""

    def __init__(self, folder: Path | None, destination: Path) -> None:
        """Read what the finished site keeps of its pages.

        Args:
            folder: the finished site, or null.
            destination: the site that is built.
        """
        self.folder = folder
        self.destination = destination
        self._kept = _read(folder)
        self._hashes = {
            place: digest for each in self._kept.values() for place, digest in each["pages"].items()
        }

    def pages_of(self, subject: str, decided_by: str) -> Mapping[str, str] | None:
        """Take over all pages of a subject; null where something else decides them now, or one is gone."""
        kept = self._kept.get(subject)
        if kept is None or kept["by"] != decided_by:
            return None
        pages: Mapping[str, str] = kept["pages"]
        if not all(self._there(place) for place in pages):
            return None
        for place in pages:
            self._link(place)
        return pages

    def page(self, place: str, digest: str) -> bool:
        """Take over one page whose model has this hash; false where there is none such."""
        if self._hashes.get(place) != digest or not self._there(place):
            return False
        self._link(place)
        return True

    def picture(self, decided_by: str) -> str | None:
        """A kept picture, taken over; null where there is none such."""
        name = f"{DRAWN}/{decided_by}.svg"
        if self.folder is None or not (self.folder / name).is_file():
            return None
        if not (self.destination / name).exists():
            (self.destination / DRAWN).mkdir(parents=True, exist_ok=True)
            _link(f"{self.folder}/{name}", f"{self.destination}/{name}")
        return (self.destination / name).read_text("utf-8")

    def keep(self, decided_by: str, svg: str) -> None:
        """Keep a picture for the next site; one that was taken over is there already."""
        path = self.destination / DRAWN / f"{decided_by}.svg"
        if not path.exists():
            write_file(path, svg.encode())

    def _there(self, place: str) -> bool:
        new = f"{self.destination}/{place}/index.html"
        return os.path.isfile(f"{self.folder}/{place}/index.html") and not os.path.lexists(new)  # noqa: PTH113 - tens of thousands a night

    def _link(self, place: str) -> None:
        folder = f"{self.destination}/{place}"
        try:
            os.mkdir(folder)  # noqa: PTH102 - tens of thousands a night
        except FileNotFoundError:
            Path(folder).mkdir(parents=True)
        except FileExistsError:
            pass
        _link(f"{self.folder}/{place}/index.html", f"{folder}/index.html")


def _link(old: str, new: str) -> None:
    """Give a finished file a second name, or copy it where that cannot be."""
    try:
        os.link(old, new)
    except OSError:
        shutil.copyfile(old, new)


def write_file(path: Path, content: bytes) -> None:
    """Write a file that nobody else shares: an old one of this name is left to its other links."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.write_bytes(content)


def _read(folder: Path | None) -> Kept:
    """What a site keeps of its pages; nothing where it keeps nothing or it cannot be read."""
    try:
        kept = orjson.loads((folder / HASHES).read_bytes()) if folder else {}
    except (OSError, orjson.JSONDecodeError):
        return {}
    sound = isinstance(kept, dict) and all(
        isinstance(each, dict) and "by" in each and isinstance(each.get("pages"), dict)
        for each in kept.values()
    )
    return kept if sound else {}
