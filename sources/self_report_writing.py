"""How a cell of a returned form is written: numbers, days and keys, and what spreadsheets make of them.

Belongs here: from text to number or day, and the sentence that says why a text is none. Does not
belong here: which column asks for what (`self_report_cells.py`).
"""

from __future__ import annotations

import re
from datetime import date

OFFICE_LIMIT, ADDRESS_LIMIT = 120, 500
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
GERMAN_NUMBER = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?|[0-9]{1,15}(,[0-9]+)?")

SCIENTIFIC = re.compile(r"[0-9]+([.,][0-9]+)?[eE]\+?[0-9]+")

KEY_LENGTHS = (5, 8)


def looks_damaged(named: str, ags: str) -> bool:
    """Whether a key is no key at all but what a spreadsheet makes of one, or a slip of the pen."""
    is_key = re.fullmatch(r"[0-9]+", named) is not None and len(named) in KEY_LENGTHS
    return not is_key or named.lstrip("0") == ags.lstrip("0")


_COMPLAINTS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (
        re.compile(""),
        "Zum Status gemeldet fehlt der Wert.",
        "Bitte den Wert eintragen; wenn es keinen gibt, als Status bestaetigt_null, nicht_zutreffend oder "
        "keine_angabe.",
    ),
    (
        re.compile(r"[-−–][0-9.,]+"),
        "Der Wert ist negativ.",
        "Bitte den Wert ohne Vorzeichen eintragen oder prüfen.",
    ),
    (
        re.compile(r"[=+@\t\r-].*", re.DOTALL),
        "Die Zelle enthält eine Formel.",
        "Bitte die Zahl selbst eintragen. Formeln werden nicht berechnet.",
    ),
    (
        SCIENTIFIC,
        "Die Tabellenkalkulation hat die Zahl verkürzt.",
        "Bitte die Zelle als Zahl ohne Exponent formatieren und den Wert neu eintragen.",
    ),
    (
        re.compile(r"[0-9]+\.[0-9]+"),
        "Der Dezimaltrenner ist ein Punkt.",
        "Bitte ein Komma verwenden, zum Beispiel 12,50.",
    ),
    (
        re.compile(".*", re.DOTALL),
        "Das ist keine Zahl.",
        "Bitte nur Ziffern eintragen, zum Beispiel 1.250,50, ohne Einheit und Text.",
    ),
)
"""What a text that is no number looks like, what is wrong, what to do; the first that fits counts."""


def not_a_number(text: str) -> tuple[str, str] | None:
    """Problem and remedy where a text is no number in German form."""
    if GERMAN_NUMBER.fullmatch(text):
        return None
    return next((problem, remedy) for form, problem, remedy in _COMPLAINTS if form.fullmatch(text))


def day_of(text: str) -> date | None:
    """The day a text names in German or ISO form; null where it names none."""
    iso = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text)
    german = re.fullmatch(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})", text)
    parts = iso.groups() if iso else german.groups()[::-1] if german else None
    try:
        return date(*(int(part) for part in parts)) if parts else None
    except ValueError:
        return None


def key_complaint(named: str, ags: str) -> str | None:
    """What is wrong with a key that should be `ags` in all its digits."""
    if named == ags:
        return None
    if not named:
        return "Der amtliche Schlüssel fehlt."
    if SCIENTIFIC.fullmatch(named) or "," in named:
        return "Die Tabellenkalkulation hat den Schlüssel in eine Zahl umgewandelt."
    if named == ags.lstrip("0"):
        return "Die führende Null des Schlüssels ist verloren gegangen."
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{2,4}", named):
        return "Die Tabellenkalkulation hat den Schlüssel in ein Datum umgewandelt."
    return "Das ist kein amtlicher Schlüssel (Gemeinde 8 Ziffern, Kreis 5 Ziffern)."


def is_web_address(text: str) -> bool:
    """Whether a text is an address of the web without a name and password in it."""
    form = r"https?://[^\s/@\"'<>]+(/[^\s\"'<>]*)?"
    return re.fullmatch(form, text) is not None and len(text) <= ADDRESS_LIMIT


def office_complaint(text: str) -> tuple[str, str] | None:
    """Problem and remedy where a text is not the name of an office."""
    if text.startswith(FORMULA_SIGNS):
        return "Die Zelle beginnt wie eine Formel.", "Bitte nur den Namen der Stelle eintragen."
    if "@" in text or len(text) > OFFICE_LIMIT or not text.isprintable():
        return (
            f"Erwartet wird der Name einer Stelle mit höchstens {OFFICE_LIMIT} Zeichen, ohne E-Mail-Adresse.",
            "Bitte nur das Amt oder Referat eintragen, keine Person.",
        )
    return None
