"""Records: what every file becomes before it is harmonised, whatever form it came in.

Belongs here: the common shape and the two ways to fill it from rows. Does not belong here: reading
any one file format.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from quality.contract import QUARANTINE_SCHEMA, no_rejects
from sources.source import Raw, SourceChanged

LOCATOR, RAW_TEXT = "_locator", "_raw_text"
"""Columns beside the provider's own: place in the file, and the record as written."""


@dataclass(frozen=True, kw_only=True)
class Records:
    """A file as text columns named by the provider (stripped, never null), `_locator`, `_raw_text`."""

    frame: pl.DataFrame
    rejected: pl.DataFrame = field(default_factory=no_rejects)


def build(
    raw: Raw,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    locators: Sequence[str],
    texts: Sequence[str],
) -> Records:
    """Turn rows of text into records; a row with too many or too few fields is set aside.

    Raises:
        SourceChanged: a column name occurs twice.
    """
    names = [" ".join(name.split()) for name in header]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise SourceChanged(
            f"{raw.name}: column names occur more than once: {', '.join(twice)}. "
            "Name the columns in the description with `header`, or ask the provider."
        )
    wide = len(names)
    fitting = [index for index, row in enumerate(rows) if len(row) == wide]
    frame = pl.DataFrame(
        [rows[index] for index in fitting],
        schema=dict.fromkeys([name or f"column {place}" for place, name in enumerate(names, 1)], pl.String),
        orient="row",
    ).with_columns(pl.all().str.strip_chars())
    provenance = [
        pl.Series(LOCATOR, [locators[index] for index in fitting], dtype=pl.String),
        pl.Series(RAW_TEXT, [texts[index] for index in fitting], dtype=pl.String),
    ]
    misfits = [
        (f"{len(row)} fields", locators[index], texts[index])
        for index, row in enumerate(rows)
        if len(row) != wide
    ]
    return Records(
        frame=frame.with_columns(provenance),
        rejected=rejections(
            raw,
            misfits,
            rule="field_count",
            reason=f"the record does not have the {wide} fields of the header",
            remedy="Check the record for a separator inside a text that is not in quotation marks.",
        ),
    )


def rejections(
    raw: Raw, found: Sequence[tuple[str, str, str]], *, rule: str, reason: str, remedy: str
) -> pl.DataFrame:
    """Quarantine rows from (value, locator, raw text); the source is filled in later."""
    return pl.DataFrame(
        {
            "source_id": [""] * len(found),
            "table_name": ["budget_line"] * len(found),
            "rule": [rule] * len(found),
            "column_name": [None] * len(found),
            "value": [value for value, _, _ in found],
            "reason": [reason] * len(found),
            "remedy": [remedy] * len(found),
            "snapshot_id": [raw.snapshot_id] * len(found),
            "locator": [locator for _, locator, _ in found],
            "raw_text": [text for _, _, text in found],
        },
        schema=dict(QUARANTINE_SCHEMA),
    )
