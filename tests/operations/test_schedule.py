"""The schedule and the watch as the daemon asks them, with clocks moved by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from pipelines.definitions import defs, every_night, nightly, watch
from pipelines.night_run import prepare_instance
from pipelines.operations.standing import planned
from pipelines.settings import Settings, WrongSetting, load_settings


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("SDG17_HOME", str(tmp_path))
    return load_settings()


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2026-11-22T00:30+00:00", "2026-11-22T02:00+01:00"),
        ("2026-11-22T01:00+00:00", "2026-11-23T02:00+01:00"),
        ("2027-03-28T00:30+00:00", "2027-03-28T03:00+02:00"),
        ("2026-10-25T00:30+00:00", "2026-10-25T02:00+01:00"),
    ],
)
def test_the_next_night_is_at_two_in_berlin_once_also_when_clocks_change(
    now: str, then: str, settings: Settings
) -> None:
    at = settings.model_copy(update={"now": datetime.fromisoformat(now).astimezone(UTC)})
    assert planned(at) == then


def test_one_night_at_a_time(settings: Settings) -> None:
    with dg.DagsterInstance.from_config(str(prepare_instance(settings))) as instance:

        def asked() -> Any:
            with dg.build_schedule_context(
                instance=instance, scheduled_execution_time=datetime(2026, 11, 22, 1, tzinfo=UTC)
            ) as context:
                return every_night.evaluate_tick(context)

        assert len(asked().run_requests) == 1
        run = instance.create_run_for_job(
            defs.resolve_job_def(nightly.name), status=dg.DagsterRunStatus.STARTING
        )
        assert asked().run_requests == [] and run.run_id in asked().skip_message


def test_the_watch_starts_nothing_and_leaves_metrics(settings: Settings) -> None:
    with (
        dg.DagsterInstance.from_config(str(prepare_instance(settings))) as instance,
        dg.build_sensor_context(instance=instance) as context,
    ):
        found = watch.evaluate_tick(context)
    assert found.run_requests == [] and found.skip_message == "all looked at"
    assert "sdg17_healthy 0.0" in settings.metrics.read_text("utf-8")


def test_limits_and_retries_of_the_instance_are_settings(settings: Settings) -> None:
    with dg.DagsterInstance.from_config(str(prepare_instance(settings))) as instance:
        assert instance.run_monitoring_max_runtime_seconds == settings.night_seconds
        assert instance.run_retries_max_retries == settings.night_retries
        assert not instance.run_retries_retry_on_asset_or_op_failure
    assert (settings.night_seconds, settings.night_retries) == (14_400, 2)


@pytest.mark.parametrize("wrong", ["0 2 * *", "at two", "0 2 * * * *", ""])
def test_a_schedule_that_is_none_is_refused(wrong: str, settings: Settings) -> None:
    with pytest.raises(WrongSetting, match="five fields"):
        load_settings(schedule=wrong)
