"""The published numbers: one value or one reason per indicator, unit and year."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract, Rule
from quality.fields import CONFIDENTIALITY, INDICATOR, STATUS, UNIT, YEAR
from quality.status import Text, consistent_expr

CONTRACT = Contract(
    table="observation",
    description="Published observations: actual figures only; plan figures stand in observation_plan",
    key=("indicator_id", "ags", "year"),
    sort=("indicator_id", "ags", "year"),
    columns={
        "indicator_id": INDICATOR,
        "ags": UNIT,
        "year": YEAR,
        "value": Column(
            dtype=pl.Float64,
            nullable=True,
            description="Value in the unit of the indicator, unrounded; null where there is none",
        ),
        "obs_status": STATUS,
        "conf_status": CONFIDENTIALITY,
        "reason": Column(
            dtype=pl.String, nullable=True, description="Reason code of the status, see table reason"
        ),
        "further_reasons": Column(
            dtype=pl.String,
            nullable=True,
            description="Reason codes of the other flags among the inputs, comma separated",
        ),
        "note": Column(
            dtype=pl.String, nullable=True, description="What else must be known to read the value"
        ),
        "definition_version": Column(dtype=pl.String, description="Version of the indicator definition"),
        "denominator_id": Column(
            dtype=pl.String,
            nullable=True,
            description="Which population the value is related to: date and census base",
        ),
        "territory_date": Column(dtype=pl.Date, nullable=True, description="Territorial status of the unit"),
        "snapshot_ids": Column(
            dtype=pl.List(pl.String), description="SHA-256 of every file the value rests on, sorted"
        ),
    },
    rules=(
        Rule(
            name="value_and_status_agree",
            good=consistent_expr(pl.col("value"), pl.col("obs_status")),
            says=Text(de="Wert und Status passen zusammen", en="value and status agree"),
            remedy=Text(
                de="Ein fehlender Wert braucht Status L, M, O, Q oder U; ein Wert schließt L, M, O und Q aus.",
                en="A null needs status L, M, O, Q or U; a value forbids L, M, O and Q.",
            ),
        ),
    ),
)
