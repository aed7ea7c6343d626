"""The commands `sdg17 intake …`: return forms of municipalities and districts.

Belongs here: options and printing. Does not belong here: any work.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import orjson

from pipelines.settings import Settings, WrongSetting, load_settings

GOOD, FINDING = 0, 1
HOME = click.option(
    "--home",
    type=click.Path(path_type=Path),
    help="Folder for everything kept. [env: SDG17_HOME, default ./data]",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")


class _Command(click.Command):
    """Examples in `--help` keep their line breaks."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        formatter.write("\n" + (self.epilog or "").strip("\n") + "\n")


class _Group(click.Group):
    format_epilog = _Command.format_epilog


def _settings(home: Path | None) -> Settings:
    try:
        return load_settings(home=home)
    except WrongSetting as error:
        raise click.UsageError(str(error)) from error


def _print_json(value: Any) -> None:
    click.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode())


@click.group(
    name="intake",
    cls=_Group,
    epilog="""\
Examples:
  sdg17 intake template 05334002 2025 -o meldung.csv   the empty form
  sdg17 intake check 05334002_meldung.csv              what would be taken, and what not
  cp 05334002_meldung.csv data/intake/inbox/ && sdg17 intake accept
  sdg17 intake list                                    what has been handed in""",
)
def intake() -> None:
    """Return forms of municipalities and districts: hand out, check, accept, list."""


@intake.command(
    cls=_Command,
    epilog="Examples:\n  sdg17 intake template 05334002 2025 -o meldung.csv\n  sdg17 intake template 05315 2025",
)
@click.argument("ags")
@click.argument("year", type=click.IntRange(2000, 2100))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File to write; else standard output.")
def template(ags: str, year: int, output: Path | None) -> None:
    """The empty form for one unit and year."""
    from pipelines.intake_folder import owner_of  # noqa: PLC0415
    from sources.self_report_form import empty_form  # noqa: PLC0415

    if owner_of(Path(ags))[0] != ags:
        raise click.UsageError(f"{ags} is no key. Municipalities have 8 digits, districts 5.")
    content = empty_form(ags, year)
    if output is None:
        sys.stdout.buffer.write(content)
    else:
        output.write_bytes(content)
        click.echo(f"Written: {output}. Hand it in as {ags}_{output.name}.")


@intake.command(
    cls=_Command,
    epilog="Examples:\n  sdg17 intake check 05334002_meldung.csv\n  sdg17 intake check --ags 05334002 meldung.xlsx --json",
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--ags", help="Unit the file belongs to; else the beginning of its name.")
@JSON
def check(file: Path, ags: str | None, as_json: bool) -> None:
    """Judge one file without taking it: exit 0 if every row is good, else 1."""
    from pipelines.intake_folder import owner_of  # noqa: PLC0415
    from sources.self_report_check import check as judge  # noqa: PLC0415
    from sources.self_report_file import FILE_LIMIT  # noqa: PLC0415

    owner = ags or owner_of(Path(file.name))[0]
    if owner is None or owner_of(Path(owner))[0] != owner:
        raise click.UsageError(
            "Say which unit the file belongs to: --ags 05334002, or begin its name with it."
        )
    with file.open("rb") as stream:
        content = stream.read(FILE_LIMIT + 1)
    checked = judge(file.name, content, ags=owner, received=datetime.now(UTC).date())
    problems = [finding for finding in checked.findings if not finding.is_hint]
    if as_json:
        named = ("row", "field", "value", "problem", "remedy", "is_hint")
        told = [{name: getattr(each, name) for name in named} for each in checked.findings]
        _print_json({"accepted": len(checked.reports), "untouched": checked.untouched, "findings": told})
    else:
        for finding in checked.findings:
            place = f"Zeile {finding.row}, {finding.field}" if finding.row else finding.field
            click.echo(f"{place}: {finding.problem} {finding.remedy}")
        click.echo(f"{len(checked.reports)} Zeilen in Ordnung, {len(problems)} Probleme.")
    sys.exit(FINDING if problems else GOOD)


@intake.command(cls=_Command, epilog="Examples:\n  sdg17 intake accept\n  sdg17 intake accept --json")
@HOME
@JSON
def accept(home: Path | None, as_json: bool) -> None:
    """Take every file of the inbox and answer it; a night does the same. Exit 1 if one was refused."""
    from pipelines.intake_folder import accept_inbox  # noqa: PLC0415
    from pipelines.release import AlreadyRunning, only_run  # noqa: PLC0415

    settings = _settings(home)
    try:
        with only_run(settings):
            handled, failures = accept_inbox(settings)
    except AlreadyRunning as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        fields = ("file_name", "ags", "accepted", "rows", "problems", "placed", "answer")
        rows = [{name: _plain(getattr(each, name)) for name in fields} for each in handled]
        _print_json({"files": rows, "failures": failures})
    else:
        for each in handled:
            word = "accepted" if each.accepted else "rejected"
            click.echo(
                f"{word}: {_plain(each.file_name)} ({each.rows} rows, {each.problems} problems) → {each.answer}"
            )
        for failure in failures:
            click.echo(f"not handled: {failure}", err=True)
        if not handled and not failures:
            click.echo(f"Nothing waits in {settings.home / 'intake' / 'inbox'}.")
    sys.exit(FINDING if failures or not all(each.accepted for each in handled) else GOOD)


@intake.command(
    name="list", cls=_Command, epilog="Examples:\n  sdg17 intake list\n  sdg17 intake list --json"
)
@HOME
@JSON
def list_files(home: Path | None, as_json: bool) -> None:
    """What waits, what was accepted, what was rejected."""
    from pipelines.intake_folder import put_away, waiting  # noqa: PLC0415

    settings = _settings(home)
    rows = [{"state": "waiting", "file": _plain(path.name)} for path in waiting(settings)]
    rows += [{"state": state, "file": path.name} for state, path in put_away(settings)]
    if as_json:
        _print_json(rows)
    else:
        for row in rows:
            click.echo(f"{row['state']:9} {row['file']}")
        if not rows:
            click.echo(f"Nothing has been handed in to {settings.home / 'intake'} yet.")


def _plain(value: Any) -> Any:
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
