"""The public audit: Great Expectations suites made from the contracts, run on finished tables.

Belongs here: turning a contract into a suite, running it on the tables about to be published,
and reading the outcome. Does not belong here: rules on more than one table
(`quality/plausibility.py`) and the separation of good rows from bad ones at the door
(`quality/contract.py`), which this audit repeats with other means so that neither is believed blindly.

Great Expectations takes no Polars frames and its import costs seconds, so it is imported when the
audit runs, and only columns whose values are checked are handed over; of every other column it
sees only whether a value is there.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import polars as pl

from quality.contract import Column, Contract, ascii_pattern
from quality.result import EXAMPLES, CheckResult, shortened, to_frame
from quality.status import NEVER_WITH_VALUE, WITHOUT_VALUE

STATUS_RULE = "value_and_status_agree"
"""The contract rule that is audited as two conditional expectations instead of by its own expression."""

ROWS_EXPECTED: Mapping[str, tuple[int, int | None]] = {
    **dict.fromkeys(("indicator", "measure", "municipality", "observation"), (1, None)),
    **dict.fromkeys(("reason", "snapshot", "source"), (1, None)),
    "release": (1, 1),
}
"""Tables no release can do without: fewest and most rows."""

_RESULT_FORMAT = {"result_format": "SUMMARY", "partial_unexpected_count": EXAMPLES}
_LARGEST_FLOAT = sys.float_info.max


@dataclass(frozen=True, kw_only=True)
class Expected:
    """One expectation as data: its class in Great Expectations, its arguments, and what to say of it.

    `where` limits it to rows in which the column `value` is null or is not.
    """

    rule: str
    expectation: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    text: str
    remedy: str
    where: str | None = None


def audit(tables: Mapping[str, pl.DataFrame], contracts: Mapping[str, Contract]) -> pl.DataFrame:
    """Audit finished tables against their contracts.

    Every published table gets one suite. A broken contract forbids the release, and so does an
    expectation that could not be evaluated.

    Returns:
        Rows of `quality_result`, kind `expectation`, with ids `<table>.<rule>`.

    Raises:
        ValueError: a table has no contract.
    """
    unknown = sorted(set(tables) - set(contracts))
    if unknown:
        raise ValueError(f"No contract for {', '.join(unknown)}: declare it in quality/contracts/.")
    context = _context()
    return to_frame(
        result
        for name in sorted(tables)
        if contracts[name].published
        for result in _audit_table(context, tables[name], contracts[name])
    )


def suite(contract: Contract) -> tuple[Expected, ...]:
    """What Great Expectations is asked about a table, derived from its contract alone."""
    by_column = [one for name, column in contract.columns.items() for one in _of_column(name, column)]
    return (
        _in_order(contract),
        *_filled(contract.table),
        *by_column,
        *_key(contract),
        *_row_rules(contract),
    )


def _in_order(contract: Contract) -> Expected:
    names = [*contract.columns, *_helpers(contract)]
    return Expected(
        rule="columns_in_order",
        expectation="ExpectTableColumnsToMatchOrderedList",
        arguments={"column_list": names},
        text=", ".join(contract.columns),
        remedy=f"Publish exactly the columns of quality/contracts/{contract.table}.py, in that order.",
    )


def _filled(table: str) -> Iterable[Expected]:
    if table not in ROWS_EXPECTED:
        return
    least, most = ROWS_EXPECTED[table]
    yield Expected(
        rule="rows_present",
        expectation="ExpectTableRowCountToBeBetween",
        arguments={"min_value": least, "max_value": most},
        text=f"exactly {least} row" if least == most else f"at least {least} row",
        remedy="Look in table source for the source that was not read and in quarantine for its rows.",
    )


def _of_column(name: str, column: Column) -> Iterable[Expected]:
    if not column.nullable:
        yield Expected(
            rule=f"{name}_present",
            expectation="ExpectColumnValuesToNotBeNull",
            arguments={"column": name},
            text=f"{name} is never null",
            remedy="A null got past the door: look at what computes the column.",
        )
    if column.pattern is not None:
        yield Expected(
            rule=f"{name}_form",
            expectation="ExpectColumnValuesToMatchRegex",
            arguments={"column": name, "regex": rf"\A(?:{ascii_pattern(column.pattern)})\Z"},
            text=f"{name} has the form {column.pattern}",
            remedy="Check leading zeros, length and blanks.",
        )
    if column.allowed is not None:
        yield Expected(
            rule=f"{name}_allowed",
            expectation="ExpectColumnValuesToBeInSet",
            arguments={"column": name, "value_set": list(column.allowed)},
            text=f"{name} is one of {', '.join(column.allowed)}",
            remedy="Map the word to one of these, or announce a new one in the contract.",
        )
    if column.minimum is not None or column.maximum is not None or _is_float(column):
        yield _range(name, column)


def _range(name: str, column: Column) -> Expected:
    """Between the declared bounds; a float without bounds must at least be a number."""
    bounded = column.minimum is not None or column.maximum is not None
    least, most = (-_LARGEST_FLOAT, _LARGEST_FLOAT) if _is_float(column) else (None, None)
    shown = f"{'' if column.minimum is None else column.minimum} … {'' if column.maximum is None else column.maximum}"
    return Expected(
        rule=f"{name}_range" if bounded else f"{name}_finite",
        expectation="ExpectColumnValuesToBeBetween",
        arguments={
            "column": name,
            "min_value": least if column.minimum is None else _comparable(column.minimum),
            "max_value": most if column.maximum is None else _comparable(column.maximum),
        },
        text=f"{name} within {shown}" if bounded else f"{name} is a number or null",
        remedy="Check sign and unit (thousands, cents) and that every denominator is guarded.",
    )


def _key(contract: Contract) -> Iterable[Expected]:
    if not contract.key:
        return
    single = len(contract.key) == 1
    yield Expected(
        rule="key_unique",
        expectation="ExpectColumnValuesToBeUnique" if single else "ExpectCompoundColumnsToBeUnique",
        arguments={"column": contract.key[0]}
        if single
        else {"column_list": list(contract.key), "ignore_row_if": "never"},
        text=f"{', '.join(contract.key)} occur together once",
        remedy="Two rows claim the same key: decide upstream which one is right.",
    )


def _row_rules(contract: Contract) -> Iterable[Expected]:
    for rule in contract.rules:
        if rule.name == STATUS_RULE:
            yield from _status_rules(rule.remedy)
            continue
        yield Expected(
            rule=rule.name,
            expectation="ExpectColumnValuesToBeInSet",
            arguments={"column": f"rule_{rule.name}", "value_set": [True]},
            text=rule.name.replace("_", " "),
            remedy=rule.remedy,
        )


def _status_rules(remedy: str) -> Iterable[Expected]:
    yield Expected(
        rule="null_has_missing_status",
        expectation="ExpectColumnValuesToBeInSet",
        arguments={"column": "obs_status", "value_set": sorted(WITHOUT_VALUE)},
        text=f"where value is null, obs_status is one of {', '.join(sorted(WITHOUT_VALUE))}",
        remedy=remedy,
        where="null",
    )
    yield Expected(
        rule="value_has_no_missing_status",
        expectation="ExpectColumnValuesToNotBeInSet",
        arguments={"column": "obs_status", "value_set": sorted(NEVER_WITH_VALUE)},
        text=f"where value is known, obs_status is none of {', '.join(sorted(NEVER_WITH_VALUE))}",
        remedy=remedy,
        where="known",
    )


def _helpers(contract: Contract) -> Mapping[str, pl.Expr]:
    """Columns that carry the verdict of row rules no single-column expectation can express."""
    return {
        f"rule_{rule.name}": rule.good.fill_null(False) for rule in contract.rules if rule.name != STATUS_RULE
    }


def _audit_table(context: Any, frame: pl.DataFrame, contract: Contract) -> Iterable[CheckResult]:
    """Run one suite. The data source is dropped afterwards, or every table would stay in memory."""
    expected = {one.rule: one for one in suite(contract)}
    source = context.data_sources.add_pandas(contract.table)
    try:
        whole = source.add_dataframe_asset("table").add_batch_definition_whole_dataframe("all")
        batch = whole.get_batch({"dataframe": _for_audit(frame, contract)})
        found = batch.validate(_native(contract.table, expected.values()), result_format=_RESULT_FORMAT)
        outcomes = {one.expectation_config.meta["rule"]: one for one in found.results}
    finally:
        context.data_sources.delete(contract.table)
    return [_result(frame, contract, one, outcomes.get(rule)) for rule, one in expected.items()]


def _for_audit(frame: pl.DataFrame, contract: Contract) -> Any:
    """The table for Great Expectations: checked columns as they are, of the others only presence.

    pandas cannot tell null from NaN; NaN is shown as infinite so that it does not pass for a null.
    """
    checked = _checked_columns(contract)
    columns = [_shown(frame, name) if name in checked else _presence(name) for name in frame.columns]
    helpers = [
        good.alias(name)
        for name, good in _helpers(contract).items()
        if set(good.meta.root_names()) <= set(frame.columns)
    ]
    return frame.select(*columns, *helpers).to_pandas()


def _checked_columns(contract: Contract) -> frozenset[str]:
    asked = {
        one.arguments["column"]
        for one in suite(contract)
        if "column" in one.arguments and one.expectation != "ExpectColumnValuesToNotBeNull"
    }
    conditions = {"value"} if any(rule.name == STATUS_RULE for rule in contract.rules) else set()
    return frozenset(asked | conditions | set(contract.key))


def _shown(frame: pl.DataFrame, name: str) -> pl.Expr:
    column = pl.col(name)
    return column.fill_nan(float("inf")) if frame.schema[name].is_float() else column


def _presence(name: str) -> pl.Expr:
    return pl.when(pl.col(name).is_not_null()).then(pl.lit(1, pl.Int8)).alias(name)


def _context() -> Any:
    """An environment that keeps nothing on disk and prints no progress."""
    import great_expectations  # noqa: PLC0415 - seconds at every start otherwise

    context: Any = great_expectations.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False, "metric_calculations": False}
    return context


def _native(name: str, expected: Iterable[Expected]) -> Any:
    """The suite as Great Expectations wants it; each expectation carries the id it is reported under."""
    import great_expectations  # noqa: PLC0415
    from great_expectations import expectations  # noqa: PLC0415
    from great_expectations.expectations.row_conditions import Column as Condition  # noqa: PLC0415

    conditions = {"null": Condition("value").is_null(), "known": Condition("value").is_not_null()}
    return great_expectations.ExpectationSuite(
        name=name,
        expectations=[
            getattr(expectations, one.expectation)(
                **one.arguments,
                **({"row_condition": conditions[one.where]} if one.where else {}),
                meta={"rule": one.rule},
            )
            for one in expected
        ],
    )


def _result(frame: pl.DataFrame, contract: Contract, expected: Expected, outcome: Any) -> CheckResult:
    problem = "Great Expectations returned no result" if outcome is None else _problem(outcome)
    detail = {} if outcome is None else dict(outcome.result)
    passed = problem is None and bool(outcome.success)
    return CheckResult(
        check_id=f"{contract.table}.{expected.rule}",
        kind="expectation",
        table_name=contract.table,
        severity="stop",
        passed=passed,
        checked=int(detail.get("element_count", frame.height)),
        unexpected=None if problem else int(detail.get("unexpected_count", 0 if passed else 1)),
        observed=shortened(problem) if problem else _observed(detail),
        expected=shortened(expected.text),
        examples=None if passed else _examples(frame, contract, detail),
        remedy=expected.remedy,
    )


def _problem(outcome: Any) -> str | None:
    """Why an expectation could not be evaluated, if so: that counts as failed."""
    information = outcome.exception_info or {}
    nested = [one for one in information.values() if isinstance(one, dict)]
    for one in [information, *nested]:
        if one.get("raised_exception"):
            return f"could not be evaluated: {one.get('exception_message')}"
    return None


def _observed(detail: Mapping[str, Any]) -> str | None:
    if "observed_value" in detail:
        value = detail["observed_value"]
        return shortened(", ".join(map(str, value)) if isinstance(value, list) else str(value))
    values = dict.fromkeys(str(value) for value in detail.get("partial_unexpected_list", ()))
    return shortened(", ".join(values)) or None


def _examples(frame: pl.DataFrame, contract: Contract, detail: Mapping[str, Any]) -> str | None:
    """Keys of the first offending rows; the row number where a table has no key."""
    rows = [int(row) for row in detail.get("partial_unexpected_index_list", ())][:EXAMPLES]
    key = [name for name in contract.key if name in frame.columns]
    if not key:
        return "; ".join(f"row {row + 1}" for row in rows) or None
    keys = frame[rows].select(pl.concat_str(pl.col(key).cast(pl.String).fill_null("null"), separator=" | "))
    return shortened("; ".join(keys.to_series())) or None


def _is_float(column: Column) -> bool:
    return column.dtype in (pl.Float32, pl.Float64)


def _comparable(bound: float | date) -> float | datetime:
    """Bounds as pandas compares them: a date column is one of times there."""
    return datetime(bound.year, bound.month, bound.day) if isinstance(bound, date) else bound
