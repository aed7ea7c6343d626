"""Rows in quarantine for a person who works through them: found, described, written out.

Belongs here: choosing rows of the last run, the entry a person has to complete, the two forms of export.
Does not belong here: carrying decisions out (`quality/decisions/`), or the words of the command line.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import polars as pl

from pipelines.settings import Settings
from pipelines.store import Store
from quality.contracts import CONTRACTS
from quality.quarantine.rows import QUARANTINE

SHORT = 12
"""Signs of a fingerprint that are shown and suffice to name a row."""
TO_FILL_IN = ("action", "set", "why", "author")
"""Empty columns of an export, for the person who decides; read again by `verdicts.py`."""
_SHOWN = (
    "row", "source_id", "table_name", "rule", "column_name", "value", "reason", "reason_de", "remedy",
    "remedy_de", "locator", "raw_text", "snapshot_id", "decision_id",
)  # fmt: skip
RISKY = ("=", "+", "-", "@", "\t", "\r")
"""Signs at the start of a cell that make a spreadsheet take it for a formula."""


def waiting(settings: Settings) -> pl.DataFrame:
    """Every row of the last run, whether its release was published or not; empty before the first."""
    file = Store(folder=settings.tables).path("house", "quarantine")
    return pl.read_parquet(file) if file.exists() else QUARANTINE.empty()


def chosen(rows: pl.DataFrame, wanted: Mapping[str, str | None]) -> pl.DataFrame:
    """Rows that fit every filter given.

    Args:
        rows: rows of `quarantine`.
        wanted: source, rule (exact), reason and unit (anywhere in the texts); null where not asked.
    """
    exact = {"source": "source_id", "rule": "rule"}
    told = {"reason": ("reason", "reason_de"), "unit": ("value", "raw_text", "reason")}
    for name, value in wanted.items():
        if value is None:
            continue
        if name in exact:
            rows = rows.filter(pl.col(exact[name]) == value)
        else:
            texts = (pl.col(column).fill_null("") for column in told[name])
            rows = rows.filter(pl.any_horizontal(text.str.contains(value, literal=True) for text in texts))
    return rows


def by_reason(settings: Settings) -> pl.DataFrame:
    """Counts of every release so far (`quarantine_history`), newest first; empty before the first."""
    contract = CONTRACTS["quarantine_history"]
    file = Store(folder=settings.tables).path("house", contract.table)
    history = pl.read_parquet(file) if file.exists() else contract.empty()
    return history.sort("release_id", "source_id", "rule", descending=[True, False, False])


def named(rows: pl.DataFrame, start: str) -> pl.DataFrame:
    """Rows whose fingerprint starts so: one row for each rule the record broke."""
    return rows.filter(pl.col("row_hash").str.starts_with(start))


def entry(rows: pl.DataFrame, settings: Settings) -> str:
    """A decision about one record, ready to be completed and put into `decisions/` of the home folder.

    Args:
        rows: its rows of quarantine, at least one.
        settings: those of the home folder, for the day.
    """
    row = rows.row(0, named=True)
    contract = CONTRACTS.get(row["table_name"])
    missing = [
        f"# set.{name} = …   # {column.description}"
        for name, column in (contract.columns.items() if contract else ())
        if not column.nullable and name not in {"snapshot_id", "locator", "raw_text", "source_id"}
    ]
    rules = ", ".join(f'"{rule}"' for rule in rows["rule"].unique().sort())
    return "\n".join(
        [
            "[[decision]]",
            f'id = "{row["source_id"]}_{row["row_hash"][:8]}"',
            f'source = "{row["source_id"]}"',
            f'table = "{row["table_name"]}"',
            f'row = "{row["row_hash"]}"',
            f"locator = {_quoted(row['locator'] or '')}",
            f"rules = [{rules}]",
            'action = "reject"   # or "release", with the values the row lacks',
            'reason = ""         # why, with the evidence; at least 30 letters',
            f"date = {settings.clock():%Y-%m-%d}",
            'author = ""         # role of the person who answers for it',
            *missing,
        ]
    )


def _quoted(text: str) -> str:
    plain = "".join(sign if sign.isprintable() else " " for sign in text)
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


def as_rows(rows: pl.DataFrame) -> list[dict[str, Any]]:
    """Rows for programs."""
    return rows.rename({"row_hash": "row"}).select(_SHOWN).to_dicts()


def as_csv(rows: pl.DataFrame) -> bytes:
    """Rows as German spreadsheets open them: byte order mark, semicolon; no cell is read as a formula."""
    guarded = _to_decide(rows).with_columns(
        pl.when(pl.any_horizontal(pl.col(name).str.starts_with(sign) for sign in RISKY))
        .then("'" + pl.col(name))
        .otherwise(pl.col(name))
        .alias(name)
        for name in _SHOWN
    )
    return ("\ufeff" + guarded.write_csv(separator=";", line_terminator="\r\n")).encode()


def as_workbook(rows: pl.DataFrame) -> bytes:
    """Rows as an XLSX workbook; every cell is text, so none becomes a formula or a link."""
    import xlsxwriter  # noqa: PLC0415 - only where a workbook is asked for

    content = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(content, plain) as book:
        sheet = book.add_worksheet("Quarantaene")
        frame = _to_decide(rows)
        for line, cells in enumerate([tuple(frame.columns), *frame.iter_rows()]):
            for place, cell in enumerate(cells):
                sheet.write_string(line, place, (cell or "")[:32_767])
        sheet.freeze_panes(1, 1)
    return content.getvalue()


def _to_decide(rows: pl.DataFrame) -> pl.DataFrame:
    empty = (pl.lit("").alias(name) for name in TO_FILL_IN)
    return (
        rows.rename({"row_hash": "row"}).select(*_SHOWN, *empty).with_columns(pl.col(_SHOWN).cast(pl.String))
    )
