"""Tests of one group run in one worker, so that a release is built once and not once per worker."""

from __future__ import annotations

import os

import pytest


@pytest.mark.xdist_group("alone")
@pytest.mark.skipif("PYTEST_XDIST_WORKER" not in os.environ, reason="there are no workers in this run")
def test_the_name_of_a_grouped_test_says_its_group(request: pytest.FixtureRequest) -> None:
    assert request.node.nodeid.endswith("@alone"), "pytest-xdist does not see groups with this pytest"
