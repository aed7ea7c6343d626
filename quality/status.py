"""Observation status: why a number is as it is, or why there is none.

Belongs here: the SDMX code list CL_OBS_STATUS as far as municipal data need it, the
order in which flags win, and the rule that ties a value to its status. Does not belong here: the
sentences of reasons (`quality/reasons.py`), or which source or formula sets a flag.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True, kw_only=True)
class Text:
    """The same statement in German (first language of the product) and English."""

    de: str
    en: str


OBS_STATUS: Mapping[str, Text] = {
    "A": Text(de="normaler Wert", en="normal value"),
    "B": Text(de="Bruch in der Zeitreihe", en="break in the series"),
    "D": Text(de="Definition weicht ab", en="definition differs"),
    "P": Text(de="vorläufiger Wert", en="provisional value"),
    "E": Text(de="geschätzter Wert", en="estimated value"),
    "I": Text(de="fortgeschriebener Wert", en="imputed value"),
    "U": Text(de="Wert mit geringer Zuverlässigkeit", en="value of low reliability"),
    "L": Text(de="nicht erhoben", en="exists but is not collected"),
    "O": Text(de="fehlt", en="missing"),
    "Q": Text(de="geheim gehalten", en="suppressed"),
    "M": Text(de="kann es nicht geben", en="cannot exist"),
    "N": Text(de="gerundet null, nicht null", en="rounded to zero, not zero"),
}
"""CL_OBS_STATUS codes in use; texts are what a page prints."""

CASCADE: tuple[str, ...] = ("A", "N", "B", "D", "P", "E", "I", "U", "L", "O", "Q", "M")
"""From mildest to strongest: a result takes the strongest flag among its inputs."""

WITHOUT_VALUE: frozenset[str] = frozenset({"L", "M", "O", "Q", "U"})
"""Statuses a null value may carry. U may stand with or without a value."""

NEVER_WITH_VALUE: frozenset[str] = frozenset({"L", "M", "O", "Q"})
"""Statuses that forbid a value: the figure does not exist, or is not for publication."""

BREAKS: tuple[str, ...] = ("census_break", "accounting_break", "accounting_mixed", "provider_break")
"""Reasons with which a series begins anew, also where a stronger flag hides the status B or D."""

_RANK: Mapping[str, int] = {code: rank for rank, code in enumerate(CASCADE)}


def worst(*statuses: str) -> str:
    """The strongest flag among the inputs of one number; no input at all is `O`."""
    return max(statuses, key=_RANK.__getitem__, default="O")


def rank_expr(status: pl.Expr) -> pl.Expr:
    """Position of a status in the cascade, so that a maximum over a group is the strongest flag."""
    return status.replace_strict(dict(_RANK), return_dtype=pl.Int64)


def from_rank_expr(rank: pl.Expr) -> pl.Expr:
    """The status that stands at a position of the cascade."""
    return rank.replace_strict(dict(enumerate(CASCADE)), return_dtype=pl.String)


def consistent_expr(value: pl.Expr, status: pl.Expr) -> pl.Expr:
    """True where value and status may stand together (a null needs a reason, a reason forbids a value)."""
    return (
        pl.when(value.is_null())
        .then(status.is_in(list(WITHOUT_VALUE)))
        .otherwise(~status.is_in(list(NEVER_WITH_VALUE)))
    )


def begins_anew(status: str, further_reasons: str | None) -> bool:
    """Whether a value is the first of a new series: a break, another definition, or either beneath a
    stronger flag."""
    return status in {"B", "D"} or any(each in BREAKS for each in (further_reasons or "").split(", "))


def begins_anew_expr(status: pl.Expr, further_reasons: pl.Expr) -> pl.Expr:
    """As `begins_anew`, for columns."""
    beneath = further_reasons.fill_null("").str.contains_any(list(BREAKS))
    return status.is_in(["B", "D"]) | beneath
