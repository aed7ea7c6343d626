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

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import polars as pl

from quality.contract import Contract
from quality.result import EXAMPLES, CheckResult, shortened, to_frame
from quality.status import Text
from quality.suite import STATUS_RULE, Expected, helpers, suite

_RESULT_FORMAT = {"result_format": "SUMMARY", "partial_unexpected_count": EXAMPLES}


def audit(
    tables: Mapping[str, pl.DataFrame], contracts: Mapping[str, Contract], skip: Collection[str] = ()
) -> pl.DataFrame:
    """Audit finished tables against their contracts.

    Every published table gets one suite. A broken contract forbids the release, and so does an
    expectation that could not be evaluated. Tables named in `skip` are left out.

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
        for name in sorted(set(tables) - set(skip))
        if contracts[name].published
        for result in _audit_table(context, tables[name], contracts[name])
    )


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
    verdicts = [
        good.alias(name)
        for name, good in helpers(contract).items()
        if set(good.meta.root_names()) <= set(frame.columns)
    ]
    return frame.select(*columns, *verdicts).to_pandas()


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
        owner=contract.owner,
        passed=passed,
        checked=int(detail.get("element_count", frame.height)),
        unexpected=None if problem else int(detail.get("unexpected_count", 0 if passed else 1)),
        observed=shortened(problem) if problem else _observed(detail),
        expected=Text(de=shortened(expected.text.de), en=shortened(expected.text.en)),
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
