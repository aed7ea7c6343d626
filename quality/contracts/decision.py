"""Decisions about rows in quarantine, and what came of them."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract, Rule
from quality.fields import LOCATOR, SNAPSHOT, STATUS
from quality.status import Text

TEXT = pl.String

CONTRACT = Contract(
    table="decision",
    description="Decisions of persons about rows in quarantine, each with its row, reason and outcome",
    key=("decision_id",),
    owner="data_steward",
    columns={
        "decision_id": Column(dtype=TEXT, description="Identifier of the entry"),
        "file": Column(dtype=TEXT, description="File the entry is declared in"),
        "source_id": Column(dtype=TEXT, nullable=True, description="Source of the row, or house"),
        "table_name": Column(dtype=TEXT, nullable=True, description="Table the row is meant for"),
        "row_hash": Column(
            dtype=TEXT, nullable=True, description="SHA-256 of the record as written", pattern="[0-9a-f]{64}"
        ),
        "rules": Column(dtype=TEXT, nullable=True, description="Rules the row may break, with comma"),
        "action": Column(
            dtype=TEXT, nullable=True, description="What is done", allowed=("release", "reject")
        ),
        "reason": Column(dtype=TEXT, nullable=True, description="Why, with the evidence"),
        "author": Column(dtype=TEXT, nullable=True, description="Role of the person who answers for it"),
        "decided_on": Column(dtype=pl.Date, nullable=True, description="Day of the decision"),
        "state": Column(
            dtype=TEXT,
            description=(
                "applied; gone: no row in quarantine has this fingerprint any more; refused: the released "
                "row does not keep its contract; not_in_origin: its source was not read; invalid: the entry "
                "cannot be read"
            ),
            allowed=("applied", "gone", "refused", "not_in_origin", "invalid"),
        ),
        "found": Column(dtype=TEXT, nullable=True, description="What was found"),
        "remedy": Column(dtype=TEXT, nullable=True, description="What to do about an entry not carried out"),
        "best_status": Column(
            dtype=TEXT,
            nullable=True,
            description="Figures made from the released row carry at least this status",
            allowed=STATUS.allowed,
        ),
        "snapshot_id": Column(
            dtype=TEXT,
            nullable=True,
            description=SNAPSHOT.description,
            pattern=SNAPSHOT.pattern,
            references=SNAPSHOT.references,
        ),
        "locator": Column(dtype=TEXT, nullable=True, description=LOCATOR.description),
    },
    rules=(
        Rule(
            name="released_row_has_a_status",
            good=(pl.col("state") != "applied")
            | (pl.col("action") != "release")
            | pl.col("best_status").is_not_null(),
            says=Text(
                de="eine freigegebene Zeile hat einen besten Status", en="a released row has a best status"
            ),
            remedy=Text(
                de="BEST_STATUS in quality/decisions/following.py ansehen.",
                en="Look at BEST_STATUS in quality/decisions/following.py.",
            ),
        ),
    ),
)
