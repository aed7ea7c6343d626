"""Faults around a night: a second run, files damaged on disk. Each is found by its command."""

from __future__ import annotations

from pathlib import Path

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


def test_a_home_that_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "home").write_text("no folder", "utf-8")
    looked_for("unreadable_setting", tmp_path / "home", monkeypatch, "run")


def test_every_fault_of_this_kind_has_its_test() -> None:
    text = Path(__file__).read_text("utf-8")
    named = [name for name, fault in FAULTS.items() if fault.night == "process"]
    assert all(f'looked_for("{name}"' in text for name in named)
