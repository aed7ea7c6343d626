"""Own statements on money beside budgets: they fill gaps, and a budget may make them impossible.

Belongs here: which measures of money units may state, and the bounds a budget sets. Does not belong
here: the order of precedence in general (`indicators/self_report_knowledge.py`).

A statement that is more than all payments of the budget, or less than a part of it the budget
knows, counts nowhere: one of the two is wrong, and nobody here can say which.
"""

from __future__ import annotations

from collections.abc import Mapping

from indicators import self_report_knowledge as knowledge
from indicators.measure import Lazy

STATED = ("development_spending", "fair_trade_spending")
ALLOWED = knowledge.Bounds(
    at_most="total_payments",
    whole="development_spending",
    parts=("development_abroad", "development_domestic", "development_grants"),
)


def completed(inputs: Lazy, tables: Mapping[str, Lazy]) -> Lazy:
    """Inputs from budgets, completed by own statements that the same budget allows."""
    return knowledge.completed(inputs, tables, STATED, phase="actual", bounds=ALLOWED)
