"""Corrections: what a provider says wrongly, what we say instead, and on whose evidence."""

from __future__ import annotations

import polars as pl

from quality.contract import Column, Contract, Rule
from quality.fields import LOCATOR, SNAPSHOT
from quality.status import Text

TEXT = pl.String

CONTRACT = Contract(
    table="correction",
    description=(
        "Declared corrections of providers' rows: one row per value changed or row left out, with the "
        "value as delivered; and every entry that rests because this release does not hold its data"
    ),
    key=("correction_id", "position"),
    sort=("correction_id", "position"),
    columns={
        "correction_id": Column(dtype=TEXT, description="Identifier of the entry"),
        "position": Column(dtype=pl.Int64, description="Number of the row within the entry", minimum=1),
        "file": Column(dtype=TEXT, description="File the entry is declared in"),
        "source_id": Column(dtype=TEXT, nullable=True, description="Source whose rows are wrong"),
        "table_name": Column(dtype=TEXT, nullable=True, description="Table the rows stand in"),
        "row_key": Column(dtype=TEXT, nullable=True, description="Key of the row, column=value"),
        "action": Column(
            dtype=TEXT, nullable=True, description="What is done to the row", allowed=("set", "drop")
        ),
        "column_name": Column(
            dtype=TEXT, nullable=True, description="Column changed; null where the row is left out"
        ),
        "provider_value": Column(
            dtype=TEXT,
            nullable=True,
            description="Value as delivered; of a row left out the record as the provider wrote it",
        ),
        "corrected_value": Column(dtype=TEXT, nullable=True, description="Value used instead"),
        "reason": Column(dtype=TEXT, nullable=True, description="What is wrong, what is right, the evidence"),
        "entered_on": Column(dtype=pl.Date, nullable=True, description="Day the entry was made"),
        "author": Column(dtype=TEXT, nullable=True, description="Role of the person who answers for it"),
        "reported_on": Column(
            dtype=pl.Date, nullable=True, description="Day it was reported to the provider"
        ),
        "report_status": Column(
            dtype=TEXT,
            nullable=True,
            description="Where the matter stands with the provider",
            allowed=("open", "reported", "acknowledged", "declined"),
        ),
        "state": Column(
            dtype=TEXT,
            description=(
                "applied; not_in_origin: this release does not hold the data; expired: the provider says "
                "something else by now; invalid: the entry cannot be read. The last two stop a release"
            ),
            allowed=("applied", "not_in_origin", "expired", "invalid"),
        ),
        "expected": Column(dtype=TEXT, nullable=True, description="What the provider is expected to say"),
        "found": Column(dtype=TEXT, nullable=True, description="What was found"),
        "remedy": Column(dtype=TEXT, nullable=True, description="What to do about an entry not carried out"),
        "snapshot_id": Column(
            dtype=TEXT,
            nullable=True,
            description=SNAPSHOT.description,
            pattern=SNAPSHOT.pattern,
            references=SNAPSHOT.references,
        ),
        "locator": Column(dtype=TEXT, nullable=True, description=LOCATOR.description),
    },
    rules=(
        Rule(
            name="applied_names_its_row",
            good=(pl.col("state") != "applied") | pl.col("row_key").is_not_null(),
            says=Text(
                de="eine ausgeführte Korrektur nennt ihre Zeile",
                en="a correction that was carried out names its row",
            ),
            remedy=Text(
                de="Ein ausgeführter Eintrag hinterlässt den Schlüssel jeder Zeile, die er berührt hat.",
                en="An entry that was carried out leaves the key of every row it touched.",
            ),
        ),
    ),
)
