"""The commands on kept releases: `sdg17 releases`, `sdg17 rollback`.

Belongs here: options and printing. Does not belong here: any work.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from pipelines.cli_intake import HOME, JSON, _Command, _print_json, _settings
from pipelines.kept_releases import listed
from pipelines.release import AlreadyRunning, only_run
from pipelines.withdrawal import LIFT, CannotRollBack, in_force, resume, roll_back

MEGABYTE = 1_000_000


@click.command(
    cls=_Command,
    epilog="Examples:\n  sdg17 releases\n  sdg17 releases --json | jq -r '.[] | select(.current).release_id'",
)
@HOME
@JSON
def releases(home: Path | None, as_json: bool) -> None:
    """Every release kept on disk: when it was built, its checks, its size, which one is current."""
    settings = _settings(home)
    found = listed(settings)
    if as_json:
        _print_json([asdict(each) for each in found])
        return
    if not found:
        click.echo(f"No release is kept in {settings.home}. Start one: sdg17 run")
        return
    table = Table(box=None, pad_edge=False)
    table.add_column("", no_wrap=True)
    table.add_column("release", no_wrap=True)
    table.add_column("built", no_wrap=True)
    for name in ("checks", "failed", "files", "MB", "own MB"):
        table.add_column(name, justify="right", no_wrap=True)
    for each in found:
        table.add_row(
            "*" if each.current else "", each.release_id, each.built_at[:16].replace("T", " "), f"{each.checks_run:,}",
            f"{each.checks_failed:,}", f"{each.files:,}", f"{each.bytes / MEGABYTE:,.0f}",
            f"{each.own_bytes / MEGABYTE:,.0f}"
        )  # fmt: skip
    Console().print(table)
    for each in found:
        if each.withdrawn_because is not None:
            click.echo(f"{each.release_id} was taken back: {each.withdrawn_because}")
    held = in_force(settings)
    if held is not None:
        click.echo(f"Nights publish nothing since {held.at}. When the cause is mended: {LIFT}")


@click.command(
    cls=_Command,
    epilog='Examples:\n  sdg17 rollback --reason "Wesel counted twice"   to the release before the current one\n'
    '  sdg17 rollback 20261122T010000Z --reason "…"    to any release that is kept (sdg17 releases)\n'
    "  sdg17 rollback --resume                         let nights publish again",
)
@click.argument("release_id", required=False)
@click.option("--reason", help="Why, in a sentence; whoever finds the nights held reads it.")
@click.option("--resume", "lift", is_flag=True, help="Let nights publish again.")
@HOME
@JSON
def rollback(
    *, release_id: str | None, reason: str | None, lift: bool, home: Path | None, as_json: bool
) -> None:
    """Show an earlier release again, at once, and publish nothing until somebody says so.

    The release is compared with its manifest first. Nights go on and put their builds aside;
    each exits with 1 and names the reason. A night that comes to the same as the release shown confirms it.
    """
    if lift and (release_id or reason):
        raise click.UsageError("--resume stands alone.")
    if not lift and not (reason and reason.strip()):
        raise click.UsageError("Say why: --reason TEXT")
    settings = _settings(home)
    try:
        with only_run(settings):
            done = resume(settings) if lift else roll_back(settings, release_id, (reason or "").strip())
    except CannotRollBack as error:
        raise click.UsageError(str(error)) from error
    except AlreadyRunning as error:
        raise click.ClickException(
            f"{error} (A night that must not end: stop it, then roll back.)"
        ) from error
    if as_json:
        _print_json(None if done is None else asdict(done))
    elif done is None:
        click.echo("No rollback holds the nights.")
    elif lift:
        click.echo(f"The next night may publish again. Release {done.stays} is shown until then.")
    else:
        click.echo(f"Release {done.stays} is shown again instead of {done.withdrawn}.")
        click.echo(f"Nights publish nothing until: {LIFT}")
