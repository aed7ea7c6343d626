"""Spending rules: our own written decisions on which budget line counts as what.

Belongs here: reading `sources/embedded/spending_rules.csv` and refusing rules that cannot be
applied or argued with. Does not belong here: matching rules with budget lines
(`indicators/tagging.py`) and the sums (`indicators/measures/spending.py`).

How to write a rule. One line, one decision, with the evidence a sceptic needs: the wording read,
who the partner is, in which country, and why. The most specific rule wins, see
`indicators/tagging.py`. A rule with tag `none` says that a line which looks as if it counted does
not. `confirmed_none` is the statement that the whole budget of these years holds no such
spending; it has no patterns and share 0, and it is the only way to a zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from quality.contracts.spending_rule import CONTRACT
from quality.reasons import REASONS
from sources.rejection import reject
from sources.source import Raw, Reading, Source
from sources.written import REMEDY, is_date, is_number_or_empty, only_readable, written_rows

SOURCE_ID = "spending_rules"
PATTERNS = ("function_pattern", "organisation_pattern", "account_pattern", "text_pattern")
WRITTEN = tuple(name for name in CONTRACT.columns if name not in ("snapshot_id", "locator", "raw_text"))
"""Columns of the written file, which are those of the table without provenance."""


def read(raws: Sequence[Raw], needed: Mapping[str, pl.DataFrame]) -> Reading:
    """Read the rules; a rule that cannot be read or applied is set aside, the others hold."""
    readings = [_read_one(raw) for raw in raws]
    tables = [reading.tables["spending_rule"] for reading in readings]
    rejected = [reading.rejected for reading in readings]
    return Reading(tables={"spending_rule": pl.concat(tables)}, rejected=pl.concat(rejected))


def _read_one(raw: Raw) -> Reading:
    rows, miscounted = written_rows(raw, WRITTEN, source_id=SOURCE_ID, table="spending_rule")
    readable, unreadable = only_readable(rows, _readable(), source_id=SOURCE_ID, table="spending_rule")
    usable, unusable = _usable(readable)
    typed = usable.with_columns(
        pl.col("confirmed_none") == "true",
        pl.col("year_from", "year_to").cast(pl.Int64),
        pl.col("share").cast(pl.Float64),
        pl.col("decided_on").str.to_date("%Y-%m-%d"),
    ).select(list(CONTRACT.columns))
    return Reading(tables={"spending_rule": typed}, rejected=pl.concat([miscounted, unreadable, unusable]))


def _readable() -> dict[str, pl.Expr]:
    """Cells that must be a number, a year, a date, true or false."""
    return {
        "confirmed_none": pl.col("confirmed_none").is_in(["true", "false"]),
        "year_from": _is_year_or_empty("year_from"),
        "year_to": _is_year_or_empty("year_to"),
        "share": is_number_or_empty("share") & pl.col("share").is_not_null(),
        "decided_on": is_date("decided_on"),
    }


def _is_year_or_empty(column: str) -> pl.Expr:
    return pl.col(column).is_null() | pl.col(column).str.contains(r"^(?:19|20)[0-9]{2}$")


def _usable(rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Split rules by whether they can be applied; one quarantine row per objection."""
    checked = rows.with_row_index("_row")
    objections = [
        (checked.filter(~good.fill_null(False)), name, reason) for name, good, reason in _objections()
    ]
    objections += [(checked.filter(bad), *words) for bad, words in _bad_patterns(rows)]
    reports = [
        reject(
            bad,
            source_id=SOURCE_ID,
            table="spending_rule",
            rule=name,
            value=pl.col("rule_id"),
            reason=reason,
            remedy=REMEDY,
        )
        for bad, name, reason in objections
    ]
    waiting = pl.concat([bad.select("_row") for bad, _, _ in objections])
    return checked.join(waiting, on="_row", how="anti").drop("_row"), pl.concat(reports)


def _objections() -> list[tuple[str, pl.Expr, str]]:
    confirmed = pl.col("confirmed_none") == "true"
    patterns = pl.any_horizontal(pl.col(name).is_not_null() for name in PATTERNS)
    return [
        (
            "pattern_given",
            confirmed | patterns,
            "a rule without any pattern would count the whole budget",
        ),
        (
            "confirmed_none_alone",
            ~confirmed
            | (
                ~patterns
                & pl.col("direction").is_null()
                & (pl.col("share").cast(pl.Float64) == 0)
                & (pl.col("tag") != "none")
            ),
            "a confirmed zero speaks of the whole budget: no pattern, no direction, share 0, a real tag",
        ),
        (
            "years_in_order",
            pl.col("year_from").is_null()
            | pl.col("year_to").is_null()
            | (pl.col("year_from") <= pl.col("year_to")),
            "the first year is after the last",
        ),
        (
            "reason_known",
            pl.col("reason").is_null() | pl.col("reason").is_in(list(REASONS)),
            f"the reason is none of {', '.join(REASONS)}",
        ),
        (
            "flag_explained",
            (pl.col("obs_status") == "A") == pl.col("reason").is_null(),
            "a flag needs a reason, a normal value has none",
        ),
    ]


def _bad_patterns(rows: pl.DataFrame) -> list[tuple[pl.Series, tuple[str, str]]]:
    """Regular expressions that the engine cannot compile, tried with the engine that applies them."""
    return [
        (
            pl.Series([not _compiles(pattern) for pattern in rows[column]], dtype=pl.Boolean),
            (f"{column}_compiles", f"{column} is no regular expression"),
        )
        for column in PATTERNS
    ]


def _compiles(pattern: str | None) -> bool:
    if pattern is None:
        return True
    try:
        pl.Series([""]).str.contains(pattern)
    except pl.exceptions.ComputeError:
        return False
    return True


SOURCE = Source(
    id=SOURCE_ID,
    title="Zuordnung von Haushaltszeilen zu Zwecken",
    publisher="SDG 17 Kommunalmonitor",
    licence="CC BY 4.0",
    attribution="SDG 17 Kommunalmonitor, Zuordnungsregeln mit Begründung",
    tables=("spending_rule",),
    read=read,
    embedded=("spending_rules.csv",),
    always=True,
    rhythm_days=365,
    group="budgets",
)
