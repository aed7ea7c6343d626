"""Columns of an undescribed budget: which hold money, years, phases, directions, codes and names.

Belongs here: guesses from headings and values, with a doubt for each that is not certain. Does not
belong here: the words (`headings.py`), or what a line is spent on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sources.budget_import import headings
from sources.budget_import.column_kinds import (
    holds_money,
    part_words_of,
    provisional_column_of,
    worded_column,
    wording,
    year_column_of,
)
from sources.budget_import.open_table import Table
from sources.budget_import.signs import account_column, negative, sign_of

_CAMERAL = re.compile(r"(?i)einzelplan|gruppierung|kapitel|^titel|haushaltsstelle|^hst|^glz$|haushalt ?s?art")


@dataclass(frozen=True, kw_only=True)
class Money:
    """One column of money as it seems to be."""

    column: str
    year: int | None
    phase: str | None
    direction: str | None
    positive_means: str | None


@dataclass(frozen=True, kw_only=True)
class Columns:
    """What the columns of a table seem to hold."""

    amounts: tuple[Money, ...]
    unused: tuple[str, ...]
    all_zero: tuple[str, ...]
    year_column: str | None
    phase_column: str | None
    phase_words: Mapping[str, str]
    provisional_column: str | None
    direction_column: str | None
    direction_words: Mapping[str, str]
    account_column: str | None
    """Column whose first digit tells the direction, where nothing else does."""
    part_column: str | None
    part_words: Mapping[str, str]
    roles: Mapping[str, str]
    cameral: bool
    sign: str
    doubts: tuple[str, ...]

    @property
    def years(self) -> tuple[int, ...]:
        """Years the headings name."""
        return tuple(sorted({amount.year for amount in self.amounts if amount.year is not None}))

    @property
    def phases(self) -> tuple[str, ...]:
        """Phases the headings and words name."""
        return tuple(sorted({*self.phase_words.values(), *(a.phase for a in self.amounts if a.phase)}))

    @property
    def key_columns(self) -> tuple[str, ...]:
        """Columns of codes."""
        return tuple(name for role, name in self.roles.items() if role.endswith("_code"))

    @property
    def text_columns(self) -> tuple[str, ...]:
        """Columns of wording."""
        return tuple(name for role, name in self.roles.items() if not role.endswith("_code"))


def understand(table: Table) -> Columns:
    """What the columns of a table seem to hold."""
    year = year_column_of(table)
    money = [name for name in table.header if name != year and holds_money(table, name)]
    unused = [name for name in money if headings.is_no_budget(name)]
    read = [name for name in money if name not in unused]
    zero = [name for name in read if not any(re.search("[1-9]", text) for text in table.counts(name))]
    zero = zero if len(zero) < len(read) else []
    read = [name for name in read if name not in zero]
    others = [name for name in table.header if name not in {*money, year}]
    phase, phase_words = worded_column(table, others, headings.phase_words)
    direction, direction_words = worded_column(
        table, [name for name in others if name != phase], headings.direction_words
    )
    part, part_words = worded_column(table, others, part_words_of)
    roles = headings.roles_of([name for name in others if name not in (phase, direction, part)])
    if "line_text" not in roles:
        roles = {**roles, **wording(table, [name for name in others if name not in roles.values()])}
    account = None if direction else account_column(table, others)
    doubts: list[str] = []
    means, sign = sign_of(table, read, direction, direction_words, account)
    provisional = provisional_column_of(table, others)
    return Columns(
        amounts=tuple(
            _money(
                table,
                name,
                year=year,
                phase=phase,
                means=means if direction or account else None,
                doubts=doubts,
            )
            for name in read
        ),
        unused=tuple(unused),
        all_zero=tuple(zero),
        year_column=year,
        phase_column=phase,
        phase_words=phase_words,
        provisional_column=provisional,
        direction_column=direction,
        direction_words=direction_words,
        account_column=account,
        part_column=part,
        part_words=part_words,
        roles=roles,
        cameral=bool(part) or any(_CAMERAL.search(name) for name in others),
        sign=sign,
        doubts=(
            *dict.fromkeys(doubts),
            *_open_questions(
                read, direction=direction, account=account, part=part, zero=zero, provisional=provisional
            ),
        ),
    )


def _money(
    table: Table, name: str, *, year: str | None, phase: str | None, means: str | None, doubts: list[str]
) -> Money:
    direction = headings.direction_of(name)
    if direction and means is None:
        figures = [text for text in table.texts(name) if re.search("[1-9]", text)]
        if figures and sum(negative(text) for text in figures) > len(figures) / 2:
            means = "revenue" if direction == "expenditure" else "expenditure"
    return Money(
        column=name,
        year=_year(table, name, year, doubts),
        phase=None if phase else _phase(table, name, year, doubts),
        direction=direction,
        positive_means=means,
    )


def _year(table: Table, name: str, column: str | None, doubts: list[str]) -> int | None:
    year = headings.year_of(name)
    if year is not None or column is not None:
        return year
    year = headings.year_of(table.sheet or "") or headings.year_of(table.name)
    if year is None:
        doubts.append(f"Kein Jahr zu {name} gefunden; bitte eintragen.")
    else:
        doubts.append(f"Jahr {year} steht nur im Namen von Blatt oder Datei.")
    return year


def _phase(table: Table, name: str, year_column: str | None, doubts: list[str]) -> str | None:
    phase = headings.phase_of(name)
    if phase is not None:
        return phase
    for place in (year_column or "", table.name):
        phase = headings.phase_of(re.sub(r"[-_.]", " ", re.sub(r"(?i)(plan|ist)jahr", r"\1", place)))
        if phase is not None:
            doubts.append(f"Phase {phase} folgt nur aus {place!r}.")
            return phase
    doubts.append(f"Ob {name} Ansatz oder Ergebnis ist, sagt die Datei nicht; angenommen ist Ansatz.")
    return "plan"


def _open_questions(
    read: Sequence[str],
    *,
    direction: str | None,
    account: str | None,
    part: str | None,
    zero: Sequence[str],
    provisional: str | None,
) -> list[str]:
    found = []
    if not read:
        found.append("Keine Spalte mit Beträgen gefunden.")
    if account:
        found.append(f"Richtung aus der ersten Ziffer von {account} (4, 6 Ertrag; 5, 7 Aufwand).")
    elif not direction and not all(headings.direction_of(name) for name in read):
        found.append("Ob Zeilen Einnahmen oder Ausgaben sind, sagt keine Spalte; angenommen sind Ausgaben.")
    if not part:
        found.append(
            "Laufend, investiv, Finanzierung und intern unterscheidet keine Spalte; alles gilt als laufend."
        )
    else:
        found.append("Innere Verrechnungen und Finanzierung sind noch von laufenden Zeilen zu trennen.")
    if zero:
        found.append(f"Nur Nullen, nicht gelesen: {', '.join(zero)}. Noch nicht geplante Jahre?")
    if provisional:
        found.append(f"Vorläufige Ergebnisse nach {provisional}.")
    return found
