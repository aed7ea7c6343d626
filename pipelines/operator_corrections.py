"""Corrections in force: those that ship with the program and those in an operator's folder.

Belongs here: reading the folder `corrections/` of the home folder. Does not belong here: what an
entry means (`quality/corrections/`).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from quality.corrections import shipped
from quality.corrections.entry import Entries, Problem, together
from quality.corrections.parsing import parse

FOLDER = "corrections"


def corrections_in_force(home: Path, tables_of: Mapping[str, tuple[str, ...]]) -> Entries:
    """Every entry, checked against the sources there are.

    Args:
        home: the home folder; its `corrections/*.toml` are the operator's own.
        tables_of: source id to the tables it fills.
    """
    files = sorted((home / FOLDER).glob("*.toml"))
    entries = together([shipped(), *(_file(path) for path in files)])
    strays = {
        each.id: f"no source {each.provider} fills table {each.table}"
        for each in entries.good
        if each.table not in tables_of.get(each.provider, ())
    }
    return Entries(
        good=tuple(each for each in entries.good if each.id not in strays),
        problems=(
            *entries.problems,
            *(
                Problem(id=each.id, file=each.file, text=strays[each.id])
                for each in entries.good
                if each.id in strays
            ),
        ),
    )


def _file(path: Path) -> Entries:
    shown = f"{FOLDER}/{path.name}"
    try:
        return parse(path.read_text("utf-8"), shown)
    except (OSError, UnicodeDecodeError) as error:
        return Entries(problems=(Problem(id="?", file=shown, text=f"the file cannot be read: {error}"),))
