"""Lists of peers that an operator wrote down."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract
from quality.fields import FROM_FILE, MUNICIPALITY_OR_DISTRICT

CONTRACT = Contract(
    table="peer_list",
    description="Own lists of peers as written by an operator: one row per list and unit",
    key=("list_id", "ags"),
    columns={
        "list_id": Column(
            dtype=pl.String, description="Key of the list: file and name of the list", pattern="[a-z0-9_]+"
        ),
        "list_name": Column(dtype=pl.String, description="Name of the list as written"),
        "ags": MUNICIPALITY_OR_DISTRICT,
        **FROM_FILE,
    },
)
