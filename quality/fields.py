"""Columns that mean the same in every table, said once.

Belongs here: a column whose name, type, meaning and checks are equal wherever it stands. Does not
belong here: a column of one table only, or one whose meaning depends on the table.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from quality.contract import Column
from quality.status import OBS_STATUS

OBS_CODES = tuple(OBS_STATUS)
"""Codes of CL_OBS_STATUS in use."""

ANY_LEVEL = r"DG|\d{2}|\d{5}|\d{8}|\d{9}"
"""Form of the key of a unit of any level."""

ANY_UNIT = Column(
    dtype=pl.String,
    description="Official key of the unit: municipality 8 digits (AGS), association 9, district 5, Land 2, DG for Germany",
    pattern=ANY_LEVEL,
)
"""Key of a unit of any level, in the tables that define units."""

UNIT = Column(
    dtype=pl.String,
    description=ANY_UNIT.description,
    pattern=ANY_LEVEL,
    references="municipality.ags",
)
"""Key of a unit of any level, in the tables that speak about units."""

MUNICIPALITY_OR_DISTRICT = Column(
    dtype=pl.String,
    description="Official key: municipality 8 digits, district 5",
    pattern=r"\d{5}|\d{8}",
)

ARS = Column(
    dtype=pl.String,
    nullable=True,
    description="Regional key ARS, 12 digits, municipalities only",
    pattern=r"\d{12}",
)

YEAR = Column(dtype=pl.Int64, description="Reference year", minimum=1990, maximum=2100)

PHASE = Column(
    dtype=pl.String,
    description="plan or actual for money, none for everything else",
    allowed=("plan", "actual", "none"),
)

STATUS = Column(dtype=pl.String, description="CL_OBS_STATUS", allowed=OBS_CODES)

CONFIDENTIALITY = Column(
    dtype=pl.String,
    description="CL_CONF_STATUS: F free for publication, C confidential (few persons), D withheld so that confidential values cannot be computed, N not for publication",
    allowed=("F", "N", "C", "D"),
)

SOURCE = Column(dtype=pl.String, description="Source", references="source.source_id")

INDICATOR = Column(
    dtype=pl.String,
    description="Indicator",
    pattern=r"[a-z0-9_]+",
    references="indicator.indicator_id",
)

MEASURE = Column(dtype=pl.String, description="Measure", pattern=r"[a-z0-9_]+")

GROUP_FORM = r"[a-z0-9_]+(?:\.[a-z0-9_]+)*"
"""Form of the key of a peer group."""

GROUP = Column(
    dtype=pl.String, description="Peer group", pattern=GROUP_FORM, references="peer_group.group_id"
)

SNAPSHOT = Column(
    dtype=pl.String,
    description="SHA-256 of the bytes this row was read from (of return forms a keyed one)",
    pattern="[0-9a-f]{64}",
    references="snapshot.snapshot_id",
)

LOCATOR = Column(dtype=pl.String, description="Place inside the file: line, sheet and row, or key path")

RAW_TEXT = Column(dtype=pl.String, description="The record as the provider wrote it")

FROM_FILE: Mapping[str, Column] = {"snapshot_id": SNAPSHOT, "locator": LOCATOR, "raw_text": RAW_TEXT}
"""The three columns that lead from a row to the bytes it was read from."""
