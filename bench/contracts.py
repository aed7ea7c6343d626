"""Contracts at the door against plain Polars, Great Expectations and pandera on the same table.

Belongs here: the sides and their data. Does not belong here: measuring (`measuring.py`).

All sides ask the same of table `observation`: presence, form, range, allowed codes, a unique key, and that
value and status agree. Ours also sorts the table and puts broken rows aside with their reasons.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import polars as pl

from bench import made_up
from bench.measuring import Benchmark, Ratio, Side
from quality.contract import enforce
from quality.contracts import CONTRACTS

CONTRACT = CONTRACTS["observation"]


def _ours(size: str) -> Callable[[int], object]:
    frame = made_up.observations(size)

    def work(count: int) -> None:
        for _ in range(count):
            outcome = enforce(frame, CONTRACT, source_id="made_up")
            assert outcome.rejected.is_empty()

    return work


def _plain() -> Callable[[int], object]:
    frame = made_up.observations("germany")
    conditions = []
    for name, column in CONTRACT.columns.items():
        value = pl.col(name)
        if not column.nullable:
            conditions.append(value.is_not_null())
        if column.pattern is not None:
            conditions.append(value.str.contains(f"^(?:{column.pattern})$"))
        if column.minimum is not None:
            conditions.append(value.is_between(column.minimum, column.maximum))
        if column.allowed is not None:
            conditions.append(value.is_in(list(column.allowed)))
        if column.dtype == pl.Float64:
            conditions.append(value.is_finite() | value.is_null())
    conditions += [rule.good for rule in CONTRACT.rules]
    broken = [(~good).sum().alias(str(place)) for place, good in enumerate(conditions)]

    def work(count: int) -> None:
        for _ in range(count):
            found = frame.select(*broken, pl.struct(CONTRACT.key).is_duplicated().sum().alias("key"))
            assert sum(found.row(0)) == 0

    return work


def _great_expectations() -> Callable[[int], object]:
    from quality.expectations import audit  # noqa: PLC0415 - each side loads only its own

    frame = made_up.observations("germany")

    def work(count: int) -> None:
        for _ in range(count):
            assert audit({"observation": frame}, {"observation": CONTRACT})["passed"].all()

    return work


def _pandera() -> Callable[[int], object]:
    import pandera.polars as pa  # noqa: PLC0415

    frame = made_up.observations("germany")
    schema = pa.DataFrameSchema(
        {name: _pandera_column(pa, column) for name, column in CONTRACT.columns.items()},
        unique=list(CONTRACT.key),
        checks=[pa.Check(lambda data: data.lazyframe.select(CONTRACT.rules[0].good))],
    )

    def work(count: int) -> None:
        for _ in range(count):
            schema.validate(frame, lazy=True)

    return work


def _pandera_column(pa: Any, column: Any) -> Any:
    checks = []
    if column.pattern is not None:
        checks.append(pa.Check.str_matches(f"^(?:{column.pattern})$"))
    if column.minimum is not None:
        checks.append(pa.Check.in_range(column.minimum, column.maximum))
    if column.allowed is not None:
        checks.append(pa.Check.isin(list(column.allowed)))
    return pa.Column(column.dtype, checks, nullable=column.nullable)


BENCHMARK = Benchmark(
    title="Contracts",
    data="Synthetic table observation: 15 indicators, 20 years; 400, 10,800 and 21,600 municipalities (3,240,000 rows for Germany).",
    sides={
        **{
            f"ours_{size}": Side(title=f"ours, {title}", items=1, prepare=partial(_ours, size))
            for size, title in made_up.TITLES.items()
        },
        "plain": Side(title="the same as plain Polars, Germany", items=1, prepare=_plain),
        "expectations": Side(title="Great Expectations, Germany", items=1, prepare=_great_expectations),
        "pandera": Side(title="pandera on Polars, Germany", items=1, prepare=_pandera),
    },
    ratios=(
        Ratio(slow="expectations", fast="ours_germany", at_least=5),
        Ratio(slow="ours_germany", fast="plain", at_most=1.5),
        Ratio(slow="ours_twice", fast="ours_germany", at_most=2.1),
    ),
    growth=("ours_land", "ours_germany", "ours_twice"),
)
