"""Three nights in a row by the real daemon and its schedule: a good one, a dead source, a poisoned one.

About two minutes of CPU: run with SDG17_TEST_DAEMON=1. What surrounds a night is tested without one in
`test_operations.py`; that the schedule starts the job, in `test_schedule.py`.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

import jsonschema
import orjson
import pytest

from pipelines.operations.status import schema
from tests.loopback import Provider, Reply
from tests.operations.running_daemon import Installation
from tests.operations.small_archive import kill_series, poison_register, write_archive

PATIENCE = 900.0
pytestmark = pytest.mark.skipif(
    os.environ.get("SDG17_TEST_DAEMON") != "1",
    reason="takes minutes: run it with SDG17_TEST_DAEMON=1",
)


def _installation(folder: Path, **settings: str) -> Installation:
    (folder / "home").mkdir()
    write_archive(folder / "archive")
    given = {
        "SDG17_ORIGIN": f"archive:{folder / 'archive'}",
        "SDG17_SCHEDULE": "* * * * *",
        "SDG17_WATCH_SECONDS": "20",
        "SDG17_RETRY_WAIT_SECONDS": "1",
        "SDG17_ALLOW_LOOPBACK": "true",
        **settings,
    }
    return Installation(home=folder / "home", settings=given)


def _checked(status: dict[str, Any]) -> dict[str, Any]:
    jsonschema.validate(status, schema())
    assert status["run"]["trigger"] == "schedule"
    return status


def _health(installation: Installation) -> tuple[int, list[str]]:
    done = installation.sdg17("health", "--json")
    return done.returncode, [each["key"] for each in orjson.loads(done.stdout)["findings"]]


def test_a_good_night_a_dead_source_and_a_poisoned_one(tmp_path: Path) -> None:
    routes = {"/alerts": lambda _: Reply(status=200), "/ping": lambda _: Reply(content=b"OK")}
    with Provider(routes) as listener:
        installation = _installation(
            tmp_path,
            SDG17_ALERTS=listener.base.replace("http", "json", 1) + "/alerts",
            SDG17_SIGN_OF_LIFE=listener.base + "/ping",
        )
        archive = tmp_path / "archive"
        with installation.daemon():
            first = _checked(installation.next_night(PATIENCE))
            release_id = installation.current()
            assert (first["state"], first["release_id"]) == ("published", release_id)
            assert _health(installation) == (0, [])
            assert listener.paths().count("/ping") == 1

            kill_series(archive)
            second = _checked(installation.next_night(PATIENCE))
            states = {row["source_id"]: row for row in second["sources"]}
            assert second["state"] == "published", "the source's new state is worth a release"
            assert states["reference_series"]["state"] == "stale"
            assert "0 days ago" in states["reference_series"]["problem"], "its age is told"
            assert states["gv100ad"]["state"] == "read", "it costs only itself"
            assert _health(installation) == (1, ["source_stale:reference_series"])
            release_id = installation.current()

            poison_register(archive)
            third = _checked(installation.next_night(PATIENCE))
            assert third["state"] == "audit failed"
            assert installation.current() == release_id == third["release_id"], "the last good release stays"
            assert third["run"]["attempt"] == 0, "a failed audit is not tried again"
            stops = [each["check_id"] for each in third["findings"]]
            code, keys = _health(installation)
            assert code == 1 and {f"audit_failed:{stop}" for stop in stops} <= set(keys)
            verified = installation.sdg17("verify")
            assert verified.returncode == 0, verified.stdout
            said = [asked.json["message"] for asked in listener.asked if asked.path == "/alerts"]
    assert sum("reference_series" in text for text in said) == 1, "told once"
    assert any(stops[0] in text and "gilt weiter" in text for text in said)
    assert listener.paths().count("/ping") >= 2
    seen = {"stops": stops, "health": keys, "alerts": said}
    (tmp_path / "seen.json").write_bytes(orjson.dumps(seen, option=orjson.OPT_INDENT_2))


def test_a_killed_night_is_noticed_and_the_next_one_runs(tmp_path: Path) -> None:
    """kill -9 at the daemon and everything it started: what a power cut leaves behind."""
    installation = _installation(tmp_path)
    with installation.daemon() as daemon:
        killed = installation.wait(lambda found: found["state"] == "started", PATIENCE)["run"]["run_id"]
        os.killpg(daemon.pid, signal.SIGKILL)
        daemon.wait()
        assert orjson.loads(installation.sdg17("status", "--json").stdout)["state"] == "died"
        with installation.daemon():
            after = _checked(
                installation.wait(
                    lambda found: bool(found["run"]["run_id"] != killed and found["run"]["finished_at"]),
                    PATIENCE,
                )
            )
    assert after["state"] == "published"
