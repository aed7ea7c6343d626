"""Inspecting a budget file nobody has described yet: bytes and a name in, a proposal out.

Belongs here: what the file says about itself, the proposed description, and everything a person has
to confirm. Does not belong here: reading for good (`budget_import`), printing (`pipelines/cli_budget.py`).
Whatever is not certain is a doubt in the proposal, never a silent choice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from sources.budget_import.columns import Columns, understand
from sources.budget_import.description import Description
from sources.budget_import.fiscal_package import read_package
from sources.budget_import.forms import LONG_FORM, compare_long_form
from sources.budget_import.importer import read_budget
from sources.budget_import.open_table import Table, open_table
from sources.budget_import.parsing import DescriptionError, parse_description
from sources.budget_import.proposal_text import described_in_toml, short_form_toml
from sources.budget_import.remarks import doubts_of, suspicious_of, totals_of
from sources.budget_import.sniffing import NumberGuess, guess_number
from sources.source import Raw, Reading, SourceChanged

MANY_TEXTS = 0.5
"""Share of typed texts among the figures of a workbook beyond which its numbers are text."""

UNKNOWN_AGS = "00000000"


@dataclass(frozen=True, kw_only=True)
class Balance:
    """Both sides of one year and phase, in cents, as the proposed description reads them."""

    year: int
    phase: str
    revenue: int
    expenditure: int
    rows: int


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What a file looks like, a description that reads it, and what a person must confirm."""

    name: str
    format: str
    encoding: str | None
    byte_order_mark: bool
    separator: str | None
    header_row: int
    header: tuple[str, ...]
    sheet: str | None
    number: str
    trailing_minus: int
    sign: str
    form: str | None
    form_remark: str | None
    years: tuple[int, ...]
    phases: tuple[str, ...]
    amounts: tuple[str, ...]
    year_column: str | None
    phase_column: str | None
    direction_column: str | None
    rows: int
    duplicates: int
    totals: tuple[str, ...]
    balances: tuple[Balance, ...]
    quarantined: Mapping[str, int]
    suspicious: tuple[str, ...]
    doubts: tuple[str, ...]
    toml: str = field(repr=False)


def inspect(raw: Raw, beside: Sequence[Raw] = (), *, ags: str | None = None) -> Proposal:
    """What a budget file says about itself.

    Args:
        raw: the file; for a Fiscal Data Package its datapackage.json.
        beside: files that belong to it.
        ags: key of the municipality, if known.

    Raises:
        SourceChanged: the file cannot be opened at all (damaged, not a table).
    """
    if raw.name.endswith("datapackage.json"):
        return _of_package(raw, beside, ags)
    table = open_table(raw)
    columns = understand(table)
    number = _number(table, columns)
    proposal = _first_look(raw, table, columns, number)
    return _tried(_worded(proposal, table, columns, ags), raw, ())


def _number(table: Table, columns: Columns) -> NumberGuess:
    texts = [text for amount in columns.amounts for text in table.texts(amount.column)]
    guess = guess_number(texts)
    if table.binary:
        odd = [text for text in texts if text and not _is_binary(text)]
        if len(odd) <= MANY_TEXTS * len(texts):
            return replace(
                guess, form="spreadsheet", certain=True, doubt=None, misfits=tuple(dict.fromkeys(odd))
            )
    return guess


def _is_binary(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _first_look(raw: Raw, table: Table, columns: Columns, number: NumberGuess) -> Proposal:
    form, remark = _form(table)
    totals = totals_of(table, columns)
    twice = len(table.raw_texts) - len(set(table.raw_texts))
    return Proposal(
        name=raw.name,
        format=table.format,
        encoding=table.encoding,
        byte_order_mark=table.byte_order_mark,
        separator=table.separator,
        header_row=table.header_row,
        header=tuple(table.header),
        sheet=table.sheet,
        number=number.form,
        trailing_minus=number.trailing_minus,
        sign=columns.sign,
        form=form,
        form_remark=remark,
        years=columns.years,
        phases=columns.phases,
        amounts=tuple(amount.column for amount in columns.amounts),
        year_column=columns.year_column,
        phase_column=columns.phase_column,
        direction_column=columns.direction_column,
        rows=len(table.raw_texts),
        duplicates=twice,
        totals=totals,
        balances=(),
        quarantined={},
        suspicious=suspicious_of(table, columns, number),
        doubts=(*doubts_of(number, twice, totals, table), *columns.doubts),
        toml="",
    )


def _form(table: Table) -> tuple[str | None, str | None]:
    """Whether the header is the long form of OffenerHaushalt, and what it says about a relative."""
    if table.format != "csv":
        return None, None
    form = compare_long_form(table.header)
    if form.holds:
        renamed = f"; anders benannt: {', '.join(form.renamed)}" if form.renamed else ""
        return "offenerhaushalt", f"Langform von OffenerHaushalt{renamed}"
    if len(form.found) > len(LONG_FORM) // 2:
        return None, f"verwandt mit der Langform von OffenerHaushalt, es fehlt: {', '.join(form.missing)}"
    return None, None


def _worded(proposal: Proposal, table: Table, columns: Columns, ags: str | None) -> Proposal:
    if proposal.form is not None and proposal.number in ("point", "de", "comma"):
        text = short_form_toml(
            ags or UNKNOWN_AGS, proposal.name, proposal.form, proposal.number, cameral=columns.cameral
        )
    else:
        text = described_in_toml(ags or UNKNOWN_AGS, proposal.name, table, columns, proposal.number)
    doubts = proposal.doubts if ags else (*proposal.doubts, "Gemeindeschlüssel (ags) ist einzutragen.")
    return replace(proposal, toml=text, doubts=doubts)


def _tried(proposal: Proposal, raw: Raw, beside: Sequence[Raw]) -> Proposal:
    """Read the file by the proposed description: what comes out is part of the proposal."""
    try:
        reading = read_budget(_description(proposal.toml), [raw, *beside], {})
    except (SourceChanged, DescriptionError) as error:
        return replace(
            proposal, doubts=(*proposal.doubts, f"Der Vorschlag liest die Datei noch nicht: {error}")
        )
    lines = reading.tables["budget_line"]
    balances = _balances(lines)
    rejected = reading.rejected.group_by("rule").len().sort("rule")
    uneven = [f"{each.year} {each.phase}" for each in balances if each.revenue != each.expenditure]
    remark = f"Einnahmen und Ausgaben gleichen sich nicht aus: {', '.join(uneven)}" if uneven else None
    return replace(
        proposal,
        years=tuple(sorted(set(lines["year"]))) or proposal.years,
        phases=tuple(sorted(set(lines["phase"]))) or proposal.phases,
        balances=balances,
        quarantined=dict(rejected.iter_rows()),
        doubts=(*proposal.doubts, *([remark] if remark else [])),
    )


def _description(text: str) -> Description:
    return parse_description("proposal", text)


def _balances(lines: pl.DataFrame) -> tuple[Balance, ...]:
    def side(direction: str) -> pl.Expr:
        return pl.col("amount_cents").filter(pl.col("direction") == direction).sum().alias(direction)

    sums = (
        lines.group_by("year", "phase")
        .agg(side("revenue"), side("expenditure"), rows=pl.len())
        .sort("year", "phase")
    )
    return tuple(Balance(**row) for row in sums.iter_rows(named=True))


def _of_package(raw: Raw, beside: Sequence[Raw], ags: str | None) -> Proposal:
    text = short_form_toml(ags or UNKNOWN_AGS, raw.name, "fiscal_data_package", None, cameral=False)
    described = _description(text).files[0]
    file, part = read_package(described, raw, [raw, *beside])[0]
    table = open_table(part, encoding=file.layout.encoding, separator=file.layout.separator)
    columns = understand(table)
    first = _first_look(part, table, columns, guess_number(table.texts(file.amounts[0].column)))
    proposal = replace(
        first,
        name=raw.name,
        form="fiscal_data_package",
        form_remark="Fiscal Data Package: Spalten und Zahlform stehen in datapackage.json",
        number=file.number,
        amounts=tuple(amount.column for amount in file.amounts),
        toml=text,
        doubts=first.doubts if ags else (*first.doubts, "Gemeindeschlüssel (ags) ist einzutragen."),
    )
    return _tried(proposal, raw, beside)


def reading_of(proposal: Proposal, raw: Raw, beside: Sequence[Raw] = ()) -> Reading:
    """The lines the proposed description reads, for who wants to look at them before confirming."""
    return read_budget(_description(proposal.toml), [raw, *beside], {})
