"""National and Land series on global partnership, as the context of municipal figures."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract, Rule
from quality.fields import FROM_FILE, STATUS
from quality.status import Text, consistent_expr

CONTRACT = Contract(
    table="reference_series",
    description="Series of the German sustainability strategy on SDG 17: Germany and Länder, never municipalities",
    key=("series_id", "ags", "year"),
    sort=("series_id", "ags", "year"),
    columns={
        "series_id": Column(dtype=pl.String, description="Indicator and breakdown"),
        "indicator": Column(
            dtype=pl.String, description="Indicator of the national strategy", pattern=r"17\.\d[a-z]?"
        ),
        "breakdown": Column(
            dtype=pl.String,
            nullable=True,
            description="Breakdown in the provider's words; null for the whole",
        ),
        "ags": Column(
            dtype=pl.String, description="DG for Germany, 2 digits for a Land", pattern=r"DG|\d{2}"
        ),
        "year": Column(dtype=pl.Int64, description="Year", minimum=1950, maximum=2100),
        "unit": Column(dtype=pl.String, description="Unit in the provider's words"),
        "value": Column(dtype=pl.Float64, nullable=True, description="Value in that unit"),
        "symbol": Column(
            dtype=pl.String,
            nullable=True,
            description="Sign the provider put beside or in place of the figure",
        ),
        "obs_status": STATUS,
        "comment": Column(dtype=pl.String, nullable=True, description="The provider's remark"),
        **FROM_FILE,
    },
    rules=(
        Rule(
            name="value_and_status_agree",
            good=consistent_expr(pl.col("value"), pl.col("obs_status")),
            says=Text(de="Wert und Status passen zusammen", en="value and status agree"),
            remedy=Text(
                de="Ein fehlender Wert braucht Status L, M, O, Q oder U; ein Wert schließt L, M, O und Q aus.",
                en="A missing figure needs a status that says why; a figure must not carry such a status.",
            ),
        ),
    ),
)
