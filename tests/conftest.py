"""Fixtures every test may use."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from sources.source import Raw
from tests.built_release import BEFORE, NOW, Built, build_once
from tests.home import Home, run_once
from tests.postgres_server import PROGRAMS, Server, started

settings.register_profile("house", deadline=None)
settings.load_profile("house")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Made files are named by their argument: an archive holds the time it was packed at, and workers
    that collected in different seconds would not agree on a name made of its bytes."""
    return argname if isinstance(val, bytes) else None


SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of original public files; tests on real data skip where it is not there."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"real files are not here: {SHARED_DATA} does not exist")
    return SHARED_DATA


@pytest.fixture(scope="session")
def raw_file(shared_data: Path) -> Callable[[str], Raw]:
    """Read one original file as the pipeline would hand it to a reader."""

    def read(name: str) -> Raw:
        content = (shared_data / name).read_bytes()
        return Raw(name=name, content=content, snapshot_id=hashlib.sha256(content).hexdigest())

    return read


@pytest.fixture(scope="session")
def archive_release(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A night on the original files after one without them, built once for all tests and workers."""
    given = os.environ.get("SDG17_TEST_ARCHIVE_HOME")
    if given:
        return Built(home=Path(given))
    nights = (("embedded", BEFORE), (f"archive:{shared_data}", NOW))
    return build_once(_for_all_workers(tmp_path_factory) / "archive_home", nights)


def _for_all_workers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder for temporary files that all workers of one run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home folder after one night, run as a user runs it, on the facts that ship with the program.

    Carried out once for all tests and workers; whoever wants to change something asks for `home`.
    """
    return run_once(_for_all_workers(tmp_path_factory) / "shipped_home")


@pytest.fixture(scope="session")
def home(shipped: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A copy of that home folder which tests may go on with; they belong to the xdist group "night"."""
    return shipped.copied_to(tmp_path_factory.mktemp("night") / "home")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """A real PostgreSQL; tests that ask for it belong to the xdist group "postgres"."""
    if not PROGRAMS:
        pytest.skip("no PostgreSQL is installed: no /usr/lib/postgresql/*/bin/initdb")
    with started() as server:
        yield server


@pytest.fixture
def synthetic_raw() -> Callable[[str, bytes], Raw]:
    """A file made up by a test."""

    def make(name: str, content: bytes) -> Raw:
        return Raw(name=name, content=content, snapshot_id=hashlib.sha256(content).hexdigest())

    return make
