"""Single budget figures of seven municipalities, written down with the place they stand at.

Belongs here: reading that list, so that the product has real amounts without network and archive.
Does not belong here: the figures (`embedded/budget_written.csv`), whole budgets (`budgets.py`), or
what a line is spent on (`spending_rule`).

Key of a row: `budget_written:line N:year:phase`. The prefix tells that the lines of a municipality
are not a whole budget: no total may be formed from rows that carry it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from quality.contracts import CONTRACTS
from sources.budget_import.amounts import FORMS, to_cents
from sources.source import Raw, Reading, Source
from sources.written import is_whole_number, only_readable, written_rows

COLUMNS = (
    "ags",
    "year",
    "phase",
    "accounting",
    "direction",
    "budget_part",
    "function_code",
    "function_name",
    "organisation_code",
    "organisation_name",
    "account_code",
    "account_name",
    "line_text",
    "amount_euro",
    "document",
    "place",
)


def read(raws: Sequence[Raw], _needs: Mapping[str, pl.DataFrame]) -> Reading:
    """Budget lines from the figures written down; a figure without its place is not accepted."""
    table = CONTRACTS["budget_line"]
    frames, rejected = [table.empty()], []
    for raw in raws:
        rows, broken = written_rows(raw, COLUMNS, source_id=SOURCE.id, table=table.table)
        rows, unreadable = only_readable(rows, _readable(), source_id=SOURCE.id, table=table.table)
        frames.append(_lines(rows))
        rejected += [broken, unreadable]
    return Reading(tables={table.table: pl.concat(frames)}, rejected=pl.concat(rejected))


def _cents() -> pl.Expr:
    return to_cents(pl.col("amount_euro"), FORMS["point"])


def _readable() -> dict[str, pl.Expr]:
    return {
        "year": is_whole_number("year"),
        "amount_euro": _cents().is_not_null(),
        "document": pl.col("document").is_not_null(),
        "place": pl.col("place").is_not_null(),
    }


def _lines(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(
        budget_line_id=pl.format("{}:{}:{}:{}", pl.lit(SOURCE.id), "locator", "year", "phase"),
        year=pl.col("year").cast(pl.Int64),
        amount_cents=_cents(),
        symbol=pl.lit(None, pl.String),
    ).select(list(CONTRACTS["budget_line"].columns))


SOURCE = Source(
    id="budget_written",
    title="Einzelne Haushaltsbeträge mit Fundstelle",
    publisher="Die je Zeile genannte Kommune; aufgeschrieben von diesem Projekt",
    licence="Tatsachen aus öffentlichen Haushalten (amtliche Werke), mit ihrer Fundstelle aufgeschrieben",
    attribution="Haushalt der jeweiligen Kommune; Zusammenstellung: SDG 17 Kommunalmonitor",
    tables=("budget_line",),
    read=read,
    embedded=("budget_written.csv",),
    rhythm_days=365,
    group="budgets",
)
