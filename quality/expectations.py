"""The public audit: Great Expectations suites made from the contracts, run on finished tables.

Belongs here: running the suites on the tables about to be published and reading the outcome. Does
not belong here: what is asked (`quality/suite.py`), rules on more than one table
(`quality/plausibility.py`) and the separation of good rows from bad ones at the door
(`quality/contract.py`), which this audit repeats with other means so that neither is believed blindly.

Great Expectations takes no Polars frames and its import costs seconds, so it is imported when the
audit runs, and only columns whose values are checked are handed over; of every other column it
sees only whether a value is there.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from quality.contract import Contract
from quality.result import EXAMPLES, CheckResult, shortened, to_frame
from quality.status import Text
from quality.suite import STATUS_RULE, Expected, helpers, suite

_LARGE = 50_000
"""Rows from which a table takes noticeable memory."""

Keys = Callable[[Sequence[int]], list[str]]
"""From numbers of rows to their keys."""

_RESULT_FORMAT = {"result_format": "SUMMARY", "partial_unexpected_count": EXAMPLES}


def audit(
    tables: Mapping[str, pl.DataFrame] | Mapping[str, pl.LazyFrame],
    contracts: Mapping[str, Contract],
    skip: Collection[str] = (),
    *,
    alone: bool = False,
) -> pl.DataFrame:
    """Audit finished tables against their contracts.

    Every published table gets one suite. A broken contract forbids the release, and so does an
    expectation that could not be evaluated. Tables named in `skip` are left out. Of a table that is not
    read yet (a LazyFrame), only what is asked about comes into memory.

    Args:
        tables: table to its rows.
        contracts: table to its contract.
        skip: tables nothing is asked about.
        alone: whether the process does nothing else. Then what the library holds of a large table in circles
            is let go of before the next one; searching for it among all modules would cost seconds.

    Returns:
        Rows of `quality_result`, kind `expectation`, with ids `<table>.<rule>`.

    Raises:
        ValueError: a table has no contract.
    """
    unknown = sorted(set(tables) - set(contracts))
    if unknown:
        raise ValueError(f"No contract for {', '.join(unknown)}: declare it in quality/contracts/.")
    context = _context()
    if alone:
        gc.freeze()
    results: list[CheckResult] = []
    for name in sorted(set(tables) - set(skip)):
        if contracts[name].published:
            rows, found = _audit_table(context, tables[name].lazy(), contracts[name])
            results += found
            if alone and rows > _LARGE:
                gc.collect()
    return to_frame(results)


def _audit_table(context: Any, frame: pl.LazyFrame, contract: Contract) -> tuple[int, list[CheckResult]]:
    """Run one suite; the number of rows, and what came of it.

    The data source is dropped afterwards, or every table would stay in memory.
    """
    expected = {one.rule: one for one in suite(contract)}
    source = context.data_sources.add_pandas(contract.table)
    try:
        whole = source.add_dataframe_asset("table").add_batch_definition_whole_dataframe("all")
        shown = _for_audit(frame, contract)
        rows = len(shown)
        batch = whole.get_batch({"dataframe": shown})
        found = batch.validate(_native(contract.table, expected.values()), result_format=_RESULT_FORMAT)
        outcomes = {one.expectation_config.meta["rule"]: one for one in found.results}
    finally:
        context.data_sources.delete(contract.table)
    keys = _keys(frame, contract)
    return rows, [_result(rows, keys, contract, one, outcomes.get(rule)) for rule, one in expected.items()]


def _for_audit(frame: pl.LazyFrame, contract: Contract) -> Any:
    """The table for Great Expectations: checked columns as they are, of the others only presence.

    pandas cannot tell null from NaN; NaN is shown as infinite so that it does not pass for a null.
    """
    checked = _checked_columns(contract)
    schema = frame.collect_schema()
    columns = [_shown(name, dtype) if name in checked else _presence(name) for name, dtype in schema.items()]
    verdicts = [
        good.alias(name)
        for name, good in helpers(contract).items()
        if set(good.meta.root_names()) <= set(schema)
    ]
    return frame.select(*columns, *verdicts).collect(engine="streaming").to_pandas()


def _checked_columns(contract: Contract) -> frozenset[str]:
    asked = {
        one.arguments["column"]
        for one in suite(contract)
        if "column" in one.arguments and one.expectation != "ExpectColumnValuesToNotBeNull"
    }
    conditions = {"value"} if any(rule.name == STATUS_RULE for rule in contract.rules) else set()
    return frozenset(asked | conditions | set(contract.key))


def _shown(name: str, dtype: pl.DataType) -> pl.Expr:
    column = pl.col(name)
    return column.fill_nan(float("inf")) if dtype.is_float() else column


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


def _result(rows: int, keys: Keys, contract: Contract, expected: Expected, outcome: Any) -> CheckResult:
    problem = "Great Expectations returned no result" if outcome is None else _problem(outcome)
    detail = {} if outcome is None else dict(outcome.result)
    passed = problem is None and bool(outcome.success)
    return CheckResult(
        check_id=f"{contract.table}.{expected.rule}",
        kind="expectation",
        table_name=contract.table,
        severity="stop",
        owner=contract.owner,
        passed=passed,
        checked=int(detail.get("element_count", rows)),
        unexpected=None if problem else int(detail.get("unexpected_count", 0 if passed else 1)),
        observed=shortened(problem) if problem else _observed(detail),
        expected=Text(de=shortened(expected.text.de), en=shortened(expected.text.en)),
        examples=None if passed else _examples(keys, detail),
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


def _keys(frame: pl.LazyFrame, contract: Contract) -> Keys:
    """The keys of rows by their numbers, read only where a check failed; empty where a table has no key."""
    key = [name for name in contract.key if name in frame.collect_schema()]

    def of(rows: Sequence[int]) -> list[str]:
        if not key or not rows:
            return []
        text = pl.concat_str(pl.col(key).cast(pl.String).fill_null("null"), separator=" | ")
        return frame.select(key=text).collect()["key"][list(rows)].to_list()

    return of


def _examples(keys: Keys, detail: Mapping[str, Any]) -> str | None:
    """Keys of the first offending rows; the row number where a table has no key."""
    rows = [int(row) for row in detail.get("partial_unexpected_index_list", ())][:EXAMPLES]
    return shortened("; ".join(keys(rows) or [f"row {row + 1}" for row in rows])) or None
