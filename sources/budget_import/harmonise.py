"""Harmonising: records of a described file become budget lines, in form and never in meaning.

Belongs here: filling the columns of `budget_line`, turning signs into directions, setting aside
what does not fit. Does not belong here: reading files, or judging what a line is spent on.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from quality.contract import QUARANTINE_SCHEMA
from quality.contracts.budget_line import CONTRACT
from sources.budget_import.amounts import FORMS, misfit_remedy, to_cents
from sources.budget_import.description import (
    AS_COLUMN,
    REQUIRED,
    TARGETS,
    Amount,
    BudgetFile,
    Description,
    LeaveOut,
)
from sources.budget_import.records import LOCATOR, RAW_TEXT, Records
from sources.budget_import.values import Names, applies, first_of
from sources.source import Raw, Reading, SourceChanged


def harmonise(
    description: Description, file: BudgetFile, raw: Raw, records: Records, names: Names
) -> Reading:
    """Budget lines of one file, and the records that could not become one.

    Raises:
        SourceChanged: a described column is missing, or an unused one now holds figures.
    """
    _check_columns(file, raw, records.frame)
    spoken_of = records.frame.filter(applies(file.only)) if file.only else records.frame
    filled = _fill(description, file, raw, spoken_of, names)
    left_out = pl.any_horizontal([applies(entry.when) for entry in file.leave_out] or [pl.lit(value=False)])
    lines = [_lines(filled.filter(~left_out), description, file, amount) for amount in file.amounts]
    every = pl.concat(lines)
    good = pl.all_horizontal([pl.col(target).is_not_null() for target in REQUIRED]) & ~pl.col("_misfit")
    return Reading(
        tables={"budget_line": every.filter(good).select(_contract_columns())},
        rejected=pl.concat(
            [
                records.rejected,
                *[_left_out(filled, entry) for entry in file.leave_out],
                *[_without(every, target, file) for target in REQUIRED],
                _misfits(every, file),
            ]
        ).with_columns(source_id=pl.lit(description.source_id), snapshot_id=pl.lit(raw.snapshot_id)),
    )


def _contract_columns() -> list[pl.Expr]:
    return [pl.col(name).cast(column.dtype) for name, column in CONTRACT.columns.items()]


def _check_columns(file: BudgetFile, raw: Raw, frame: pl.DataFrame) -> None:
    read = {name for values in file.values.values() for value in values for name in value.columns}
    read |= {amount.column for amount in file.amounts} | {
        name for left in file.leave_out for name in left.when
    }
    read |= {name for unused in file.unused for name in unused.columns} | ({file.key} if file.key else set())
    read |= file.only.keys()
    missing = sorted(read - set(frame.columns))
    if missing:
        raise SourceChanged(
            f"{raw.name}: columns are missing: {', '.join(missing)}. Found: {', '.join(frame.columns[:-2])}. "
            "Compare the header with the description; check encoding and separator first."
        )
    for unused in file.unused:
        nonzero = [name for name in unused.columns if frame[name].str.contains("[1-9]").any()]
        if unused.all_zero and nonzero:
            raise SourceChanged(
                f"{raw.name}: {', '.join(nonzero)} held only zeros and now holds figures. "
                f"They were left out because: {unused.reason}. Describe them as amounts."
            )


def _fill(
    description: Description, file: BudgetFile, raw: Raw, frame: pl.DataFrame, names: Names
) -> pl.DataFrame:
    """The records with every target column computed that does not depend on the amount."""
    targets = {
        target: first_of(file.values[target], names) if target in file.values else pl.lit(None, pl.String)
        for target in TARGETS
    }
    place = pl.col(file.key) if file.key else pl.col(LOCATOR).str.extract(r"(\d+)\D*$", 1)
    return frame.with_columns(
        **{f"target {target}": text for target, text in targets.items()},
        _row=pl.concat_str([pl.lit(f"{description.key_prefix}:{file.short}"), place], separator=":"),
        _snapshot=pl.lit(raw.snapshot_id),
    )


def _lines(filled: pl.DataFrame, description: Description, file: BudgetFile, amount: Amount) -> pl.DataFrame:
    """One row per record for one column of money, still with what does not fit."""
    text = pl.col(amount.column)
    frame = (
        filled.with_columns(_means=_meaning(file, text))
        .filter(pl.col("_means") != "absent")
        .select(
            **{target: _target(amount, target) for target in TARGETS},
            _text=text,
            _means=pl.col("_means"),
            _cents=to_cents(text, FORMS[file.number]),
            _row=pl.col("_row"),
            snapshot_id=pl.col("_snapshot"),
            locator=_locator(file, amount),
            raw_text=pl.col(RAW_TEXT),
        )
    )
    empty = pl.col("_means") == "unknown"
    cents = pl.when(pl.col("_means") == "zero").then(pl.lit(0, pl.Int64)).otherwise(pl.col("_cents"))
    return frame.with_columns(
        budget_line_id=_key(amount),
        ags=pl.lit(description.ags),
        accounting=pl.lit(description.accounting),
        amount_cents=pl.when(_turned(amount)).then(-cents).otherwise(cents),
        symbol=pl.when(empty).then(pl.col("_text")),
        _misfit=cents.is_null() & ~empty,
        _column=pl.lit(amount.column),
    )


def _meaning(file: BudgetFile, text: pl.Expr) -> pl.Expr:
    """What a sign instead of a figure means; an empty cell nobody described is unknown, never zero."""
    meanings = {"": "unknown"} | dict(file.symbols)
    return text.replace_strict(meanings, default="figure", return_dtype=pl.String)


def _target(amount: Amount, target: str) -> pl.Expr:
    text = pl.lit(amount.fixed[target]) if target in amount.fixed else pl.col(f"target {target}")
    if target == "direction" and amount.positive_means:
        return pl.when(text == AS_COLUMN).then(pl.lit(amount.positive_means)).otherwise(text)
    return text.cast(pl.Int64, strict=False) if target == "year" else text


def _locator(file: BudgetFile, amount: Amount) -> pl.Expr:
    if len(file.amounts) == 1:
        return pl.col(LOCATOR)
    return pl.col(LOCATOR) + pl.lit(f" column {amount.column}")


def _key(amount: Amount) -> pl.Expr:
    mark = [pl.lit(amount.mark)] if amount.mark else []
    return pl.concat_str(
        [pl.col("_row"), pl.col("year").cast(pl.String), pl.col("phase"), *mark], separator=":"
    )


def _turned(amount: Amount) -> pl.Expr:
    if amount.positive_means is None:
        return pl.lit(value=False)
    return pl.col("direction") != amount.positive_means


def _quarantined(frame: pl.DataFrame, **columns: pl.Expr | str) -> pl.DataFrame:
    texts = {name: pl.lit(text) if isinstance(text, str) else text for name, text in columns.items()}
    given = {"source_id": pl.lit(""), "snapshot_id": pl.lit(""), "table_name": pl.lit(CONTRACT.table)} | texts
    return frame.select(**given).select(pl.col(name).cast(dtype) for name, dtype in QUARANTINE_SCHEMA.items())


def _left_out(filled: pl.DataFrame, entry: LeaveOut) -> pl.DataFrame:
    return _quarantined(
        filled.filter(applies(entry.when)),
        rule=entry.rule,
        column_name=pl.lit(None, pl.String),
        value=pl.lit(None, pl.String),
        reason=entry.reason,
        remedy=entry.remedy,
        locator=pl.col(LOCATOR),
        raw_text=pl.col(RAW_TEXT),
    )


def _without(every: pl.DataFrame, target: str, file: BudgetFile) -> pl.DataFrame:
    columns = sorted({name for value in file.values.get(target, ()) for name in value.columns})
    shown = ", ".join(columns) or "no column"
    return _quarantined(
        every.filter(pl.col(target).is_null()),
        rule=f"{target}_not_described",
        column_name=target,
        value=pl.lit(None, pl.String),
        reason=f"the description has no {target} for what stands in {shown}",
        remedy="Add the provider's word or code to the description of this city, or correct it at the source.",
        locator=pl.col("locator"),
        raw_text=pl.col("raw_text"),
    )


def _misfits(every: pl.DataFrame, file: BudgetFile) -> pl.DataFrame:
    return _quarantined(
        every.filter(pl.col("_misfit")),
        rule="amount_form",
        column_name=pl.col("_column"),
        value=pl.col("_text"),
        reason=f"the amount does not have the declared number form {file.number}",
        remedy=misfit_remedy(file.number),
        locator=pl.col("locator"),
        raw_text=pl.col("raw_text"),
    )


def joined(readings: Sequence[Reading]) -> Reading:
    """Several files of one source as one reading."""
    return Reading(
        tables={
            CONTRACT.table: pl.concat([CONTRACT.empty(), *[part.tables[CONTRACT.table] for part in readings]])
        },
        rejected=pl.concat([part.rejected for part in readings]),
    )
