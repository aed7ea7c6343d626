"""Columns of an undescribed budget: which hold money, years, phases, directions, codes and names.

Belongs here: guesses from headings and values, with a doubt for each that is not certain. Does not
belong here: the words (`headings.py`), or what a line is spent on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sources.budget_import import headings
from sources.budget_import.open_table import Table
from sources.budget_import.signs import account_column, negative, sign_of
from sources.budget_import.sniffing import FIGURE, YEAR

MOST = 0.95
"""Share of the rows a guess about a column must hold for."""

MANY = 0.9
FEW_WORDS = 200
"""Distinct words beyond which a column names things and not phases or directions."""

_MONEY = re.compile(r"(?i)betrag|amount|wert|cost|earning|euro|\beur\b|_eur|zuschuss")
_CAMERAL = re.compile(r"(?i)einzelplan|gruppierung|kapitel|^titel|haushaltsstelle|^hst|^glz$|haushalt ?s?art")
_PROVISIONAL = re.compile(r"(?i)provis|vorl[aä]u")


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
    year = _year_column(table)
    money = [name for name in table.header if name != year and _holds_money(table, name)]
    unused = [name for name in money if headings.is_no_budget(name)]
    read = [name for name in money if name not in unused]
    zero = [name for name in read if not any(re.search("[1-9]", text) for text in table.counts(name))]
    zero = zero if len(zero) < len(read) else []
    read = [name for name in read if name not in zero]
    others = [name for name in table.header if name not in {*money, year}]
    phase, phase_words = _worded_column(table, others, headings.phase_words)
    direction, direction_words = _worded_column(
        table, [name for name in others if name != phase], headings.direction_words
    )
    part, part_words = _worded_column(table, others, _part_words)
    roles = headings.roles_of([name for name in others if name not in (phase, direction, part)])
    if "line_text" not in roles:
        roles = {**roles, **_wording(table, [name for name in others if name not in roles.values()])}
    account = None if direction else account_column(table, others)
    doubts: list[str] = []
    means, sign = sign_of(table, read, direction, direction_words, account)
    provisional = _provisional_column(table, others)
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


def _year_column(table: Table) -> str | None:
    for name in table.header:
        if not re.search(r"(?i)jahr|year", name):
            continue
        texts = set(table.counts(name)) - {""}
        if texts and all(YEAR.fullmatch(text) for text in texts):
            return name
    return None


def _holds_money(table: Table, name: str) -> bool:
    named = (
        headings.phase_of(name)
        or headings.year_of(name)
        or _MONEY.search(name)
        or headings.is_no_budget(name)
    )
    if not named or headings.role_of(name):
        return False
    telling = {text: count for text, count in table.counts(name).items() if re.search(r"\d", text)}
    figures = sum(count for text, count in telling.items() if FIGURE.fullmatch(text) or _is_float(text))
    return bool(telling) and figures >= MANY * sum(telling.values())


def _is_float(text: str) -> bool:
    return bool(re.fullmatch(r"-?\d+(\.\d+)?([eE][+-]?\d+)?", text))


def _worded_column(
    table: Table, names: Sequence[str], words_of: Callable[[set[str]], Mapping[str, str]]
) -> tuple[str | None, Mapping[str, str]]:
    """The first column almost all of whose words have a meaning."""
    for name in names:
        counts = table.counts(name)
        if len(counts) > FEW_WORDS:
            continue
        words = words_of(set(counts) - {""})
        if words and sum(counts[word] for word in words) >= MOST * len(table.raw_texts):
            return name, words
    return None, {}


def _wording(table: Table, names: Sequence[str]) -> Mapping[str, str]:
    """The column with the longest texts holds the wording of the lines."""
    letters = {name: sum(len(re.findall(r"[^\W\d_]", text)) for text in table.counts(name)) for name in names}
    longest = max(letters, key=lambda name: letters[name], default=None)
    return {"line_text": longest} if longest is not None and letters[longest] else {}


def _part_words(values: set[str]) -> Mapping[str, str]:
    stems = {"verwaltung": "current", "vermögen": "capital", "vermoegen": "capital", "investi": "capital"}
    stems |= {"ergebnishaushalt": "current", "ergebnisplan": "current"}
    return {
        value: part
        for value in sorted(values)
        for stem, part in stems.items()
        if value.lower().startswith(stem)
    }


def _provisional_column(table: Table, names: Sequence[str]) -> str | None:
    for name in names:
        if _PROVISIONAL.search(name) and set(table.counts(name)) <= {"true", "false"}:
            return name
    return None


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
