"""Figures of the GENESIS family, whatever the form of their file: held to their rules, signs interpreted.

Belongs here: what every record must satisfy, and the way from printed text to value, symbol and
status. Does not belong here: cutting files (`genesis_ffcsv.py`, `genesis_table.py`), the meaning of
one sign (`genesis_signs.py`).
"""

from __future__ import annotations

from typing import TypeAlias

import polars as pl

from quality.contract import no_rejects
from sources.genesis_signs import NUMBER, interpreted
from sources.rejection import reject

TABLE = "official_series"
SUB_UNIT = "sub_unit_of_district"
NO_REMEDY = "Nichts zu tun."
REMEDY = "Die Tabelle neu abrufen; bleibt es so, beim Anbieter nachfragen."
Check: TypeAlias = tuple[str, str, pl.Expr, str]
"""Rule, column shown, true where good, reason."""


def reference_date(time: pl.Expr) -> pl.Expr:
    """The date printed, or the last day of the year printed; null where it is neither."""
    return pl.coalesce(
        time.str.to_date("%Y-%m-%d", strict=False),
        (time.str.extract(r"^(\d{4})$") + "-12-31").str.to_date("%Y-%m-%d", strict=False),
    )


def settled(
    table: pl.DataFrame, municipality: pl.DataFrame, source_id: str, provider: str, checks: list[Check]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Records with value, symbol and status, and those that break a rule.

    Args:
        table: records with ags, time, reference_date and printed, beside their provenance.
        municipality: units with validity, to tell "nothing" from "no longer there".
        source_id: source named in the quarantine.
        provider: whose dictionary of signs holds.
        checks: what beside time and form of number each record must satisfy.
    """
    is_number = pl.col("printed").str.contains(NUMBER)
    every: list[Check] = [
        *checks,
        ("time_form", "time", pl.col("reference_date").is_not_null(), "weder Jahr noch Datum (JJJJ-MM-TT)"),
        (
            "number_form",
            "printed",
            is_number | ~pl.col("printed").str.contains(r"\d"),
            "keine Zahl mit Dezimalkomma und ohne Tausenderpunkt",
        ),
    ]
    rejected = [
        rejects(table.filter(~good), source_id, rule, value, reason) for rule, value, good, reason in every
    ]
    table = table.filter(pl.all_horizontal(good for _, _, good, _ in every))
    table = interpreted(table, municipality, provider).with_columns(source_id=pl.lit(source_id))
    unknown = pl.col("obs_status").is_null()
    rejected.append(
        rejects(
            table.filter(unknown), source_id, "symbol_known", "printed", "weder Zahl noch bekanntes Zeichen"
        )
    )
    return table.filter(~unknown), pl.concat([no_rejects(), *rejected])


def rejects(rows: pl.DataFrame, source_id: str, rule: str, column: str | None, reason: str) -> pl.DataFrame:
    """Rows of the quarantine for records that break one rule."""
    return reject(
        rows,
        source_id=source_id,
        table=TABLE,
        rule=rule,
        column=None if column == "printed" else column,
        value=pl.col(column) if column else None,
        reason=reason,
        remedy=NO_REMEDY if rule == SUB_UNIT else REMEDY,
    )
