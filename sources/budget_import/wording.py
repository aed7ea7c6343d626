"""Wording: texts as people wrote them, without the traces of printing.

Belongs here: what may be done to a text without touching its meaning. Does not belong here:
translating a provider's words (that is `words` in a description).
"""

from __future__ import annotations

import polars as pl

_KEPT = r"((?:und|oder|sowie|bis|als)\b|bzw\.|u\.|od\.)"
"""Words after which a hyphen stands for an omitted part: "Aus- und Fortbildung"."""

_MARK = "\u0001"


def tidy(text: pl.Expr) -> pl.Expr:
    """Composed characters, no soft hyphens, single blanks; an empty text is null."""
    clean = (
        text.str.normalize("NFC")
        .str.replace_all("\u00ad", "", literal=True)
        .str.replace_all(r"\s+", " ")
        .str.strip_chars()
    )
    return pl.when(clean != "").then(clean)


def join_divided_words(text: pl.Expr) -> pl.Expr:
    """Rejoin words divided where a printed line ended: "Partner- schaftsprojekt".

    Kept are hyphens that stand for an omitted part ("Aus- und Fortbildung") and dashes that close
    a remark ("-stationär- für"). Before a capital the hyphen belongs to the word and only the blank
    goes ("EFRE- Programm").
    """
    protected = text.str.replace_all(rf"-\s+{_KEPT}", f"-{_MARK} $1").str.replace_all(
        r"(^|[\s(])(-\p{L}[^\s]*)-\s+", f"$1$2-{_MARK} "
    )
    joined = protected.str.replace_all(r"(\p{L})-\s+(\p{Ll})", "$1$2").str.replace_all(
        r"([\p{L}/])-\s+(\p{L}{2})", "$1-$2"
    )
    return joined.str.replace_all(_MARK, "", literal=True)
