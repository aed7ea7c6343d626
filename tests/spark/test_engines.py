"""Polars, DuckDB and a real Spark cluster make the same measures of the same tables, bit for bit."""

from __future__ import annotations

import shutil
import sys

import polars as pl
import pytest

from tests.home import Home
from tests.spark.parity import PYTHON, Compared, compared, same

pytestmark = pytest.mark.xdist_group("engines")


@pytest.fixture(scope="module")
def engines(shipped: Home, tmp_path_factory: pytest.TempPathFactory) -> Compared:
    if shutil.which("java") is None:
        pytest.skip("no Java is installed: Spark needs Java 17 (apt-get install openjdk-17-jre-headless)")
    if not PYTHON.exists():
        pytest.skip("the environment of Spark is not there: make test builds .venv-spark")
    return compared(shipped.folder, tmp_path_factory.mktemp("engines"))


def test_the_engines_agree(engines: Compared, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        sys.stdout.write(
            f"\n{engines.lines:,} budget lines, most made up\n{engines.table()}\n{engines.around}\n"
        )
    assert engines.differences("duckdb") == []
    assert engines.differences("spark") == []


def test_every_group_had_something_to_do(engines: Compared) -> None:
    """Equal because empty would prove nothing."""
    empty = [name for name, frame in engines.made["spark"].frames.items() if frame.is_empty()]
    assert empty == []
    spending = engines.made["spark"].frames["spending.measure"]
    assert spending["value"].null_count() > 0, "unknown amounts came back as unknown"
    assert spending.filter(pl.col("value") < 0).height > 0, "reversals came back below zero"


def test_a_difference_in_the_last_bit_is_found(engines: Compared) -> None:
    frame = engines.made["polars"].frames["per_inhabitant"]
    changed = frame.with_columns(pl.col("per_inhabitant") * (1 + 2**-52))
    assert not same("per_inhabitant", frame, changed)
    quartiles = engines.made["polars"].frames["quartiles"]
    assert same("quartiles", quartiles, quartiles.with_columns(pl.col("median") * (1 + 2**-52)))
    assert not same("quartiles", quartiles, quartiles.with_columns(pl.col("median") * (1 + 1e-9)))
