"""Dagster's records in PostgreSQL, as the settings of an installation ask for it; started from Debian's packages."""

from __future__ import annotations

from pathlib import Path

import dagster as dg
import pytest
import yaml
from dagster._core.remote_origin import (
    RegisteredCodeLocationOrigin,
    RemoteInstigatorOrigin,
    RemoteRepositoryOrigin,
)
from dagster._core.scheduler.instigation import (
    InstigatorState,
    InstigatorStatus,
    InstigatorType,
    ScheduleInstigatorData,
)

from pipelines.instance_storage import PASSWORD, instance_environment
from pipelines.night_run import prepare_instance
from pipelines.settings import WrongSetting, load_settings
from tests.home import Home
from tests.postgres_server import MADE_UP, Server

pytestmark = pytest.mark.xdist_group("postgres")


@dg.op
def said() -> int:
    return 17


@dg.job
def made_up_by_a_test() -> None:
    said()


STARTED = InstigatorState(
    RemoteInstigatorOrigin(
        repository_origin=RemoteRepositoryOrigin(
            code_location_origin=RegisteredCodeLocationOrigin("sdg17"), repository_name="sdg17"
        ),
        instigator_name="every_night",
    ),
    InstigatorType.SCHEDULE,
    InstigatorStatus.RUNNING,
    ScheduleInstigatorData("0 2 * * *", start_timestamp=17.0),
)


def test_runs_events_and_schedules_are_kept_there(
    postgres_server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PASSWORD, MADE_UP)
    monkeypatch.setenv("DAGSTER_DISABLE_TELEMETRY", "yes")
    address = f"postgresql://sdg17@127.0.0.1:{postgres_server.port}/postgres"
    folder = prepare_instance(load_settings(home=tmp_path / "home", postgres=address))
    with dg.DagsterInstance.from_config(str(folder)) as instance:
        run_id = made_up_by_a_test.execute_in_process(instance=instance).run_id
        instance.add_instigator_state(STARTED)
    by_socket = f"postgresql://sdg17@/postgres?host={postgres_server.sockets}&port={postgres_server.port}"
    prepare_instance(load_settings(home=tmp_path / "home", postgres=by_socket))
    with dg.DagsterInstance.from_config(str(folder)) as instance:
        run = instance.get_run_by_id(run_id)
        assert run is not None and run.status is dg.DagsterRunStatus.SUCCESS
        kinds = [each.dagster_event_type for each in instance.all_logs(run_id)]
        assert kinds.count(dg.DagsterEventType.STEP_SUCCESS) == 1
        assert dg.DagsterEventType.RUN_SUCCESS in kinds
        states = instance.all_instigator_state()
        assert [(each.name, each.status) for each in states] == [("every_night", InstigatorStatus.RUNNING)]
    assert not list(folder.glob("**/*.db")), "nothing is kept in files beside it"


def test_dagsters_programs_get_the_password_from_a_file_and_no_file_of_ours_repeats_it(
    postgres_server: Server, tmp_path: Path
) -> None:
    secrets = tmp_path / "secrets.toml"
    secrets.write_text(f'[postgres]\npassword = "{MADE_UP}"\n')
    secrets.chmod(0o600)
    home = Home(folder=tmp_path / "home")
    done = home.sdg17(
        "instance", "dagster", "instance", "info",
        SDG17_POSTGRES=f"postgresql://sdg17@127.0.0.1:{postgres_server.port}/postgres", SDG17_SECRETS=str(secrets),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    for each in ("run_storage: PostgresRunStorage", "event_log_storage: PostgresEventLogStorage"):
        assert each in done.stdout
    assert "latest: " in done.stdout, "it was asked for the state of its tables"
    assert MADE_UP not in done.stdout + done.stderr
    written = (home.folder / "dagster" / "dagster.yaml").read_text()
    assert MADE_UP not in written
    database = yaml.safe_load(written)["storage"]["postgres"]["postgres_db"]
    assert database["password"] == {"env": PASSWORD}
    assert database["scheme"] == "postgresql+psycopg2"


def test_without_the_setting_records_are_files_and_without_a_password_none_is_named(tmp_path: Path) -> None:
    plain = load_settings(home=tmp_path)
    assert "storage" not in yaml.safe_load((prepare_instance(plain) / "dagster.yaml").read_text())
    assert PASSWORD not in instance_environment(plain)
    peer = load_settings(home=tmp_path, postgres="postgresql://sdg17@/sdg17?host=/run/postgresql")
    found = yaml.safe_load((prepare_instance(peer) / "dagster.yaml").read_text())["storage"]["postgres"]
    assert found["postgres_db"]["params"] == {"host": "/run/postgresql"}
    assert "password" not in found["postgres_db"]


@pytest.mark.parametrize(
    "address", ["postgresql://sdg17:geheim@127.0.0.1/x", "mysql://x@y/z", "postgresql:///x"]
)
def test_an_address_with_a_password_or_of_another_form_is_refused(address: str, tmp_path: Path) -> None:
    with pytest.raises(WrongSetting) as refused:
        load_settings(home=tmp_path, postgres=address)
    assert "geheim" not in str(refused.value)
    assert "SDG17_POSTGRES" in str(refused.value)
