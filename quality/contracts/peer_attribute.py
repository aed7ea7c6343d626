"""What kind of place a municipality or district is, by official typologies."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract
from quality.fields import FROM_FILE, MUNICIPALITY_OR_DISTRICT

CONTRACT = Contract(
    table="peer_attribute",
    description="Settlement type, RegioStaR and similar classes of a unit at a date, in long form",
    key=("ags", "attribute", "reference_date"),
    sort=("attribute", "ags", "reference_date"),
    columns={
        "ags": MUNICIPALITY_OR_DISTRICT,
        "attribute": Column(dtype=pl.String, description="Typology", pattern=r"[a-z0-9_]+"),
        "code": Column(dtype=pl.String, nullable=True, description="Class; null where the provider has none"),
        "label": Column(dtype=pl.String, nullable=True, description="Class in the provider's words"),
        "reference_date": Column(dtype=pl.Date, description="Territory and date the classes hold for"),
        **FROM_FILE,
    },
)
