"""A night that broke is tried again by Dagster, or not: said in the tags of its run.

Belongs here: the tags, and how long the next try waits. Does not belong here: which failures pass by
themselves (`passing.py`), retries of one request (`pipelines/http_retry.py`).

A run is born with no retries: one that cannot even begin (a wrong setting) is not tried again. Once it
holds the home folder it may be tried again `night_retries` times should its process die. Where a step
breaks, Dagster tries again only if the run says `dagster/retry_on_asset_or_op_failure`: it says so for
passing causes alone. A failed audit and a bug would only fail again. A new try inherits the tags of the
one before, so each says anew what holds for it.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import TYPE_CHECKING

from pipelines.operations.passing import is_passing

if TYPE_CHECKING:
    import dagster as dg

AFTER_A_STEP = "dagster/retry_on_asset_or_op_failure"
AT_MOST = "dagster/max_retries"
NUMBER = "dagster/retry_number"
AT_BIRTH = {AT_MOST: "0", "dagster/retry_strategy": "ALL_STEPS"}
"""Tags of every run. A new try begins at the beginning: tables of the broken night may be half a night old."""


def allow_retry(instance: dg.DagsterInstance, run_id: str, at_most: int, *, after_a_step: bool) -> None:
    """Say whether the run is tried again should its process die now, and should a step break now."""
    instance.add_run_tags(run_id, {AFTER_A_STEP: str(after_a_step).lower(), AT_MOST: str(at_most)})


def judge(instance: dg.DagsterInstance, run_id: str, error: BaseException | None, at_most: int) -> bool:
    """Say what a step's error means for the run; true where it is tried again."""
    passing = error is not None and is_passing(error)
    allow_retry(instance, run_id, at_most, after_a_step=passing)
    return passing


def attempt(tags: Mapping[str, str]) -> int:
    """0 for the first try of a night."""
    text = tags.get(NUMBER, "0")
    return int(text) if text.isdigit() else 0


def waiting_seconds(number: int, first_seconds: float) -> float:
    """How long try `number` waits: doubled each time, half of it by chance; nothing before the first."""
    if number == 0:
        return 0.0
    longest = first_seconds * 2.0 ** (number - 1)
    return longest / 2 + random.uniform(0, longest / 2)  # noqa: S311 - jitter
