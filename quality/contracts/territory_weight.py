"""Weights that carry a figure from the territory of one year to that of another."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract
from quality.fields import FROM_FILE

CONTRACT = Contract(
    table="territory_weight",
    description=(
        "How much of a unit of an earlier year lies in which unit of a later territory. Weights are the "
        "publisher's; where those of one unit do not add up to one, defect says so. What was corrected by a "
        "declared entry stands in table correction with the publisher's value"
    ),
    key=("year_from", "key_from", "key_to", "territory_to"),
    sort=("level", "year_from", "key_from", "key_to"),
    columns={
        "year_from": Column(
            dtype=pl.Int64,
            description="Year whose territory (31 December) the key stems from",
            minimum=1990,
            maximum=2100,
        ),
        "key_from": Column(
            dtype=pl.String,
            description="Key in that year: municipality 8 digits, district 5",
            pattern=r"\d{5}|\d{8}",
        ),
        "key_to": Column(dtype=pl.String, description="Key in the later territory", pattern=r"\d{5}|\d{8}"),
        "territory_to": Column(dtype=pl.Date, description="Date of the later territory"),
        "level": Column(
            dtype=pl.String, description="Level of both units", allowed=("municipality", "district")
        ),
        "population_weight": Column(
            dtype=pl.Float64, description="Share of the inhabitants", minimum=0, maximum=1
        ),
        "area_weight": Column(dtype=pl.Float64, description="Share of the area", minimum=0, maximum=1),
        "employment_weight": Column(
            dtype=pl.Float64,
            nullable=True,
            description="Share of the employees; not published before 1997",
            minimum=0,
            maximum=1,
        ),
        "defect": Column(
            dtype=pl.String,
            nullable=True,
            description=(
                "Weights of this unit and year that do not add up to one: population, area, employment; "
                "several with comma"
            ),
            pattern="(population|area|employment)(,(population|area|employment))*",
        ),
        **FROM_FILE,
    },
)
