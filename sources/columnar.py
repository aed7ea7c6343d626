"""Parquet files as tables, opened without trusting them.

Belongs here: refusing what is no Parquet file, has other columns or claims too many rows. Does not
belong here: what the columns mean (the source's own module).
"""

from __future__ import annotations

import io
from collections.abc import Mapping

import polars as pl

from sources.source import Raw, SourceChanged

ROW_LIMIT = 20_000_000
"""Most rows accepted from one file: repeated values pack so well that size alone says nothing."""

Schema = Mapping[str, pl.DataType | type[pl.DataType]]


def columns_of(raw: Raw, schema: Schema) -> pl.DataFrame:
    """The columns asked for, in their declared order and type, with the row number and provenance.

    Raises:
        SourceChanged: not a complete Parquet file, a column is missing or of another type, too many rows.
    """
    content = raw.unpacked()
    try:
        found = pl.read_parquet_schema(io.BytesIO(content))
        rows = int(pl.scan_parquet(io.BytesIO(content)).select(pl.len()).collect().item())
        _examine(raw, schema, found, rows)
        table = pl.read_parquet(io.BytesIO(content), columns=list(schema))
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        raise SourceChanged(
            f"{raw.name} is not a complete Parquet file ({error}). Fetch it again."
        ) from error
    return (
        table.select(list(schema))
        .with_columns(
            snapshot_id=pl.lit(raw.snapshot_id),
            raw_text=pl.concat_str(
                [pl.col(name).cast(pl.String).fill_null("") for name in schema], separator=";"
            ),
        )
        .with_row_index("row", offset=1)
        .with_columns(locator=pl.format("row {}", "row"))
        .drop("row")
    )


def _examine(raw: Raw, schema: Schema, found: Mapping[str, pl.DataType], rows: int) -> None:
    wrong = [
        f"{name} ({found.get(name, 'missing')} instead of {dtype})"
        for name, dtype in schema.items()
        if found.get(name) != dtype
    ]
    if wrong:
        raise SourceChanged(f"{raw.name}: columns differ from those described: {', '.join(wrong)}.")
    if rows > ROW_LIMIT:
        raise SourceChanged(f"{raw.name} claims {rows:,} rows, more than {ROW_LIMIT:,}, and is refused.")
