"""From the TOML of a city to its description, with every mistake named at once.

Belongs here: the grammar of `sources/budget_descriptions/*.toml`. Does not belong here: finding
those files, or applying a description.
"""

from __future__ import annotations

import codecs
import tomllib
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import PurePosixPath

from sources.budget_import.amounts import FORMS
from sources.budget_import.description import (
    AS_COLUMN,
    REQUIRED,
    SYMBOL_MEANINGS,
    WORDS,
    Amount,
    BudgetFile,
    Control,
    Description,
    Layout,
    LeaveOut,
    Lookup,
    Unused,
    Value,
)
from sources.budget_import.parsing_values import parse_condition, parse_value, parse_values
from sources.budget_import.toml_table import TomlTable

DIRECTIONS = WORDS["direction"]


class DescriptionError(ValueError):
    """A description of a city's budget files is wrong; the message lists every mistake."""


def parse_description(name: str, text: str) -> Description:
    """Read one description; `name` is the file's name without `.toml`.

    Raises:
        DescriptionError: it is no TOML, or a key is missing, misspelt or impossible.
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DescriptionError(f"{name}.toml is not TOML: {error}") from error
    problems: list[str] = []
    table = TomlTable(content, "", problems)
    description = _description(name, table)
    table.finish()
    _check_references(description, problems)
    if problems:
        raise DescriptionError(f"{name}.toml:\n" + "\n".join(f"- {problem}" for problem in problems))
    return description


def _description(name: str, table: TomlTable) -> Description:
    shared = parse_values(table.table("columns"))
    ags = table.text("ags", "09188121")
    return Description(
        id=name,
        ags=ags,
        accounting=table.choice("accounting", ("cameral", "doppik_cash", "doppik_result")),
        title=table.text("title", "Haushalt der Gemeinde"),
        publisher=table.text("publisher", "Gemeinde"),
        licence=table.text("licence", "dl-de/by-2-0"),
        attribution=table.text("attribution", "© Gemeinde"),
        homepage=table.optional("homepage"),
        note=table.text("note", "What a reader must know of these files.", ""),
        files=tuple(_file(entry, shared) for entry in table.tables("file")),
        lookups=tuple(_lookup(entry) for entry in table.tables("lookup")),
        controls=tuple(
            control
            for entry in table.tables("control")
            for control in _controls(entry, ags, f"budget_{name}")
        ),
    )


def _file(table: TomlTable, shared: Mapping[str, tuple[Value, ...]]) -> BudgetFile:
    pattern = table.text("pattern", "budgets/city/*.csv")
    own = parse_values(table.table("columns"))
    amounts = [_amount(entry) for entry in table.tables("amount")]
    file = BudgetFile(
        pattern=pattern,
        short=table.text("short", "plan2017", PurePosixPath(pattern).name.partition(".")[0]),
        layout=_layout(table),
        number=table.choice("number", tuple(FORMS)),
        symbols=_symbols(table),
        key=table.optional("key"),
        values={**shared, **own},
        amounts=_marked(amounts),
        leave_out=tuple(_leave_out(entry) for entry in table.tables("leave_out")),
        unused=tuple(_unused(entry) for entry in table.tables("unused")),
    )
    if not amounts:
        table.complain("amount", "is missing; name at least one column of money under [[file.amount]]")
    cases = [case for value in file.values.get("direction", ()) for case in value.cases]
    for amount in file.amounts:
        if any(case.value == AS_COLUMN for case in cases) and amount.positive_means is None:
            table.complain(
                "amount", f"{amount.column!r} needs positive_means, since a direction is {AS_COLUMN}"
            )
        for target in REQUIRED:
            if target not in file.values and target not in amount.fixed:
                table.complain("columns", f"do not say where {target} of {amount.column!r} comes from")
    table.finish()
    return file


def _layout(table: TomlTable) -> Layout:
    encoding = table.text("encoding", "latin-1", "utf-8")
    try:
        codecs.lookup(encoding)
    except LookupError:
        table.complain("encoding", f"is {encoding!r}, which is no encoding; try utf-8, latin-1 or cp1252")
    separator = table.text("separator", ";", ",")
    if len(separator) != 1:
        table.complain("separator", f"is {separator!r}; it must be one sign")
    layout = Layout(
        format=table.choice("format", ("csv", "xlsx", "json")),
        encoding=encoding,
        separator=separator,
        sheet=table.optional("sheet"),
        header_row=table.integer("header_row", 1) or 1,
        header=table.texts("header"),
        records=table.optional("records"),
        join=table.optional("join"),
        join_on=table.optional("join_on"),
    )
    if layout.format == "json" and layout.records is None:
        table.complain("records", "is missing; name the key of the list, for example: records = 'facts'")
    if (layout.join is None) != (layout.join_on is None):
        table.complain("join_on", "and join belong together: the table to join and the key in both")
    return layout


def _symbols(table: TomlTable) -> Mapping[str, str]:
    symbols = table.mapping("symbols")
    for sign, meaning in symbols.items():
        if meaning not in SYMBOL_MEANINGS:
            table.complain("symbols", f"{sign!r} is {meaning!r}; valid are {', '.join(SYMBOL_MEANINGS)}")
    return symbols


def _amount(table: TomlTable) -> Amount:
    fixed = {target: table.optional(target) for target in ("phase", "direction", "budget_part")}
    year = table.integer("year")
    for target, word in fixed.items():
        if word is not None and word not in WORDS[target]:
            table.complain(target, f"is {word!r}; valid are {', '.join(WORDS[target])}")
    positive = table.optional("positive_means")
    if positive is not None and positive not in DIRECTIONS:
        table.complain("positive_means", f"is {positive!r}; valid are {', '.join(DIRECTIONS)}")
    amount = Amount(
        column=table.text("column", "Betrag"),
        fixed={key: word for key, word in [*fixed.items(), ("year", str(year) if year else None)] if word},
        positive_means=positive,
    )
    table.finish()
    return amount


def _marked(amounts: list[Amount]) -> tuple[Amount, ...]:
    """Mark revenue and expenditure columns of the same year and phase, so that row keys differ."""
    when = Counter((amount.fixed.get("year"), amount.fixed.get("phase")) for amount in amounts)
    return tuple(
        Amount(
            column=amount.column,
            fixed=amount.fixed,
            positive_means=amount.positive_means,
            mark=(amount.fixed.get("direction") or amount.positive_means or "")[:1]
            if when[amount.fixed.get("year"), amount.fixed.get("phase")] > 1
            else "",
        )
        for amount in amounts
    )


def _leave_out(table: TomlTable) -> LeaveOut:
    left = LeaveOut(
        rule=table.text("rule", "declared_total"),
        when=parse_condition(table),
        reason=table.text("reason", "the sum of all rows"),
        remedy=table.text(
            "remedy", "None: the row repeats others.", "None is needed: declared in the description."
        ),
    )
    table.finish()
    return left


def _unused(table: TomlTable) -> Unused:
    unused = Unused(
        columns=table.texts("columns"),
        reason=table.text("reason", "commitments, not spending"),
        all_zero=table.flag("all_zero"),
    )
    table.finish()
    return unused


def _lookup(table: TomlTable) -> Lookup:
    lookup = Lookup(
        name=table.text("name", "accounts"),
        pattern=table.text("pattern", "budgets/city/accounts.csv"),
        layout=_layout(table),
        key=parse_value(table.table("key")),
        value=table.text("value", "Bezeichnung"),
        continued=table.flag("continued"),
    )
    table.finish()
    return lookup


def _controls(table: TomlTable, ags: str, source_id: str) -> list[Control]:
    """One control per year of `years`: the same statement often holds for many."""
    amount, direction = table.optional("amount"), table.optional("direction")
    if direction is not None and direction not in DIRECTIONS:
        table.complain("direction", f"is {direction!r}; valid are {', '.join(DIRECTIONS)}")
    kind, phase = table.choice("kind", ("balance", "total", "net")), table.choice("phase", WORDS["phase"])
    cents, part, years = _cents(table, amount), table.optional("budget_part"), table.integers("years")
    if (kind == "balance") != (amount is None):
        table.complain("amount", "belongs to kind total and net, and not to balance")
    if not years:
        table.complain("years", "is missing; write for example: years = [2015, 2016]")
    table.finish()
    return [
        Control(
            ags=ags,
            year=year,
            phase=phase,
            kind=kind,
            source_id=source_id,
            direction=direction,
            amount_cents=cents,
            budget_part=part,
        )
        for year in years
    ]


def _cents(table: TomlTable, amount: str | None) -> int | None:
    try:
        return None if amount is None else int(Decimal(amount).scaleb(2).to_integral_exact())
    except InvalidOperation:
        table.complain("amount", f"is {amount!r}; write euro with a point, as text: '1234.56'")
        return None


def _check_references(description: Description, problems: list[str]) -> None:
    known = {lookup.name for lookup in description.lookups}
    for place, file in enumerate(description.files):
        for target, values in file.values.items():
            problems += [
                f"file[{place}].columns.{target} looks up {value.lookup!r}; declared are {sorted(known)}"
                for value in values
                if value.lookup and value.lookup not in known
            ]
        keys = Counter((a.fixed.get("year"), a.fixed.get("phase"), a.mark) for a in file.amounts)
        if max(keys.values(), default=0) > 1:
            problems.append(f"file[{place}].amount: two columns have the same year, phase and direction")
    if not description.files:
        problems.append("file is missing; describe at least one under [[file]]")
