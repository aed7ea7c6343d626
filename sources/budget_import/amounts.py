"""Amounts: from the provider's digits to whole cents, exactly.

Belongs here: the number forms and the conversion. Does not belong here: signs and directions
(`harmonise.py`). No binary fraction is involved except where the file itself holds one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

TENTH_OF_A_CENT = 0.1
"""How far a spreadsheet's binary number may lie from a whole cent: rounding noise, not a figure."""

LARGEST = 1e13
"""Euro; beyond it a binary number cannot hold cents."""


@dataclass(frozen=True, kw_only=True)
class NumberForm:
    """How a file writes numbers: the decimal sign, the sign between thousands, and an example."""

    decimal: str
    thousands: str | None
    example: str
    binary: bool = False

    @property
    def pattern(self) -> str:
        """Regular expression with groups: sign, whole part, cents, trailing minus."""
        grouped = rf"|\d{{1,3}}(?:\{self.thousands}\d{{3}})+" if self.thousands else ""
        return rf"^([+-]?)(\d{{1,15}}{grouped})(?:\{self.decimal}(\d{{1,2}}))?(-?)$"


FORMS: Mapping[str, NumberForm] = {
    "de": NumberForm(decimal=",", thousands=".", example="1.234,56"),
    "comma": NumberForm(decimal=",", thousands=None, example="1234,56"),
    "point": NumberForm(decimal=".", thousands=None, example="1234.56"),
    "english": NumberForm(decimal=".", thousands=",", example="1,234.56"),
    "space": NumberForm(decimal=",", thousands=" ", example="1 234,56"),
    "spreadsheet": NumberForm(decimal=".", thousands=None, example="1234.56 as a number cell", binary=True),
}
"""Number forms a description may declare."""


def to_cents(text: pl.Expr, form: NumberForm) -> pl.Expr:
    """Whole cents; null where the text does not have the declared form."""
    return _from_binary(text) if form.binary else _from_digits(text, form)


def _from_digits(text: pl.Expr, form: NumberForm) -> pl.Expr:
    plain = text.str.replace("−", "-", literal=True)
    whole = plain.str.extract(form.pattern, 2)
    if form.thousands:
        whole = whole.str.replace_all(form.thousands, "", literal=True)
    cents = plain.str.extract(form.pattern, 3).fill_null("").str.pad_end(2, "0")
    minus = (plain.str.extract(form.pattern, 1) == "-") ^ (plain.str.extract(form.pattern, 4) == "-")
    size = (whole + cents).cast(pl.Int64, strict=False)
    return pl.when(minus).then(-size).otherwise(size)


def _from_binary(text: pl.Expr) -> pl.Expr:
    hundredfold = text.cast(pl.Float64, strict=False) * 100
    cents = hundredfold.round(0)
    exact = (hundredfold - cents).abs() <= TENTH_OF_A_CENT
    return pl.when(exact & (hundredfold.abs() < LARGEST * 100)).then(cents.cast(pl.Int64, strict=False))


def misfit_remedy(name: str) -> str:
    """What to do about an amount that does not have the declared form."""
    form = FORMS[name]
    return (
        f"The file is declared to write amounts like {form.example}. Correct the cell at the source, declare "
        "what the sign means under `symbols`, or correct `number` in the description; read by the wrong form "
        "12.5 would become 125."
    )
