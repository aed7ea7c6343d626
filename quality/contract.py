"""What must be true of a table, said once and enforced wherever the table is written.

Belongs here: the vocabulary to declare a contract and the function that separates good rows from
bad ones. Does not belong here: the contracts themselves (`quality/contracts/`, one file each) and
rules that need a second table (`quality/plausibility.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import polars as pl

from quality.contract_checks import Check, checks
from quality.status import Text

PROVENANCE = ("snapshot_id", "locator", "raw_text")
"""Columns that lead from a row to the bytes it was read from."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: its type, what it means, and what each value must satisfy by itself.

    `pattern` must match the whole text. `minimum` and `maximum` are inclusive. `references` names
    `table.column` whose values it must be one of; that is checked on the finished release.
    """

    dtype: pl.DataType | type[pl.DataType]
    description: str
    unit: str | None = None
    nullable: bool = False
    pattern: str | None = None
    minimum: float | date | None = None
    maximum: float | date | None = None
    allowed: tuple[str, ...] | None = None
    references: str | None = None


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule on one row that involves more than one column; `good` is true where the row is right.

    `says` is what holds, `remedy` what to do where it does not, both as a page prints them.
    """

    name: str
    good: pl.Expr
    says: Text
    remedy: Text


@dataclass(frozen=True, kw_only=True)
class Contract:
    """A table: columns in published order, the key that is unique, how it is sorted, row rules."""

    table: str
    description: str
    columns: Mapping[str, Column]
    key: tuple[str, ...]
    rules: tuple[Rule, ...] = ()
    published: bool = True
    """Whether the table appears in the released database."""
    owner: Literal["maintainer", "data_steward", "operator"] = "maintainer"
    """Who acts where a published row breaks the contract; the door lets none through, so a mistake of ours."""
    confidential: bool = False
    """Whether its values may appear in no published table, not even as a value that was corrected."""
    sort: tuple[str, ...] = field(default=())

    @property
    def schema(self) -> dict[str, pl.DataType | type[pl.DataType]]:
        """Column name to Polars type, in published order."""
        return {name: column.dtype for name, column in self.columns.items()}

    def empty(self) -> pl.DataFrame:
        """The table without rows, for a source that delivered nothing."""
        return pl.DataFrame(schema=self.schema)


@dataclass(frozen=True, kw_only=True)
class Enforced:
    """The outcome at the door: rows that may go on, and rows that wait with a reason."""

    good: pl.DataFrame
    rejected: pl.DataFrame
    """In the form of the `quarantine` table."""


class SchemaMismatch(ValueError):
    """A table came with missing columns or wrong types: a mistake in our code, never in the data."""


QUARANTINE_SCHEMA: Mapping[str, pl.DataType | type[pl.DataType]] = {
    "source_id": pl.String,
    "table_name": pl.String,
    "rule": pl.String,
    "column_name": pl.String,
    "value": pl.String,
    "reason": pl.String,
    "remedy": pl.String,
    "snapshot_id": pl.String,
    "locator": pl.String,
    "raw_text": pl.String,
}
"""One row per rejected row and rule broken."""


def no_rejects() -> pl.DataFrame:
    """An empty quarantine."""
    return pl.DataFrame(schema=dict(QUARANTINE_SCHEMA))


def enforce(frame: pl.DataFrame, contract: Contract, *, source_id: str) -> Enforced:
    """Split a table into rows that keep the contract and rows that break it, all problems at once.

    A row that breaks several rules appears once per rule in `rejected`. Of rows that share a key,
    all are rejected when they differ and the first is kept when they are equal in every column.

    Raises:
        SchemaMismatch: a declared column is missing or has another type. Columns that are not
            declared are left out.
    """
    frame = _conform(frame, contract)
    order = list(contract.sort or contract.key)
    in_order = frame.sort(order, maintain_order=True) if order else frame
    broken = _broken(frame, checks(contract))
    if not broken and not _has_repeated_keys(in_order, contract):
        return Enforced(good=in_order, rejected=no_rejects())
    numbered = frame.with_row_index("_row")
    reports = [
        numbered.filter(~good.fill_null(False)).select(
            pl.col("_row"),
            *_report(numbered, contract, source_id, rule=name, column=column, reason=reason, remedy=remedy),
        )
        for name, column, good, reason, remedy in broken
    ]
    rejected = pl.concat([*reports, _duplicates(numbered, contract, source_id)])
    good_rows = numbered.join(rejected.select("_row").unique(), on="_row", how="anti", maintain_order="left")
    if contract.key:
        good_rows = good_rows.unique(subset=list(contract.key), keep="first", maintain_order=True)
    return Enforced(
        good=good_rows.drop("_row").sort(order, maintain_order=True),
        rejected=rejected.drop("_row").sort(["rule", "locator"], maintain_order=True),
    )


def _broken(frame: pl.DataFrame, asked: list[Check]) -> list[Check]:
    """The checks that some row breaks, asked all at once: in most tables it is none."""
    found = frame.select(
        (~good.fill_null(False)).any().alias(str(place)) for place, (_, _, good, _, _) in enumerate(asked)
    )
    return [check for place, check in enumerate(asked) if found.height and found[str(place)][0]]


def _has_repeated_keys(in_order: pl.DataFrame, contract: Contract) -> bool:
    """Whether a key occurs twice; beside each other where the order of the table begins with the key."""
    if not contract.key or in_order.height < 2:  # noqa: PLR2004 - one row repeats nothing
        return False
    if set((contract.sort or contract.key)[: len(contract.key)]) == set(contract.key):
        same = (pl.col(name).eq_missing(pl.col(name).shift(1)) for name in contract.key)
        return bool(in_order.select(pl.all_horizontal(same)).to_series()[1:].any())
    return bool(in_order.select(pl.struct(contract.key).is_duplicated().any()).item())


def _conform(frame: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    missing = [name for name in contract.columns if name not in frame.columns]
    wrong = [
        f"{name} is {frame.schema[name]}, not {column.dtype}"
        for name, column in contract.columns.items()
        if name in frame.columns and frame.schema[name] != column.dtype
    ]
    if missing or wrong:
        problems = "; ".join([*(f"{name} is missing" for name in missing), *wrong])
        raise SchemaMismatch(
            f"Table {contract.table} does not have the declared form: {problems}. "
            f"Declared in quality/contracts/{contract.table}.py."
        )
    return frame.select(list(contract.columns))


def _report(
    frame: pl.DataFrame,
    contract: Contract,
    source_id: str,
    *,
    rule: str,
    column: str | None,
    reason: str,
    remedy: str,
) -> list[pl.Expr]:
    def text(name: str) -> pl.Expr:
        return pl.col(name) if name in frame.columns else pl.lit(None, pl.String)

    value = pl.col(column).cast(pl.String) if column else pl.lit(None, pl.String)
    whole_row = pl.struct(list(contract.columns)).struct.json_encode()
    return [
        pl.lit(source_id).alias("source_id"),
        pl.lit(contract.table).alias("table_name"),
        pl.lit(rule).alias("rule"),
        pl.lit(column, pl.String).alias("column_name"),
        value.alias("value"),
        pl.lit(reason).alias("reason"),
        pl.lit(remedy).alias("remedy"),
        text("snapshot_id").alias("snapshot_id"),
        text("locator").alias("locator"),
        pl.coalesce(text("raw_text"), whole_row).alias("raw_text"),
    ]


def _duplicates(frame: pl.DataFrame, contract: Contract, source_id: str) -> pl.DataFrame:
    """Rows whose key occurs more than once with different contents: nobody can say which is right."""
    columns = list(QUARANTINE_SCHEMA)
    if not contract.key or frame.is_empty():
        return no_rejects().select(pl.lit(0, pl.UInt32).alias("_row"), *columns).clear()
    content = [name for name in contract.columns if name not in PROVENANCE]
    clashing = (
        frame.unique(subset=content).group_by(list(contract.key)).len().filter(pl.col("len") > 1).drop("len")
    )
    rows = frame.join(clashing, on=list(contract.key), how="semi", nulls_equal=True)
    shown = pl.concat_str(
        [pl.col(name).cast(pl.String) for name in contract.key], separator=" | ", ignore_nulls=True
    )
    return rows.select(
        pl.col("_row"),
        *_report(
            frame,
            contract,
            source_id,
            rule="key_unique",
            column=None,
            reason=f"the key {', '.join(contract.key)} occurs with different contents",
            remedy="Decide at the source which row is right; until then none is used.",
        ),
    ).with_columns(rows.select(shown.alias("value"))["value"])
