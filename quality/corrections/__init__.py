"""Corrections as data: what a source says wrongly, what is right, and the day we may stop saying so.

Belongs here: entries that ship with the program, one TOML file per source or subject. An operator's
own stand in `corrections/` of the home folder. Does not belong here: rules (a correction speaks of
rows a provider has got wrong, never of a class of rows we disagree with), or reading disk beyond the
files of this package.
"""

from __future__ import annotations

from importlib import resources

from quality.corrections.entry import Entries, together
from quality.corrections.parsing import parse


def shipped() -> Entries:
    """The entries of this package."""
    folder = resources.files("quality.corrections")
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda f: f.name)
    return together(parse(file.read_text("utf-8"), f"quality/corrections/{file.name}") for file in files)
