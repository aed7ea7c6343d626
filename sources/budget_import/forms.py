"""Standard forms: files whose layout, columns and amounts need not be described.

Belongs here: the long form of OffenerHaushalt (as documented, and as its own sample differs), and
the choice between forms. Does not belong here: Fiscal Data Packages (`fiscal_package.py`), or any
guess about the meaning of a line: what is not in the form stays empty.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from sources.budget_import.description import Amount, BudgetFile, Case, Layout, Value
from sources.budget_import.fiscal_package import read_package
from sources.budget_import.headings import direction_words, fold, phase_words
from sources.budget_import.sniffing import guess_number, sniff_encoding, sniff_separator
from sources.source import Raw, SourceChanged

LONG_FORM: Mapping[str, tuple[str, ...]] = {
    "amount": ("betrag", "betrag (euro)", "betrag in euro", "betrag eur"),
    "phase": ("betrag-typ", "betragstyp", "betrag typ", "ansatz/rechnung", "plan/ist", "soll/ist"),
    "year": ("jahr", "haushaltsjahr", "budget-jahr"),
    "direction": ("budget-richtung", "budget richtung", "richtung", "budgetrichtung"),
}
"""What the long form needs, with the headings it goes by; the first is the documented one."""

TEXTS: Mapping[str, tuple[str, ...]] = {
    "function_code": ("produkt-id", "produkt-nr.", "produktnummer"),
    "function_name": ("produkt", "produktbezeichnung"),
    "line_text": ("posten", "bezeichnung", "zweckbestimmung", "posten-bezeichnung"),
    "account_code": ("posten-id", "konto", "kostenart"),
}
_LEVEL = re.compile(r"ebene (\d)-(code|bezeichnung)(?: \((.*)\))?")

BUDGET_PARTS = {"Verwaltungshaushalt": "current", "Vermögenshaushalt": "capital"}
"""The two halves of a cameral budget, where a column names them."""


@dataclass(frozen=True, kw_only=True)
class LongForm:
    """A header compared with the long form."""

    found: Mapping[str, str]
    missing: tuple[str, ...]
    renamed: tuple[str, ...]
    """Headings that stand where the documentation has another one."""

    @property
    def holds(self) -> bool:
        """True where nothing the form needs is missing."""
        return not self.missing


def compare_long_form(header: Sequence[str]) -> LongForm:
    """What of the long form a header has, and under which names."""
    folded = {fold(name): name for name in header}
    found = {
        part: folded[name] for part, names in LONG_FORM.items() for name in reversed(names) if name in folded
    }
    return LongForm(
        found=found,
        missing=tuple(names[0] for part, names in LONG_FORM.items() if part not in found),
        renamed=tuple(name for part, name in found.items() if fold(name) != LONG_FORM[part][0]),
    )


def recognise(file: BudgetFile, raw: Raw, raws: Sequence[Raw]) -> list[tuple[BudgetFile, Raw]]:
    """The files to read with everything described; a described file is returned as it is.

    Raises:
        SourceChanged: the file does not have the named form, or its number form is not certain.
    """
    if file.form == "fiscal_data_package":
        return read_package(file, raw, raws)
    if file.form == "offenerhaushalt":
        return [(_long_form(file, raw), raw)]
    return [(file, raw)]


def _long_form(file: BudgetFile, raw: Raw) -> BudgetFile:
    content = raw.unpacked()
    encoding = file.declared.get("encoding") or sniff_encoding(content)[0]
    try:
        text = content.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as error:
        raise SourceChanged(f"{raw.name} is not {encoding}: {error.reason} at byte {error.start}.") from error
    separator = file.declared.get("separator") or sniff_separator(text)
    try:
        rows = list(csv.reader(text.splitlines(), delimiter=separator))
    except csv.Error as error:
        raise SourceChanged(f"{raw.name} cannot be read as delimited text ({error}).") from error
    header = [" ".join(name.split()) for name in rows[0]] if rows else []
    form = compare_long_form(header)
    if not form.holds:
        raise SourceChanged(
            f"{raw.name} does not have the long form of OffenerHaushalt: no column {', '.join(form.missing)}. "
            f"Found: {', '.join(header) or 'nothing'}. Describe the columns instead of naming the form: "
            f"sdg17 budget inspect {raw.name}"
        )
    return replace(
        file,
        short=PurePosixPath(raw.name).name.partition(".")[0] if "*" in file.short else file.short,
        layout=Layout(format="csv", encoding=encoding, separator=separator),
        number=file.declared.get("number") or _number(raw, header.index(form.found["amount"]), rows[1:]),
        values=_values(header, form.found, rows[1:]),
        amounts=(Amount(column=form.found["amount"]),),
    )


def _number(raw: Raw, place: int, rows: Sequence[Sequence[str]]) -> str:
    guess = guess_number([row[place].strip() for row in rows if len(row) > place])
    if guess.certain or (guess.doubt or "").startswith("only whole numbers"):
        return guess.form
    raise SourceChanged(
        f"{raw.name}: how amounts are written is not certain ({guess.doubt}). "
        f"State it in the description, for example: number = {guess.form!r}"
    )


def _values(
    header: Sequence[str], found: Mapping[str, str], rows: Sequence[Sequence[str]]
) -> Mapping[str, tuple[Value, ...]]:
    def words_of(part: str) -> list[str]:
        place = header.index(found[part])
        return [row[place].strip() for row in rows if len(row) == len(header)]

    values = {
        "year": Value(column=found["year"]),
        "phase": Value(column=found["phase"], words=phase_words(words_of("phase"))),
        "direction": Value(column=found["direction"], words=direction_words(words_of("direction"))),
        "budget_part": _budget_part(header),
    }
    folded = {fold(name): name for name in header if name}
    for target, names in TEXTS.items():
        column = next((folded[name] for name in names if name in folded), None)
        if column is not None:
            values[target] = Value(column=column)
    levels = _levels(header)
    return {target: (value,) for target, value in {**levels, **values}.items()}


def _budget_part(header: Sequence[str]) -> Value:
    column = next((name for name in header if fold(name) in ("haushalt art", "haushaltsart")), None)
    if column is None:
        return Value(constant="current")
    return Value(
        cases=tuple(Case(value=part, when={column: f"^{word}$"}) for word, part in BUDGET_PARTS.items())
    )


def _levels(header: Sequence[str]) -> dict[str, Value]:
    """Ebene 1 names who books, the level before the last what for, the last the kind of money."""
    found: dict[tuple[int, str], str] = {}
    for name in header:
        match = _LEVEL.fullmatch(fold(name))
        if match:
            found[int(match[1]), match[2]] = name
    depths = sorted({level for level, _ in found})
    if not depths:
        return {}
    places = {"organisation": depths[0], "function": depths[-2] if len(depths) > 1 else depths[0]}
    if len(depths) > 1:
        places["account"] = depths[-1]
    if depths[0] == places["function"]:
        del places["organisation"]
    values = {
        f"{part}_{'code' if kind == 'code' else 'name'}": Value(column=found[level, kind])
        for part, level in places.items()
        for kind in ("code", "bezeichnung")
        if (level, kind) in found
    }
    last = found.get((depths[-1], "bezeichnung"))
    return values | ({"line_text": Value(column=last)} if last else {})
