"""The commands for whoever keeps the nights running: `sdg17 status`, `health`, `metrics`, `alert`.

Belongs here: options and printing. Does not belong here: any work.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click
import orjson

from pipelines.cli_intake import FINDING, GOOD, HOME, JSON, _Command, _settings


def _printed(value: object) -> None:
    click.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode())


@click.command(
    cls=_Command,
    epilog="Examples:\n  sdg17 status\n  sdg17 status --json\n  sdg17 status --schema   the JSON Schema of it",
)
@HOME
@JSON
@click.option("--schema", "as_schema", is_flag=True, help="Print the JSON Schema of status.json.")
def status(home: Path | None, as_json: bool, as_schema: bool) -> None:
    """What is published, what the last run found, how old each source is, what comes next.

    The same as the file status.json in the home folder, true at this moment: a run that was killed is told
    as died. Exits with 1 where there is no good last run.
    """
    from pipelines.operations.standing import standing  # noqa: PLC0415 - Dagster takes half a second
    from pipelines.operations.status import schema  # noqa: PLC0415
    from pipelines.report import print_status  # noqa: PLC0415

    if as_schema:
        _printed(schema())
        return
    settings = _settings(home)
    found = standing(settings)
    if as_json:
        _printed(found)
    elif found["state"] == "none":
        click.echo(f"No run yet in {settings.home}. Start one: sdg17 run")
    else:
        print_status(settings, found)
    sys.exit(FINDING if found["state"] in {"none", "died", "failed", "audit failed"} else GOOD)


@click.command(
    cls=_Command,
    epilog="Examples:\n  sdg17 health            for a person\n  sdg17 health --json     for a monitoring system",
)
@HOME
@JSON
def health(home: Path | None, as_json: bool) -> None:
    """Whether all is well: 0 yes, 1 findings (each with cause and next step), 2 wrong use.

    Looks at the age of the last good night (SDG17_HEALTHY_HOURS), runs that died or broke, a failed audit,
    the published release, sources that could not be read or are overdue, free disk space
    (SDG17_LEAST_FREE_GB), the secrets file, and the daemon where one was ever seen. Changes nothing.
    """
    from pipelines.operations.finding import as_rows  # noqa: PLC0415 - Dagster takes half a second
    from pipelines.operations.health import health as look  # noqa: PLC0415

    found = look(_settings(home))
    if as_json:
        _printed({"version": 1, "healthy": not found, "findings": as_rows(found)})
    else:
        for each in found:
            click.echo(f"[{each.severity}] {each.key}")
            click.echo(f"  {each.german}\n  {each.english}\n  Nächster Schritt / next step: {each.command}")
        if not found:
            click.echo("Alles in Ordnung / all is well.")
    sys.exit(FINDING if found else GOOD)


@click.command(
    cls=_Command,
    epilog="Examples:\n  sdg17 metrics\n  SDG17_METRICS_FILE=/var/lib/node_exporter/sdg17.prom sdg17 run",
)
@HOME
def metrics(home: Path | None) -> None:
    """The status in the text form that Prometheus reads.

    The same is written to metrics/sdg17.prom (SDG17_METRICS_FILE) after each night and each look of the daemon.
    """
    from pipelines.operations.health import health as look  # noqa: PLC0415 - Dagster takes half a second
    from pipelines.operations.metrics import metrics as text_of  # noqa: PLC0415
    from pipelines.operations.standing import standing  # noqa: PLC0415

    settings = _settings(home)
    click.echo(text_of(standing(settings), look(settings)).decode(), nl=False)


@click.command(
    cls=_Command,
    epilog="Examples:\n  sdg17 alert --test   does a message arrive?\n  sdg17 alert          send what is new since the last look",
)
@HOME
@click.option("--test", "is_test", is_flag=True, help="Send a message that says it is a test.")
def alert(home: Path | None, is_test: bool) -> None:
    """Send what is not well and has not been told yet, and what is well again.

    Addresses stand in SDG17_ALERTS or in the table [alerts] of the secrets file, in the form of Apprise
    (mailtos://, matrix://, ntfys:// and so on). The daemon does the same after each night and every
    SDG17_WATCH_SECONDS; each cause is told once.
    """
    from pipelines.operations.aftermath import tell  # noqa: PLC0415 - Dagster takes half a second
    from pipelines.operations.alerts import sender, test_message  # noqa: PLC0415
    from pipelines.operations.operator_secrets import load_operator_secrets  # noqa: PLC0415

    settings = _settings(home)
    secrets = load_operator_secrets(settings)
    if not secrets.alerts:
        raise click.UsageError(
            f"{secrets.problem or 'No address is set.'} Set SDG17_ALERTS, or [alerts] addresses in the file "
            "named by SDG17_SECRETS."
        )
    if is_test:
        taken = sender(secrets)(test_message(settings))
        click.echo("An address took the message." if taken else "No address took the message.")
        sys.exit(GOOD if taken else FINDING)
    click.echo(f"Messages sent: {tell(settings, secrets)}")
