"""Sniffing: what bytes tell about their own form: encoding, delimiter, header row, number form.

Belongs here: guesses about form, each with what speaks against it. Does not belong here: what a
column means (`headings.py`), or reading for good (`tabular.py`): a guess is for a person to confirm,
or for a standard form that leaves no other choice.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SAMPLE = 400
"""Lines looked at for delimiter and header."""

SEPARATORS = (";", "\t", ",", "|")
HEADER_SEARCH = 20
"""Rows among which the header is looked for."""

YEAR = re.compile(r"(?:19|20)\d{2}")
FIGURE = re.compile(r"[+-]?\d[\d.,  ]*-?")
FIT = {
    "de": re.compile(r"[+-]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d{1,2})?-?"),
    "comma": re.compile(r"[+-]?\d+(?:,\d{1,2})?-?"),
    "point": re.compile(r"[+-]?\d+(?:\.\d{1,2})?-?"),
    "english": re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,2})?-?"),
    "space": re.compile(r"[+-]?(?:\d{1,3}(?: \d{3})+|\d+)(?:,\d{1,2})?-?"),
}
"""Number form to the texts it can read whole."""

ENOUGH = 0.95
"""Share of the figures a number form must read; the rest are single mistakes."""

PLAINNESS = ("point", "comma", "de", "english", "space")
"""Of forms that read equally many figures the plainer one is taken."""


@dataclass(frozen=True, kw_only=True)
class NumberGuess:
    """The number form that reads most figures, and the figures it cannot read."""

    form: str
    certain: bool
    doubt: str | None
    misfits: tuple[str, ...]
    trailing_minus: int


def sniff_encoding(content: bytes) -> tuple[str, bool]:
    """Encoding and whether a byte order mark stands at the beginning."""
    if content.startswith(b"\xef\xbb\xbf"):
        return "utf-8", True
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16", True
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return ("cp1252" if re.search(rb"[\x80-\x9f]", content) else "latin-1"), False
    return "utf-8", False


def sniff_separator(text: str) -> str:
    """The sign that divides most lines into equally many fields."""
    lines = [line for line in text.splitlines()[:SAMPLE] if line.strip()]
    return max(SEPARATORS, key=lambda sign: _evenness(lines, sign))


def _evenness(lines: Sequence[str], separator: str) -> tuple[float, int]:
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=separator) if row)
    except csv.Error:
        return 0.0, 0
    width, count = widths.most_common(1)[0] if widths else (1, 0)
    return (count / widths.total() if width > 1 else 0.0), width


def find_header(rows: Sequence[Sequence[str]]) -> int:
    """Number of the header row, counted from 1; 0 where no row looks like one.

    A header fills most columns with words that differ from each other; years count as words.
    """
    width = Counter(len(row) for row in rows[:SAMPLE] if row).most_common(1)
    wide = width[0][0] if width else 0
    for number, row in enumerate(rows[:HEADER_SEARCH], 1):
        cells = [cell.strip() for cell in row if cell.strip()]
        figures = [cell for cell in cells if FIGURE.fullmatch(cell) and not YEAR.fullmatch(cell)]
        if len(cells) >= max(2, 0.6 * wide) and not figures:
            return number
    return 0


def guess_number(texts: Iterable[str]) -> NumberGuess:
    """The number form of texts that stand in columns of money."""
    counts = Counter(text.replace("−", "-") for text in texts)
    figures = {text: count for text, count in counts.items() if FIGURE.fullmatch(text)}
    fits = {
        form: sum(count for text, count in figures.items() if FIT[form].fullmatch(text)) for form in PLAINNESS
    }
    total = sum(figures.values())
    best = max(PLAINNESS, key=lambda form: fits[form])
    telling = [text for text in figures if re.search(r"[.,  ]", text)]
    doubt = None
    if not telling:
        doubt = "only whole numbers without a sign for thousands: any number form would read them alike"
    elif not any(re.search(r"[.,]\d{1,2}-?$", text) for text in telling):
        doubt = f"no figure has cents; that {telling[0]!r} has a sign for thousands is an assumption"
    elif fits[best] < ENOUGH * total:
        doubt = f"the form {best} reads only {fits[best]} of {total} figures"
    return NumberGuess(
        form=best,
        certain=doubt is None,
        doubt=doubt,
        misfits=tuple(text for text in figures if not FIT[best].fullmatch(text)),
        trailing_minus=sum(count for text, count in figures.items() if text.endswith("-")),
    )
