"""The day of analysts (`bench/endurance`) would see a torn read, an error and a night that published nothing."""

from __future__ import annotations

import threading
from pathlib import Path

import duckdb

from bench.endurance.analysts import good, quiet_answers, summed, table
from bench.endurance.asking import Question, Reading, ask, loop, questions, torn
from pipelines.files import point_atomically
from tests.handbook.pages import PAGES, queries

ASKED = (Question(name="how many", sql="SELECT n FROM amount"),)
PUBLISHED = [{"night": 1, "code": 0, "published": True, "cpu_seconds": 1.0, "wall_seconds": 2.0}]


def release(home: Path, name: str, amount: int) -> Path:
    folder = home / "releases" / name
    folder.mkdir(parents=True)
    file = folder / "sdg17.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute(f"CREATE TABLE release AS SELECT '{name}' AS release_id")
        connection.execute(f"CREATE TABLE amount AS SELECT {amount} AS n")
    return file


def test_every_query_of_the_handbook_is_asked_under_a_name_of_its_own() -> None:
    found = questions()
    pages = [query for page in PAGES for query in queries(page.read_text("utf-8")) if not query.is_synthetic]
    assert [each.sql for each in found] == [query.sql for query in pages]
    assert len({each.name for each in found}) == len(found) > 40
    assert "questions: 3. Why is there no value?" in {each.name for each in found}


def test_answers_of_another_release_are_torn_and_a_broken_file_is_an_error(tmp_path: Path) -> None:
    first, second = release(tmp_path, "1", 17), release(tmp_path, "2", 18)
    readings = [ask("a", first, ASKED), ask("b", second, ASKED), ask("a", first, ASKED)]
    quiet = {each.release_before: dict(each.answers) for each in readings}
    assert torn(readings, quiet) == torn(readings, {}) == []
    day = summed(readings, PUBLISHED, quiet)
    assert good({**day, "analysts_ended_badly": 0})
    assert (day["readings"], day["answers"], day["releases_seen"]) == (3, 3, 2)
    assert "| how many | 3 |" in table(day) and "**0 errors, 0 torn reads**" in table(day)

    mixed = Reading(analyst="c", release_before="1", release_after="1", answers=dict(readings[1].answers))
    assert torn([mixed], quiet) == ["c: how many is not what 1 says"]
    assert torn([*readings, mixed], {}) == ["c: how many is not what 1 says"]
    moved = Reading(analyst="d", release_before="1", release_after="2", answers=dict(readings[0].answers))
    assert torn([moved], quiet) == ["d: 1 became 2"]
    first.write_bytes(b"half a file")
    broken = ask("e", first, ASKED)
    assert broken.error and "half" not in broken.answers
    for wrong in (
        summed([*readings, mixed], PUBLISHED, quiet),
        summed([*readings, broken], PUBLISHED, quiet),
        summed(readings, [{**PUBLISHED[0], "published": False}], quiet),
        summed([], PUBLISHED, quiet),
    ):
        assert not good({**wrong, "analysts_ended_badly": 0})


def test_an_analyst_who_stays_keeps_the_release_of_the_morning(tmp_path: Path) -> None:
    first, second = release(tmp_path, "1", 17), release(tmp_path, "2", 18)
    point_atomically(tmp_path / "current", first.parent)
    current = tmp_path / "current" / "sdg17.duckdb"
    with duckdb.connect(str(current), read_only=True) as morning:
        before = ask("stays", current, ASKED, morning)
        point_atomically(tmp_path / "current", second.parent)
        after = ask("stays", current, ASKED, morning)
    assert (before.release_before, after.release_before) == ("1", "1")
    assert ask("new", current, ASKED).release_before == "2"
    assert torn([before, after], {}) == []


def test_a_loop_writes_each_set_of_questions_until_the_end(tmp_path: Path) -> None:
    point_atomically(tmp_path / "current", release(tmp_path, "1", 17).parent)
    threading.Timer(0.5, (tmp_path / "end").touch).start()
    loop("a", tmp_path, tmp_path, 0.1, stays=False)
    lines = (tmp_path / "a.jsonl").read_text().splitlines()
    assert lines and all('"release_before": "1"' in line for line in lines)
    assert all('"error": "CatalogException' in line for line in lines), "the handbook asks for more"
    assert set(quiet_answers(tmp_path)) == set()
