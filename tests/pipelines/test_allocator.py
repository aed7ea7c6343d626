"""Polars is told how to keep memory before it is loaded, and understands what it is told."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from pipelines.allocator import VARIABLE, setting


def run(code: str, told: str = "") -> subprocess.CompletedProcess[str]:
    """Run a program of its own, with the setting of an operator where one is given."""
    others = {name: value for name, value in os.environ.items() if name != VARIABLE}
    env = {**others, VARIABLE: told} if told else others
    return subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)


@pytest.mark.parametrize("package", ["pipelines", "bench"])
def test_it_is_settled_before_polars_is_loaded(package: str) -> None:
    done = run(f"import os, sys, {package}; print(os.environ[{VARIABLE!r}], 'polars' in sys.modules)")
    assert done.stdout.split() == [setting(os.cpu_count() or 1), "False"]


def test_what_an_operator_has_set_stays() -> None:
    done = run(f"import os, pipelines; print(os.environ[{VARIABLE!r}])", told="narenas:3")
    assert done.stdout.split() == ["narenas:3"]


@pytest.mark.skipif(sys.platform != "linux", reason="Polars has another allocator elsewhere")
def test_the_allocator_understands_it() -> None:
    done = run("import polars", told=f"{setting(4)},confirm_conf:true")
    assert "narenas:2" in done.stderr
    assert "Invalid" not in done.stderr


@pytest.mark.parametrize(("cores", "pools"), [(1, 1), (2, 1), (32, 16)])
def test_there_is_one_pool_for_two_cores(cores: int, pools: int) -> None:
    assert setting(cores).startswith(f"narenas:{pools},")
