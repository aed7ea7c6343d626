"""Carrying out corrections on a table, leaving a trace of every value that changed.

Belongs here: selecting rows, comparing them with what an entry expects, changing or dropping them,
and the rows of table `correction`. Does not belong here: where tables come from. Pure.

An entry is carried out whole or not at all: where the provider no longer says what the entry expects,
nothing is changed, the trace says so, and a rule of the audit (`quality/rules/corrections.py`) stops
the release. All expired entries of a night are found in one run that way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from quality.contract import Contract
from quality.contracts import CONTRACTS
from quality.corrections.entry import Correction, Entries, Scalar

TRACE = CONTRACTS["correction"]
TOLERANCE = 1e-9
"""How far a number may be from the one expected and count as equal (relative, at least absolute)."""


@dataclass(frozen=True, kw_only=True)
class Corrected:
    """A table after its corrections, and what was done to it."""

    frame: pl.DataFrame
    trace: pl.DataFrame
    """Rows of table `correction`."""


def apply(frame: pl.DataFrame, contract: Contract, entries: Sequence[Correction]) -> Corrected:
    """Carry out every entry on the rows of one provider.

    Args:
        frame: the rows as the provider's files say, before their contract is enforced.
        contract: their contract.
        entries: those of this provider and table (`Entries.of`), in order.
    """
    traces = [TRACE.empty()]
    for entry in entries:
        frame, trace = _carried_out(frame, contract, entry)
        traces.append(trace)
    return Corrected(frame=frame, trace=pl.concat(traces))


def _carried_out(
    frame: pl.DataFrame, contract: Contract, entry: Correction
) -> tuple[pl.DataFrame, pl.DataFrame]:
    scope = _chosen(entry.within, contract)
    if frame.filter(scope).is_empty():
        return frame, resting(entry, "no row of this edition in the files read")
    chosen = scope & _chosen(entry.where, contract)
    rows = frame.filter(chosen)
    found = _difference(rows, entry, contract)
    if found is not None:
        return frame, _untouched(entry, "expired", found, remedy=_remedy(entry))
    if entry.action == "drop":
        return frame.filter(~chosen), _trace(entry, rows, rows, contract)
    changes = _changes(entry, contract)
    changed = [
        pl.when(chosen).then(value).otherwise(pl.col(name)).alias(name) for name, value in changes.items()
    ]
    after = rows.with_columns(value.alias(name) for name, value in changes.items())
    return frame.with_columns(changed), _trace(entry, rows, after, contract)


def _chosen(values: Mapping[str, tuple[Scalar, ...]], contract: Contract) -> pl.Expr:
    """True for rows that have one of the given values in each of the columns; never null."""
    tests = [
        pl.col(name)
        .is_in(pl.Series(list(listed), dtype=contract.columns[name].dtype).implode())
        .fill_null(False)
        for name, listed in values.items()
    ]
    return pl.all_horizontal(pl.lit(True), *tests)


def _changes(entry: Correction, contract: Contract) -> dict[str, pl.Expr]:
    """Column to its right content, in the type the contract asks for."""
    given = {name: pl.lit(value) for name, value in entry.values.items()}
    computed = {name: pl.sql_expr(formula) for name, formula in entry.formulas.items()}
    cleared = {name: pl.lit(None) for name in entry.cleared}
    changes = {**given, **computed, **cleared}
    return {name: value.cast(contract.columns[name].dtype) for name, value in changes.items()}


def _difference(rows: pl.DataFrame, entry: Correction, contract: Contract) -> str | None:
    """How the rows differ from what the entry expects the provider to say; null where they do not."""
    if rows.height != entry.expected_rows:
        return _counted(rows.height)
    for name, value in entry.expected_values.items():
        column = pl.col(name)
        if contract.columns[name].dtype == pl.Float64 and isinstance(value, int | float):
            same = (column - value).abs() <= TOLERANCE * max(1.0, abs(value))
        else:
            same = column == pl.lit(value, dtype=contract.columns[name].dtype)
        others = rows.filter(~same.fill_null(False))
        if others.height:
            return f"{name} = {others[name][0]} in {others.height} of {_counted(rows.height)}"
    return None


def _trace(entry: Correction, before: pl.DataFrame, after: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    """One row per value changed, or per row dropped, with both values as text."""
    names: tuple[str | None, ...] = entry.changed_columns if entry.action == "set" else (None,)
    key = pl.concat_str(
        [pl.format(name + "={}", pl.col(name).cast(pl.String).fill_null("")) for name in contract.key],
        separator=" ",
    )
    parts = [
        before.select(
            row_key=key,
            column_name=pl.lit(name, pl.String),
            provider_value=_text(before, name),
            corrected_value=pl.lit(None, pl.String) if name is None else _text(after, name),
            snapshot_id=_provenance(before, "snapshot_id"),
            locator=_provenance(before, "locator"),
        )
        for name in names
    ]
    return _described(entry, pl.concat(parts), state="applied", found=expectation(entry), remedy=None)


def _text(rows: pl.DataFrame, name: str | None) -> pl.Series | pl.Expr:
    """A column as text; of a dropped row the record as the provider wrote it."""
    chosen = name or ("raw_text" if "raw_text" in rows.columns else rows.columns[0])
    return rows[chosen].cast(pl.String)


def _provenance(rows: pl.DataFrame, name: str) -> pl.Expr:
    return pl.col(name) if name in rows.columns else pl.lit(None, pl.String)


def expectation(entry: Correction) -> str:
    """What an entry expects the provider to say, in words."""
    values = [f"{name} = {value}" for name, value in entry.expected_values.items()]
    return ", ".join([_counted(entry.expected_rows), *values])


def _counted(rows: int) -> str:
    return f"{rows} row{'' if rows == 1 else 's'}"


def _remedy(entry: Correction) -> str:
    return (
        f"The provider ({entry.provider}) no longer says what this entry corrects. Look at the new value: "
        f"where it is right, remove the entry {entry.id} from {entry.file}; where it is still wrong, "
        "state the new value in expect."
    )


def resting(entry: Correction, found: str) -> pl.DataFrame:
    """The trace of an entry about data this release does not hold."""
    return _untouched(entry, "not_in_origin", found, remedy=None)


def unreadable(entries: Entries) -> pl.DataFrame:
    """The trace of entries that cannot be understood."""
    rows = [
        {
            "correction_id": each.id,
            "position": number,
            "file": each.file,
            "state": "invalid",
            "found": each.text,
            "remedy": f"Correct the entry in {each.file}.",
        }
        for number, each in enumerate(entries.problems, start=1)
    ]
    return pl.DataFrame(rows, schema=TRACE.schema)


def untaken(entries: Iterable[Correction], taken: Iterable[str]) -> pl.DataFrame:
    """The trace of entries no source has taken up: it is not part of the origin, or could not be read."""
    seen = set(taken)
    left = [resting(each, "source not read in this run") for each in entries if each.id not in seen]
    return pl.concat([TRACE.empty(), *left])


def _untouched(entry: Correction, state: str, found: str, *, remedy: str | None) -> pl.DataFrame:
    nothing = {
        name: [None]
        for name in ("row_key", "column_name", "provider_value", "corrected_value", "snapshot_id", "locator")
    }
    rows = pl.DataFrame(nothing, schema=dict.fromkeys(nothing, pl.String))
    return _described(entry, rows, state=state, found=found, remedy=remedy)


def _described(
    entry: Correction, rows: pl.DataFrame, *, state: str, found: str, remedy: str | None
) -> pl.DataFrame:
    said = {
        "correction_id": entry.id,
        "file": entry.file,
        "source_id": entry.provider,
        "table_name": entry.table,
        "action": entry.action,
        "reason": entry.reason,
        "entered_on": entry.date,
        "author": entry.author,
        "reported_on": entry.reported,
        "report_status": entry.status,
        "state": state,
        "expected": expectation(entry),
        "found": found,
        "remedy": remedy,
    }
    described = rows.with_columns(
        pl.lit(value, dtype=TRACE.columns[name].dtype).alias(name) for name, value in said.items()
    )
    return described.with_columns(position=pl.int_range(1, pl.len() + 1, dtype=pl.Int64)).select(
        list(TRACE.columns)
    )
