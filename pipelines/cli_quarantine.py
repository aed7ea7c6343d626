"""The commands `sdg17 quarantine list | show | export | decide`.

Belongs here: options and what is printed. Does not belong here: choosing rows (`quarantine_list.py`), or
turning a filled-in table into entries (`verdicts.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click
import orjson
from rich.console import Console
from rich.table import Table

from pipelines.cli_intake import HOME, JSON, _Command, _settings

SOURCE = click.option("--source", help="Only rows of this source.")
RULE = click.option("--rule", help="Only rows that broke this rule.")
REASON = click.option("--reason", help="Only rows whose reason holds this text.")
UNIT = click.option("--unit", help="Only rows that name this key or this name.")


@click.group(
    epilog="Decide: fill in a table and hand it to `decide`, or put the entry that `show` prints into decisions/ "
    "of the home folder (docs/quarantine.md)."
)
def quarantine() -> None:
    """Rows that wait: which, why, since when, and what a person can do about them."""


@quarantine.command(
    "list",
    cls=_Command,
    epilog="Examples:\n  sdg17 quarantine list --source fairtrade_towns\n"
    "  sdg17 quarantine list --rule no_date --json\n  sdg17 quarantine list --history",
)
@SOURCE
@RULE
@REASON
@UNIT
@click.option("--history", is_flag=True, help="Counts by reason over all releases instead of rows.")
@HOME
@JSON
def list_rows(
    *,
    source: str | None,
    rule: str | None,
    reason: str | None,
    unit: str | None,
    history: bool,
    home: Path | None,
    as_json: bool,
) -> None:
    """Rows in quarantine, one line each; with --history the counts of every release."""
    from pipelines import quarantine_list as rows_of  # noqa: PLC0415 - polars only where rows are read

    settings = _settings(home)
    if history:
        counts = rows_of.by_reason(settings)
        if as_json:
            click.echo(orjson.dumps(counts.to_dicts(), option=orjson.OPT_INDENT_2).decode())
        else:
            _print(counts.columns, counts.iter_rows())
        return
    wanted = {"source": source, "rule": rule, "reason": reason, "unit": unit}
    rows = rows_of.chosen(rows_of.waiting(settings), wanted)
    if as_json:
        click.echo(orjson.dumps(rows_of.as_rows(rows), option=orjson.OPT_INDENT_2).decode())
        return
    shown = (
        (row["row_hash"][: rows_of.SHORT], row["source_id"], row["rule"], row["reason"], row["decision_id"])
        for row in rows.iter_rows(named=True)
    )
    _print(("row", "source", "rule", "reason", "decided by"), shown)
    click.echo(f"{rows.height:,} rows wait. One of them: sdg17 quarantine show ROW")


@quarantine.command(cls=_Command, epilog="Examples:\n  sdg17 quarantine show 3603e3772f1c")
@click.argument("row")
@HOME
@JSON
def show(row: str, home: Path | None, as_json: bool) -> None:
    """One record with everything known of it, and the entry that would decide it.

    ROW is its fingerprint or the first signs of it.
    """
    from pipelines import quarantine_list as rows_of  # noqa: PLC0415

    settings = _settings(home)
    found = rows_of.named(rows_of.waiting(settings), row)
    if found.is_empty() or found["row_hash"].n_unique() > 1:
        known = "no row" if found.is_empty() else f"{found['row_hash'].n_unique()} rows"
        raise click.UsageError(f"{known} in quarantine starts with {row}. See: sdg17 quarantine list")
    if as_json:
        click.echo(orjson.dumps(rows_of.as_rows(found), option=orjson.OPT_INDENT_2).decode())
        return
    for name, value in found.row(0, named=True).items():
        click.echo(f"{name:12} {value if value is not None else '-'}")
    if found.height > 1:
        click.echo(f"{'also breaks':12} {', '.join(found['rule'][1:])}")
    click.echo(f"\nTo decide, complete this and put it into {settings.home / 'decisions'}/NAME.toml:\n")
    click.echo(rows_of.entry(found, settings))


@quarantine.command(
    cls=_Command,
    epilog="Examples:\n  sdg17 quarantine export --to waiting.xlsx\n"
    "  sdg17 quarantine export --rule ambiguous_unit --to names.csv",
)
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="FILE.csv or FILE.xlsx",
)
@SOURCE
@RULE
@REASON
@UNIT
@HOME
def export(
    *,
    target: Path,
    source: str | None,
    rule: str | None,
    reason: str | None,
    unit: str | None,
    home: Path | None,
) -> None:
    """Rows as a table for a person to decide in, with empty columns for the decision.

    Filled in: action (release or reject), set (column=value; column=value), why, author. Lines without an
    action stay undecided. `sdg17 quarantine decide` takes the table back.
    """
    from pipelines import quarantine_list as rows_of  # noqa: PLC0415

    forms = {".csv": rows_of.as_csv, ".xlsx": rows_of.as_workbook}
    if target.suffix not in forms:
        raise click.UsageError(f"{target.name} ends neither in .csv nor in .xlsx")
    wanted = {"source": source, "rule": rule, "reason": reason, "unit": unit}
    rows = rows_of.chosen(rows_of.waiting(_settings(home)), wanted)
    target.write_bytes(forms[target.suffix](rows))
    click.echo(f"{rows.height:,} rows written to {target}")


@quarantine.command(
    cls=_Command,
    epilog="Examples:\n  sdg17 quarantine decide waiting.xlsx\n"
    "  sdg17 quarantine decide names.csv --as names_of_november",
)
@click.argument("table", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--as", "name", help="Name of the decision file; that of the table where none is given.")
@HOME
def decide(table: Path, name: str | None, home: Path | None) -> None:
    """Make a decision file of a table that was exported and filled in; the next night carries it out.

    Nothing is written where a line cannot be understood, or a record is decided already.
    """
    from pipelines.operator_decisions import CannotAdd, add  # noqa: PLC0415 - readers only where asked for
    from pipelines.verdicts import NoVerdicts, decision_file, lines_of  # noqa: PLC0415
    from sources.source import SourceChanged  # noqa: PLC0415

    settings = _settings(home)
    file = f"{name or table.stem}.toml"
    if Path(file).name != file:
        raise click.UsageError(f"{file} is no name of a file.")
    try:
        lines = lines_of(table.name, table.read_bytes())
        written, entries = decision_file(lines, file, settings.clock().date())
        path = add(settings.home, file, written, entries)
    except (NoVerdicts, CannotAdd, SourceChanged) as error:
        raise click.UsageError(str(error)) from error
    click.echo(f"{len(entries.good):,} decisions written to {path}; the next night carries them out.")


def _print(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    table = Table(*columns)
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    Console(width=None if Console().is_terminal else 200).print(table)
