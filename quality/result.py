"""The outcome of one check, in one form for every kind of check.

Belongs here: the outcome and its table form. Does not
belong here: any check itself (`quality/expectations.py`, `quality/plausibility.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Literal

import polars as pl

from quality.contracts.quality_result import CONTRACT
from quality.status import Text

Kind = Literal["expectation", "rule", "plausibility"]
Severity = Literal["stop", "warn", "note"]
Owner = Literal["maintainer", "data_steward", "operator"]
"""Who acts on a finding: who maintains the program, who answers for the data, who runs the nights."""

OWNERS: Mapping[Owner, Text] = {
    "maintainer": Text(de="Programmpflege", en="maintenance of the program"),
    "data_steward": Text(de="Datenpflege", en="data stewardship"),
    "operator": Text(de="Betrieb", en="operation"),
}
"""Owners as a page names them."""

EXAMPLES = 5
"""How many offending rows a result names; the remedy says how to find the rest."""

_LONGEST_TEXT = 500


@dataclass(frozen=True, kw_only=True)
class CheckResult:
    """What one check found, a row of `quality_result`."""

    check_id: str
    kind: Kind
    table_name: str
    severity: Severity
    owner: Owner
    passed: bool
    remedy: Text
    checked: int | None = None
    unexpected: int | None = None
    observed: str | None = None
    expected: Text | None = None
    examples: str | None = None
    audited_in: str | None = None


def to_frame(results: Iterable[CheckResult]) -> pl.DataFrame:
    """Results in the form of the table `quality_result`, ordered by check."""
    rows = [_row(result) for result in results]
    frame = pl.DataFrame(rows, schema_overrides=CONTRACT.schema) if rows else CONTRACT.empty()
    return frame.select(list(CONTRACT.columns)).sort(list(CONTRACT.sort))


def _row(result: CheckResult) -> dict[str, object]:
    """Texts in both languages, side by side; English keeps the name the column always had."""
    said = {"expected": result.expected, "remedy": result.remedy}
    texts = {name: text and text.en for name, text in said.items()}
    german = {f"{name}_de": text and text.de for name, text in said.items()}
    return {**asdict(result), **texts, **german}


def shortened(text: str) -> str:
    """A text that fits beside a result, cut with an ellipsis where it is long."""
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…"
