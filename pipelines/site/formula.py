"""Formulas as people read them: the SQL expression of an indicator with names or numbers filled in.

Belongs here: reading the few constructs our formulas use and writing them with signs. Does
not belong here: computing anything; the value comes from the observation.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

_TOKEN = re.compile(r"\s*(?:(\d+(?:\.\d+)?)|([A-Za-z_]\w*)|(.))")
_AS_PUBLISHED = re.compile(r"cast\((\w+) as double\) / \(1000000 \+ 0 \* \1\)")
"""A figure kept in millionths: in words it is the figure."""
_SIGNS = {"*": " · ", "/": " ÷ ", "+": " + ", "-": " − "}


def spelled(
    formula: str,
    word: Callable[[str], str],
    number: Callable[[float, int], str],
    *,
    cents_to_euro: bool,
    missing: str = "",
) -> str:
    """The formula with every measure replaced by `word(measure)` and every figure by `number(figure, decimals)`.

    Casts and the guard against division by zero are left out: they say how, not what. With
    `cents_to_euro` the factor 100 of the denominator goes too, because amounts are written in euro. Of
    several ways to a figure (coalesce) the first stands whose measures are all known: `missing` is what
    `word` says of one that is not. Without it all ways stand beside each other.
    """
    in_words = formula if missing else _AS_PUBLISHED.sub(r"\1", formula)
    reader = _Reader(in_words, word, number, cents_to_euro, missing)
    return reader.sum()


@cache
def _tokens(formula: str) -> tuple[str, ...]:
    return tuple("".join(match) for match in _TOKEN.findall(formula))


class _Reader:
    """Reads `term ± term`, `factor · ÷ factor`, cast, nullif, coalesce and brackets, from left to right."""

    def __init__(
        self,
        formula: str,
        word: Callable[[str], str],
        number: Callable[[float, int], str],
        cents_to_euro: bool,
        missing: str,
    ) -> None:
        self.tokens = list(_tokens(formula))
        self.word = word
        self.number = number
        self.cents_to_euro = cents_to_euro
        self.missing = missing
        self.divides = 0

    def next(self) -> str:
        return self.tokens[0] if self.tokens else ""

    def take(self) -> str:
        return self.tokens.pop(0)

    def sum(self) -> str:
        text = self.product()
        while self.next() in ("+", "-"):
            text += _SIGNS[self.take()] + self.product()
        return text

    def product(self) -> str:
        parts = [self.factor()]
        while self.next() in ("*", "/"):
            sign = self.take()
            self.divides += sign == "/"
            parts += [_SIGNS[sign], self.factor()]
            self.divides -= sign == "/"
        if self.cents_to_euro and self.divides and parts[:2] == ["100", _SIGNS["*"]]:
            parts = parts[2:]
        return "".join(parts)

    def factor(self) -> str:
        token = self.take()
        if token == "(":  # noqa: S105 - a bracket
            inner = self.sum()
            self.take()
            return f"({inner})" if _compound(inner) else inner
        if self.next() != "(":
            return (
                self.word(token)
                if token[0].isalpha()
                else self.number(float(token), 0 if token.isdigit() else 1)
            )
        self.take()
        if token.lower() == "coalesce":
            return self.first_way()
        inner = self.sum()
        while self.next() != ")":
            self.take()
        self.take()
        return inner if token.lower() == "cast" or not _compound(inner) else f"({inner})"

    def first_way(self) -> str:
        ways = [self.sum()]
        while self.take() == ",":
            ways.append(self.sum())
        if not self.missing:
            return " | ".join(ways)
        return next((way for way in ways if self.missing not in way), ways[-1])


def _compound(text: str) -> bool:
    return any(sign in text for sign in _SIGNS.values())
