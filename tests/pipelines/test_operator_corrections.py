"""Corrections of an operator stand beside those that ship; what cannot be used is said, not skipped."""

from __future__ import annotations

from pathlib import Path

from pipelines.operator_corrections import corrections_in_force
from quality.corrections import shipped
from sources import load_sources

ENTRY = """
[[correction]]
id = "{id}"
table = "{table}"
provider = "countries"
where = {{ {where} }}
expect = {{ rows = 1 }}
action = "drop"
reason = "An invented reason long enough to be taken for one."
date = 2026-11-22
author = "a test"
status = "open"
"""
TABLES = {source.id: source.tables for source in load_sources().values()}


def test_entries_of_an_operator(tmp_path: Path) -> None:
    folder = tmp_path / "corrections"
    folder.mkdir()
    (folder / "a.toml").write_text(ENTRY.format(id="mine", table="country", where='iso2 = "FR"'))
    (folder / "b.toml").write_text(ENTRY.format(id="stray", table="population", where='ags = "09"'))
    (folder / "c.toml").write_bytes(b"\xff\xfe")
    found = corrections_in_force(tmp_path, TABLES)
    own = [each.id for each in found.good if each.file.startswith("corrections/")]
    assert own == ["mine"]
    assert [each.id for each in found.of("countries", "country")] == ["mine"]
    said = {problem.file: problem.text for problem in found.problems}
    assert said["corrections/b.toml"] == "no source countries fills table population"
    assert said["corrections/c.toml"].startswith("the file cannot be read")


def test_without_a_folder_only_those_that_ship(tmp_path: Path) -> None:
    found = corrections_in_force(tmp_path, TABLES)
    assert found.good == shipped().good
    assert not found.problems
