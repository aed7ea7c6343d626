"""Fixtures every test may use."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from sources.source import Raw

settings.register_profile("house", deadline=None)
settings.load_profile("house")

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


@pytest.fixture
def synthetic_raw() -> Callable[[str, bytes], Raw]:
    """A file made up by a test."""

    def make(name: str, content: bytes) -> Raw:
        return Raw(name=name, content=content, snapshot_id=hashlib.sha256(content).hexdigest())

    return make
