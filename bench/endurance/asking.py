"""Analysts who ask while nights publish: the handbook's queries in a loop, and whether the answers belong together.

Belongs here: finding the queries, one analyst's loop (a process of its own), judging what all of them saw. Does
not belong here: the nights, and what is written of the day (`analysts.py`).

All answers of one connection must be those of one release: the one that connection names before and after, and
each the same as that release's file gives when nobody writes.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

import duckdb

from tests.handbook.pages import PAGES, QUERY, answer

RELEASE = "SELECT release_id FROM release"
HEADING = re.compile(r"^##+ (.+)$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Question:
    """One query of the handbook or the README."""

    name: str
    """Page and heading above it; several below one heading are numbered."""
    sql: str


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One set of questions, asked through one connection."""

    analyst: str
    release_before: str
    release_after: str
    answers: Mapping[str, str] = field(default_factory=dict)
    """Question to the hash of its answer."""
    seconds: Mapping[str, float] = field(default_factory=dict)
    """Question to the time its answer took; `connect` for the connection."""
    error: str | None = None


def questions(pages: Iterable[Path] = PAGES) -> list[Question]:
    """Every query of the pages that is asked of a release, in order."""
    found: dict[str, str] = {}
    for page in pages:
        text = page.read_text("utf-8")
        headings = [(each.start(), each[1]) for each in HEADING.finditer(text)]
        for query in QUERY.finditer(text):
            if query["mark"]:
                continue
            above = [title for start, title in headings if start < query.start()]
            name, number = f"{page.stem}: {above[-1] if above else 'first'}", 2
            while name in found:
                name, number = f"{name.removesuffix(f' ({number - 1})')} ({number})", number + 1
            found[name] = query["sql"]
    return [Question(name=name, sql=sql) for name, sql in found.items()]


def ask(
    analyst: str, database: Path, asked: Iterable[Question], held: duckdb.DuckDBPyConnection | None = None
) -> Reading:
    """Put all questions once, through a new connection or one that has been open for long."""
    seen: dict[str, str] = {}
    answers: dict[str, str] = {}
    seconds: dict[str, float] = {}
    connection = held
    try:
        started = time.perf_counter()
        connection = held or duckdb.connect(str(database), read_only=True)
        seen["before"] = _release(connection)
        if held is None:
            seconds["connect"] = time.perf_counter() - started
        for each in asked:
            started = time.perf_counter()
            text = answer(connection, each.sql)
            seconds[each.name] = time.perf_counter() - started
            answers[each.name] = digest(text)
        seen["after"] = _release(connection)
        error = None
    except Exception as problem:  # whatever an analyst would have seen is an error of the day
        error = f"{type(problem).__name__}: {problem}"
    finally:
        if connection is not None and held is None:
            connection.close()
    return Reading(
        analyst=analyst,
        release_before=seen.get("before", ""),
        release_after=seen.get("after", ""),
        answers=answers,
        seconds=seconds,
        error=error,
    )


def digest(text: str) -> str:
    """Of an answer's lines, whatever their order: where a query asks for none, none is promised."""
    return hashlib.sha256("\n".join(sorted(text.splitlines())).encode()).hexdigest()[:16]


def _release(connection: duckdb.DuckDBPyConnection) -> str:
    row = connection.execute(RELEASE).fetchone()
    return str(row[0]) if row else ""


def torn(readings: Iterable[Reading], quiet: Mapping[str, Mapping[str, str]]) -> list[str]:
    """What is wrong with readings that ended without an error.

    Args:
        readings: of all analysts.
        quiet: release to the answers its file gives while nobody writes; releases that are no longer kept
            are compared with the first reading that saw them.
    """
    known = {release: dict(answers) for release, answers in quiet.items()}
    found = []
    for each in readings:
        if each.error is not None:
            continue
        if each.release_before != each.release_after:
            found.append(f"{each.analyst}: {each.release_before} became {each.release_after}")
        for name, value in each.answers.items():
            if known.setdefault(each.release_before, {}).setdefault(name, value) != value:
                found.append(f"{each.analyst}: {name} is not what {each.release_before} says")
    return found


def loop(analyst: str, home: Path, folder: Path, pause_seconds: float, stays: bool) -> None:
    """Ask until the file `end` is there; one line of JSON for each set of questions.

    Args:
        analyst: who.
        home: the home folder.
        folder: where the readings are written and the file `end` is looked for.
        pause_seconds: between two sets.
        stays: keep one connection open the whole day, as a desktop client does.
    """
    database = home / "current" / "sdg17.duckdb"
    asked = questions()
    held = duckdb.connect(str(database), read_only=True) if stays else None
    with (folder / f"{analyst}.jsonl").open("w") as log:
        while not (folder / "end").exists():
            log.write(json.dumps(asdict(ask(analyst, database, asked, held))) + "\n")
            log.flush()
            time.sleep(pause_seconds)


if __name__ == "__main__":
    loop(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), float(sys.argv[4]), sys.argv[5] == "stays")
