"""Changes of values that had already been published, with their causes."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract
from quality.fields import INDICATOR, STATUS, UNIT, YEAR

TEXT = pl.String
LISTED = "(source|method|territory|correction|time|unknown)"

CONTRACT = Contract(
    table="revision",
    description=(
        "Every change of a published value or status, from all releases; a value published for the first "
        "time is none. Causes are deduced from the data, see docs/revisions.md"
    ),
    key=("release_id", "indicator_id", "ags", "year"),
    sort=("ags", "indicator_id", "year", "release_id"),
    columns={
        "release_id": Column(
            dtype=TEXT, description="Release with the new value", references="release_history.release_id"
        ),
        "previous_release_id": Column(
            dtype=TEXT, description="Release with the old value", references="release_history.release_id"
        ),
        "indicator_id": Column(dtype=TEXT, description=INDICATOR.description, pattern=INDICATOR.pattern),
        "ags": Column(dtype=TEXT, description=UNIT.description, pattern=UNIT.pattern),
        "year": YEAR,
        "kind": Column(
            dtype=TEXT,
            description="changed, or withdrawn: the release no longer speaks about it",
            allowed=("changed", "withdrawn"),
        ),
        "old_value": Column(dtype=pl.Float64, nullable=True, description="Value before"),
        "old_status": STATUS,
        "old_reason": Column(dtype=TEXT, nullable=True, description="Reason code before"),
        "new_value": Column(dtype=pl.Float64, nullable=True, description="Value now"),
        "new_status": Column(
            dtype=TEXT, nullable=True, description=STATUS.description, allowed=STATUS.allowed
        ),
        "new_reason": Column(dtype=TEXT, nullable=True, description="Reason code now"),
        "relative_change": Column(
            dtype=pl.Float64,
            nullable=True,
            description="(new - old) / |old|; null where either is unknown or the old value is zero",
        ),
        "old_definition_version": Column(dtype=TEXT, description="Definition of the old value"),
        "new_definition_version": Column(
            dtype=TEXT, nullable=True, description="Definition of the new value"
        ),
        "causes": Column(
            dtype=TEXT,
            description=(
                "source: files the value rests on changed; method: definition or program changed; "
                "territory: territorial status changed; correction: our own correction touches it; "
                "time: the reference year moved on; several with comma"
            ),
            pattern=f"{LISTED}(,{LISTED})*",
        ),
        "evidence": Column(
            dtype=TEXT,
            description=(
                "row: the row itself shows the causes; release: found by elimination, the row shows none "
                "and these are all that changed between the releases"
            ),
            allowed=("row", "release"),
        ),
        "source_ids": Column(
            dtype=TEXT, nullable=True, description="Sources of the files that came or went, with comma"
        ),
        "correction_ids": Column(
            dtype=TEXT, nullable=True, description="Corrections that came, went or changed, with comma"
        ),
    },
)
