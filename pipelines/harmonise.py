"""From tables of single sources to the tables of the house.

Belongs here: putting the rows of all sources together under one contract, and sending rows whose
unit nobody knows to quarantine. Does not belong here: merging partnerships or register editions,
which are questions of content (`sources/partnership_merge.py`, `sources/register_history.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from quality.contract import Contract, enforce, no_rejects
from quality.contracts import CONTRACTS
from quality.decisions.applying import Passed, let_pass
from quality.decisions.entry import Decisions
from quality.reasons import REASONS
from sources.rejection import reject

HOUSE = "house"
"""Source id of rows rejected only when sources are put together."""


def together(
    contract: Contract,
    parts: Mapping[str, pl.DataFrame],
    units: pl.DataFrame | None,
    decisions: Decisions | None = None,
) -> Passed:
    """All rows of one table, and the rows left out: unknown units, keys that contradict each other.

    Args:
        contract: the table.
        parts: source id to its rows.
        units: column ags of all known units, or null where the table has no unit column.
        decisions: those about rows left out here.
    """
    frames = [part for part in parts.values() if part.height]
    frame = pl.concat(frames) if frames else contract.empty()
    known, orphans = _by_unit(frame, contract, units)
    outcome = enforce(known, contract, source_id=HOUSE)
    waiting = pl.concat([orphans, outcome.rejected])
    passed = let_pass(outcome.good, waiting, frame, contract, decisions, source_id=HOUSE)
    good, astray = _by_unit(passed.good, contract, units)  # a decision may name a unit nobody knows, too
    return Passed(good=good, waiting=pl.concat([passed.waiting, astray], how="diagonal"), trace=passed.trace)


def _by_unit(
    frame: pl.DataFrame, contract: Contract, units: pl.DataFrame | None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows about known units, and the others as rows of quarantine."""
    if units is None or frame.is_empty():
        return frame, no_rejects()
    orphans = frame.join(units, on="ags", how="anti")
    if orphans.is_empty():
        return frame, no_rejects()
    return frame.join(units, on="ags", how="semi"), _orphans(orphans, contract)


def _orphans(rows: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    missing = [name for name in ("snapshot_id", "locator", "raw_text") if name not in rows.columns]
    rows = rows.with_columns(pl.lit(None, pl.String).alias(name) for name in missing)
    return reject(
        rows,
        source_id=HOUSE,
        table=contract.table,
        rule="ags_known",
        column="ags",
        value=pl.col("ags"),
        reason="no register edition read in this run lists this unit",
        remedy="Read the register (origin archive or live), or correct the key at the source.",
    )


def reasons() -> pl.DataFrame:
    """The reason codes with their sentences."""

    rows = [{"reason": code, "text_de": text.de, "text_en": text.en} for code, text in REASONS.items()]
    return pl.DataFrame(rows, schema=CONTRACTS["reason"].schema).sort("reason")


def stack(name: str, frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Frames of one contract on top of each other, in published order."""
    contract = CONTRACTS[name]
    filled = [frame.select(list(contract.columns)) for frame in frames if frame.height]
    stacked = pl.concat(filled) if filled else contract.empty()
    in_order = list(contract.sort or contract.key) or list(contract.columns)
    return stacked.sort(in_order, maintain_order=True)
