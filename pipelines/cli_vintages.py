"""The commands on releases and their history: `sdg17 revisions`.

Belongs here: options and printing. Does not belong here: any work.
"""

from __future__ import annotations

from pathlib import Path

import click
import orjson

from pipelines.cli_intake import HOME, JSON, _Command, _settings


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
