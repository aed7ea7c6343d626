"""From the TOML of a city to its description, with every mistake named at once.

Belongs here: the grammar of `sources/budget_descriptions/*.toml`. Does not belong here: finding
those files, or applying a description.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from decimal import Decimal, InvalidOperation

from sources.budget_import.description import (
    WORDS,
    Control,
    Description,
    Lookup,
)
from sources.budget_import.parsing_files import parse_file, parse_layout
from sources.budget_import.parsing_values import parse_value, parse_values
from sources.budget_import.toml_table import TomlTable

DIRECTIONS = WORDS["direction"]
AGS = re.compile(r"\d{2}|\d{5}|\d{8}|\d{9}")


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
    if ags and not AGS.fullmatch(ags):
        table.complain("ags", f"is {ags!r}; write the key of the municipality with 8 digits (district 5)")
    files = tuple(parse_file(entry, shared) for entry in table.tables("file"))
    short = bool(files) and all(file.form for file in files)
    return Description(
        id=name,
        ags=ags,
        accounting=table.choice("accounting", ("cameral", "doppik_cash", "doppik_result")),
        title=table.text("title", "Haushalt der Gemeinde", f"Haushalt der Gemeinde {ags}" if short else None),
        publisher=table.text("publisher", "Gemeinde", f"Gemeinde {ags}" if short else None),
        licence=table.text("licence", "dl-de/by-2-0", "keine Angabe" if short else None),
        attribution=table.text("attribution", "© Gemeinde", f"Gemeinde {ags}" if short else None),
        homepage=table.optional("homepage"),
        note=table.text("note", "What a reader must know of these files.", ""),
        extent=table.choice("extent", ("whole", "extract"), "whole"),
        files=files,
        lookups=tuple(_lookup(entry) for entry in table.tables("lookup")),
        controls=tuple(
            control
            for entry in table.tables("control")
            for control in _controls(entry, ags, f"budget_{name}")
        ),
    )


def _lookup(table: TomlTable) -> Lookup:
    lookup = Lookup(
        name=table.text("name", "accounts"),
        pattern=table.text("pattern", "budgets/city/accounts.csv"),
        layout=parse_layout(table),
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
    shorts = Counter(file.short for file in description.files)
    problems += [
        f"file: {count} entries have the same short {short!r}; their rows would have the same keys"
        for short, count in shorts.items()
        if count > 1
    ]
    if not description.files:
        problems.append("file is missing; describe at least one under [[file]]")
