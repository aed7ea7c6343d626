"""The lake follows what is published: real PostgreSQL, real Parquet, releases of a made-up world."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner

from pipelines.cli import main
from pipelines.lake import opening, writing
from pipelines.lake.address import place
from pipelines.lake.following import catch_up, due, follow, lake_problem
from pipelines.lake.keeping import forget
from pipelines.lake.opening import LakeUnavailable, opened
from pipelines.lake.writing import Snapshot, snapshots
from pipelines.operations.finding import Facts
from pipelines.operations.judging import judged
from pipelines.settings import Settings, WrongSetting, load_settings
from pipelines.withdrawal import roll_back
from tests.lake.made_releases import UNIT, publish_in, published_again, world
from tests.postgres_server import MADE_UP, Server

pytestmark = pytest.mark.xdist_group("postgres")
VARIABLE = "SDG17_SECRET_LAKE_PASSWORD"  # pragma: allowlist secret
DAYS = (20, 21, 22)
with_extensions = pytest.mark.skipif(
    not all(find_spec(f"duckdb_extension_{name}") for name in ("ducklake", "postgres_scanner")),
    reason="the extensions of DuckDB for a lake are not installed (extra lake)",
)


@dataclass(frozen=True, kw_only=True)
class Lakes:
    """Releases made once, a server, and the names of databases already taken."""

    made: Path
    server: Server
    numbers: Iterator[int]

    def new(self, folder: Path) -> Settings:
        """A home with the first release, and an empty database for its lake."""
        address = self.server.database(f"lake_{next(self.numbers)}")
        found = load_settings(home=folder / "home", lake=f"{address}?data={folder / 'lake'}")
        published_again(self.made, found.home, 20)
        return found


@pytest.fixture(scope="module")
def lakes(postgres_server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lakes]:
    made = tmp_path_factory.mktemp("made")
    for day in DAYS:
        publish_in(made, day)
    with pytest.MonkeyPatch.context() as known:
        known.setenv(VARIABLE, MADE_UP)
        yield Lakes(made=made, server=postgres_server, numbers=count(1))


@pytest.fixture(scope="module")
def full(lakes: Lakes, tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, list[Snapshot]]:
    """A lake that caught up with three releases."""
    settings = lakes.new(tmp_path_factory.mktemp("full"))
    for day in DAYS[1:]:
        published_again(lakes.made, settings.home, day)
    return settings, catch_up(settings)


def counted(settings: Settings) -> list[float]:
    """The number that differs between the releases, as every snapshot held it."""
    with opened(settings) as connection:
        frames = [
            connection.sql(f"FROM lake.observation AT (VERSION => {each.number})").pl()
            for each in snapshots(connection)
        ]
    return [float(frame.filter(UNIT)["value"][0]) for frame in frames]


@with_extensions
def test_time_travel_gives_each_release_and_only_what_changed_is_written(
    full: tuple[Settings, list[Snapshot]],
) -> None:
    settings, written = full
    assert [each.release_id for each in written] == [f"202611{day}T010000Z" for day in DAYS]
    assert set(written[0].written) == set(written[0].parts) > {"municipality", "observation_asof()"}
    for each in written[1:]:
        assert set(each.written) == {
            "observation", "observation_history", "release", "release_history", "revision",
        }  # fmt: skip
    with opened(settings) as connection:
        connection.execute("USE lake")
        for day, each in zip(DAYS, written, strict=True):
            then = connection.sql(f"FROM observation AT (VERSION => {each.number})").pl()
            assert then.equals(world(day)["observation"])
            assert connection.sql(f"FROM observation_of_release('{each.release_id}')").pl().equals(then)
            assert connection.sql(f"FROM observation_asof('2026-11-{day}')").pl().equals(then)
        comment = connection.sql(
            "SELECT comment FROM duckdb_columns() WHERE table_name = 'observation' AND column_name = 'ags' "
            "AND database_name = 'lake'"
        ).fetchone()
    assert comment is not None and comment[0], "columns explain themselves"


@with_extensions
def test_the_commands_say_what_the_lake_holds(
    full: tuple[Settings, list[Snapshot]], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, written = full
    monkeypatch.setenv("SDG17_LAKE", str(settings.lake))

    def said(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(main, ["lake", *words, "--home", str(settings.home)])
        return done.exit_code, done.output

    code, text = said("status", "--json")
    found = orjson.loads(text)
    assert code == 0 and found["due"] == []
    assert [row["snapshot"] for row in found["snapshots"]] == [each.number for each in written]
    assert all(row["bytes"] > 0 for row in found["snapshots"])
    assert said("catch-up") == (0, "The lake holds what is published.\n")
    assert lake_problem(settings) is None
    file = settings.home / "releases" / f"202611{DAYS[1]}T010000Z" / "manifest.json"
    right = file.read_bytes()
    file.write_bytes(right.replace(b'"observation":{"sha256":"', b'"observation":{"sha256":"0'))
    code, text = said("verify")
    file.write_bytes(right)
    assert code == 1 and text.count("tables are equal\n") == len(DAYS) - 1
    assert (
        f"202611{DAYS[1]}T010000Z" in text.partition("; different: table observation\n")[0].splitlines()[-1]
    )


@with_extensions
def test_after_a_rollback_the_lake_shows_what_is_published(
    full: tuple[Settings, list[Snapshot]],
) -> None:
    settings, _ = full
    roll_back(settings, f"202611{DAYS[0]}T010000Z", "made up")
    assert f"shows release 202611{DAYS[2]}T010000Z" in (lake_problem(settings) or ("", ""))[1]
    assert [each.release_id[6:8] for each in catch_up(settings)] == ["20"]
    assert [each.release_id[6:8] for each in forget(settings, 1)] == ["20", "21", "22"]
    assert counted(settings) == [20.0]


@with_extensions
def test_readers_see_whole_releases_while_writers_write_break_and_catch_up(
    lakes: Lakes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, end, told = lakes.new(tmp_path), tmp_path / "end", tmp_path / "seen.json"
    catch_up(settings)
    reader = subprocess.Popen(
        [sys.executable, "-m", "tests.lake.reader", str(settings.lake), str(end), str(told)]
    )
    try:
        while not told.with_suffix(".begun").exists():
            assert reader.poll() is None
            time.sleep(0.05)
        published_again(lakes.made, settings.home, DAYS[1])
        with monkeypatch.context() as broken:
            broken.setattr(writing, "_said", lambda *_: "SELECT no_such_column")
            with pytest.raises(LakeUnavailable):
                catch_up(settings)
        german, english = lake_problem(settings) or ("", "")
        assert "no_such_column" in german and "no_such_column" in english
        published_again(lakes.made, settings.home, DAYS[2])
        follow(settings)  # as after a night: in a process of its own
    finally:
        end.touch()
        assert reader.wait(timeout=60) == 0
    assert lake_problem(settings) is None and counted(settings) == [20.0, 21.0, 22.0]
    found = orjson.loads(told.read_bytes())
    assert found["errors"] == []
    seen = {tuple(row) for row in found["seen"]}
    whole = [(f"202611{day}T010000Z", f"202611{day}T010000Z", float(day)) for day in DAYS]
    assert seen <= set(whole), "none torn, nothing of the write that broke"
    assert {whole[0], whole[-1]} <= seen, "what was there at first and in the end"


@with_extensions
def test_no_server_or_a_wrong_password_is_a_finding_and_no_password_is_told(
    lakes: Lakes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = lakes.new(tmp_path)
    with pytest.raises(LakeUnavailable, match=r"no lake yet.*sdg17 lake catch-up"), opened(settings):
        pass
    monkeypatch.setenv(VARIABLE, "quite wrong")
    with pytest.raises(LakeUnavailable):
        catch_up(settings)
    german, english = lake_problem(settings) or ("", "")
    assert "authentication failed" in english and "quite wrong" not in german + english
    nobody = settings.model_copy(update={"lake": "postgresql://sdg17@127.0.0.1:1/x?data=/srv/none"})
    assert lake_problem(nobody) == (
        "er zeigt noch nichts, veröffentlicht ist 20261120T010000Z",
        "it shows nothing yet, published is 20261120T010000Z",
    ), "what another lake holds says nothing of this one"
    assert list(judged(_facts(nobody), nobody))[-1].check == "lake_behind"


def _facts(settings: Settings) -> Facts:
    status = {"state": "published", "next_run": {"daemon": "alive"}}
    return Facts(
        status=status, hours_since_success=1.0, release_problem=None, free_bytes=10**12, secrets_problem=None,
        held=False, backup_problem=None, lake_problem=lake_problem(settings), retries_left=False,
    )  # fmt: skip


def test_without_the_extensions_the_message_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "find_spec", lambda _: None)
    settings = load_settings(home=tmp_path, lake="postgresql://sdg17@127.0.0.1:1/x?data=/srv/lake")
    with pytest.raises(LakeUnavailable, match=r"pip install duckdb-extension-ducklake==\d"), opened(settings):
        pass
    with pytest.raises(LakeUnavailable, match="SDG17_LAKE"), opened(load_settings(home=tmp_path)):
        pass


def test_an_address_is_taken_apart() -> None:
    found = place("postgresql://lake%20user@/lake?host=/run/postgresql&data=/srv/sdg17-lake&sslmode=require")
    assert found.data == Path("/srv/sdg17-lake")
    assert found.catalogue == (
        "host=/run/postgresql dbname=lake user='lake user' connect_timeout=10 tcp_user_timeout=60000 "
        "sslmode=require"
    )


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://sdg17:geheim@db/lake?data=/srv/lake",
        "postgresql://sdg17@db/lake?password=geheim&data=/srv/lake",
        "postgresql://sdg17@db/lake",
        "postgresql://sdg17@db/lake?data=relative",
        "postgresql://sdg17@db/lake?data=/",
        "mysql://sdg17@db/lake?data=/srv/lake",
    ],
)
def test_an_address_with_a_password_or_of_another_form_is_refused(address: str) -> None:
    with pytest.raises(WrongSetting) as refused:
        load_settings(lake=address)
    assert "geheim" not in str(refused.value) and "SDG17_LAKE" in str(refused.value)


@pytest.mark.parametrize(
    ("kept", "current", "withdrawn", "in_lake", "expected"),
    [
        ("12", "2", "", "", "12"),
        ("123", "3", "", "1", "23"),
        ("123", "3", "", "123", ""),
        ("123", "3", "", "3", ""),
        ("123", "3", "2", "1", "3"),
        ("12", "1", "2", "12", "1"),
        ("12", "1", "2", "1", ""),
        ("123", "3", "2", "121", "3"),
    ],
)
def test_which_releases_are_due(kept: str, current: str, withdrawn: str, in_lake: str, expected: str) -> None:
    assert due(list(kept), current, set(withdrawn), list(in_lake)) == list(expected)
