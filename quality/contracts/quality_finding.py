"""Units that a failed check names."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract
from quality.fields import ANY_UNIT

CONTRACT = Contract(
    table="quality_finding",
    description=(
        "Which units the failed checks of this release name, all of them and not only the examples of "
        "quality_result; checks whose rows name no unit have none"
    ),
    key=("check_id", "ags"),
    sort=("ags", "check_id"),
    columns={
        "check_id": Column(dtype=pl.String, description="Failed check, see quality_result.check_id"),
        "ags": Column(dtype=pl.String, description=ANY_UNIT.description),
        "rows": Column(dtype=pl.Int64, description="Rows about this unit that broke it", minimum=1),
        "example": Column(dtype=pl.String, description="The first of these rows"),
    },
)
