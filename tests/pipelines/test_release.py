"""A release is published whole or not at all, and nobody who reads the old one is disturbed."""

from __future__ import annotations

import fcntl
from pathlib import Path

import duckdb
import orjson
import polars as pl
import pytest

from pipelines import release
from pipelines.database import STORAGE_VERSION, add_rows, build
from pipelines.settings import Settings, load_settings
from pipelines.store import Store, content_hash
from quality.contracts import CONTRACTS

COUNTRY = CONTRACTS["country"]
STORAGE_NUMBER = {"v1.0.0": 64}
"""Version number in the header of a DuckDB file, by the oldest release that reads it."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(home=tmp_path / "home", origin="embedded")


def countries(*names: str) -> pl.DataFrame:
    rows = [
        {"country": name, "iso2": None, "name_de": "Prüfland", "name_en": "Test's land"} for name in names
    ]
    return pl.DataFrame(rows, schema=COUNTRY.schema)


def built(settings: Settings, *names: str) -> release.Building:
    building = release.begin(settings)
    store = Store(folder=settings.tables)
    store.write("house", "country", countries(*names))
    build(building.database, {"country": store.path("house", "country")}, CONTRACTS)
    building.site.mkdir()
    (building.site / "index.html").write_text(" ".join(names))
    return building


def published(settings: Settings, *names: str) -> Path:
    building = built(settings, *names)
    return release.publish(building, settings, release.manifest(building, tables={}, facts={}))


def read(settings: Settings) -> tuple[list[str], str]:
    with duckdb.connect(str(settings.current / release.DATABASE), read_only=True) as connection:
        names = [row[0] for row in connection.execute("SELECT country FROM country ORDER BY ALL").fetchall()]
    return names, (settings.current / "site" / "index.html").read_text()


def test_database_and_pages_change_together(settings: Settings) -> None:
    published(settings, "AAA")
    assert read(settings) == (["AAA"], "AAA")
    published(settings, "BBB")
    assert read(settings) == (["BBB"], "BBB")
    manifest = release.read_manifest(settings)
    assert manifest is not None
    assert manifest["release_id"] == settings.current.resolve().name


def test_an_open_connection_keeps_working_through_a_publish(settings: Settings) -> None:
    published(settings, "AAA")
    path = str(settings.current.resolve() / release.DATABASE)
    with duckdb.connect(path, read_only=True) as analyst:
        published(settings, "BBB")
        assert analyst.execute("SELECT country FROM country").fetchall() == [("AAA",)]
    assert read(settings)[0] == ["BBB"]


def test_what_a_killed_run_left_is_cleared_and_never_published(settings: Settings) -> None:
    published(settings, "AAA")
    built(settings, "HALF")
    assert read(settings) == (["AAA"], "AAA")
    published(settings, "BBB")
    assert read(settings)[0] == ["BBB"]
    assert not list(settings.releases.glob(".building-*"))


def test_a_failed_build_is_kept_aside_and_the_last_release_stays(settings: Settings) -> None:
    published(settings, "AAA")
    place = release.set_aside(built(settings, "BAD"), settings)
    assert read(settings) == (["AAA"], "AAA")
    assert (place / release.DATABASE).exists()


def test_old_releases_make_room_but_never_the_current_one(settings: Settings) -> None:
    for number in range(settings.kept_releases + 3):
        published(settings, f"A{number:02}")
    kept = [path for path in settings.releases.iterdir() if path.is_dir()]
    assert len(kept) == settings.kept_releases
    assert settings.current.resolve() in [path.resolve() for path in kept]


def test_two_runs_at_once_are_refused(settings: Settings) -> None:
    with (
        release.only_run(settings),
        pytest.raises(release.AlreadyRunning, match="Another run is working in"),
        release.only_run(settings),
    ):
        raise AssertionError("the second run got in")
    with (settings.home / ".lock").open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_older_clients_can_open_the_file(settings: Settings) -> None:
    """The header of a DuckDB file holds its storage version after the checksum and the magic word."""
    folder = published(settings, "AAA")
    header = (folder / release.DATABASE).read_bytes()[:20]
    assert header[8:12] == b"DUCK"
    assert int.from_bytes(header[12:20], "little") == STORAGE_NUMBER[STORAGE_VERSION]


def test_every_table_and_column_explains_itself(tmp_path: Path) -> None:
    store = Store(folder=tmp_path)
    later = {"quality_result", "quality_finding", "release"}
    names = [name for name, contract in CONTRACTS.items() if contract.published and name not in later]
    for name in names:
        store.write("house", name, CONTRACTS[name].empty())
    path = tmp_path / "empty.duckdb"
    build(path, {name: store.path("house", name) for name in names}, CONTRACTS)
    for name in later:
        add_rows(path, CONTRACTS[name], CONTRACTS[name].empty())
    with duckdb.connect(str(path), read_only=True) as connection:
        silent = connection.execute(
            "SELECT table_name FROM duckdb_tables() WHERE comment IS NULL "
            "UNION ALL SELECT table_name || '.' || column_name FROM duckdb_columns() "
            "WHERE comment IS NULL AND NOT internal"
        ).fetchall()
        tables = {row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
        assert connection.execute("SELECT count(*) FROM explain('1', 'x', 2020)").fetchone() == (0,)
    assert silent == []
    assert tables == {*names, *later}


def test_content_hash_depends_on_content_only() -> None:
    one, two = countries("AAA", "BBB"), countries("BBB", "AAA")
    assert content_hash(one, COUNTRY) == content_hash(two, COUNTRY)
    assert content_hash(one, COUNTRY) != content_hash(countries("AAA", "BBC"), COUNTRY)
    unknown = one.with_columns(iso2=pl.lit(None, pl.String))
    empty = one.with_columns(iso2=pl.lit(""))
    assert content_hash(unknown, COUNTRY) != content_hash(empty, COUNTRY), "null is not the empty text"


def test_status_is_what_was_written(settings: Settings) -> None:
    assert release.read_status(settings) == {}
    release.write_status(settings, {"state": "published"})
    assert orjson.loads(settings.status_file.read_bytes()) == {"state": "published"}
