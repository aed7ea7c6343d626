"""The DAC list of ODA recipients, year by year."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract
from quality.fields import FROM_FILE

CONTRACT = Contract(
    table="aid_recipient",
    description="DAC list of ODA recipients by reporting year: who is a recipient, in which group",
    key=("country", "year"),
    sort=("country", "year"),
    columns={
        "country": Column(
            dtype=pl.String,
            description="ISO 3166-1 alpha-3 code",
            pattern=r"[A-Z]{3}",
            references="country.country",
        ),
        "year": Column(
            dtype=pl.Int64, description="Reporting year the list holds for", minimum=2000, maximum=2100
        ),
        "is_recipient": Column(dtype=pl.Boolean, description="On the list in that year"),
        "dac_group": Column(
            dtype=pl.String,
            nullable=True,
            description="Group on the list",
            allowed=("LDC", "OLIC", "LMIC", "UMIC"),
        ),
        "is_ldc": Column(
            dtype=pl.Boolean, description="Stands in the column of least developed countries in that year"
        ),
        "document": Column(dtype=pl.String, description="List it is taken from"),
        **FROM_FILE,
    },
)
