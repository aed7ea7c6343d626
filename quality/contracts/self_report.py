"""What offices of municipalities and districts report about themselves, with every version kept."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract, Rule
from quality.fields import PHASE, SNAPSHOT, SOURCE, YEAR
from quality.status import Text

CONTRACT = Contract(
    table="self_report",
    description="Own statements (Eigenangaben) of municipalities and districts from the return form, all versions",
    key=("report_id",),
    sort=("ags", "year", "item", "phase", "version"),
    columns={
        "report_id": Column(dtype=pl.String, description="Key of the row: accepted file and place in it"),
        "ags": Column(
            dtype=pl.String,
            description="Official key of the unit that reports: municipality 8 digits, district 5",
            pattern=r"\d{5}|\d{8}",
            references="municipality.ags",
        ),
        "year": YEAR,
        "item": Column(
            dtype=pl.String,
            description="What is reported; the same name as the measure made from it",
            pattern="[a-z0-9_]+",
        ),
        "value": Column(
            dtype=pl.Float64,
            nullable=True,
            description="Value in unit; null where there is no answer, none is possible, or it is suppressed",
            minimum=0,
        ),
        "quantity": Column(
            dtype=pl.Int64,
            nullable=True,
            description="The same value as a whole number: cents for EUR, hundredths for fte, else as it is",
            minimum=0,
        ),
        "unit": Column(
            dtype=pl.String,
            description="Unit of value",
            allowed=("EUR", "0/1", "n", "fte", "months", "points", "level"),
        ),
        "status": Column(
            dtype=pl.String,
            description="What the office says about the value",
            allowed=("reported", "confirmed_zero", "not_applicable", "no_answer"),
        ),
        "obs_status": Column(
            dtype=pl.String, description="CL_OBS_STATUS that follows", allowed=("A", "M", "O", "Q")
        ),
        "phase": PHASE,
        "gross_net": Column(
            dtype=pl.String,
            nullable=True,
            description="Whether money is before or after deducting grants",
            allowed=("gross", "net"),
        ),
        "evidence_url": Column(
            dtype=pl.String, nullable=True, description="Address of the evidence", pattern=r"https?://\S+"
        ),
        "reported_on": Column(dtype=pl.Date, description="Date the office gives its statement"),
        "received_on": Column(dtype=pl.Date, description="Date the file was accepted"),
        "office": Column(dtype=pl.String, description="Office that reports; never a person"),
        "version": Column(
            dtype=pl.Int64, description="1 for the first statement on this unit, year, item, phase", minimum=1
        ),
        "superseded_by": Column(
            dtype=pl.String, nullable=True, description="report_id of the next version; null while in force"
        ),
        "superseded_on": Column(
            dtype=pl.Date, nullable=True, description="Date the next version was accepted"
        ),
        "source_id": SOURCE,
        "snapshot_id": SNAPSHOT,
        "locator": Column(dtype=pl.String, description="Row inside the file"),
        "raw_text": Column(dtype=pl.String, description="The row as the office wrote it"),
    },
    rules=(
        Rule(
            name="a value exactly where the status allows one",
            good=pl.col("value").is_not_null() == (pl.col("obs_status") == "A"),
            says=Text(
                de="ein Wert steht genau dort, wo der Status einen erlaubt",
                en="a value stands exactly where the status allows one",
            ),
            remedy=Text(
                de="Siehe STATUSES in sources/self_report_form.py.",
                en="See STATUSES in sources/self_report_form.py.",
            ),
        ),
    ),
)
"""Every version stays; `superseded_by` is null for the statement in force."""
