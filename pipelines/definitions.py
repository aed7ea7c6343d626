"""What Dagster loads: every asset, one job, one schedule. Bodies stand in `pipelines/assets`."""

from __future__ import annotations

import dagster as dg

from pipelines.assets import (
    catalogue,
    comparison,
    corrections,
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

nightly = dg.define_asset_job(
    "nightly",
    selection=dg.AssetSelection.all(),
    executor_def=dg.in_process_executor,
    description="One complete night: read, compute, audit, publish.",
)

every_night = dg.ScheduleDefinition(
    name="every_night",
    job=nightly,
    cron_schedule="0 2 * * *",
    execution_timezone="Europe/Berlin",
    default_status=dg.DefaultScheduleStatus.RUNNING,
)

defs = dg.Definitions(
    assets=[
        *source_tables.ASSETS,
        *house_tables.ASSETS,
        *catalogue.ASSETS,
        *corrections.ASSETS,
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
    executor=dg.in_process_executor,
    resources={"house": house_resource},
)
