"""Faults around a night: a second run, files damaged on disk. Each is found by its command."""

from __future__ import annotations

import errno
import io
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from pipelines.cli import main
from pipelines.origins import Found
from pipelines.release import only_run
from pipelines.settings import Settings
from pipelines.snapshots import keep
from sources import load_sources
from tests.faults.declared import FAULTS
from tests.faults.nights import linked
from tests.home import Home

pytestmark = pytest.mark.xdist_group("faults")


@pytest.fixture
def home(shipped: Home, tmp_path: Path) -> Home:
    return linked(shipped, tmp_path / "home")


def looked_for(name: str, home: Path, monkeypatch: pytest.MonkeyPatch, *words: str) -> None:
    """Carry a command out in this process and compare what it says with the declaration."""
    fault = FAULTS[name]
    assert fault.caught.split()[1:] == ["sdg17", words[0]]
    monkeypatch.setenv("SDG17_HOME", str(home))
    monkeypatch.setenv("DAGSTER_HOME", "")
    done = CliRunner().invoke(main, list(words))
    assert fault.message in done.output, done.output
    assert done.exit_code == fault.exit_code, done.output


def damaged(path: Path, content: bytes) -> None:
    """Other bytes in a file of this copy; the home it was linked from keeps its own."""
    path.unlink()
    path.write_bytes(content)


def test_two_runs_at_once(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    with only_run(Settings(home=home.folder, origin="embedded")):
        looked_for("two_runs", home.folder, monkeypatch, "run")


def test_a_damaged_original_is_found_and_mended_as_soon_as_it_is_read_again(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = load_sources()["document_facts"]
    place = next(
        file.with_suffix("").with_suffix("")
        for file in (home.folder / "snapshots").glob("*/*.document_facts.json")
    )
    good = place.read_bytes()
    damaged(place, good[:-1] + b"!")
    looked_for("snapshot_damaged", home.folder, monkeypatch, "verify")
    found = Found(name="embedded/document_facts.csv", origin="embedded", content=good)
    settings = Settings(home=home.folder, origin="embedded")
    keep(found, source, settings.snapshots, settings.clock())
    assert place.read_bytes() == good
    assert CliRunner().invoke(main, ["verify"]).exit_code == 0


def test_a_page_changed_by_hand(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    page = home.folder / "current" / "site" / "index.html"
    damaged(page, page.read_bytes() + b"<!-- hello -->")
    looked_for("page_damaged", home.folder, monkeypatch, "verify")


def test_a_damaged_database_is_told_by_every_command_that_reads_it(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = home.folder / "current" / "sdg17.duckdb"
    content = bytearray(database.read_bytes())
    content[4_000:5_000] = bytes(1_000)
    damaged(database, bytes(content))
    looked_for("database_damaged", home.folder, monkeypatch, "verify")
    for words in (("explain", "05334002", "pt_gs_n", "2024"), ("catalogue",), ("revisions",)):
        done = CliRunner().invoke(main, list(words))
        assert (done.exit_code, "The published database cannot be read" in done.output) == (1, True), words
    found = CliRunner().invoke(main, ["health"])
    assert found.exit_code == 1 and "release_unreadable" in found.output
    assert CliRunner().invoke(main, ["status"]).exit_code == 0, "the last night was good"


def test_a_database_changed_without_breaking_is_no_less_damaged(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SDG17_HOME", str(home.folder))
    monkeypatch.setenv("DAGSTER_HOME", "")
    database = home.folder / "current" / "sdg17.duckdb"
    assert "release_unreadable" not in CliRunner().invoke(main, ["health"]).output
    damaged(database, database.read_bytes() + b"\0")
    assert "release_unreadable" in CliRunner().invoke(main, ["health"]).output


def test_a_home_that_cannot_be_written(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may write everywhere, so the refusal is put in where files are opened."""
    opened = io.open

    def read_only(file: Any, mode: str = "r", *rest: Any, **named: Any) -> Any:
        inside = isinstance(file, (str, Path)) and Path(file).is_relative_to(home.folder)
        if inside and set(mode) & set("wax+"):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(file))
        return opened(file, mode, *rest, **named)

    before = home.release_id()
    monkeypatch.setattr(io, "open", read_only)
    looked_for("home_read_only", home.folder, monkeypatch, "run")
    assert home.release_id() == before
    for words in (("verify",), ("status",), ("explain", "05334002", "pt_gs_n", "2024")):
        assert CliRunner().invoke(main, list(words)).exit_code == 0, "what only reads goes on"


def test_a_home_that_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "home").write_text("no folder", "utf-8")
    looked_for("unreadable_setting", tmp_path / "home", monkeypatch, "run")


def test_every_fault_of_this_kind_has_its_test() -> None:
    text = Path(__file__).read_text("utf-8")
    named = [name for name, fault in FAULTS.items() if fault.night == "process"]
    assert all(f'looked_for("{name}"' in text for name in named)
