"""Under which licence a selection of rows may be used, and whom to name.

Belongs here: the sources behind rows, the licence that follows from theirs, and the joined text of
attribution. Does not belong here: the licence of any single source (its own file in `sources/`).

Our own work is under the Data licence Germany, attribution, 2.0. Where a source demands that what is made
from it is passed on alike, the selection that rests on it is under the licence of that source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from pipelines.exchange.source_files import source_files
from quality.status import Text


@dataclass(frozen=True, kw_only=True)
class Licence:
    """A licence as catalogues know it."""

    id: str
    """Name in LIESMICH and in the interface."""
    spdx: str
    """Name in the list of SPDX, which data packages use."""
    dcat: str
    """Last part of the address in the list of DCAT-AP.de."""
    address: str
    name: Text


OWN = Licence(
    id="dl-de/by-2-0",
    spdx="DL-DE-BY-2.0",
    dcat="dl-by-de/2.0",
    address="https://www.govdata.de/dl-de/by-2-0",
    name=Text(
        de="Datenlizenz Deutschland – Namensnennung – Version 2.0",
        en="Data licence Germany – attribution – version 2.0",
    ),
)
ALIKE: tuple[tuple[str, Licence], ...] = (
    (
        r"(?i)\bCC[ -]BY-SA[ -]4",
        Licence(
            id="CC BY-SA 4.0",
            spdx="CC-BY-SA-4.0",
            dcat="cc-by-sa/4.0",
            address="https://creativecommons.org/licenses/by-sa/4.0/",
            name=Text(
                de="Creative Commons Namensnennung – Weitergabe unter gleichen Bedingungen 4.0 International",
                en="Creative Commons Attribution-ShareAlike 4.0 International",
            ),
        ),
    ),
    (
        r"(?i)\bODbL",
        Licence(
            id="ODbL 1.0",
            spdx="ODbL-1.0",
            dcat="odbl",
            address="https://opendatacommons.org/licenses/odbl/1-0/",
            name=Text(de="Open Data Commons Open Database License 1.0", en="Open Database License 1.0"),
        ),
    ),
)
"""What a source's licence says, and the licence that then holds for what rests on it."""

CHANGED = "Daten geändert: ausgewählt, zusammengeführt, harmonisiert und zu Indikatoren umgerechnet."


@dataclass(frozen=True, kw_only=True)
class Terms:
    """On which terms rows may be used."""

    licence: Licence
    attributions: tuple[str, ...]
    """Whom to name, one text per source: name as it wishes, licence, address."""

    @property
    def text(self) -> str:
        """Joined attribution in the wording dl-de/by-2-0 asks for, with the note on changes."""
        return " | ".join([*self.attributions, CHANGED])


_FACTS = ("licence", "attribution", "title", "homepage")
"""Columns of the table `source` that terms are made from."""


class Sources:
    """The sources behind files, looked up once; equal sets of sources share one answer."""

    def __init__(self, sources: pl.DataFrame, snapshots: pl.DataFrame, always: Iterable[str] = ()) -> None:
        """Index the tables `source` and `snapshot`.

        Args:
            sources: table `source`.
            snapshots: table `snapshot`.
            always: hashes of files every selection rests on (the register behind names and keys).
        """
        self._rows = {row["source_id"]: row for row in sources.to_dicts()}
        self._owners: dict[str, set[str]] = {}
        self._names: dict[str, list[str]] = {}
        for file, sha256, source_id in (
            source_files(snapshots).select("file", "sha256", "source_id").iter_rows()
        ):
            self._names.setdefault(sha256, []).append(file)
            for each in (file, sha256):
                self._owners.setdefault(each, set()).add(source_id)
        self._always = frozenset(always)
        self._answers: dict[frozenset[str], Terms] = {}

    def behind(self, cells: Iterable[str | None]) -> tuple[object, ...]:
        """Everything rows and `terms` say of any of these cells: each file's names, and each source's facts.

        Args:
            cells: hashes of files, separated by blanks; null for none.
        """
        files = sorted({each for cell in set(cells) if cell for each in cell.split(" ")} | self._always)
        names = [(each, self._names.get(each, [])) for each in files]
        named = sorted({name for each in files for name in self._owners.get(each, ()) if name in self._rows})
        return names, [[name, *(self._rows[name][fact] for fact in _FACTS)] for name in named]

    def terms(self, cells: Iterable[str | None]) -> Terms:
        """Licence and attribution of rows that rest on these files.

        Args:
            cells: files separated by blanks, by name as in downloads or by hash as in `snapshot_ids`; null
                for none.
        """
        files = {each for cell in set(cells) if cell for each in cell.split(" ")}
        owners = [self._owners.get(each, set()) for each in files | self._always]
        named = frozenset(name for each in owners for name in each if name in self._rows)
        if named not in self._answers:
            rows = [self._rows[name] for name in sorted(named)]
            self._answers[named] = Terms(
                licence=_licence([row["licence"] for row in rows]),
                attributions=tuple(_attribution(row) for row in rows),
            )
        return self._answers[named]


def _licence(stated: Iterable[str]) -> Licence:
    """The licence that holds for what rests on sources with these licences."""
    texts = list(stated)
    return next((licence for sign, licence in ALIKE if any(re.search(sign, each) for each in texts)), OWN)


def _attribution(row: Mapping[str, Any]) -> str:
    own = str(row["licence"]).startswith(OWN.id)
    licence = f"{OWN.name.de} ({OWN.address})" if own else f"Lizenz: {row['licence']}"
    parts = (row["attribution"], row["title"], licence, row["homepage"])
    return "; ".join(part for part in parts if part)
