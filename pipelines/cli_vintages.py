"""The commands on releases and their history: `sdg17 revisions`, `verify`, `rebuild`.

Belongs here: options and printing. Does not belong here: any work.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click
import orjson

from pipelines.cli_intake import FINDING, GOOD, HOME, JSON, _Command, _settings


@click.command(
    cls=_Command,
    epilog="Examples:\n  sdg17 revisions                  what the last release changed, by indicator and cause\n"
    "  sdg17 revisions 05334002         every change of one unit, newest first\n"
    "  sdg17 revisions 05334002 --json",
)
@click.argument("ags", required=False)
@HOME
@JSON
def revisions(ags: str | None, home: Path | None, as_json: bool) -> None:
    """Published numbers that were changed later: old value, new value, cause.

    Without AGS: counts of the published release.
    """
    from pipelines.explain import Unknown  # noqa: PLC0415 - DuckDB only when asked
    from pipelines.revision_list import print_revisions, revision_rows  # noqa: PLC0415

    try:
        rows = revision_rows(_settings(home), ags)
    except Unknown as error:
        raise click.UsageError(str(error)) from error
    if as_json:
        click.echo(orjson.dumps(rows, option=orjson.OPT_INDENT_2).decode())
    else:
        print_revisions(rows, ags)


@click.command(
    cls=_Command,
    epilog="Examples:\n  sdg17 verify                     the published release\n"
    "  sdg17 verify 20261122T010000Z    an older one that is still kept\n  sdg17 verify --json",
)
@click.argument("release_id", required=False)
@HOME
@JSON
def verify(release_id: str | None, home: Path | None, as_json: bool) -> None:
    """Compare a release with its manifest: files, every table, and the originals it was made from."""
    from pipelines.verifying import NoRelease, verified  # noqa: PLC0415 - DuckDB only when asked

    try:
        named, results = verified(_settings(home), release_id)
    except NoRelease as error:
        raise click.UsageError(str(error)) from error
    wrong = [each for each in results if each.found is not None]
    if as_json:
        found = {"release_id": named, "checked": len(results), "wrong": {e.what: e.found for e in wrong}}
        click.echo(orjson.dumps(found, option=orjson.OPT_INDENT_2).decode())
    else:
        for each in wrong:
            click.echo(f"{each.what}: {each.found}")
        click.echo(f"Release {named}: {len(results) - len(wrong)} of {len(results)} comparisons hold.")
    sys.exit(FINDING if wrong else GOOD)


@click.command(
    cls=_Command,
    epilog="Examples:\n  sdg17 rebuild 20261122T010000Z\n"
    "  sdg17 rebuild 20261122T010000Z --into /tmp/again\n  sdg17 rebuild 20261122T010000Z --json",
)
@click.argument("release_id")
@click.option("--into", type=click.Path(path_type=Path), help="Empty folder for the result.")
@HOME
@JSON
def rebuild(release_id: str, into: Path | None, home: Path | None, as_json: bool) -> None:
    """Build any earlier release again from the originals kept, and compare it table by table.

    Nothing is fetched. The published release is not touched. Exits with 1 where a table differs.
    """
    from pipelines.night_run import NightFailed  # noqa: PLC0415 - Dagster takes half a second
    from pipelines.rebuilding import CannotRebuild  # noqa: PLC0415
    from pipelines.rebuilding import rebuild as build_again  # noqa: PLC0415

    try:
        done = build_again(_settings(home), release_id, into, quiet=as_json)
    except CannotRebuild as error:
        raise click.UsageError(str(error)) from error
    except NightFailed as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        found = {
            "release_id": done.release_id,
            "folder": str(done.folder),
            "same_program": done.same_program,
            "equal": done.equal,
            "different": done.different,
        }
        click.echo(orjson.dumps(found, option=orjson.OPT_INDENT_2).decode())
    else:
        if not done.same_program:
            click.echo("The program has changed since; differences may come from it.")
        for table, text in done.different.items():
            click.echo(f"{table}: {text}")
        click.echo(
            f"Release {done.release_id}: {len(done.equal)} of {len(done.equal) + len(done.different)} "
            f"tables are equal. Built in {done.folder}"
        )
    sys.exit(FINDING if done.different else GOOD)
