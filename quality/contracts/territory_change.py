"""Changes of territory, key and name, as the statistical offices list them year by year."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract
from quality.fields import FROM_FILE

CONTRACT = Contract(
    table="territory_change",
    description=(
        "Changes of territory, key and name. A part that stays where it was stands as a row of its own "
        "(is_residual), so that area and inhabitants of a unit before the change add up"
    ),
    key=("change_id", "unit_level", "ars_old", "ars_new"),
    sort=("effective_statistical", "change_id", "ars_old", "ars_new"),
    columns={
        "change_id": Column(dtype=pl.String, description="Number the provider gives the change (Kennziffer)"),
        "unit_level": Column(
            dtype=pl.String,
            description="Level of the unit that changes",
            allowed=("municipality", "association", "district", "region", "land"),
        ),
        "ars_old": Column(
            dtype=pl.String,
            description="Regional key before the change (12 digits, association 9, district 5)",
            pattern=r"\d{2,12}",
        ),
        "ags_old": Column(
            dtype=pl.String,
            nullable=True,
            description="Official key before the change; associations have none",
            pattern=r"\d{5}|\d{8}",
        ),
        "name_old": Column(dtype=pl.String, description="Name before the change"),
        "kinds": Column(
            dtype=pl.String,
            description="1 dissolution, 2 partial separation, 3 change of key, 4 change of name; several with comma",
            pattern=r"[1-4](,[1-4])*",
        ),
        "area_square_metre": Column(
            dtype=pl.Int64,
            nullable=True,
            description="Area that moves or stays",
            unit="square metres",
            minimum=0,
        ),
        "inhabitants": Column(
            dtype=pl.Int64,
            nullable=True,
            description="Inhabitants who move or stay",
            unit="persons",
            minimum=0,
        ),
        "ars_new": Column(dtype=pl.String, description="Regional key after the change", pattern=r"\d{2,12}"),
        "ags_new": Column(
            dtype=pl.String,
            nullable=True,
            description="Official key after the change; associations have none",
            pattern=r"\d{5}|\d{8}",
        ),
        "name_new": Column(dtype=pl.String, description="Name after the change"),
        "effective_legal": Column(dtype=pl.Date, description="Day from which the change holds in law"),
        "effective_statistical": Column(
            dtype=pl.Date, description="Day from which statistics show the change"
        ),
        "is_residual": Column(
            dtype=pl.Boolean,
            description="The part of a unit that stays with it when another part is separated",
        ),
        **FROM_FILE,
    },
)
