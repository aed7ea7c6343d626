"""Figures of official statistics on German units, table by table, with the signs of the offices kept."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract, Rule
from quality.fields import FROM_FILE, SOURCE, STATUS
from quality.status import Text, consistent_expr

CONTRACT = Contract(
    table="official_series",
    description=(
        "Figures of official statistics on German units (Regionaldatenbank Deutschland, Landesdatenbank "
        "NRW): one row per table, variable, unit, time and breakdown. "
        "Inhabitants stand in population; here only where the office prints a sign in place of their number"
    ),
    key=("table_code", "variable_code", "ags", "time", "breakdown"),
    sort=("table_code", "variable_code", "ags", "time", "breakdown"),
    columns={
        "table_code": Column(dtype=pl.String, description="Code of the provider's table"),
        "variable_code": Column(
            dtype=pl.String,
            description="Code of the variable; where the office prints none, the heading of its column",
        ),
        "ags": Column(
            dtype=pl.String,
            description=(
                "Official key as the provider prints it: municipality 8 digits, district 5, Land 2, DG for "
                "Germany; dissolved units are among them, also such as no register edition read lists"
            ),
            pattern=r"DG|\d{2}|\d{5}|\d{8}",
        ),
        "time": Column(
            dtype=pl.String,
            description="Date (YYYY-MM-DD) or year (YYYY) as printed",
            pattern=r"\d{4}(-\d{2}-\d{2})?",
        ),
        "reference_date": Column(dtype=pl.Date, description="The date, or the last day of the year"),
        "breakdown": Column(
            dtype=pl.String, description="Further characteristics as CODE=VALUE; total where there are none"
        ),
        "value": Column(dtype=pl.Float64, nullable=True, description="Figure in the unit stated"),
        "symbol": Column(
            dtype=pl.String,
            nullable=True,
            description="The office's sign where one stands in place of a figure",
        ),
        "obs_status": STATUS,
        "unit": Column(dtype=pl.String, description="Unit as the provider writes it"),
        "label": Column(dtype=pl.String, description="Name of the variable as the provider writes it"),
        "source_id": SOURCE,
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
