"""Synthetic budget lines and rules for tests of tagging and of the money measures.

Belongs here: makers of rows with sensible defaults. Does not belong here: any test, any real figure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from quality.contracts.budget_line import CONTRACT as BUDGET_LINE
from quality.contracts.spending_rule import CONTRACT as SPENDING_RULE
from sources.budgets import SOURCES
from sources.source import Raw
from sources.spending_rules import SOURCE as RULES

HASH = "0" * 64
LINE: Mapping[str, Any] = {
    "ags": "09188121",
    "year": 2015,
    "phase": "actual",
    "accounting": "cameral",
    "direction": "expenditure",
    "budget_part": "current",
    "amount_cents": 1000,
    "snapshot_id": HASH,
    "locator": "line 2",
    "raw_text": "synthetic",
}
RULE: Mapping[str, Any] = {
    "ags": "09188121",
    "tag": "international_partnership",
    "confirmed_none": False,
    "share": 1.0,
    "obs_status": "A",
    "evidence": "synthetic",
    "reviewer": "test",
    "decided_on": date(2026, 11, 22),
    "snapshot_id": HASH,
    "locator": "line 1",
    "raw_text": "synthetic",
}


def lines(*rows: Mapping[str, Any]) -> pl.DataFrame:
    """Budget lines from what differs from the default; ids count from l1."""
    filled = [
        dict.fromkeys(BUDGET_LINE.columns) | LINE | {"budget_line_id": f"l{number}"} | dict(row)
        for number, row in enumerate(rows, start=1)
    ]
    return pl.DataFrame(filled, schema=BUDGET_LINE.schema)


def rules(*rows: Mapping[str, Any]) -> pl.DataFrame:
    """Spending rules from what differs from the default; ids count from r1."""
    filled = [
        dict.fromkeys(SPENDING_RULE.columns) | RULE | {"rule_id": f"r{number}"} | dict(row)
        for number, row in enumerate(rows, start=1)
    ]
    return pl.DataFrame(filled, schema=SPENDING_RULE.schema)


@cache
def real_lines(shared_data: Path) -> pl.DataFrame:
    """All lines of the seven cities, as the importer reads them."""
    return pl.concat(
        source.read([_raw(shared_data, path) for path in paths], {}).tables["budget_line"]
        for source in SOURCES
        if (paths := sorted({path for pattern in source.archive for path in shared_data.glob(pattern)}))
    )


@cache
def real_rules() -> pl.DataFrame:
    """The rules this project ships."""
    folder = Path(__file__).resolve().parents[2] / "sources" / "embedded"
    return RULES.read([_raw(folder, folder / "spending_rules.csv")], {}).tables["spending_rule"]


def _raw(root: Path, path: Path) -> Raw:
    content = path.read_bytes()
    return Raw(
        name=str(path.relative_to(root)), content=content, snapshot_id=hashlib.sha256(content).hexdigest()
    )
