"""The grammar of a `[[file]]` in a description: layout, columns of money, what is left out.

Belongs here: everything a description says about one file. Does not belong here: lookups and
controls (`parsing.py`), single values (`parsing_values.py`).
"""

from __future__ import annotations

import codecs
from collections import Counter
from collections.abc import Mapping
from pathlib import PurePosixPath

from sources.budget_import.amounts import FORMS
from sources.budget_import.description import (
    AS_COLUMN,
    REQUIRED,
    STANDARD_FORMS,
    SYMBOL_MEANINGS,
    WORDS,
    Amount,
    BudgetFile,
    Layout,
    LeaveOut,
    Unused,
    Value,
)
from sources.budget_import.parsing_values import parse_condition, parse_values
from sources.budget_import.toml_table import TomlTable

DIRECTIONS = WORDS["direction"]


def parse_file(table: TomlTable, shared: Mapping[str, tuple[Value, ...]]) -> BudgetFile:
    """One entry `[[file]]`; `shared` are the columns described for all files."""
    pattern = table.text("pattern", "budgets/city/*.csv")
    if PurePosixPath(pattern).is_absolute() or ".." in PurePosixPath(pattern).parts:
        table.complain(
            "pattern", f"is {pattern!r}; name files below the archive folder, as budgets/city/*.csv"
        )
    if "form" in table.content:
        return _recognised(table, pattern)
    own = parse_values(table.table("columns"))
    amounts = [_amount(entry) for entry in table.tables("amount")]
    file = BudgetFile(
        pattern=pattern,
        short=_short(table, pattern),
        layout=parse_layout(table),
        number=table.choice("number", tuple(FORMS)),
        symbols=_symbols(table),
        key=table.optional("key"),
        values={**shared, **own},
        amounts=_marked(amounts),
        leave_out=tuple(_leave_out(entry) for entry in table.tables("leave_out")),
        unused=tuple(_unused(entry) for entry in table.tables("unused")),
        only=parse_condition(table, "only") if "only" in table.content else {},
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


def _recognised(table: TomlTable, pattern: str) -> BudgetFile:
    """A file in a standard form: its layout, columns and amounts follow when it is read."""
    declared = {
        "number": table.choice("number", tuple(FORMS)) if "number" in table.content else None,
        "encoding": table.optional("encoding"),
        "separator": table.optional("separator"),
    }
    file = BudgetFile(
        pattern=pattern,
        short=_short(table, pattern),
        layout=Layout(format="csv"),
        number="",
        symbols=_symbols(table),
        key=None,
        values={},
        amounts=(),
        leave_out=tuple(_leave_out(entry) for entry in table.tables("leave_out")),
        form=table.choice("form", STANDARD_FORMS),
        declared={key: word for key, word in declared.items() if word},
    )
    table.finish()
    return file


def _short(table: TomlTable, pattern: str) -> str:
    return table.text("short", "plan2017", PurePosixPath(pattern).name.partition(".")[0])


def parse_layout(table: TomlTable) -> Layout:
    """How records lie in a file or a lookup."""
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
