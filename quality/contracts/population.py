"""Inhabitants at a date, with the census the figure is carried forward from."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract

CONTRACT = Contract(
    table="population",
    description="Population by unit, date and census base",
    key=("ags", "reference_date", "census_base", "territory_date"),
    sort=("ags", "reference_date", "census_base", "territory_date"),
    columns={
        "population_id": Column(dtype=pl.String, description="Key of the row: unit, date, base, territory"),
        "ags": Column(
            dtype=pl.String,
            description="Official key of the unit: municipality 8 digits (AGS), association 9, district 5, Land 2, DG for Germany",
            pattern=r"DG|\d{2}|\d{5}|\d{8}|\d{9}",
            references="municipality.ags",
        ),
        "reference_date": Column(dtype=pl.Date, description="Date the inhabitants are counted at"),
        "census_base": Column(
            dtype=pl.String,
            description="Census the figure is carried forward from",
            allowed=("census_2011", "census_2022"),
        ),
        "territory_date": Column(dtype=pl.Date, description="Territorial status the figure refers to"),
        "inhabitants": Column(dtype=pl.Int64, description="Inhabitants", unit="persons", minimum=0),
        "snapshot_id": Column(
            dtype=pl.String,
            description="SHA-256 of the bytes this row was read from",
            pattern="[0-9a-f]{64}",
            references="snapshot.snapshot_id",
        ),
        "locator": Column(
            dtype=pl.String, description="Place inside the file: line, sheet and row, or key path"
        ),
        "raw_text": Column(dtype=pl.String, description="The record as the provider wrote it"),
    },
)
