"""What surrounds every night, however it was started and however it ends.

Belongs here: the order of record, log, waiting and aftermath. Does not belong here: any of them.
Parts of a night and rebuilt releases leave no record.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from pipelines.operations import night_record, retrying
from pipelines.operations.aftermath import aftermath
from pipelines.operations.logs import night_log
from pipelines.operations.night_record import Broken
from pipelines.operations.operator_secrets import load_operator_secrets
from pipelines.release import AlreadyRunning, only_run
from pipelines.settings import Settings

if TYPE_CHECKING:
    import dagster as dg

JOB = "nightly"
LOG = logging.getLogger("sdg17.night")


class Housed(Protocol):
    """What is known of a run while it works."""

    broken: Broken | None

    @property
    def settings(self) -> Settings:
        """The settings in force."""


@contextmanager
def around_night(
    instance: dg.DagsterInstance | None, run: dg.DagsterRun | None, house: Housed
) -> Iterator[None]:
    """Hold the home folder, record the run, and look after what comes of it.

    Raises:
        AlreadyRunning: another run holds the home folder; Dagster tries this one again.
    """
    settings = house.settings
    if instance is None or run is None or not _is_whole(run, settings):
        with only_run(settings):
            yield
        return
    number = retrying.attempt(run.tags)
    waiting = retrying.waiting_seconds(number, settings.retry_wait_seconds)
    due = time.monotonic() + waiting
    try:
        with only_run(settings, patience_seconds=waiting):
            yield from _recorded(instance, run, house, number, due)
    except AlreadyRunning:
        retrying.allow_retry(instance, run.run_id, settings.night_retries, after_a_step=True)
        raise


def _recorded(
    instance: dg.DagsterInstance, run: dg.DagsterRun, house: Housed, number: int, due: float
) -> Iterator[None]:
    settings = house.settings
    retrying.allow_retry(instance, run.run_id, settings.night_retries, after_a_step=False)
    secrets = load_operator_secrets(settings)
    with night_log(settings, run.run_id, secrets.scrub) as log:
        night_record.begin(settings, run_id=run.run_id, trigger=_trigger(run), attempt=number, log=log)
        LOG.info("night begins", extra={"facts": {"origin": settings.origin_kind, "attempt": number}})
        time.sleep(max(0.0, due - time.monotonic()))
        try:
            yield
        finally:
            state = night_record.end(settings, house.broken)
            LOG.info("night ends", extra={"facts": {"state": state}})
            aftermath(settings, instance, secrets, state)


def note_failure(
    instance: dg.DagsterInstance, run_id: str, house: Housed, step: str, error: BaseException | None
) -> None:
    """Keep what broke first, and say whether the night may be tried again."""
    passing = retrying.judge(instance, run_id, error, house.settings.night_retries)
    LOG.error("step broke", extra={"step": step, "facts": {"passing": passing}}, exc_info=error)
    if house.broken is None:
        cause = load_operator_secrets(house.settings).scrub(f"{type(error).__name__}: {error}".strip())
        house.broken = Broken(step=step, cause=cause[:2000], passing=passing)


def _is_whole(run: dg.DagsterRun, settings: Settings) -> bool:
    return run.job_name == JOB and not run.asset_selection and settings.replay is None


def _trigger(run: dg.DagsterRun) -> str:
    if "dagster/schedule_name" in run.tags:
        return "schedule"
    return "dagster" if run.remote_job_origin else "command"
