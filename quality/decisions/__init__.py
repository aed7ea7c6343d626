"""Decisions about rows in quarantine: released with what was missing, or left out for good.

Belongs here: entries that ship with the program, one TOML file per source. An operator's own stand in
`decisions/` of the home folder. Does not belong here: correcting rows that passed (`quality/corrections/`).
"""

from __future__ import annotations

from importlib import resources

from quality.decisions.entry import Decisions, together
from quality.decisions.parsing import parse


def shipped() -> Decisions:
    """The entries of this package."""
    folder = resources.files("quality.decisions")
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda f: f.name)
    return together(parse(file.read_text("utf-8"), f"quality/decisions/{file.name}") for file in files)
