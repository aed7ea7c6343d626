"""Names of lists in the forms they are compared in.

Belongs here: abbreviations and titles of lists ("VG", "Markt"), the level a name asks for. Does not
belong here: the register (`units.py`), or spelling in general (`sources/place_names.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from sources.place_names import core, district_core, normalised

_SHORT = (
    (r"^VG\.? ", "Verbandsgemeinde "),
    (r"^SG\.? ", "Samtgemeinde "),
    (r"^(?:LK|Lkr\.|Kreis) ", "Landkreis "),
)
_LOCATION_WORDS = r"\b(?:am|an|auf|bei|beim|dem|den|der|die|im|in|ob|unter|vor|vorm|zum|zur|ueber)\b"
_TITLE_WORDS = (
    r"^(?:(?:stadt|markt|gemeinde|flecken|hansestadt|landeshauptstadt|landkreis|kreis|"
    r"samtgemeinde|verbandsgemeinde|amt) )+"
)
_DISTRICT = r"(?i)landkreis|kreis\b|^region "
_ASSOCIATION = r"(?i)samtgemeinde|verbandsgemeinde|^amt "


@dataclass(frozen=True, kw_only=True)
class Label:
    """A name in the forms it is compared in, and the level of unit it asks for."""

    text: str
    core: str
    district_core: str
    forms: frozenset[str]
    level: str


def labels(names: Sequence[str]) -> dict[str, Label]:
    """The forms of many names at once."""
    written = [_written_out(name) for name in names]
    form = normalised(pl.col("text").str.replace(r",.*$", ""))
    forms = pl.DataFrame({"name": names, "text": written}).select(
        "name",
        "text",
        core=core(pl.col("text")),
        district_core=district_core(pl.col("text")),
        form=form,
        loose=loose_form(form),
        bare=form.str.replace(_TITLE_WORDS, ""),
    )
    return {
        row["name"]: Label(
            text=row["text"],
            core=row["core"],
            district_core=row["district_core"],
            forms=frozenset(value for value in (row["form"], row["loose"], row["bare"]) if value),
            level=_level(row["text"]),
        )
        for row in forms.iter_rows(named=True)
    }


def _written_out(name: str) -> str:
    for short, long in _SHORT:
        name = re.sub(short, long, name)
    return name


def _level(name: str) -> str:
    if re.search(_ASSOCIATION, name):
        return "association"
    return "district" if re.search(_DISTRICT, name) else "municipality"


def loose_form(form: pl.Expr) -> pl.Expr:
    """The form without "am", "an der", "im": "Hofheim/Taunus" and "Hofheim am Taunus" are equal in it."""
    bare = form.str.replace_all(_LOCATION_WORDS, " ").str.replace_all(r"\s+", " ").str.strip_chars()
    return pl.when(bare.str.len_chars() > 0).then(bare).otherwise(form)
