"""How many rows waited in quarantine in each release, and what became of those that wait no longer."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract


def _count(description: str) -> Column:
    return Column(dtype=pl.Int64, description=description, unit="rows", minimum=0)


CONTRACT = Contract(
    table="quarantine_history",
    description=(
        "Rows in quarantine by release, source, table and rule, and what became of the rows of the release "
        "before; nothing leaves quarantine without a reason"
    ),
    key=("release_id", "source_id", "table_name", "rule"),
    sort=("release_id", "source_id", "table_name", "rule"),
    columns={
        "release_id": Column(dtype=pl.String, description="Release", references="release_history.release_id"),
        "source_id": Column(dtype=pl.String, description="Source the rows came from, or house"),
        "table_name": Column(dtype=pl.String, description="Table they were meant for"),
        "rule": Column(dtype=pl.String, description="Rule they broke"),
        "rows": _count("Rows that waited in this release"),
        "rejected": _count("Of these, rows a person has decided to leave out"),
        "came": _count("Of these, rows that did not wait in the release before"),
        "gone_decided": _count("Rows of the release before a decision speaks of"),
        "gone_corrected": _count("Rows of the release before a correction speaks of"),
        "gone_file_gone": _count("Rows of the release before whose file is read no longer"),
        "gone_accepted": _count("Rows of the release before that keep their contract now"),
        "gone_unexplained": _count("Rows of the release before that are nowhere; must be 0"),
    },
)
