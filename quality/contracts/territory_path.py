"""How figures of earlier years are carried to the newest territory."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract
from quality.fields import MUNICIPALITY_OR_DISTRICT, UNIT, YEAR

CONTRACT = Contract(
    table="territory_path",
    description=(
        "Parts of the units of the newest territory at earlier year-ends: BBSR keys and territory_step put "
        "together. A unit and year without a row here consisted of itself alone"
    ),
    key=("year", "key_to", "key_from"),
    sort=("level", "key_to", "year", "key_from"),
    columns={
        "year": YEAR,
        "key_from": MUNICIPALITY_OR_DISTRICT,
        "key_to": UNIT,
        "level": Column(
            dtype=pl.String, description="Level of both units", allowed=("municipality", "district")
        ),
        "population_weight": Column(
            dtype=pl.Float64,
            nullable=True,
            description="Share of the inhabitants of key_from that belongs to key_to today; null where unknown",
            minimum=0,
            maximum=1.001,
        ),
        "area_weight": Column(
            dtype=pl.Float64,
            nullable=True,
            description="Share of its area; null where unknown",
            minimum=0,
            maximum=1.001,
        ),
        "is_derived": Column(
            dtype=pl.Boolean,
            description="Whether a step told from register editions alone takes part; its figures are estimates",
        ),
        "is_uninhabited": Column(dtype=pl.Boolean, description="True where key_from had no inhabitants"),
        "via": Column(dtype=pl.String, description="Witnesses in order of time, with the day each leads to"),
        "snapshot_ids": Column(
            dtype=pl.List(pl.String), description="SHA-256 of every file the weights rest on, sorted"
        ),
    },
)
