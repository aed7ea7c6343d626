"""Remarks on an undescribed budget: sums among its rows, what is suspicious, what is in doubt.

Belongs here: what a person has to look at, in German. Does not belong here: the proposal itself
(`sources/budget_inspect.py`).
"""

from __future__ import annotations

import re

from sources.budget_import.columns import Columns
from sources.budget_import.open_table import Table
from sources.budget_import.sniffing import NumberGuess

SHOWN = 5
_TOTAL = re.compile(r"(?i)^(=|\W*(summe|gesamtsumme|insgesamt|gesamt|total|saldo)\b)")


def totals_of(table: Table, columns: Columns) -> tuple[str, ...]:
    """Rows that add up others: no key at all, or a text that says so."""
    money = {*(amount.column for amount in columns.amounts), *columns.unused, *columns.all_zero}
    keys, texts = columns.key_columns, [name for name in table.header if name not in money]
    found = []
    for place, locator in enumerate(table.locators):
        words = [table.cell(place, name) for name in texts]
        keyless = bool(keys) and not any(table.cell(place, name) for name in keys)
        if keyless or any(_TOTAL.match(word) for word in words):
            found.append(locator)
    return tuple(found) if len(found) < max(1, len(table.locators)) else ()


def suspicious_of(table: Table, columns: Columns, number: NumberGuess) -> tuple[str, ...]:
    """What looks like a mistake in the file."""
    found = []
    if number.misfits:
        shown = ", ".join(repr(text) for text in number.misfits[:SHOWN])
        found.append(
            f"{len(number.misfits)} verschiedene Beträge passen nicht zur Zahlform {number.form}: {shown}"
        )
    words = sorted(
        {
            text
            for amount in columns.amounts
            for text in table.counts(amount.column)
            if text and not re.search(r"\d", text)
        }
    )
    if words:
        found.append(f"Zeichen statt Zahlen: {', '.join(repr(word) for word in words[:SHOWN])}")
    if table.misfits:
        found.append(f"{len(table.misfits)} Zeilen mit falscher Feldzahl: {', '.join(table.misfits[:SHOWN])}")
    mangled = [
        name for name in columns.key_columns if any(_EXCEL.search(text) for text in table.counts(name))
    ]
    if mangled:
        found.append(
            f"Schlüssel von einer Tabellenkalkulation verändert (Datum, 1,2E+07): {', '.join(mangled)}"
        )
    return tuple(found)


_EXCEL = re.compile(r"^\d+[.,]\d+E\+\d+$|^\d{1,2}\. ?(Jan|Feb|Mrz|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)")


def doubts_of(number: NumberGuess, twice: int, totals: tuple[str, ...], table: Table) -> tuple[str, ...]:
    """What the proposal assumes about the form of the file."""
    found = []
    if number.doubt:
        found.append(f"Zahlform {number.form}: {number.doubt}.")
    if number.trailing_minus:
        found.append(f"{number.trailing_minus} Beträge haben das Minus am Ende; es wird als Minus gelesen.")
    if twice:
        found.append(f"{twice} Zeilen kommen wortgleich mehrfach vor. Sind es Posten oder Doppelungen?")
    if totals:
        more = " …" if len(totals) > SHOWN else ""
        found.append(f"{len(totals)} Zeilen sehen nach Summen aus: {', '.join(totals[:SHOWN])}{more}")
    if table.encoding in ("latin-1", "cp1252"):
        found.append(f"Kodierung {table.encoding}: Umlaute in einigen Zeilen ansehen.")
    if table.layout.header:
        made_up = all(name.startswith("Spalte ") for name in table.header)
        found.append(
            "Keine Kopfzeile gefunden; die Spalten sind nach ihrem Platz benannt."
            if made_up
            else "Die Spaltennamen sind aus zwei Zeilen zusammengesetzt oder ergänzt; bitte ansehen."
        )
    return tuple(found)
