"""The register of municipalities at its publisher: which editions are asked for, and how.

Belongs here: the addresses and the dialogue. Does not belong here: the layout of an edition
(`gv100ad.py`, `register_extract.py`).

No two editions may have one territorial date, for the same units would then be described twice.
So the workbook serves 31 December from 2019 on and the last quarters, the fixed-width form the
years before and the last 30 November. An edition not published yet is answered with 404.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sources.live import Delivery, Dialogue, Occasion, Request
from sources.source import SourceChanged

BASE = (
    "https://www.destatis.de/DE/Themen/Laender-Regionen/Regionales/Gemeindeverzeichnis/Administrativ/Archiv"
)
FIRST_WORKBOOK_YEAR = 2019
FIXED_WIDTH_YEARS = (2017, 2018)
QUARTERS = (1, 2, 3)
NOT_FOUND = 404
LARGEST_EDITION = 64 * 1024 * 1024
"""Editions have one to three megabytes."""

BINARY = ("application/octet-stream", "application/zip", "application/x-zip-compressed")
WORKBOOK_TYPES = ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", *BINARY)
FIXED_WIDTH_TYPES = (*BINARY, "text/plain")


@dataclass(frozen=True, kw_only=True)
class Edition:
    """One file at the publisher: the path below the base, and the name it is kept under."""

    path: str
    name: str


def workbooks(occasion: Occasion) -> list[Edition]:
    """Every year-end since 2019 and the first three quarters as published last."""
    years = range(FIRST_WORKBOOK_YEAR, occasion.reference_year + 1)
    return [
        *(_edition("GVAuszugJ", f"3112{year}_Auszug_GV.xlsx") for year in years),
        *(_edition("GVAuszugQ", f"AuszugGV{quarter}QAktuell.xlsx") for quarter in QUARTERS),
    ]


def fixed_width(_occasion: Occasion) -> list[Edition]:
    """The year-ends before 2019 and the last 30 November."""
    return [
        *(_edition("GV100ADJ", f"GV100AD3112{year}.zip") for year in FIXED_WIDTH_YEARS),
        _edition("GV100ADQ", "GV100AD3011.zip"),
    ]


def _edition(folder: str, file: str) -> Edition:
    return Edition(path=f"{folder}/{file}", name=f"gemeindeverzeichnis/{file}")


def asking(
    editions: Callable[[Occasion], Sequence[Edition]], types: tuple[str, ...]
) -> Callable[[Occasion], Dialogue]:
    """The dialogue that fetches these editions, each only if it changed.

    Raises (the dialogue):
        SourceChanged: no edition is there any more, or a page comes instead of a file.
    """

    def dialogue(occasion: Occasion) -> Dialogue:
        files: list[Delivery] = []
        for edition in editions(occasion):
            answer = yield Request(
                url=f"{occasion.base}/{edition.path}",
                query={"__blob": "publicationFile"},
                expect=types,
                conditional=True,
                tolerated=(NOT_FOUND,),
                size_limit=LARGEST_EDITION,
            )
            if answer is None:
                raise TypeError("a request is answered with an answer, not with a pause")
            if answer.status == NOT_FOUND:
                continue
            if answer.content.lstrip()[:1] == b"<":
                raise SourceChanged(
                    f"{edition.path} is a page, not a file",
                    cause="The publisher calls it a file, but it starts like HTML",
                    remedy="Open the address in a browser; set bases if the register has moved",
                )
            files.append(Delivery(name=edition.name, content=answer.content, url=answer.url))
        if not files:
            raise SourceChanged(
                "No edition of the register is where it was",
                cause=f"Not found below {occasion.base}",
                remedy="Look up the new address of the Gemeindeverzeichnis and set bases",
            )
        return files

    return dialogue
