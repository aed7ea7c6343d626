"""The audit of a finished database: expectations from the contracts, rules across tables, known facts.

Belongs here: carrying out declared checks on a file and turning outcomes into rows of
`quality_result`. Does not belong here: the checks themselves (`quality/`).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb
import polars as pl

from quality.contracts import CONTRACTS
from quality.expectations import audit as expectations
from quality.plausibility import RULES, to_rows


def audit(path: Path, tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Run every check on a database file that is not yet published.

    Args:
        path: the database.
        tables: the same tables as frames, for Great Expectations.

    Returns:
        Rows of `quality_result`, sorted by check.
    """
    contracts = {name: CONTRACTS[name] for name in tables}
    declared = expectations(tables, contracts)
    with duckdb.connect(str(path), read_only=True) as connection:
        crossing = to_rows(RULES, lambda sql: connection.sql(sql).pl(), set(tables))
    return pl.concat([declared, crossing]).sort("check_id")


def stopping(results: pl.DataFrame) -> pl.DataFrame:
    """Checks that forbid a release."""
    return results.filter(~pl.col("passed"), pl.col("severity") == "stop")
