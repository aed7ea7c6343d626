"""Decisions in force: those that ship with the program and those in an operator's folder.

Belongs here: the folder `decisions/` of the home folder. Does not belong here: what an entry means
(`quality/decisions/`).
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from pipelines.files import write_atomically
from quality.corrections.entry import Problem
from quality.decisions import shipped
from quality.decisions.entry import Decisions, together
from quality.decisions.parsing import parse

FOLDER = "decisions"


class CannotAdd(ValueError):
    """A decision file was not written; the message says why."""


def decisions_in_force(home: Path, sources: Collection[str]) -> Decisions:
    """Every entry, checked against the sources there are.

    Args:
        home: the home folder; its `decisions/*.toml` are the operator's own.
        sources: ids of the sources; `house` stands for rows left out when sources are put together.
    """
    entries = together(_lists(home))
    strays = [each for each in entries.good if each.source not in {*sources, "house"}]
    return Decisions(
        good=tuple(each for each in entries.good if each not in strays),
        problems=(
            *entries.problems,
            *(
                Problem(id=each.id, file=each.file, text=f"there is no source {each.source}")
                for each in strays
            ),
        ),
    )


def add(home: Path, name: str, written: str, new: Decisions) -> Path:
    """Put a new file beside the others, if nothing in it is decided already.

    Args:
        home: the home folder.
        name: of the file, with its ending.
        written: its text.
        new: its entries.

    Raises:
        CannotAdd: there is such a file, or an entry repeats another one.
    """
    path = home / FOLDER / name
    if path.exists():
        raise CannotAdd(f"{path} is there already; choose another name")
    known = _lists(home)
    repeated = [each.text for each in together([*known, new]).problems[len(together(known).problems) :]]
    if repeated:
        raise CannotAdd("; ".join(repeated))
    write_atomically(path, written.encode())
    return path


def _lists(home: Path) -> list[Decisions]:
    files = sorted((home / FOLDER).glob("*.toml"))
    return [shipped(), *(_file(path) for path in files)]


def _file(path: Path) -> Decisions:
    shown = f"{FOLDER}/{path.name}"
    try:
        return parse(path.read_text("utf-8"), shown)
    except (OSError, UnicodeDecodeError) as error:
        return Decisions(problems=(Problem(id="?", file=shown, text=f"the file cannot be read: {error}"),))
