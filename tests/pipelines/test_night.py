"""The main job as a user runs it, on the facts that ship with the program."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import orjson
import polars as pl
import pytest

from pipelines import night, night_audit, night_run
from pipelines.settings import load_settings
from tests.home import Home

pytestmark = pytest.mark.xdist_group("night")
AACHEN = "gemeinde/05334002/index.html"


class _Text(HTMLParser):
    """What a page says, without its marks."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def text_of(page: str) -> str:
    parser = _Text()
    parser.feed(page)
    return re.sub(r"\s+", " ", " ".join(parser.words))


def test_the_page_of_aachen_says_what_is_documented(home: Home) -> None:
    said = text_of(home.page(AACHEN))
    for fact in ("Kapstadt", "Südafrika", "Tschernihiw", "Ukraine", "2011", "11.07.2018", "90"):
        assert fact in said, f"{fact} is missing on the page of Aachen"
    assert "FB 01/0674/WP18" in said, "the document is missing"
    loaded = re.findall(r"<(?:link|script|img|iframe|image|use)\b[^>]*", home.page(AACHEN))
    assert loaded, "the page has a style sheet of its own"
    assert not [tag for tag in loaded if "//" in tag], "a page must not load anything from elsewhere"


def test_the_numbers_of_aachen(home: Home) -> None:
    with home.database() as connection:
        rows = connection.execute(
            "SELECT indicator_id, value, obs_status FROM observation WHERE ags = '05334002' AND year = 2024"
        ).fetchall()
    found = {indicator: (value, status) for indicator, value, status in rows}
    assert found["pt_gs_n"] == (2.0, "U"), "documents name two; that is a lower bound"
    assert found["agenda_res"] == (1.0, "A")
    assert found["ep_konzept"] == (0.0, "A"), "the document says there is none yet"
    assert found["kepol_stelle"] == (1.0, "A")


def test_unknown_is_never_zero(home: Home) -> None:
    with home.database() as connection:
        wrong = connection.execute(
            "SELECT count(*) FROM observation WHERE (value IS NULL) <> (reason IS NOT NULL AND obs_status "
            "IN ('L', 'M', 'O', 'Q', 'U') AND value IS NULL)"
        ).fetchone()
        lonely = connection.execute(
            "SELECT count(*) FROM observation WHERE value IS NOT NULL AND len(snapshot_ids) = 0 "
            "AND indicator_id <> 'daten_verf'"
        ).fetchone()
    assert wrong == (0,)
    assert lonely == (0,), "each value rests on files"


def test_explain_leads_to_the_bytes(home: Home) -> None:
    done = home.sdg17("explain", "05334002", "pt_gs_n", "2024", "--json")
    assert done.returncode == 0, done.stderr
    found = orjson.loads(done.stdout)
    inputs = [step for step in found["steps"] if step["kind"] == "input"]
    assert len(inputs) == 2
    for step in inputs:
        digest = step["snapshot_id"]
        kept = (home.folder / "snapshots" / digest[:2] / digest).read_text("utf-8")
        assert step["text"] in kept
        number = int(re.findall(r"\d+", step["locator"])[-1])
        assert kept.splitlines()[number - 1].strip() == step["text"].strip()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("explain", "99999999", "pt_gs_n", "2024"), "No unit has the key 99999999"),
        (("explain", "05334002", "pt_gs", "2024"), "No indicator pt_gs. There are: ez_ausg_ew"),
        (("explain", "05334002", "pt_gs_n", "1900"), "Years there:"),
        (("run", "--origin", "archive:/nowhere"), "the archive folder /nowhere does not exist"),
        (("run", "--orgin", "embedded"), "No such option"),
    ],
)
def test_wrong_use_is_answered_with_the_way_out(home: Home, words: tuple[str, ...], message: str) -> None:
    done = home.sdg17(*words)
    assert done.returncode == 2
    assert message in done.stderr


def test_help_teaches_by_example(home: Home) -> None:
    for words in ((), ("run",), ("explain",), ("status",), ("serve",), ("sources",)):
        done = home.sdg17(*words, "--help")
        assert done.returncode == 0
        assert "Examples:" in done.stdout
        assert "sdg17 " + " ".join(words) in done.stdout


def test_sources_lists_what_takes_part(home: Home) -> None:
    rows = {row["source_id"]: row for row in orjson.loads(home.sdg17("sources", "--json").stdout)}
    assert rows["document_facts"]["takes_part"]
    assert rows["document_facts"]["files"] == ["embedded/document_facts.csv"]
    assert not rows["gv100ad"]["takes_part"]


def test_a_second_run_on_the_same_input_changes_nothing_not_even_after_a_loss(
    shipped: Home, tmp_path: Path
) -> None:
    home = shipped.brought_back_to(tmp_path / "restored")
    before = {path: path.stat().st_mtime_ns for path in (home.folder / "current" / "site").rglob("*.html")}
    manifest = orjson.loads((home.folder / "current" / "manifest.json").read_bytes())
    done = home.sdg17("run", "--json")
    assert done.returncode == 0, done.stderr
    report = orjson.loads(done.stdout)
    assert report["state"] == "unchanged"
    again = orjson.loads((home.folder / "current" / "manifest.json").read_bytes())
    assert again["tables"] == manifest["tables"]
    after = {path: path.stat().st_mtime_ns for path in (home.folder / "current" / "site").rglob("*.html")}
    assert after == before


@pytest.fixture
def inside(home: Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], night_run.Outcome]]:
    """Run in this process, as if the program had changed since the last release."""
    for name, value in home.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("DAGSTER_HOME", "")
    monkeypatch.setattr(night, "program_hash", lambda: "changed by a test")
    yield lambda: night_run.run_night(load_settings(), quiet=True)


def test_a_failed_audit_keeps_the_last_release_and_says_why(
    home: Home, inside: Callable[[], night_run.Outcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = home.release_id()
    sound = night_audit.audit

    def with_a_finding(*given: Any) -> pl.DataFrame:
        results = sound(*given)
        broken = pl.col("check_id") == results["check_id"][0]
        return results.with_columns(passed=pl.when(broken).then(pl.lit(False)).otherwise("passed"))

    monkeypatch.setattr(night_audit, "audit", with_a_finding)
    outcome = inside()
    assert not outcome.published
    assert home.release_id() == before
    status = home.sdg17("status", "--json")
    assert status.returncode == 1
    found = orjson.loads(status.stdout)
    assert found["state"] == "audit failed"
    assert len(found["findings"]) == 1
    assert found["release_id"] == before, "status names the release that is published"
    assert (Path(found["failed_build"]) / "sdg17.duckdb").exists()


def test_a_run_killed_in_the_middle_leaves_the_last_release(home: Home) -> None:
    before, page = home.release_id(), home.page(AACHEN)
    command = [sys.executable, "-m", "pipelines.cli", "run"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=home.environment) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if "measures spending" in line:
                process.send_signal(signal.SIGKILL)
                break
    assert process.returncode == -signal.SIGKILL
    assert (home.release_id(), home.page(AACHEN)) == (before, page)
    done = home.sdg17("run", "--json")
    assert done.returncode == 0, done.stderr


def test_an_analyst_keeps_reading_while_a_new_release_is_published(
    home: Home, inside: Callable[[], night_run.Outcome]
) -> None:
    before = home.release_id()
    question = "SELECT count(*), (SELECT max(release_id) FROM release) FROM observation"
    with home.database() as analyst:
        count = analyst.execute(question).fetchone()
        assert inside().published
        assert home.release_id() != before
        assert analyst.execute(question).fetchone() == count
