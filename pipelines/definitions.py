"""What Dagster loads: every asset, one job, one schedule, one watch. Bodies stand in `pipelines/assets`."""

from __future__ import annotations

import dagster as dg

from pipelines.assets import (
    catalogue,
    comparison,
    corrections,
    decisions,
    house_tables,
    indicators,
    measures,
    money,
    release,
    source_book,
    source_tables,
    territory,
)
from pipelines.house import house_resource
from pipelines.operations.aftermath import look_around
from pipelines.operations.around_night import JOB, note_failure
from pipelines.operations.dead_runs import report_dead_runs, waiting_runs
from pipelines.operations.retrying import AT_BIRTH
from pipelines.operations.standing import ZONE
from pipelines.settings import load_settings

SETTINGS = load_settings()


@dg.failure_hook(required_resource_keys={"house"})
def step_broke(context: dg.HookContext) -> None:
    """Note what broke, and whether the night may be tried again."""
    note_failure(
        context.instance, context.run_id, context.resources.house, context.step_key, context.op_exception
    )


nightly = dg.define_asset_job(
    JOB,
    selection=dg.AssetSelection.all(),
    executor_def=dg.in_process_executor,
    description="One complete night: read, compute, audit, publish.",
    hooks={step_broke},
    tags=AT_BIRTH,
)


@dg.schedule(
    job=nightly,
    cron_schedule=SETTINGS.schedule,
    execution_timezone=ZONE,
    default_status=dg.DefaultScheduleStatus.RUNNING,
)
def every_night(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """One night at a time. Runs that died without a word are reported first: they would hold the queue."""
    report_dead_runs(context.instance, load_settings())
    working = waiting_runs(context.instance)
    if working:
        return dg.SkipReason(f"Run {working[0]} has not ended yet.")
    return dg.RunRequest()


@dg.sensor(minimum_interval_seconds=SETTINGS.watch_seconds, default_status=dg.DefaultSensorStatus.RUNNING)
def watch(context: dg.SensorEvaluationContext) -> dg.SkipReason:
    """Between nights: report dead runs, send what is new, write metrics. Starts nothing."""
    return dg.SkipReason(look_around(context.instance, load_settings()))


defs = dg.Definitions(
    assets=[
        *source_tables.ASSETS,
        *house_tables.ASSETS,
        *catalogue.ASSETS,
        *corrections.ASSETS,
        *decisions.ASSETS,
        *measures.ASSETS,
        *indicators.ASSETS,
        *money.ASSETS,
        *source_book.ASSETS,
        *territory.ASSETS,
        *comparison.ASSETS,
        *release.ASSETS,
    ],
    jobs=[nightly],
    schedules=[every_night],
    sensors=[watch],
    executor=dg.in_process_executor,
    resources={"house": house_resource},
)
