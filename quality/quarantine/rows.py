"""How a row in quarantine is named: by what it says, so that it is the same row the next night.

Belongs here: the fingerprint of a record and the form of the published table. Does not belong here: what
became of it (`quality/quarantine/history.py`).
"""

from __future__ import annotations

import hashlib

import polars as pl

from quality.contracts import CONTRACTS
from quality.quarantine.wording import worded

QUARANTINE = CONTRACTS["quarantine"]


def row_hash(raw_text: str | None) -> str:
    """SHA-256 of a record as written; an empty one where nothing was kept of it."""
    return hashlib.sha256((raw_text or "").encode()).hexdigest()


def hashes(raw_texts: pl.Series) -> pl.Series:
    """`row_hash` of every text; each different text is hashed once."""
    distinct = raw_texts.unique().to_list()
    known = {text: row_hash(text) for text in distinct}
    return raw_texts.replace_strict(known, default=row_hash(None), return_dtype=pl.String)


def published(rows: pl.DataFrame) -> pl.DataFrame:
    """The table `quarantine`: rows of all sources with fingerprint and texts, in the order published.

    Args:
        rows: what doors and readers sent there, with `decision_id` where a decision rejected a row.
    """
    if "decision_id" not in rows.columns:
        rows = rows.with_columns(decision_id=pl.lit(None, pl.String))
    named = worded(rows).with_columns(row_hash=hashes(rows["raw_text"]))
    return named.select(list(QUARANTINE.columns)).sort(list(QUARANTINE.sort), maintain_order=True)
