"""The commands `sdg17 budget …`: a new city's file, and lines a person should look at.

Belongs here: options, reading the named file, printing. Does not belong here: any judgement
(`sources/budget_inspect.py`, `indicators/spending_candidates.py`).
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import orjson

from pipelines.settings import Settings, WrongSetting, load_settings
from sources.source import SIZE_LIMIT, Raw, SourceChanged

if TYPE_CHECKING:
    import polars as pl

    from sources.budget_inspect import Proposal

GOOD, FINDING = 0, 1
HOME = click.option(
    "--home",
    type=click.Path(path_type=Path),
    help="Folder for everything kept. [env: SDG17_HOME, default ./data]",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
AGS = re.compile(r"\d{2}|\d{5}|\d{8}|\d{9}")


class _Command(click.Command):
    """Examples in `--help` keep their line breaks."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        formatter.write("\n" + (self.epilog or "").strip("\n") + "\n")


class _Group(click.Group):
    format_epilog = _Command.format_epilog


@click.group(
    name="budget",
    cls=_Group,
    epilog="""\
Examples:
  sdg17 budget inspect haushalt_2027.csv --ags 05334002   what the file is, and a description for it
  sdg17 budget candidates 05334002 --year 2025            lines that may be development cooperation""",
)
def budget() -> None:
    """Budgets of a new municipality: inspect its file, find the lines that need a rule."""


@budget.command(
    cls=_Command,
    epilog="""\
Examples:
  sdg17 budget inspect haushalt_2027.csv
  sdg17 budget inspect haushalt_2027.csv --ags 05334002 > data/budget_descriptions/aachen.toml
  sdg17 budget inspect fiscal/datapackage.json --json""",
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--ags", help="Official key of the municipality.")
@JSON
def inspect(file: Path, ags: str | None, as_json: bool) -> None:
    """Say what a budget file looks like and propose a description for a person to confirm.

    The description goes to standard output, everything else to standard error.
    """
    from sources.budget_inspect import inspect as look_at  # noqa: PLC0415

    if ags is not None and not AGS.fullmatch(ags):
        raise click.UsageError(f"{ags!r} is no official key: 8 digits for a municipality, 5 for a district.")
    raw, beside = _raws(file, ags)
    try:
        proposal = look_at(raw, beside, ags=ags)
    except SourceChanged as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(_json(asdict(proposal)))
    else:
        _print_proposal(proposal)
    sys.exit(GOOD)


def _raws(file: Path, ags: str | None) -> tuple[Raw, list[Raw]]:
    """The file and, for a package, the CSV files in its folder, named as they will lie in the archive."""
    parts = file.resolve().parts
    here = (
        Path(*parts[parts.index("budgets") : -1])
        if "budgets" in parts[:-1]
        else Path("budgets", ags or "stadt")
    )
    beside = sorted(file.parent.glob("**/*.csv")) if file.name == "datapackage.json" else []
    return _raw(file, here / file.name), [_raw(each, here / each.relative_to(file.parent)) for each in beside]


def _raw(path: Path, name: Path) -> Raw:
    if path.stat().st_size > SIZE_LIMIT:
        raise click.ClickException(f"{path} is larger than {SIZE_LIMIT:,} bytes and is refused.")
    content = path.read_bytes()
    return Raw(name=name.as_posix(), content=content, snapshot_id=hashlib.sha256(content).hexdigest())


def _json(value: Any) -> str:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()


def _print_proposal(proposal: Proposal) -> None:
    facts = {
        "Datei": proposal.name,
        "Form": proposal.form_remark or proposal.format,
        "Kodierung": f"{proposal.encoding or '–'}{' mit BOM' if proposal.byte_order_mark else ''}",
        "Trennzeichen": repr(proposal.separator) if proposal.separator else "–",
        "Kopfzeile": str(proposal.header_row or "–"),
        "Zahlform": proposal.number,
        "Vorzeichen": proposal.sign,
        "Jahre": ", ".join(map(str, proposal.years)) or "–",
        "Phasen": ", ".join(proposal.phases) or "–",
        "Beträge": ", ".join(proposal.amounts) or "–",
        "Richtung": proposal.direction_column or "–",
        "Zeilen": f"{proposal.rows}, davon {proposal.duplicates} mehrfach, {len(proposal.totals)} Summen",
    }
    for name, text in facts.items():
        click.echo(f"{name:13} {text}", err=True)
    for each in proposal.balances:
        same = "=" if each.revenue == each.expenditure else "≠"
        click.echo(
            f"{'Bilanz':13} {each.year} {each.phase}: Einnahmen {euro(each.revenue)} {same} "
            f"Ausgaben {euro(each.expenditure)} ({each.rows} Zeilen)",
            err=True,
        )
    for rule, count in proposal.quarantined.items():
        click.echo(f"{'Beiseite':13} {count} Zeilen: {rule}", err=True)
    for remark in proposal.suspicious:
        click.echo(f"{'Auffällig':13} {remark}", err=True)
    for doubt in proposal.doubts:
        click.echo(f"{'Bestätigen':13} {doubt}", err=True)
    click.echo(proposal.toml, nl=False)


def euro(cents: int | None) -> str:
    """Exact euro in German notation."""
    if cents is None:
        return "unbekannt"
    whole, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{whole:,}".replace(",", ".") + f",{rest:02d} €"


@budget.command(
    cls=_Command,
    epilog="""\
Examples:
  sdg17 budget candidates 04011000
  sdg17 budget candidates 04011000 --year 2016 --uncovered --json""",
)
@click.argument("ags")
@click.option("--year", type=int, help="Only lines of this year.")
@click.option("--uncovered", is_flag=True, help="Only lines no rule speaks of yet.")
@HOME
@JSON
def candidates(*, ags: str, year: int | None, uncovered: bool, home: Path | None, as_json: bool) -> None:
    """List budget lines that may be development cooperation, fair trade or partnership.

    A candidate is a question for a person; what it is, a rule with evidence says.
    """
    from indicators.spending_candidates import candidates as find  # noqa: PLC0415

    tables = _tables(_settings(home), ags, year)
    if tables["budget_line"].is_empty():
        raise click.ClickException(f"No budget line of {ags}{f' in {year}' if year else ''} has been read.")
    found = find(tables["budget_line"], tables["line_tag"], _partners(tables))
    if uncovered:
        found = found.filter(found["uncovered"] > 0)
    if as_json:
        click.echo(_json(found.to_dicts()))
    else:
        _print_candidates(found)
    sys.exit(GOOD)


def _settings(home: Path | None) -> Settings:
    try:
        return load_settings(home=home)
    except WrongSetting as error:
        raise click.UsageError(str(error)) from error


def _tables(settings: Settings, ags: str, year: int | None) -> dict[str, pl.DataFrame]:
    import polars as pl  # noqa: PLC0415

    from pipelines.store import Store  # noqa: PLC0415

    store = Store(folder=settings.tables)
    if not store.path("house", "budget_line").exists():
        raise click.ClickException(f"No tables in {settings.home} yet. Start a night first: sdg17 run")
    lines = store.scan("house", "budget_line").filter(pl.col("ags") == ags)
    partners = store.scan("house", "partnership").filter(pl.col("ags") == ags)
    return {
        "budget_line": (lines if year is None else lines.filter(pl.col("year") == year)).collect(),
        "line_tag": store.read("house", "line_tag"),
        "partnership": partners.collect(),
        "country": store.read("house", "country"),
    }


def _partners(tables: Mapping[str, pl.DataFrame]) -> list[str]:
    """Names of the partners of the municipality and of their countries."""
    partnership, country = tables["partnership"], tables["country"]
    countries = country.join(partnership, left_on="country", right_on="partner_country", how="semi")[
        "name_de"
    ]
    return sorted({*partnership["partner_name"].to_list(), *countries.to_list()})


def _print_candidates(found: pl.DataFrame) -> None:
    for row in found.iter_rows(named=True):
        years = sorted(row["years"])
        when = str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
        codes = " / ".join(
            filter(None, [row["function_code"], row["organisation_code"], row["account_code"]])
        )
        click.echo(f"{row['score']}  {row['line_text'] or row['function_name'] or '–'}  [{codes}]")
        click.echo(
            f"   {row['direction']}, {when}: Ist {euro(row['actual_cents'])}, Plan {euro(row['plan_cents'])}; "
            f"weil: {row['reasons']}"
        )
        covered = (
            f"Regel {', '.join(row['rules'])} ({', '.join(row['tags'])})" if row["rules"] else "keine Regel"
        )
        rest = (
            f"; {row['uncovered']} von {row['lines']} Zeilen ohne Regel"
            if row["rules"] and row["uncovered"]
            else ""
        )
        click.echo(f"   {covered}{rest}")
    click.echo(
        f"{found.height} Kandidaten, davon {found.filter(found['uncovered'] > 0).height} ohne Regel.",
        err=True,
    )
