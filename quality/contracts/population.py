"""Inhabitants at a date, with the census the figure is carried forward from."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract
from quality.fields import FROM_FILE, UNIT

CONTRACT = Contract(
    table="population",
    description="Population by unit, date and census base",
    key=("ags", "reference_date", "census_base", "territory_date"),
    sort=("ags", "reference_date", "census_base", "territory_date"),
    columns={
        "population_id": Column(dtype=pl.String, description="Key of the row: unit, date, base, territory"),
        "ags": UNIT,
        "reference_date": Column(dtype=pl.Date, description="Date the inhabitants are counted at"),
        "census_base": Column(
            dtype=pl.String,
            description="Census the figure is carried forward from",
            allowed=("census_2011", "census_2022"),
        ),
        "territory_date": Column(dtype=pl.Date, description="Territorial status the figure refers to"),
        "inhabitants": Column(dtype=pl.Int64, description="Inhabitants", unit="persons", minimum=0),
        **FROM_FILE,
    },
)
