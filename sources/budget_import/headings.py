"""Headings and words of budgets: years, phases, directions, and what a column holds.

Belongs here: the vocabulary German budgets share. Does not belong here: anything one city alone
writes (that is data, in its description).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

YEAR_IN_TEXT = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")

_NO_BUDGET = re.compile(
    r"(^|\W)ve(\W|$)|verpflicht|saldo|zuschussbedarf|abweichung|differenz|davon|verfüg|erläuterung", re.I
)
_PHASES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("supplementary", re.compile(r"nachtrag|adjusted|fortgeschrieben", re.I)),
    ("actual_preliminary", re.compile(r"vorläufig|vorl\.|provisional|preliminary", re.I)),
    (
        "actual",
        re.compile(
            r"\b(ist|rechnung|(rechnungs|jahres)?ergebnis(se)?|executed|actual|erg\.)\b|\bist(?=\d)", re.I
        ),
    ),
    (
        "plan",
        re.compile(
            r"\b(plan|soll|(haushalts)?ans[aä]tz(e)?|anschlag|planung|planwert|planjahr|approved|budgeted)\b|plan(?=\d)",
            re.I,
        ),
    ),
)
_DIRECTIONS: tuple[tuple[str, str], ...] = (
    ("revenue", r"einn|ertr|einz|earning|revenue|income"),
    ("expenditure", r"ausg|aufw|ausz|cost|expend"),
)

ROLES: Mapping[str, str] = {
    "function_code": (
        r"(produkt|produkt ?-?(nr|id|code|nummer)\.?|funktion|fkz|gliederung(snr\.?)?|unterabschnitt|profitcenter"
        r"|glz|gruppennr\.?|objektnr\.?|produktgruppe|functional.*code)"
    ),
    "function_name": (
        r"(produkt|funktions|gliederungs|produktgruppen) ?-?(bezeichnung|name|text)|glz_text|functional.*label"
    ),
    "organisation_code": r"(kapitel|amt( .*|/.*)?|organisation.*|teilhaushalte?|dezernat|einzelplan|titelnr\.?)",
    "organisation_name": r"(kapitel|amts?|dezernats|einzelplan)[ _-]?(bezeichnung|name)",
    "account_code": (
        r"(sachkonto|konto(nummer)?|kostenart|titel|grz|gruppierung|hst\.?|haushaltsstelle|economic.*code)"
    ),
    "account_name": r"(gruppen|konto|sachkonto|kostenart)[ -]?(bezeichnung|beschreibung)|grz_text|economic.*label",
    "line_text": r"(bezeichnung|zweckbestimmung|(konto)?text|titelbezeichnung|.*beschreibung|verwendungszweck.*)",
}
"""Column of `budget_line` to the headings that usually hold it."""


def fold(text: str) -> str:
    """A heading without what varies: letter case, kinds of dashes, blanks around them."""
    plain = " ".join(text.replace("\u00a0", " ").split()).lower()
    return re.sub(r"\s*[-–—_]+\s*", "-", plain).strip("- ")


def year_of(text: str) -> int | None:
    """The one year a heading names."""
    years = set(YEAR_IN_TEXT.findall(text))
    return int(years.pop()) if len(years) == 1 else None


def phase_of(text: str) -> str | None:
    """The phase a heading or word names; null for commitments, balances and parts of another column."""
    if _NO_BUDGET.search(text):
        return None
    plain = YEAR_IN_TEXT.sub(" ", text.replace("_", " "))
    return next((phase for phase, pattern in _PHASES if pattern.search(plain)), None)


def is_no_budget(text: str) -> bool:
    """True for headings of commitments, balances and shares, which are not amounts of the year."""
    return bool(_NO_BUDGET.search(text))


def direction_of(text: str) -> str | None:
    """The direction a word names, if it names just one."""
    found = [name for name, stems in _DIRECTIONS if re.search(rf"(^|[^a-zäöü])({stems})", text, re.I)]
    return found[0] if len(found) == 1 else None


def phase_words(values: Iterable[str]) -> Mapping[str, str]:
    """The words of a column that name a phase."""
    return {value: phase for value in sorted(set(values)) if (phase := phase_of(value)) is not None}


def direction_words(values: Iterable[str]) -> Mapping[str, str]:
    """The words of a column that name a direction; single letters E and A count together only."""
    distinct = sorted(set(values) - {""})
    if set(distinct) and {value.upper() for value in distinct} <= {"E", "A"}:
        return {value: "revenue" if value.upper() == "E" else "expenditure" for value in distinct}
    return {value: found for value in distinct if (found := direction_of(value)) is not None}


def role_of(heading: str) -> str | None:
    """The column of `budget_line` a heading usually fills."""
    plain = heading.strip().lower()
    return next((role for role, pattern in ROLES.items() if re.fullmatch(pattern, plain)), None)


def roles_of(headings: Sequence[str]) -> Mapping[str, str]:
    """Column of `budget_line` to the first heading that fits it."""
    found: dict[str, str] = {}
    for heading in headings:
        role = role_of(heading)
        if role is not None:
            found.setdefault(role, heading)
    return found
