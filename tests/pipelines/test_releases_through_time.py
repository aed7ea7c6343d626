"""Nights in turn, one correction that expires, and the first night built again: as an operator sees it.

The origin is the facts that ship; what changes between the nights is an operator's own correction, whose
content is made up by this test.
"""

# ruff: noqa: S608 - the SQL is put together by this test

from __future__ import annotations

import signal
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
import orjson
import pytest

from tests.home import Home

pytestmark = pytest.mark.xdist_group("through_time")

ENTRY = """
[[correction]]
id = "made_up_by_a_test"
table = "engagement"
provider = "document_facts"
where = {{ ags = "05334002", kind = "agenda_2030_resolution" }}
expect = {{ rows = 1, value = {value} }}
action = "set"
set = {{ value = 0.0 }}
reason = "Made up by a test: nothing is wrong with the resolution of Aachen."
date = 2026-11-22
author = "a test"
status = "open"
"""


EVERY_ROW_ONCE = """
    SELECT count(*) - count(DISTINCT (indicator_id, ags, year, valid_from_release)) FROM observation_history
    UNION ALL
    SELECT count(*) FROM (SELECT indicator_id, ags, year FROM observation_history
                          WHERE valid_to_release IS NULL GROUP BY ALL HAVING count(*) > 1)
    UNION ALL
    SELECT abs((SELECT count(*) FROM observation)
               - (SELECT count(*) FROM observation_history WHERE valid_to_release IS NULL))
"""
AACHEN = "WHERE ags = '05334002' AND indicator_id = 'agenda_res' AND year = 2024"


FIRST, SECOND, THIRD = "20261122T010000Z", "20261123T010000Z", "20261126T010000Z"


@dataclass(frozen=True, kw_only=True)
class Nights(Home):
    """A home folder whose clock moves on."""

    def killed_before_publication(self) -> Path:
        """Start a night and kill it as soon as its pages begin to appear; return the folder it leaves.

        Pages are made after history and audit and before publication.
        """
        command = [sys.executable, "-m", "pipelines.cli", "run"]
        nowhere = subprocess.DEVNULL
        with subprocess.Popen(command, stdout=nowhere, stderr=nowhere, env=self.environment) as night:
            while night.poll() is None:
                if found := [*self.folder.glob("releases/.building-*/site")]:
                    night.kill()
                    night.wait()
                    assert night.returncode == -signal.SIGKILL
                    return found[0].parent
                time.sleep(0.01)
        raise AssertionError("the night ended before it could be killed")

    def found(self, *words: str) -> Any:
        return orjson.loads(self.sdg17(*words, "--json").stdout)

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        with self.database() as connection:
            return connection.execute(sql).fetchall()

    def on(self, day: int) -> Nights:
        """The same folder on that day of November."""
        return replace(self, now=f"2026-11-{day}T02:00:00+01:00")

    def correct(self, value: str) -> None:
        folder = self.folder / "corrections"
        folder.mkdir(exist_ok=True)
        (folder / "own.toml").write_text(ENTRY.format(value=value))


@pytest.fixture(scope="module")
def home(shipped: Home, tmp_path_factory: pytest.TempPathFactory) -> Nights:
    """The night on the facts that ship, and one after it with a correction."""
    copy = shipped.copied_to(tmp_path_factory.mktemp("time") / "home")
    made = Nights(folder=copy.folder).on(23)
    made.correct("1.0")
    done = made.sdg17("run", "--json")
    assert done.returncode == 0, done.stderr + done.stdout
    assert orjson.loads(done.stdout)["state"] == "published"
    return made


def test_the_change_is_listed_with_its_cause(home: Nights) -> None:
    rows = home.found("revisions", "05334002")
    assert {row["causes"] for row in rows} == {"correction"}
    assert {row["correction_ids"] for row in rows} == {"made_up_by_a_test"}
    by_year = {row["year"]: row for row in rows if row["indicator_id"] == "agenda_res"}
    assert (by_year[2024]["old_value"], by_year[2024]["new_value"]) == (1.0, 0.0)
    counts = home.found("revisions")
    assert {row["indicator_id"] for row in counts} >= {"agenda_res"}
    assert home.sdg17("revisions", "99999999").returncode == 2


def test_only_tables_with_other_rows_are_audited_anew(home: Nights) -> None:
    found = dict(
        home.ask(
            "SELECT table_name, list(DISTINCT audited_in) FROM quality_result "
            "WHERE kind = 'expectation' GROUP BY table_name"
        )
    )
    assert found["budget_line"] == [FIRST], "the same rows, the same program: the outcome still stands"
    assert {*found} == {*dict(home.ask("SELECT table_name, table_type FROM information_schema.tables"))} - {
        "observation_history", "quality_finding", "quality_result", "release"
    }  # fmt: skip
    for changed in ("engagement", "observation", "correction"):
        assert found[changed] in ([None], []), f"{changed} is not what it was"
    others = "SELECT count(*) FROM quality_result WHERE kind <> 'expectation' AND audited_in IS NOT NULL"
    assert home.ask(others) == [(0,)], "rules across tables are asked every night"


def test_the_table_of_every_day_is_found_again(home: Nights) -> None:
    of_then = home.folder / "releases" / FIRST / "sdg17.duckdb"
    with duckdb.connect(str(home.folder / "current" / "sdg17.duckdb"), read_only=True) as connection:
        connection.execute(f"ATTACH '{of_then}' AS first (READ_ONLY)")
        for day, table in (("2026-11-22", "first.observation"), ("2026-11-23", "observation")):
            asked = f"(SELECT * FROM observation_asof('{day}'))"
            for one, other in ((asked, f"(SELECT * FROM {table})"), (f"(SELECT * FROM {table})", asked)):
                left = connection.execute(f"SELECT count(*) FROM ({one} EXCEPT ALL {other})").fetchone()
                assert left == (0,), (day, one)
    assert home.ask("SELECT count(*) FROM observation_asof('2026-11-21')") == [(0,)]
    assert home.ask("SELECT release_id FROM release_history ORDER BY number") == [
        (FIRST,),
        (SECOND,),
    ]


def test_the_original_value_is_kept(home: Nights) -> None:
    assert home.ask(
        "SELECT provider_value, corrected_value, state, file FROM correction "
        "WHERE correction_id = 'made_up_by_a_test'"
    ) == [("1.0", "0.0", "applied", "corrections/own.toml")]
    raw = home.ask(
        "SELECT raw_text FROM engagement WHERE ags = '05334002' AND kind = 'agenda_2030_resolution'"
    )
    assert ";agenda_2030_resolution;1;" in raw[0][0]


def test_an_expired_entry_stops_the_release_and_is_named(home: Nights) -> None:
    before = (home.folder / "current").resolve()
    home.correct("0.5")
    done = home.on(24).sdg17("run")
    home.correct("1.0")
    assert done.returncode == 1
    assert (home.folder / "current").resolve() == before
    findings = orjson.loads((home.folder / "status.json").read_bytes())["findings"]
    assert [each["check_id"] for each in findings] == ["correction.source_still_says_so"]
    for fact in (
        "corrections/own.toml",
        "made_up_by_a_test",
        "expected=1 row, value = 0.5",
        "found=value = 1.0",
    ):
        assert fact in findings[0]["examples"]
        assert fact in done.stdout
    assert "remove the entry" in findings[0]["remedy"]
    assert home.ask("SELECT count(*) FROM release_history") == [(2,)], "what failed never enters the history"


def test_the_first_night_is_built_again_with_equal_hashes(home: Nights, tmp_path: Path) -> None:
    done = home.sdg17("rebuild", FIRST, "--into", str(tmp_path / "again"), "--json")
    assert done.returncode == 0, done.stderr + done.stdout
    found = orjson.loads(done.stdout)
    assert found["same_program"]
    assert found["different"] == {}
    assert len(found["equal"]) > 30
    assert home.ask("SELECT count(*) FROM release_history") == [(2,)], "the published release is untouched"
    again = home.sdg17("rebuild", FIRST, "--into", str(tmp_path / "again"))
    assert again.returncode == 2
    assert "is not empty" in again.stderr
    assert "No manifest of release nonsense" in home.sdg17("rebuild", "nonsense").stderr


def test_verify_finds_what_was_changed_by_hand(home: Nights, tmp_path: Path) -> None:
    sound = home.found("verify")
    assert sound["wrong"] == {}
    assert sound["checked"] > 30
    copy = Nights(folder=home.copied_to(tmp_path / "copy").folder)
    current = home.release_id()
    database = copy.folder / "current" / "sdg17.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute("UPDATE observation SET value = 2 WHERE value = 1 AND year = 2024")
    (copy.folder / "current" / "site" / "index.html").write_text("changed")
    kept = next(path for path in (copy.folder / "snapshots").glob("??/*") if "." not in path.name)
    kept.write_bytes(b"changed")
    done = copy.sdg17("verify", "--json")
    assert done.returncode == 1
    wrong = orjson.loads(done.stdout)["wrong"]
    assert set(wrong) == {"file sdg17.duckdb", "table observation", "pages", "original files"}
    assert "has been changed on disk" in wrong["original files"]
    assert copy.sdg17("verify", "nonsense").returncode == 2
    lost = copy.sdg17("rebuild", current)
    assert lost.returncode == 2
    assert "Files it was made from are missing" in lost.stderr


def test_a_removed_release_leaves_its_manifest(home: Nights) -> None:
    names = sorted(path.stem for path in (home.folder / "manifests").glob("*.json"))
    assert names == [FIRST, SECOND]


def test_a_night_killed_after_its_history_leaves_none(home: Nights) -> None:
    """kill -9 when history and audit are done and nothing is published: nobody ever sees that night."""
    (home.folder / "corrections" / "own.toml").unlink()  # what was corrected is the provider's value again
    before = (home.folder / "current").resolve()
    left = home.on(25).killed_before_publication()
    with duckdb.connect(str(left / "sdg17.duckdb"), read_only=True) as unpublished:
        written = unpublished.execute("SELECT count(*) FROM release_history").fetchall()
    assert written == [(3,)], "its history was written when it was killed"
    assert (home.folder / "current").resolve() == before
    assert home.ask("SELECT release_id FROM release_history ORDER BY number DESC LIMIT 1") == [(SECOND,)]
    assert home.ask(f"SELECT value FROM observation {AACHEN}") == [(0.0,)]
    assert home.found("verify")["wrong"] == {}

    done = home.on(26).sdg17("run", "--json")
    assert done.returncode == 0, done.stderr + done.stdout
    assert not left.exists()
    assert home.ask("SELECT number, release_id FROM release_history ORDER BY number") == [
        (1, FIRST),
        (2, SECOND),
        (3, THIRD),
    ]
    assert home.ask(EVERY_ROW_ONCE) == [(0,), (0,), (0,)]
    assert home.ask(
        f"SELECT value, valid_from_release, valid_to_release FROM observation_history {AACHEN} ORDER BY 2"
    ) == [
        (1.0, FIRST, SECOND),
        (0.0, SECOND, THIRD),
        (1.0, THIRD, None),
    ]
    revised = home.ask(f"SELECT old_value, new_value, causes FROM revision {AACHEN} ORDER BY release_id")
    assert revised == [(1.0, 0.0, "correction"), (0.0, 1.0, "correction")]
    assert sorted(path.stem for path in (home.folder / "manifests").glob("*.json"))[-1] == THIRD
