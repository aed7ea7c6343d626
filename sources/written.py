"""The form of the files in `sources/embedded/` that people of this project wrote down by hand.

Belongs here: cutting such a file into rows with their place and wording, turning its texts into
dates and numbers, and reporting what cannot be turned. Does not belong here: what the rows mean
(one source module per file).

The form: UTF-8, one record a line, cells separated by semicolons and quoted with `"` where they
hold one, a line that starts with `#` is a remark, the first other line names the columns. An empty
cell is unknown (null), never zero.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence

import polars as pl

from quality.contract import no_rejects
from sources.rejection import reject
from sources.source import Raw, SourceChanged

REMEDY = "Correct the line in the file named; the row waits until then."


def written_rows(
    raw: Raw, columns: Sequence[str], *, source_id: str, table: str
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The records of a file as texts with provenance, and the lines that have another number of cells.

    Raises:
        SourceChanged: not UTF-8, or the column names are not those expected.
    """
    head, records = _cut(raw)
    if head != list(columns):
        raise SourceChanged(
            f"{raw.name}: expected the columns {';'.join(columns)}, found {';'.join(head)}. "
            "Restore the line of column names."
        )
    whole = [
        [*cells, raw.snapshot_id, place, line] for cells, place, line in records if len(cells) == len(head)
    ]
    broken = [
        [str(len(cells)), raw.snapshot_id, place, line]
        for cells, place, line in records
        if len(cells) != len(head)
    ]
    provenance = ("snapshot_id", "locator", "raw_text")
    rows = pl.DataFrame(whole, schema=dict.fromkeys((*columns, *provenance), pl.String), orient="row")
    rows = rows.with_columns(pl.col(name).str.strip_chars().replace("", None) for name in columns)
    wrong = pl.DataFrame(broken, schema=dict.fromkeys(("cells", *provenance), pl.String), orient="row")
    return rows, reject(
        wrong,
        source_id=source_id,
        table=table,
        rule="cell_count",
        value=pl.col("cells"),
        reason=f"the line does not have {len(columns)} cells",
        remedy="Add or remove semicolons, or put a text that holds one in double quotes.",
    )


def _cut(raw: Raw) -> tuple[list[str], list[tuple[list[str], str, str]]]:
    try:
        text = raw.unpacked().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceChanged(f"{raw.name} is not UTF-8 ({error}). Save it as UTF-8.") from error
    lines = [
        (next(csv.reader([line], delimiter=";")), f"line {number}", line)
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip() and not line.startswith("#")
    ]
    if not lines:
        raise SourceChanged(f"{raw.name} holds no line of column names; the file is empty.")
    return lines[0][0], lines[1:]


def only_readable(
    rows: pl.DataFrame, readable: dict[str, pl.Expr], *, source_id: str, table: str
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Split rows by whether each column named can be read; one quarantine row per unreadable cell.

    Args:
        rows: records of `written_rows`.
        readable: column name to an expression that is true where the text can be turned into a value.
    """
    reports = [
        reject(
            rows.filter(~good.fill_null(False)),
            source_id=source_id,
            table=table,
            rule=f"{column}_readable",
            column=column,
            value=pl.col(column),
            reason=f"{column} cannot be read",
            remedy=REMEDY,
        )
        for column, good in readable.items()
    ]
    good_rows = rows.filter(pl.all_horizontal(good.fill_null(False) for good in readable.values()))
    return good_rows, pl.concat([no_rejects(), *reports])


def is_whole_number(column: str) -> pl.Expr:
    """True where a cell is a whole number."""
    return pl.col(column).cast(pl.Int64, strict=False).is_not_null()


def is_number_or_empty(column: str) -> pl.Expr:
    """True where a cell is empty or a number with a decimal point."""
    return pl.col(column).is_null() | pl.col(column).cast(pl.Float64, strict=False).is_not_null()


def is_date(column: str) -> pl.Expr:
    """True where a cell is a full date, YYYY-MM-DD."""
    return pl.col(column).str.to_date("%Y-%m-%d", strict=False).is_not_null()


def is_period_or_empty(column: str) -> pl.Expr:
    """True where a cell is empty, a year, a month (YYYY-MM) or a day (YYYY-MM-DD)."""
    return pl.col(column).is_null() | first_day(column).is_not_null()


def first_day(column: str) -> pl.Expr:
    """First day of the year, month or day a cell states."""
    text = pl.col(column)
    return pl.coalesce(
        text.str.to_date("%Y-%m-%d", strict=False),
        (text + "-01").str.to_date("%Y-%m-%d", strict=False),
        (text + "-01-01").str.to_date("%Y-%m-%d", strict=False),
    )


def last_day(column: str) -> pl.Expr:
    """Last day of the year, month or day a cell states."""
    text = pl.col(column)
    return pl.coalesce(
        text.str.to_date("%Y-%m-%d", strict=False),
        (text + "-01").str.to_date("%Y-%m-%d", strict=False).dt.month_end(),
        (text + "-12-31").str.to_date("%Y-%m-%d", strict=False),
    )
