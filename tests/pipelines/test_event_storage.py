"""Dagster's records through connections that stay open: the same records, and few connections."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.storage.event_log import SqliteEventLogStorage

from pipelines.event_storage import MOST_FILES, EventStorage
from pipelines.night_run import prepare_instance
from pipelines.settings import load_settings


@dg.asset(check_specs=[dg.AssetCheckSpec("counted", asset="first")])
def first() -> dg.MaterializeResult:
    return dg.MaterializeResult(
        metadata={"rows": 3}, check_results=[dg.AssetCheckResult(check_name="counted", passed=True)]
    )


@dg.asset(deps=[first])
def second() -> None: ...


def run(instance: dg.DagsterInstance) -> str:
    return dg.materialize([first, second], instance=instance).run_id


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return prepare_instance(load_settings(home=tmp_path))


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every file Dagster opens a connection of its own to; empty if it no longer does so this way."""
    found: list[str] = []
    plain = SqliteEventLogStorage._connect

    @contextmanager
    def watched(self: SqliteEventLogStorage, shard: str) -> Iterator[object]:
        found.append(shard)
        with plain(self, shard) as connection:
            yield connection

    monkeypatch.setattr(SqliteEventLogStorage, "_connect", watched)
    return found


def test_a_run_opens_each_file_once(home: Path, opened: list[str]) -> None:
    with dg.DagsterInstance.from_config(str(home)) as instance:
        assert isinstance(instance.event_log_storage, EventStorage)
        ids = [run(instance) for _ in range(2)]
    assert sorted(opened) == sorted(["index", *ids])


def test_the_records_are_those_of_dagsters_own_storage(home: Path, tmp_path: Path) -> None:
    def told(instance: dg.DagsterInstance, run_id: str) -> list[str]:
        return [
            re.sub(r"[0-9a-f-]{36}|\d+(\.\d+)?(ms|s)|pid: \d+", "", entry.user_message)
            for entry in instance.all_logs(run_id)
        ]

    with dg.DagsterInstance.from_config(str(home)) as instance:
        kept = run(instance)
        written = told(instance, kept)
    plain = tmp_path / "plain"
    plain.mkdir()
    (plain / "dagster.yaml").write_text("telemetry:\n  enabled: false\n")
    with dg.DagsterInstance.from_config(str(plain)) as instance:
        assert not isinstance(instance.event_log_storage, EventStorage)
        assert told(instance, run(instance)) == written
    (home / "dagster.yaml").write_text("telemetry:\n  enabled: false\n")
    with dg.DagsterInstance.from_config(str(home)) as instance:  # as before this storage, and after it
        assert told(instance, kept) == written
        record = instance.get_latest_materialization_event(dg.AssetKey("first"))
        assert record is not None and record.run_id == kept
        assert instance.get_run_by_id(kept).status is dg.DagsterRunStatus.SUCCESS


def test_two_processes_see_what_the_other_wrote(home: Path) -> None:
    with (
        dg.DagsterInstance.from_config(str(home)) as night,
        dg.DagsterInstance.from_config(str(home)) as server,
    ):
        for _ in range(MOST_FILES + 2):
            run_id = run(night)
            assert len(server.all_logs(run_id)) == len(night.all_logs(run_id)) > 10
            assert server.get_latest_materialization_event(dg.AssetKey("second")).run_id == run_id
        for storage in (night.event_log_storage, server.event_log_storage):
            assert len(storage._kept) <= MOST_FILES
            assert "index" in storage._kept, "the file every event asks for stays open"


def test_a_deleted_run_leaves_nothing_open(home: Path) -> None:
    with dg.DagsterInstance.from_config(str(home)) as instance:
        run_id = run(instance)
        file = home / "history/runs" / f"{run_id}.db"
        assert file.exists()
        instance.delete_run(run_id)
        assert run_id not in instance.event_log_storage._kept
        assert sorted(path.name for path in file.parent.glob(f"{run_id}*")) == [file.name]


def test_an_error_in_a_transaction_leaves_nothing_written(home: Path) -> None:
    with dg.DagsterInstance.from_config(str(home)) as instance:
        run_id = run(instance)
        storage = instance.event_log_storage
        before = len(instance.all_logs(run_id))

        def broken() -> None:
            with storage.run_connection(run_id) as connection:
                connection.exec_driver_sql("DELETE FROM event_logs")
                raise OSError("made up here")

        with pytest.raises(OSError, match="made up here"):
            broken()
        assert len(instance.all_logs(run_id)) == before
