"""Carrying out the job `nightly` inside this process, with progress on the terminal.

Belongs here: the Dagster instance of a home folder, the run lock, progress. Does not belong here:
what the job does (`pipelines/definitions.py`) or the report that follows (`pipelines/report.py`).
"""

from __future__ import annotations

import logging
import os
import sys
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

import orjson
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from pipelines.files import write_atomically
from pipelines.instance_storage import instance_environment, storage
from pipelines.release import only_run, read_status
from pipelines.settings import Settings, load_settings

if TYPE_CHECKING:
    import dagster as dg

AUDIT_STEP = "release__audit"


class NightFailed(RuntimeError):
    """A step broke; the message names it and its cause."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How a night ended."""

    published: bool
    state: str


class _Teller(logging.Handler):
    """Turns progress messages into lines above a progress bar, or into plain lines."""

    def __init__(self, progress: Progress) -> None:
        super().__init__()
        self.progress = progress
        self.task = progress.add_task("night", total=None)

    def emit(self, record: logging.LogRecord) -> None:
        step = getattr(record, "step", "")
        if step == "pages":
            self.progress.update(self.task, description=record.getMessage())
            return
        self.progress.console.print(f"  {record.getMessage()}", highlight=False, markup=False)
        self.progress.update(self.task, advance=1, description=str(step))


def prepare_instance(settings: Settings) -> Path:
    """Write Dagster's instance settings (telemetry off) into the home folder; return that folder."""
    template = Template(resources.files("pipelines").joinpath("dagster.yaml").read_text("utf-8"))
    settled = {"night_seconds": settings.night_seconds, "night_retries": settings.night_retries}
    content = (template.safe_substitute(settled) + storage(settings)).encode()
    target = settings.dagster_home / "dagster.yaml"
    if not target.exists() or target.read_bytes() != content:
        write_atomically(target, content)
    return settings.dagster_home


def run_night(settings: Settings, *, quiet: bool) -> Outcome:
    """Run the whole job.

    Raises:
        AlreadyRunning: another run holds the home folder.
        NightFailed: a step broke for another reason than the audit.
    """
    with only_run(settings):  # asked here for a clear answer; the run itself holds the folder
        prepare_instance(settings)
    os.environ.update(
        instance_environment(settings),
        SDG17_HOME=str(settings.home),
        SDG17_ORIGIN=settings.origin,
        SDG17_AGAIN=orjson.dumps(settings.again).decode(),
    )
    failure = execute(quiet)
    if failure is not None and not failure.startswith(f"step {AUDIT_STEP}:"):
        raise NightFailed(failure)  # the status on disk may still tell of an earlier audit
    state = str(read_status(settings).get("state"))
    return Outcome(published=failure is None, state=state)


def execute(quiet: bool, up_to: tuple[str, ...] | None = None) -> str | None:
    """Run the job, or only the way to one asset; return the first failure as text, or null."""
    import dagster as dg  # noqa: PLC0415 - half a second, only here

    from pipelines.definitions import defs  # noqa: PLC0415
    from pipelines.house import PROGRESS  # noqa: PLC0415
    from pipelines.operations.dead_runs import report_dead_runs  # noqa: PLC0415

    job = defs.resolve_job_def("nightly")
    console = Console(file=sys.stderr, quiet=quiet)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with (
        Progress(*columns, console=console, transient=True) as progress,
        dg.DagsterInstance.get() as instance,
    ):
        report_dead_runs(instance, load_settings())
        teller = _Teller(progress)
        progress.update(teller.task, total=len(job.graph.node_dict))
        PROGRESS.setLevel(logging.INFO)
        logging.getLogger("sdg17").propagate = False
        PROGRESS.addHandler(teller)
        try:
            result = job.execute_in_process(
                instance=instance,
                raise_on_error=False,
                asset_selection=None if up_to is None else _way_to(dg.AssetKey(up_to), defs),
                run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
            )
        finally:
            PROGRESS.removeHandler(teller)
    if result.success:
        return None
    failures = [event for event in result.all_events if event.is_step_failure]
    if not failures:
        return "the job ended without success; look at the Dagster log"
    first = failures[0]
    error = first.step_failure_data.error
    cause = (error.cause or error).message.strip() if error else "unknown cause"
    return f"step {first.step_key}: {cause}"


def _way_to(key: dg.AssetKey, defs: dg.Definitions) -> list[dg.AssetKey]:
    """An asset and everything it is made from."""
    import dagster as dg  # noqa: PLC0415

    return sorted(dg.AssetSelection.assets(key).upstream().resolve(defs.resolve_asset_graph()))
