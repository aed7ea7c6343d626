"""A proposed description as TOML, with a remark where a person must look.

Belongs here: writing what `columns.py` understood. Does not belong here: understanding it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import PurePosixPath

from sources.budget_import.columns import Columns, Money
from sources.budget_import.description import WORDS
from sources.budget_import.open_table import Table


def short_form_toml(ags: str, name: str, form: str, number: str | None, *, cameral: bool) -> str:
    """A description of a file in a standard form: three statements and the form."""
    lines = [
        *_head(ags, cameral=cameral),
        "[[file]]",
        f"pattern = {_quoted(_pattern(name))}",
        f"form = {_quoted(form)}",
        *([f"number = {_quoted(number)}"] if number else []),
    ]
    return "\n".join(lines) + "\n"


def described_in_toml(ags: str, name: str, table: Table, columns: Columns, number: str) -> str:
    """A description with layout, columns and amounts spelt out."""
    parts = [
        *_head(ags, cameral=columns.cameral),
        *_layout(name, table, number),
        *_columns(columns),
        *_direction(columns),
        *_budget_part(columns),
        *[line for amount in columns.amounts for line in _amount(amount, columns)],
        *_totals(table, columns),
        *_unused(columns),
    ]
    return "\n".join(parts) + "\n"


def _head(ags: str, *, cameral: bool) -> list[str]:
    return [
        "# Vorschlag von sdg17 budget inspect: bitte jede Angabe bestätigen.",
        f"ags = {_quoted(ags)}",
        f"accounting = {_quoted('cameral' if cameral else 'doppik_result')}",
        f"title = {_quoted(f'Haushalt der Gemeinde {ags}')}",
        f"publisher = {_quoted(f'Gemeinde {ags}')}",
        'licence = "keine Angabe gefunden"',
        f"attribution = {_quoted(f'Gemeinde {ags}')}",
        "",
    ]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _pattern(name: str) -> str:
    return str(PurePosixPath(name)).lstrip("/")


def _table(entries: Mapping[str, str]) -> str:
    return "{ " + ", ".join(f"{_quoted(key)} = {_quoted(value)}" for key, value in entries.items()) + " }"


def _layout(name: str, table: Table, number: str) -> list[str]:
    layout = table.layout
    lines = ["[[file]]", f"pattern = {_quoted(_pattern(name))}", f"format = {_quoted(layout.format)}"]
    if layout.format == "csv":
        lines += [f"encoding = {_quoted(layout.encoding)}", f"separator = {_quoted(layout.separator)}"]
    if layout.format == "xlsx":
        lines.append(f"sheet = {_quoted(layout.sheet or '')}")
    if layout.format == "json":
        lines.append(f"records = {_quoted(layout.records or '.')}")
        if layout.join and layout.join_on:
            lines += [f"join = {_quoted(layout.join)}", f"join_on = {_quoted(layout.join_on)}"]
            lines.append(f"key = {_quoted(layout.join_on)}")
    if layout.format != "json" and layout.header_row != 1:
        lines.append(f"header_row = {layout.header_row}")
    if layout.header:
        lines.append("header = [" + ", ".join(_quoted(column) for column in layout.header) + "]")
    return [*lines, f"number = {_quoted(number)}", 'symbols = { "" = "absent" }', ""]


def _columns(columns: Columns) -> list[str]:
    lines = ["[file.columns]"]
    if columns.year_column and not all(amount.year for amount in columns.amounts):
        lines.append(f"year = {{ column = {_quoted(columns.year_column)} }}")
    if columns.phase_column:
        lines.append(
            f"phase = {{ column = {_quoted(columns.phase_column)}, words = {_table(columns.phase_words)} }}"
        )
    lines += [f"{role} = {{ column = {_quoted(name)} }}" for role, name in columns.roles.items()]
    if columns.provisional_column and any(amount.phase == "actual" for amount in columns.amounts):
        flag = _quoted(columns.provisional_column)
        lines += [
            "[file.columns.phase]",
            "cases = [",
            f'  {{ value = "actual_preliminary", when = {{ {flag} = "^true$" }} }},',
            f'  {{ value = "actual", when = {{ {flag} = "^false$" }} }},',
            "]",
        ]
    return [*lines, ""]


def _direction(columns: Columns) -> list[str]:
    if columns.direction_column:
        words = _table(columns.direction_words)
        return [
            "[file.columns.direction]",
            f"column = {_quoted(columns.direction_column)}",
            f"words = {words}",
            "",
        ]
    if columns.account_column:
        account = _quoted(columns.account_column)
        return [
            "[file.columns.direction]",
            "cases = [",
            f"  {{ value = \"revenue\", when = {{ {account} = '^[46]' }} }},",
            f"  {{ value = \"expenditure\", when = {{ {account} = '^[57]' }} }},",
            "]",
            "",
        ]
    if all(amount.direction for amount in columns.amounts):
        return []
    return ["[file.columns.direction]", f"constant = {_quoted(WORDS['direction'][1])}", ""]


def _budget_part(columns: Columns) -> list[str]:
    if columns.part_column:
        words = _table(columns.part_words)
        return [
            "[file.columns.budget_part]",
            f"column = {_quoted(columns.part_column)}",
            f"words = {words}",
            "",
        ]
    return ["[file.columns.budget_part]", 'constant = "current"', ""]


def _amount(amount: Money, columns: Columns) -> list[str]:
    lines = ["[[file.amount]]", f"column = {_quoted(amount.column)}"]
    if amount.year is not None:
        lines.append(f"year = {amount.year}")
    if amount.phase and not (columns.provisional_column and amount.phase == "actual"):
        lines.append(f"phase = {_quoted(amount.phase)}")
    if amount.direction and not columns.direction_column and not columns.account_column:
        lines.append(f"direction = {_quoted(amount.direction)}")
    if amount.positive_means:
        lines.append(f"positive_means = {_quoted(amount.positive_means)}")
    return [*lines, ""]


def _totals(table: Table, columns: Columns) -> list[str]:
    """Records without any key, proposed to be left out as totals."""
    keys = columns.key_columns
    if not keys or not any(
        not any(table.cell(place, key) for key in keys) for place in range(len(table.locators))
    ):
        return []
    return [
        "[[file.leave_out]]",
        'rule = "declared_total"',
        f"when = {_table(dict.fromkeys(keys, '^$'))}",
        'reason = "the row has no key and seems to be a sum"',
        "",
    ]


def _unused(columns: Columns) -> list[str]:
    lines = []
    if columns.unused:
        listed = ", ".join(_quoted(name) for name in columns.unused)
        lines += [
            "[[file.unused]]",
            f"columns = [{listed}]",
            'reason = "commitments, balances or shares"',
            "",
        ]
    if columns.all_zero:
        listed = ", ".join(_quoted(name) for name in columns.all_zero)
        lines += [
            "[[file.unused]]",
            f"columns = [{listed}]",
            'reason = "zero in every row"',
            "all_zero = true",
            "",
        ]
    return lines
