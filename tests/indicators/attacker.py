"""Somebody who knows everything that is published and wants to know a confidential value.

Two attacks on linear equations over unknown whole numbers: elimination over the rationals, which
finds values that are determined, and linear programming, which finds the interval each can lie in.
Written apart from the code it attacks; no atoms in here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from scipy.optimize import linprog


@dataclass(frozen=True, kw_only=True)
class Equation:
    """A published sum of confidential values: between low and high, which are equal for an exact sum."""

    units: frozenset[str]
    low: int
    high: int


def exactly(units: Sequence[str], total: int) -> Equation:
    return Equation(units=frozenset(units), low=total, high=total)


def determined(equations: Sequence[Equation]) -> dict[str, Fraction]:
    """Values that follow from exact sums by adding and subtracting them."""
    names = sorted({unit for equation in equations for unit in equation.units})
    rows = [
        [Fraction(int(name in equation.units)) for name in names] + [Fraction(equation.low)]
        for equation in equations
        if equation.low == equation.high
    ]
    place = 0
    for column in range(len(names)):
        pivot = next((n for n in range(place, len(rows)) if rows[n][column]), None)
        if pivot is None:
            continue
        rows[place], rows[pivot] = rows[pivot], rows[place]
        rows[place] = [cell / rows[place][column] for cell in rows[place]]
        for n, row in enumerate(rows):
            if n != place and row[column]:
                rows[n] = [a - row[column] * b for a, b in zip(row, rows[place], strict=True)]
        place += 1
    found: dict[str, Fraction] = {}
    for row in rows[:place]:
        involved = [name for name, cell in zip(names, row, strict=False) if cell]
        if len(involved) == 1:
            found[involved[0]] = row[-1]
    return found


def interval(
    unit: str, equations: Sequence[Equation], *, limit: int, known: Mapping[str, int] | None = None
) -> tuple[float, float]:
    """Bounds of one value, given that all lie between 1 and limit - 1 and some are known."""
    names = sorted({unit, *(name for equation in equations for name in equation.units)})
    rows = np.array([[float(name in equation.units) for name in names] for equation in equations])
    bounds = [(known[n], known[n]) if known and n in known else (1, limit - 1) for n in names]
    above = np.vstack([rows, -rows]) if len(equations) else None
    right = np.array([*(e.high for e in equations), *(-e.low for e in equations)]) if len(equations) else None
    ends = []
    for sign in (1, -1):
        cost = np.array([float(sign) if name == unit else 0.0 for name in names])
        solved = linprog(cost, A_ub=above, b_ub=right, bounds=bounds, method="highs")
        assert solved.success, solved.message
        ends.append(sign * solved.fun)
    return ends[0], ends[1]
