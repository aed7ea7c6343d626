"""Fiscal Data Package of OpenSpending: a datapackage.json that says what each column of its CSV is.

Belongs here: ColumnTypes and dialect to a described file. Does not belong here: files outside the
folder of the package (refused), amounts in another currency than euro (refused).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

import orjson

from sources.budget_import.amounts import FORMS
from sources.budget_import.description import Amount, BudgetFile, Layout, Value
from sources.budget_import.headings import direction_words
from sources.source import Raw, SourceChanged

PHASES = {
    "approved": "plan",
    "adjusted": "supplementary",
    "executed": "actual",
    "plan": "plan",
    "soll": "plan",
    "ansatz": "plan",
    "ist": "actual",
    "actual": "actual",
    "rechnung": "actual",
    "ergebnis": "actual",
}
"""Phases of the standard and their German synonyms. `proposed` is a draft nobody decided: no line."""

TARGETS: tuple[tuple[str, str], ...] = (
    ("functional-classification", "function"),
    ("activity", "function"),
    ("administrative-classification", "organisation"),
    ("administrator", "organisation"),
    ("economic-classification", "account"),
)
"""Beginning of a ColumnType to the columns of `budget_line` it fills, deeper levels first."""


def read_package(file: BudgetFile, raw: Raw, raws: Sequence[Raw]) -> list[tuple[BudgetFile, Raw]]:
    """The CSV files of a package, each described by its schema.

    Raises:
        SourceChanged: no package, a file is missing or outside, a ColumnType that is needed is not there.
    """
    package = _json(raw)
    resources = package.get("resources")
    if not isinstance(resources, list) or not resources:
        raise SourceChanged(f"{raw.name} is no Fiscal Data Package: it lists no resources.")
    found = []
    for place, resource in enumerate(resources):
        if not isinstance(resource, dict):
            raise SourceChanged(f"{raw.name}: resources[{place}] is no object.")
        part = _file_of(raw, resource, raws)
        short = file.short if len(resources) == 1 else f"{file.short}{place + 1}"
        found.append((_described(replace(file, short=short), raw, resource, part), part))
    return found


def _json(raw: Raw) -> Mapping[str, Any]:
    try:
        package = orjson.loads(raw.unpacked())
    except orjson.JSONDecodeError as error:
        raise SourceChanged(f"{raw.name} is not JSON ({error}). Fetch it again.") from error
    if not isinstance(package, dict):
        raise SourceChanged(f"{raw.name} is no Fiscal Data Package: expected an object.")
    return package


def _file_of(raw: Raw, resource: Mapping[str, Any], raws: Sequence[Raw]) -> Raw:
    path = resource.get("path")
    path = path[0] if isinstance(path, list) and len(path) == 1 else path
    if not isinstance(path, str):
        raise SourceChanged(f"{raw.name}: a resource needs one path to a CSV file, found {path!r}.")
    if (
        "://" in path
        or "\\" in path
        or PurePosixPath(path).is_absolute()
        or ".." in PurePosixPath(path).parts
    ):
        raise SourceChanged(f"{raw.name}: path {path!r} leads out of the package and is refused.")
    wanted = str(PurePosixPath(raw.name).parent / path)
    for part in raws:
        if part.name == wanted:
            return part
    raise SourceChanged(f"{raw.name} names {path}, which is not there. Put it beside datapackage.json.")


def _described(file: BudgetFile, raw: Raw, resource: Mapping[str, Any], part: Raw) -> BudgetFile:
    schema = resource.get("schema")
    schema = schema if isinstance(schema, dict) else {}
    fields = schema.get("fields")
    if not isinstance(fields, list) or not all(isinstance(field, dict) for field in fields):
        raise SourceChanged(f"{raw.name}: the resource {resource.get('path')} has no schema with fields.")
    constants = [field for field in schema.get("extraFields", []) if isinstance(field, dict)]
    types = {str(field.get("columnType") or ""): field for field in [*constants, *fields]}
    money = [field for field in fields if field.get("columnType") == "value"]
    if len(money) != 1:
        raise SourceChanged(
            f"{raw.name}: expected one field of columnType 'value', found {len(money)}. "
            "Describe the file with its columns of money instead of the form."
        )
    _refuse_other_money(raw, resource, types, money[0])
    layout = _layout(file, resource)
    values = _values(types, _words(layout, part, types))
    missing = [name for name in ("year", "phase", "direction") if name not in values]
    if missing:
        raise SourceChanged(
            f"{raw.name}: no columnType says {', '.join(missing)}; found are {', '.join(sorted(filter(None, types)))}. "
            "Complete the package (date:fiscal-year, phase, direction) or describe the file."
        )
    return replace(
        file,
        layout=layout,
        number=file.declared.get("number") or _number(raw, money[0]),
        values={**values, "budget_part": (Value(constant="current"),)},
        amounts=(Amount(column=_name(money[0])),),
    )


def _refuse_other_money(
    raw: Raw, resource: Mapping[str, Any], types: Mapping[str, Mapping[str, Any]], money: Mapping[str, Any]
) -> None:
    currency = money.get("currency") or types.get("value-currency:code", {}).get("constant") or "EUR"
    factor = money.get("factor", 1)
    if str(currency).upper() != "EUR" or factor != 1:
        raise SourceChanged(
            f"{raw.name}: {resource.get('path')} is in {currency} with factor {factor}; only whole euro are read."
        )


def _layout(file: BudgetFile, resource: Mapping[str, Any]) -> Layout:
    dialect = resource.get("dialect")
    delimiter = dialect.get("delimiter") if isinstance(dialect, dict) else None
    return Layout(
        format="csv",
        encoding=file.declared.get("encoding") or str(resource.get("encoding") or "utf-8").lower(),
        separator=file.declared.get("separator") or str(delimiter or ","),
    )


def _number(raw: Raw, money: Mapping[str, Any]) -> str:
    decimal, group = money.get("decimalChar") or ".", money.get("groupChar") or None
    for name, form in FORMS.items():
        if not form.binary and (form.decimal, form.thousands) == (decimal, group):
            return name
    raise SourceChanged(
        f"{raw.name}: amounts with decimalChar {decimal!r} and groupChar {group!r} are unknown."
    )


def _name(field: Mapping[str, Any]) -> str:
    return " ".join(str(field.get("name") or "").split())


def _words(layout: Layout, part: Raw, types: Mapping[str, Mapping[str, Any]]) -> Mapping[str, set[str]]:
    """The distinct words of the columns of phase and direction."""
    try:
        text = part.unpacked().decode("utf-8-sig" if layout.encoding == "utf-8" else layout.encoding)
        rows = csv.DictReader(io.StringIO(text), delimiter=layout.separator)
        wanted = [
            _name(field) for kind, field in types.items() if kind.split(":")[0] in ("phase", "direction")
        ]
        found: dict[str, set[str]] = {name: set() for name in wanted}
        for row in rows:
            for name in wanted:
                found[name].add(str(row.get(name) or "").strip())
    except (UnicodeDecodeError, LookupError) as error:
        raise SourceChanged(
            f"{part.name} is not {layout.encoding}, as its package says ({error})."
        ) from error
    except (csv.Error, TypeError) as error:
        raise SourceChanged(f"{part.name} cannot be read as delimited text ({error}).") from error
    return found


def _values(
    types: Mapping[str, Mapping[str, Any]], words: Mapping[str, set[str]]
) -> dict[str, tuple[Value, ...]]:
    values: dict[str, tuple[Value, ...]] = {}
    for kind, field in types.items():
        target = _required_target(kind)
        if target is None or target in values:
            continue
        constant = field.get("constant")
        seen = {str(constant)} if constant is not None else words.get(_name(field), set())
        translated = _translated(target, seen)
        if constant is not None:
            word = str(constant)[:4] if target == "year" else translated.get(str(constant))
            values |= {target: (Value(constant=word),)} if word else {}
        elif target == "year":
            values[target] = (Value(column=_name(field), extract=r"^(\d{4})(?:-|$)"),)
        else:
            values[target] = (Value(column=_name(field), words=translated),)
    return values | _texts(types)


def _required_target(kind: str) -> str | None:
    if kind.startswith("date:fiscal-year") or kind == "date:fiscal:year":
        return "year"
    return (
        kind.split(":", maxsplit=1)[0] if kind.split(":", maxsplit=1)[0] in ("phase", "direction") else None
    )


def _translated(target: str, seen: set[str]) -> Mapping[str, str]:
    if target == "direction":
        return direction_words(seen)
    return {word: PHASES[word.lower()] for word in sorted(seen) if word.lower() in PHASES}


def _texts(types: Mapping[str, Mapping[str, Any]]) -> dict[str, tuple[Value, ...]]:
    """Codes and names of the deepest level of each classification, and the wording of the line."""
    found: dict[str, tuple[Value, ...]] = {}
    for beginning, target in TARGETS:
        kinds = sorted((kind for kind in types if kind.startswith(beginning)), reverse=True)
        for ending, column in (("code", f"{target}_code"), ("label", f"{target}_name")):
            kind = next((kind for kind in kinds if ending in kind.split(":")), None)
            if kind is not None and column not in found:
                found[column] = (Value(column=_name(types[kind])),)
    label = next(
        (kind for kind in types if kind.endswith(("item:label", "description", "budget-line-id"))), None
    )
    text = (
        (Value(column=_name(types[label])),)
        if label
        else found.get("account_name", found.get("function_name"))
    )
    return found | ({"line_text": text} if text else {})
