"""The commands `sdg17 backup` and `sdg17 restore`.

Belongs here: options and printing. Does not belong here: any work.
"""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from pipelines.cli_intake import FINDING, HOME, JSON, _Command, _print_json, _settings
from pipelines.release import AlreadyRunning, only_run

FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command(
    cls=_Command,
    epilog="Examples:\n  sdg17 backup /mnt/backup/sdg17\n  sdg17 backup /mnt/backup/sdg17 --keep 30 --json",
)
@click.argument("target", type=FOLDER)
@click.option(
    "--keep", type=click.IntRange(min=1), default=30, show_default=True, help="Backups left there afterwards."
)
@HOME
@JSON
def backup(target: Path, keep: int, home: Path | None, as_json: bool) -> None:
    """Add a backup of the home folder to TARGET; a night may be running meanwhile.

    Kept are originals, the current release, manifests, and everything people put in: return forms,
    corrections, descriptions, decisions, the settings file. Equal contents are stored once.
    Credentials are not kept. TARGET is readable by its owner only: return forms are in it.
    """
    from pipelines.backing_up import CannotBackUp, back_up  # noqa: PLC0415 - only when asked

    try:
        done = back_up(_settings(home), target, keep)
    except CannotBackUp as error:
        raise click.UsageError(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"No backup was added: {error}") from error
    if as_json:
        _print_json(asdict(done))
    else:
        click.echo(
            f"Backup {done.backup_id}: {done.files:,} files, {done.bytes:,} bytes, "
            f"{done.added_bytes:,} of them new, {done.removed_bytes:,} removed with old backups."
        )


@click.command(
    cls=_Command,
    epilog="Examples:\n  sdg17 restore /mnt/backup/sdg17 --home /srv/sdg17\n"
    "  sdg17 restore /mnt/backup/sdg17 --backup 20261122T030000Z --home /tmp/look",
)
@click.argument("source", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--backup", "backup_id", help="Which backup; default the newest.")
@HOME
@JSON
def restore(source: Path, backup_id: str | None, home: Path | None, as_json: bool) -> None:
    """Fill an empty home folder from the backups in SOURCE, and compare the release with its manifest.

    Every file is compared with its hash. An interrupted restore is taken up by the same command.
    """
    from pipelines.restoring import CannotRestore  # noqa: PLC0415 - only when asked
    from pipelines.restoring import restore as bring_back  # noqa: PLC0415
    from pipelines.verifying import verified  # noqa: PLC0415 - DuckDB only when asked

    settings = _settings(home)
    try:
        with only_run(settings):
            done = bring_back(settings, source, backup_id)
    except (CannotRestore, AlreadyRunning) as error:
        raise click.ClickException(str(error)) from error
    results = [] if done.release_id is None else verified(settings, done.release_id)[1]
    wrong = {each.what: each.found for each in results if each.found is not None}
    if as_json:
        _print_json({**asdict(done), "checked": len(results), "wrong": wrong})
    else:
        click.echo(f"Backup {done.backup_id}: {done.files:,} files, {done.bytes:,} bytes in {settings.home}.")
        for what, found in wrong.items():
            click.echo(f"{what}: {found}")
        click.echo(
            f"Release {done.release_id}: {len(results) - len(wrong)} of {len(results)} comparisons hold."
        )
        if done.settings_file:
            click.echo(
                f"The settings of then are in {settings.home / done.settings_file}; credentials are not."
            )
    sys.exit(FINDING if wrong else 0)
