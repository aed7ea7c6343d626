"""Retries, dead runs, deadlines, health, alerts, sign of life, logs, retention: each without a night."""

from __future__ import annotations

import errno
import logging
import os
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import dagster as dg
import jsonschema
import orjson
import polars as pl
import pytest
from click.testing import CliRunner

from pipelines import release
from pipelines.cli import main
from pipelines.intake import Intake, take_in
from pipelines.night_run import prepare_instance
from pipelines.operations import night_record, retrying
from pipelines.operations.aftermath import aftermath, tell
from pipelines.operations.alerts import REMINDED_AFTER, due
from pipelines.operations.dead_runs import GRACE_SECONDS, report_dead_runs, waiting_runs
from pipelines.operations.finding import Facts, Finding
from pipelines.operations.judging import judged
from pipelines.operations.logs import night_log
from pipelines.operations.metrics import metrics
from pipelines.operations.operator_secrets import load_operator_secrets
from pipelines.operations.passing import is_passing
from pipelines.operations.retention import remove_old
from pipelines.operations.sign_of_life import give_sign
from pipelines.operations.standing import standing
from pipelines.operations.status import schema
from pipelines.settings import Settings, WrongSetting
from quality.contracts import CONTRACTS
from sources.live import Dialogue, Occasion, Request
from sources.source import Raw, Reading, Source, SourceUnavailable
from tests.loopback import Provider, Reply, with_etag

NOW = datetime(2026, 11, 22, 1, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    for name in os.environ:
        if name.startswith(("SDG17_", "DAGSTER")):
            monkeypatch.delenv(name)
    return Settings(home=tmp_path / "home", origin="embedded", now=NOW, allow_loopback=True)


@pytest.fixture
def instance(settings: Settings) -> Any:
    with dg.DagsterInstance.from_config(str(prepare_instance(settings))) as made:
        yield made


# Retries


@pytest.mark.parametrize(
    ("error", "passing"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), True),
        (MemoryError(), True),
        (ConnectionResetError(), True),
        (release.AlreadyRunning("x"), True),
        (pl.exceptions.ComputeError("No space left on device (os error 28)"), True),
        (pl.exceptions.ComputeError("no such file (os error 2)"), False),
        (FileNotFoundError(errno.ENOENT, "gone"), False),
        (PermissionError(errno.EACCES, "not allowed"), False),
        (WrongSetting("origin"), False),
        (ValueError("No space left on device"), False),
        (dg.DagsterExecutionStepExecutionError, False),
    ],
)
def test_only_what_passes_by_itself_is_tried_again(error: Any, passing: bool) -> None:
    given = error if isinstance(error, BaseException) else RuntimeError("a failed audit")
    assert is_passing(given) is passing
    try:
        raise RuntimeError("the step broke") from given
    except RuntimeError as outer:
        assert is_passing(outer) is passing


def test_dagster_itself_decides_by_these_tags(instance: dg.DagsterInstance) -> None:
    """Dagster's own decision, asked for each kind of end."""
    from dagster._core.events import RunFailureReason
    from dagster._core.execution.retries import auto_reexecution_should_retry_run

    def again(error: BaseException | None, reason: RunFailureReason, *, begun: bool = True) -> bool:
        run = instance.create_run_for_job(
            _job(), tags=dict(retrying.AT_BIRTH), status=dg.DagsterRunStatus.FAILURE
        )
        if begun:
            retrying.allow_retry(instance, run.run_id, 2, after_a_step=False)
        if error:
            retrying.judge(instance, run.run_id, error, 2)
        found = instance.get_run_by_id(run.run_id)
        assert found is not None
        return auto_reexecution_should_retry_run(instance, found, reason)

    assert again(OSError(errno.ENOSPC, "full"), RunFailureReason.STEP_FAILURE)
    assert not again(dg.DagsterError("a failed audit"), RunFailureReason.STEP_FAILURE)
    assert not again(TypeError("a bug"), RunFailureReason.STEP_FAILURE)
    assert again(None, RunFailureReason.UNKNOWN), "the process died"
    assert not again(None, RunFailureReason.RUN_EXCEPTION, begun=False), "a wrong setting: it never began"


def test_waiting_is_doubled_and_left_to_chance() -> None:
    assert retrying.waiting_seconds(0, 300) == 0
    for number, longest in ((1, 300), (2, 600), (3, 1200)):
        waits = [retrying.waiting_seconds(number, 300) for _ in range(50)]
        assert longest / 2 <= min(waits) < max(waits) <= longest


# Dead runs


def _job() -> Any:
    @dg.op
    def nothing() -> None: ...

    @dg.job(name="nightly")
    def nightly() -> None:
        nothing()

    return nightly


def test_a_run_whose_process_is_gone_does_not_hold_the_queue(
    settings: Settings, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = instance.create_run_for_job(_job(), status=dg.DagsterRunStatus.STARTED)
    assert waiting_runs(instance) == [run.run_id]
    assert report_dead_runs(instance, settings) == [], "it may be about to take the home folder"
    monkeypatch.setattr("pipelines.operations.dead_runs.GRACE_SECONDS", -1.0)
    with release.only_run(settings):
        assert release.is_held(settings)
        assert report_dead_runs(instance, settings) == [], "it lives"
    assert report_dead_runs(instance, settings) == [run.run_id]
    assert waiting_runs(instance) == []
    found = instance.get_run_by_id(run.run_id)
    assert found is not None and found.status == dg.DagsterRunStatus.FAILURE
    assert GRACE_SECONDS >= 30


def test_a_killed_run_is_told_as_died_and_its_lock_is_gone(settings: Settings) -> None:
    """The lock is the operating system's: it ends with the process, so none can be stale."""
    release.write_status(settings, {"state": "published", "last_success": "2026-11-21T01:00:00+00:00"})
    child = os.fork()
    if child == 0:  # the night: begins, and is killed
        with release.only_run(settings):
            night_record.begin(settings, run_id="r", trigger="schedule", attempt=0, log="logs/x")
            time.sleep(60)
    end = time.monotonic() + 10
    while release.read_status(settings)["state"] != "started" and time.monotonic() < end:
        time.sleep(0.01)
    assert standing(settings)["state"] == "running"
    os.kill(child, 9)
    os.waitpid(child, 0)
    assert release.read_status(settings)["state"] == "started", "the file cannot know better"
    found = standing(settings)
    assert (found["state"], found["last_success"]) == ("died", "2026-11-21T01:00:00+00:00")
    assert "night_died" in {each.check for each in judged(_facts(found), settings)}
    with release.only_run(settings):  # the next night is not held up
        pass


# One source costs only itself


def _source(read: Callable[..., Reading], live: Callable[[Occasion], Dialogue] | None = None) -> Source:
    return Source(
        id="made_up", title="Made up", publisher="a test", licence="none", attribution="none",
        tables=("country",), read=read, archive=("*.txt",), live=live,
    )  # fmt: skip


def _taken(tmp_path: Path, read: Callable[..., Reading], **given: Any) -> Intake:
    (tmp_path / "archive").mkdir(exist_ok=True)
    (tmp_path / "archive" / "a.txt").write_text("x")
    return take_in(
        _source(read), kind="archive", archive=tmp_path / "archive", snapshots=tmp_path / "snapshots",
        now=NOW, needs={}, **given,
    )  # fmt: skip


def _good(_raws: Sequence[Raw], _needs: Mapping[str, pl.DataFrame]) -> Reading:
    return Reading(tables={"country": CONTRACTS["country"].empty()})


def _raising(error: BaseException) -> Callable[..., Reading]:
    def read(_raws: Sequence[Raw], _needs: Mapping[str, pl.DataFrame]) -> Reading:
        raise error

    return read


def _endless(_raws: Sequence[Raw], _needs: Mapping[str, pl.DataFrame]) -> Reading:
    while True:
        pass


@pytest.mark.parametrize("error", [KeyError("column"), TypeError("null"), RecursionError(), AssertionError()])
def test_a_bug_in_a_reader_costs_only_its_source(error: Exception, tmp_path: Path) -> None:
    found = _taken(tmp_path, _raising(error)).source.row(0, named=True)
    assert found["state"] == "failed"
    assert type(error).__name__ in found["problem"] and "mistake in the program" in found["problem"]


def test_a_reader_that_panics_in_rust_costs_only_its_source(tmp_path: Path) -> None:
    panic = type("PanicException", (BaseException,), {})
    assert _taken(tmp_path, _raising(panic("index out of bounds"))).source["state"][0] == "failed"


def test_a_full_disk_is_nobodys_fault_and_ends_the_night(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="full"):
        _taken(tmp_path, _raising(OSError(errno.ENOSPC, "full")))
    with pytest.raises(KeyboardInterrupt):
        _taken(tmp_path, _raising(KeyboardInterrupt()))


def test_a_reader_without_end_is_interrupted(tmp_path: Path) -> None:
    began = time.monotonic()
    found = _taken(tmp_path, _endless, longest_seconds=0.2).source.row(0, named=True)
    assert time.monotonic() - began < 5
    assert found["state"] == "absent" and "too long altogether" in found["problem"]
    assert _taken(tmp_path, _good).source["state"][0] == "read", "the alarm is off again"
    time.sleep(0.3)


def test_a_provider_that_drips_costs_its_source_its_time_and_no_more(
    tmp_path: Path, settings: Settings
) -> None:
    """Bytes keep coming, so no single read is late; the source as a whole is."""
    import socket
    import threading

    from pipelines.origins import network_of

    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            connection, _ = server.accept()
            connection.sendall(b"HTTP/1.1 200 OK\r\nX-Drip: ")
            try:
                for _ in range(100):
                    connection.sendall(b"x")
                    time.sleep(0.05)
            except OSError:
                pass

        threading.Thread(target=drip, daemon=True).start()
        address = f"http://127.0.0.1:{server.getsockname()[1]}/a"

        def ask(_occasion: Occasion) -> Dialogue:
            yield Request(url=address)
            return []

        began = time.monotonic()
        network = network_of(settings)
        object.__setattr__(network, "bases", {"made_up": address})
        taken = take_in(
            _source(_good, ask), kind="live", archive=None, snapshots=tmp_path / "snapshots", now=NOW,
            needs={}, network=network, longest_seconds=1.0,
        )  # fmt: skip
    assert time.monotonic() - began < 4
    assert "too long altogether" in taken.source["problem"][0]


def test_again_asks_for_everything_as_if_nothing_were_kept(tmp_path: Path, settings: Settings) -> None:
    from pipelines.origins import network_of

    read: list[bytes] = []

    def keep(raws: Sequence[Raw], _needs: Mapping[str, pl.DataFrame]) -> Reading:
        read.extend(raw.content for raw in raws)
        return _good(raws, {})

    content = [b"old"]
    with Provider(
        {"/*": with_etag(lambda: Reply(content=content[0], content_type="text/plain"))}
    ) as provider:
        chosen = settings.model_copy(
            update={"bases": {"made_up": provider.base + "/a"}, "request_interval": 0}
        )

        def night(*, again: bool) -> None:
            take_in(
                _source(keep), kind="live", archive=None, snapshots=settings.snapshots, now=NOW, needs={},
                network=network_of(chosen), again=again,
            )  # fmt: skip

        night(again=False)
        content[0] = b"mended under the same validator"
        night(again=False)
        night(again=True)
    assert read == [b"old", b"old", b"mended under the same validator"]
    assert ["if-none-match" in asked.headers for asked in provider.asked] == [False, True, False]


def test_again_is_refused_where_nobody_is_asked(settings: Settings) -> None:
    done = CliRunner().invoke(main, ["run", "--home", str(settings.home), "--again", "genesis"])
    assert done.exit_code == 2 and "read from files here" in done.output
    done = CliRunner().invoke(main, ["run", "--home", str(settings.home), "--again", "genesiss"])
    assert done.exit_code == 2 and "no source" in done.output


# Status, health, metrics


def _facts(status: Mapping[str, Any], **given: Any) -> Facts:
    told: dict[str, Any] = {
        "hours_since_success": 1.0, "release_problem": None, "free_bytes": 10**12, "secrets_problem": None,
        "retries_left": False, "held": False, "backup_problem": None, "lake_problem": None,
    }  # fmt: skip
    whole = {"state": "published", "next_run": {"daemon": "alive"}, "sources": [], **status}
    return Facts(status=whole, **{**told, **given})


def _standing_of(
    state: str, freshness: str = "ok", last: str | None = "2026-11-01T01:00:00+00:00"
) -> dict[str, Any]:
    return {
        "source_id": "made_up", "state": state, "problem": None if state == "read" else "It is down.",
        "last_success": last, "newest_file": last, "newest_file_days": 21, "rhythm_days": 1,
        "expected_next": "2026-11-02", "freshness": freshness,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "keys"),
    [
        (_facts({}), []),
        (_facts({}, hours_since_success=27.0), ["night_too_old"]),
        (_facts({}, hours_since_success=None), ["night_never"]),
        (_facts({}, release_problem="current/manifest.json is not there"), ["release_unreadable"]),
        (_facts({}, free_bytes=10**9), ["disk_low"]),
        (_facts({}, secrets_problem="Others may read it"), ["secrets_unreadable"]),
        (_facts({"next_run": {"daemon": "silent"}}), ["daemon_silent"]),
        (_facts({"next_run": {"daemon": "unknown"}}), ["records_unreadable"]),
        (_facts({"next_run": {"daemon": "never seen"}}), []),
        (_facts({"state": "rolled back"}, held=True), ["release_held"]),
        (_facts({}, backup_problem=("sie fehlt", "it is missing")), ["backup_old"]),
        (_facts({"sources": [_standing_of("stale")]}), ["source_stale:made_up"]),
        (_facts({"sources": [_standing_of("failed", last=None)]}), ["source_failed:made_up"]),
        (_facts({"sources": [_standing_of("absent")]}), ["source_absent:made_up"]),
        (_facts({"sources": [_standing_of("absent", "never", last=None)]}), []),
        (_facts({"sources": [_standing_of("read", "late")]}), ["source_overdue:made_up"]),
        (
            _facts({"state": "audit failed", "findings": [
                {"check_id": "a.b", "observed": "1", "expected": "2", "remedy": "Look."}]}),
            ["audit_failed:a.b"],
        ),
        (
            _facts({"state": "running", "run": {"state_before": "audit failed"}, "findings": [
                {"check_id": "a.b", "observed": "1", "expected": "2", "remedy": "Look."}]}),
            ["audit_failed:a.b"],
        ),
        (_facts({"state": "failed", "run": {"error": {"step": "s", "cause": "c", "passing": False}}}), ["night_failed:s"]),
        (
            _facts({"state": "failed", "run": {"error": {"step": "s", "cause": "c", "passing": True}}}, retries_left=True),
            [],
        ),
    ],
)  # fmt: skip
def test_health_says_what_is_wrong_and_what_to_run(facts: Facts, keys: list[str], settings: Settings) -> None:
    found = list(judged(facts, settings))
    assert [each.key for each in found] == keys
    assert all(each.german and each.english and each.command for each in found)


def test_health_and_status_of_an_empty_home(settings: Settings) -> None:
    done = CliRunner().invoke(main, ["health", "--home", str(settings.home), "--json"])
    assert done.exit_code == 1, done.output
    assert [each["check"] for each in orjson.loads(done.output)["findings"]] == ["night_never"]
    done = CliRunner().invoke(main, ["status", "--home", str(settings.home), "--json"])
    assert done.exit_code == 1
    jsonschema.validate(orjson.loads(done.output), schema())


def test_the_status_of_a_night_keeps_its_schema_and_its_metrics_are_read(settings: Settings) -> None:
    from prometheus_client.parser import text_string_to_metric_families

    night_record.begin(settings, run_id="r", trigger="schedule", attempt=1, log="logs/x")
    jsonschema.validate(release.read_status(settings), schema())
    broken = night_record.Broken(step="s", cause="OSError: full", passing=True)
    assert night_record.end(settings, broken) == "failed"
    found = standing(settings)
    jsonschema.validate(found, schema())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**found, "state": "perhaps"}, schema())
    text = metrics({**found, "sources": [_standing_of("stale", "late")]}, []).decode()
    values = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
    assert values["sdg17_run_state", "failed"] == 1 and values["sdg17_run_state", "published"] == 0
    assert values["sdg17_source_overdue", "made_up"] == 1 and values["sdg17_source_read", "made_up"] == 0
    assert values["sdg17_run_attempt",] == 1


# Alerts and the sign of life


def _finding(key: str, severity: Any = "stop") -> Finding:
    return Finding(
        check=key.split(":", maxsplit=1)[0], key=key, severity=severity, german=f"Es fehlt {key}.",
        english=f"{key} is missing.", command="sdg17 status",
    )  # fmt: skip


def test_each_cause_is_told_once_and_its_end_too() -> None:
    sources = [_finding(f"source_stale:{number}", "warn") for number in range(30)]
    new, over = due([_finding("disk_low"), *sources], {}, NOW, "here")
    assert [len(message.keys) for message in new] == [1, 30] and over == [], "thirty sources, one message"
    assert new[0].body.index("Es fehlt disk_low") < new[0].body.index("is missing"), "German first"
    assert "sdg17 status" in new[0].body and "20 weitere" in new[1].body
    told = {key: {"at": NOW.isoformat(), "german": key} for message in new for key in message.keys}
    assert due([_finding("disk_low"), *sources], told, NOW + timedelta(days=6), "here") == ([], [])
    late = NOW + REMINDED_AFTER
    assert [each.keys for each in due([_finding("disk_low"), *sources], told, late, "here")[0]] == [
        ("disk_low",)
    ]
    (end,) = due(sources, told, NOW, "here")[1]
    assert end.keys == ("disk_low",) and "wieder in Ordnung" in end.title


def test_alerts_arrive_once_come_again_if_nobody_took_them_and_end_with_the_cause(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    up = [False]

    def take(_asked: Any) -> Reply:
        return Reply(status=200 if up[0] else 503)

    with Provider({"/*": take}) as provider:
        monkeypatch.setenv("SDG17_ALERTS", provider.base.replace("http://", "json://") + "/secret-path")
        secrets = load_operator_secrets(settings)
        assert "secret-path" not in repr(secrets)
        assert tell(settings, secrets) == 0, "nobody took it"
        up[0], before = True, len(provider.asked)
        assert tell(settings, secrets) == 1
        assert tell(settings, secrets) == 0, "told already"
        sent = provider.asked[before].json
        assert "keine gelungene Nacht" in sent["message"] and "sdg17 run" in sent["message"]
        release.write_status(settings, {"state": "started", "last_success": NOW.isoformat()})
        with release.only_run(settings):
            assert tell(settings, secrets) == 0, "a night works: nothing is over before it ends"
        release.write_status(settings, {"state": "published", "last_success": NOW.isoformat()})
        monkeypatch.setattr("pipelines.operations.health._release_problem", lambda _: None)
        assert tell(settings, secrets) == 1
        assert "wieder in Ordnung" in provider.asked[-1].json["title"]
        done = CliRunner().invoke(main, ["alert", "--test", "--home", str(settings.home)])
        assert done.exit_code == 0 and "Probe" in provider.asked[-1].json["title"]
    done = CliRunner().invoke(main, ["alert", "--test", "--home", str(settings.home)])
    assert done.exit_code == 1 and "secret-path" not in done.output


def test_a_sign_of_life_follows_good_nights_only_and_never_fails_one(
    settings: Settings, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    with Provider({"/ping/topsecret": lambda _: Reply(content=b"OK", content_type="text/plain")}) as provider:
        monkeypatch.setenv("SDG17_SIGN_OF_LIFE", provider.base + "/ping/topsecret")
        secrets = load_operator_secrets(settings)
        for state in ("failed", "audit failed", "unchanged", "published"):
            aftermath(settings, instance, secrets, state)
        assert provider.paths() == ["/ping/topsecret"] * 2
        with pytest.raises(SourceUnavailable):
            give_sign(settings.model_copy(update={"offline": True}), secrets)
    monkeypatch.setattr("pipelines.operations.sign_of_life.ATTEMPTS", 1)
    with caplog.at_level(logging.WARNING):
        aftermath(settings, instance, secrets, "published")  # nobody listens any more
    warned = [record.getMessage() for record in caplog.records if record.name == "sdg17.aftermath"]
    assert warned and "topsecret" not in " ".join(warned)
    assert settings.metrics.exists(), "metrics are written all the same"


# Logs and retention


def test_a_line_of_the_log_is_json_with_counts_and_without_secrets(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SDG17_SECRET_GENESIS_USERNAME", "planted-user")
    monkeypatch.setenv("SDG17_SECRET_GENESIS_PASSWORD", "planted-password")
    monkeypatch.setenv("SDG17_ALERTS", "mailtos://me:mail%20pass@example.org")
    scrub = load_operator_secrets(settings).scrub
    log = logging.getLogger("sdg17.progress")
    with night_log(settings, "0123456789", scrub) as name:
        log.info("register: 3 rows", extra={"step": "read_x", "facts": {"source": "x", "rows": 3}})
        try:
            raise ValueError("planted-password and mail pass in a message")
        except ValueError as error:
            log.error("planted-user", exc_info=error, extra={"facts": {"deep": [{"er": "planted-password"}]}})
    text = (settings.home / name).read_text("utf-8")
    first, second = (orjson.loads(line) for line in text.splitlines())
    assert {"step": "read_x", "source": "x", "rows": 3, "run_id": "0123456789"}.items() <= first.items()
    assert first["seconds"] == 0.0 and first["timestamp"] and first["level"] == "info"
    assert "ValueError" in second["exception"] and second["event"] == "***"
    for secret in ("planted", "mail pass", "mail%20pass"):
        assert secret not in text


def test_old_records_and_logs_go_and_young_ones_stay(
    settings: Settings, instance: dg.DagsterInstance
) -> None:
    old = instance.create_run_for_job(_job(), status=dg.DagsterRunStatus.SUCCESS)
    outputs = settings.dagster_home / "storage" / old.run_id
    outputs.mkdir(parents=True)
    settings.logs.mkdir()
    for name in ("night-old.jsonl", "night-young.jsonl"):
        (settings.logs / name).touch()
    long_ago = NOW.timestamp() - 40 * 86400
    os.utime(settings.logs / "night-old.jsonl", (long_ago, long_ago))
    assert remove_old(settings, instance) == {"logs": 1, "runs": 0}, "made after the clock of this home"
    later = settings.model_copy(update={"now": datetime.now(UTC) + timedelta(days=31)})
    assert remove_old(later, instance) == {"logs": 1, "runs": 1}
    assert instance.get_runs() == [] and not outputs.exists()
