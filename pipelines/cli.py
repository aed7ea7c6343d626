"""The command line `sdg17`.

Belongs here: commands, their options and what they print. Does not belong here: any work; imports
of Dagster and of chart libraries happen inside the command that needs them.

Exit codes: 0 good, 1 a finding or a failed audit, 2 wrong use.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click
import orjson

from pipelines.cli_backup import backup, restore
from pipelines.cli_budget import budget
from pipelines.cli_export import export
from pipelines.cli_failures import told
from pipelines.cli_intake import intake
from pipelines.cli_lake import lake
from pipelines.cli_operations import alert, health, metrics, status
from pipelines.cli_quarantine import quarantine
from pipelines.cli_releases import releases, rollback
from pipelines.cli_report import chart, report
from pipelines.cli_vintages import rebuild, revisions, verify
from pipelines.settings import Settings, WrongSetting, load_settings
from pipelines.settings_forms import ORIGIN_CHOICES

GOOD, FINDING, WRONG_USE = 0, 1, 2


class _Group(click.Group):
    """Examples in `--help` keep their line breaks; failures of the machine are told in words."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except Exception as error:
            message = told(error)
            if message is None:
                raise
            raise click.ClickException(message) from error

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if self.epilog:
            formatter.write("\n" + self.epilog.strip("\n") + "\n")


class _Command(click.Command):
    format_epilog = _Group.format_epilog


def _examples(text: str) -> dict[str, Any]:
    return {"cls": _Command, "epilog": "Examples:\n" + text}


def _settings(home: Path | None, origin: str | None, again: tuple[str, ...] = ()) -> Settings:
    try:
        return load_settings(home=home, origin=origin, again=again or None)
    except WrongSetting as error:
        raise click.UsageError(str(error)) from error


def _check_names(settings: Settings) -> None:
    """A mistyped name would let the provider itself be asked instead of the address meant, or nobody at all."""
    from pipelines.origins import asked_of  # noqa: PLC0415
    from sources import load_sources  # noqa: PLC0415 - readers of every source

    declared = load_sources()
    unknown = sorted({*settings.bases, *settings.again} - set(declared))
    if unknown:
        raise click.UsageError(
            f"bases or --again names {', '.join(unknown)}, which is no source. See: sdg17 sources"
        )
    kept = [name for name in settings.again if not asked_of(declared[name], settings)]
    if kept:
        raise click.UsageError(
            f"{', '.join(kept)} is read from files here, and a file is read anew every night. "
            "Only a provider that is asked over the network (origin live) can be asked again."
        )


HOME = click.option(
    "--home",
    type=click.Path(path_type=Path),
    help="Folder for everything kept. [env: SDG17_HOME, default ./data]",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")


@click.group(
    cls=_Group,
    epilog="""\
Examples:
  sdg17 run                                      one night on the facts that ship with the program
  SDG17_ORIGIN=archive:/srv/originals sdg17 run  one night on a folder of original files
  sdg17 explain 05334002 pt_gs_n 2024            one number, down to the bytes
  sdg17 serve                                    look at the pages on this machine""",
)
@click.version_option(package_name="sdg17")
def main() -> None:
    """SDG 17 Kommunalmonitor: what municipalities do for global partnership, measured openly."""


@main.command(
    **_examples(
        "  sdg17 run\n  sdg17 run --origin archive:/srv/originals --home /srv/sdg17\n  sdg17 run --json | jq .release_id"
    )
)
@HOME
@click.option("--origin", help=f"Where sources are read from: {ORIGIN_CHOICES}. [env: SDG17_ORIGIN]")
@click.option("--again", multiple=True, metavar="SOURCE", help="Ask this source for everything anew.")
@JSON
def run(home: Path | None, origin: str | None, again: tuple[str, ...], as_json: bool) -> None:
    """Read, compute, audit, publish: one complete night, a whole new release or none.

    Nothing is fetched from a network unless the origin is live. A source that cannot be read costs
    only itself. A failed audit keeps the last release and exits with 1.

    A provider is not asked for what has not changed since it was last read. With --again (several times
    for several sources) it is asked for everything, all years, as if nothing of it were kept: where it has
    mended a file without saying so. All other sources are read as in any night.
    """
    from pipelines.night_run import NightFailed, run_night  # noqa: PLC0415 - Dagster takes half a second
    from pipelines.release import AlreadyRunning  # noqa: PLC0415
    from pipelines.report import as_dict, print_report  # noqa: PLC0415

    settings = _settings(home, origin, again)
    _check_names(settings)
    try:
        outcome = run_night(settings, quiet=as_json)
    except AlreadyRunning as error:
        raise click.ClickException(str(error)) from error
    except NightFailed as error:
        click.echo(f"The night did not end: {error}", err=True)
        click.echo("The last release is untouched.", err=True)
        sys.exit(FINDING)
    if as_json:
        click.echo(orjson.dumps(as_dict(settings, outcome), option=orjson.OPT_INDENT_2).decode())
    else:
        print_report(settings, outcome)
    sys.exit(GOOD if outcome.published else FINDING)


@main.command(
    **_examples(
        "  sdg17 explain 05334002 pt_gs_n 2024\n  sdg17 explain 09188121 pt_ausg_ew 2015 --rows 50\n"
        "  sdg17 explain 04011000 ez_ausg_ew 2016 --plan"
    )
)
@click.argument("ags")
@click.argument("indicator")
@click.argument("year", type=int)
@click.option("--plan", is_flag=True, help="Explain the plan figure, which is kept apart.")
@click.option("--rows", default=20, show_default=True, help="Most rows to print.")
@HOME
@JSON
def explain(
    *, ags: str, indicator: str, year: int, plan: bool, rows: int, home: Path | None, as_json: bool
) -> None:
    """One published number: formula, measures, the rows that made them, files and hashes.

    AGS is the key of a municipality (8 digits), a district (5) or a Land (2).
    """
    from pipelines.explain import Unknown, explanation, print_explanation  # noqa: PLC0415

    settings = _settings(home, None)
    try:
        found = explanation(settings, ags, indicator, year, plan=plan)
    except Unknown as error:
        raise click.UsageError(str(error)) from error
    if as_json:
        click.echo(orjson.dumps(found, option=orjson.OPT_INDENT_2).decode())
    else:
        print_explanation(found, rows)


@main.command(**_examples("  sdg17 serve\n  sdg17 serve --port 8017"))
@HOME
@click.option("--port", default=8017, show_default=True, help="Port on the loopback address.")
def serve(home: Path | None, port: int) -> None:
    """Show the published pages on this machine only (loopback)."""
    from pipelines.serving import serve_site  # noqa: PLC0415

    settings = _settings(home, None)
    if not (settings.current / "site" / "index.html").exists():
        raise click.ClickException(f"Nothing is published in {settings.home} yet. Start with: sdg17 run")
    serve_site(settings.current / "site", port, click.echo)


@main.command(
    **_examples("  sdg17 sources\n  sdg17 sources --origin archive:/srv/originals\n  sdg17 sources --json")
)
@HOME
@click.option("--origin", help=f"Origin to list the sources for: {ORIGIN_CHOICES}.")
@JSON
def sources(home: Path | None, origin: str | None, as_json: bool) -> None:
    """Every source: licence, files or address, last success, age of its newest file, whether it is late."""
    from pipelines.source_health import print_sources, source_rows  # noqa: PLC0415

    settings = _settings(home, origin)
    rows = source_rows(settings)
    if as_json:
        click.echo(orjson.dumps(rows, option=orjson.OPT_INDENT_2).decode())
    else:
        print_sources(rows, settings)


@main.command(
    **_examples("  sdg17 catalogue\n  sdg17 catalogue --json | jq '.[] | [.label, .units_with_value]'")
)
@HOME
@JSON
def catalogue(home: Path | None, as_json: bool) -> None:
    """Every indicator: formula, frameworks, core set, and for how many units there is a value."""
    from pipelines.cli_catalogue import catalogue_rows, print_catalogue  # noqa: PLC0415

    rows = catalogue_rows(_settings(home, None))
    if as_json:
        click.echo(orjson.dumps(rows, option=orjson.OPT_INDENT_2).decode())
    else:
        print_catalogue(rows)


@main.command(
    context_settings={"ignore_unknown_options": True},
    **_examples(
        "  sdg17 instance                                         print the folder for DAGSTER_HOME\n"
        "  sdg17 instance dagster dev -h 127.0.0.1                Dagster's pages and schedule\n"
        "  sdg17 instance dagster-daemon run -w workspace.yaml    one of its programs"
    ),
)
@HOME
@click.argument("command", nargs=-1, type=click.UNPROCESSED)
def instance(home: Path | None, command: tuple[str, ...]) -> None:
    """Write Dagster's instance settings (telemetry off), and print their folder or run COMMAND with them.

    The password of PostgreSQL (SDG17_POSTGRES), where there is one, is handed over in the environment only.
    """
    from pipelines.instance_command import run_command  # noqa: PLC0415 - only where it is asked for
    from pipelines.night_run import prepare_instance  # noqa: PLC0415

    settings = _settings(home, None)
    folder = prepare_instance(settings)
    if not command:
        click.echo(folder)
        return
    try:
        run_command(settings, command)
    except FileNotFoundError as error:
        raise click.UsageError(f"There is no program {command[0]}.") from error


main.add_command(status)
main.add_command(health)
main.add_command(metrics)
main.add_command(alert)
main.add_command(backup)
main.add_command(budget)
main.add_command(export)
main.add_command(intake)
main.add_command(lake)
main.add_command(releases)
main.add_command(quarantine)
main.add_command(revisions)
main.add_command(report)
main.add_command(chart)
main.add_command(verify)
main.add_command(rebuild)
main.add_command(restore)
main.add_command(rollback)

if __name__ == "__main__":
    main()
