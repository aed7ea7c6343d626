"""Published code lists of ODA recipients, each as it stood on its day."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract
from quality.fields import FROM_FILE

CONTRACT = Contract(
    table="aid_recipient_vintage",
    description=(
        "Code lists of ODA recipients by date of publication, for checking aid_recipient against; a code "
        "list may lag behind the list that is effective, so it is never used to decide who is a recipient"
    ),
    key=("vintage_date", "dac_code"),
    sort=("vintage_date", "dac_code"),
    columns={
        "vintage_date": Column(dtype=pl.Date, description="Day the code list was published"),
        "dac_code": Column(dtype=pl.String, description="DAC code of the recipient", pattern=r"\d{1,5}"),
        "name": Column(dtype=pl.String, description="English name in the list"),
        "country": Column(
            dtype=pl.String,
            nullable=True,
            description="ISO 3166-1 alpha-3 code; null for regional entries and names of no single country",
            pattern=r"[A-Z]{3}",
            references="country.country",
        ),
        "income_group": Column(dtype=pl.String, nullable=True, description="Group in the list's own words"),
        "dac_group": Column(
            dtype=pl.String,
            nullable=True,
            description="Group; null for regional entries that are no country",
            allowed=("LDC", "OLIC", "LMIC", "UMIC"),
        ),
        **FROM_FILE,
    },
)
