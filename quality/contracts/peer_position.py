"""Where a unit stands in each of its peer groups. There is no column for a place in a league table."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract, Rule
from quality.fields import GROUP, INDICATOR, UNIT, YEAR
from quality.status import Text

CONTRACT = Contract(
    table="peer_position",
    description="Position of each unit in its peer groups in the latest comparable year: percentile and place relative to the middle half, or the reason for none",
    key=("indicator_id", "ags", "group_id"),
    columns={
        "indicator_id": INDICATOR,
        "ags": UNIT,
        "year": YEAR,
        "group_id": GROUP,
        "percentile": Column(
            dtype=pl.Float64,
            nullable=True,
            description="Mid-rank percentile 100 * (lower + equal / 2) / n; equal includes the unit itself",
            unit="percent",
            minimum=0,
            maximum=100,
        ),
        "band": Column(
            dtype=pl.String,
            nullable=True,
            description="Below, within or above the middle half (quartiles included) of the group",
            allowed=("below", "within", "above"),
        ),
        "reason": Column(dtype=pl.String, nullable=True, description="Reason code where there is none"),
    },
    rules=(
        Rule(
            name="position_or_reason",
            good=(pl.col("band").is_null() == pl.col("percentile").is_null())
            & (pl.col("band").is_null() == pl.col("reason").is_not_null()),
            says=Text(
                de="eine Einordnung nennt Perzentil und Lage, oder einen Grund für das Fehlen",
                en="a row states percentile and band, or a reason for neither",
            ),
            remedy=Text(
                de="Perzentil und Lage angeben, oder einen Grund für das Fehlen beider.",
                en="A row states percentile and band, or a reason for neither.",
            ),
        ),
    ),
)
