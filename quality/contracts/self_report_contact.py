"""Which municipalities and districts were asked to report, and for which year."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract
from quality.fields import SNAPSHOT

CONTRACT = Contract(
    table="self_report_contact",
    description="Contact list of the return form: who was asked about which year; silence is no zero",
    key=("ags", "year"),
    sort=("ags", "year"),
    columns={
        "ags": Column(
            dtype=pl.String,
            description="Official key of the unit that was asked: municipality 8 digits, district 5",
            pattern=r"\d{5}|\d{8}",
            references="municipality.ags",
        ),
        "year": Column(dtype=pl.Int64, description="Year asked about", minimum=1990, maximum=2100),
        "contacted_on": Column(dtype=pl.Date, description="Day of the inquiry"),
        "snapshot_id": SNAPSHOT,
        "locator": Column(dtype=pl.String, description="Line of the contact list"),
        "raw_text": Column(dtype=pl.String, description="The line as written"),
    },
)
