"""What no input may do, whatever its values: every formula and the one sum, in Polars and in DuckDB.

Generic over the catalogue: a new indicator is covered without a line here.
"""

from __future__ import annotations

import math
from typing import Any

import duckdb
import narwhals.stable.v2 as nw
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators import load_indicators, load_measure_groups
from indicators.formula import measures_of, observe
from indicators.indicator import Indicator
from indicators.measure import INPUT_COLUMNS, total
from quality.status import CASCADE, NEVER_WITH_VALUE, WITHOUT_VALUE, worst
from tests.indicators.synthetic import that_count

COMPUTED = [each for each in load_indicators().values() if each.formula]
DECLARED = {each.id: each for group in load_measure_groups().values() for each in group.measures}
DUCK = duckdb.connect()
YEAR = 2020
HUGE_CENTS, HUGE_COUNT = 10**15, 10**9
WITH_VALUE = sorted(set(CASCADE) - NEVER_WITH_VALUE)
Known = tuple[int | None, str]
"""A value with its status, or nothing with the status that says why."""


def known(unit: str) -> st.SearchStrategy[Known]:
    """Values of a measure: zero often, reversals and huge amounts for money, or nothing with a reason."""
    whole = (
        st.integers(min_value=-HUGE_CENTS, max_value=HUGE_CENTS)
        if unit == "cent"
        else st.integers(min_value=0, max_value=HUGE_COUNT)
    )
    number = st.tuples(st.one_of(st.just(0), st.integers(0, 3), whole), st.sampled_from(WITH_VALUE))
    nothing = st.tuples(st.none(), st.sampled_from(sorted(WITHOUT_VALUE)))
    return st.one_of(number, number, nothing)


def measured(rows: list[dict[str, Known]]) -> pl.DataFrame:
    """Table `measure`, made up: one unit per row."""
    return pl.DataFrame(
        [
            {
                "measure_id": name,
                "ags": f"{number:08}",
                "year": YEAR,
                "phase": "actual" if DECLARED[name].unit == "cent" else "none",
                "value": value,
                "obs_status": status,
                "reason": None if status == "A" else "made_up",
                "note": None,
            }
            for number, row in enumerate(rows)
            for name, (value, status) in row.items()
        ],
        schema_overrides={"value": pl.Int64, "year": pl.Int64, "reason": pl.String, "note": pl.String},
    )


def in_polars(indicator: Indicator, rows: list[dict[str, Known]]) -> list[dict[str, Any]]:
    units = pl.DataFrame(
        {"ags": [f"{number:08}" for number in range(len(rows))]},
    ).with_columns(level=pl.lit(indicator.levels[0]), territory_date=pl.lit(None, pl.Date), is_live=True)
    frame = observe(
        indicator,
        measures=measured(rows),
        declared=DECLARED,
        units=units,
        reference_year=YEAR,
        phase="actual",
    )
    return frame.sort("ags").to_dicts()


def in_duckdb(indicator: Indicator, rows: list[dict[str, Known]]) -> list[float | None]:
    wide = pl.DataFrame(
        [{name: value for name, (value, _) in row.items()} for row in rows],
        schema=dict.fromkeys(measures_of(indicator), pl.Int64),
    )
    DUCK.register("wide", wide.to_arrow())
    found = DUCK.execute(f"SELECT CAST({indicator.formula} AS DOUBLE) FROM wide").fetchall()  # noqa: S608
    return [value for (value,) in found]


@pytest.mark.parametrize("indicator", COMPUTED, ids=lambda each: each.id)
@settings(max_examples=8)
@given(data=st.data())
def test_no_reason_becomes_a_number_and_both_engines_agree(indicator: Indicator, data: st.DataObject) -> None:
    parts = {name: known(DECLARED[name].unit) for name in measures_of(indicator)}
    rows = data.draw(st.lists(st.fixed_dictionaries(parts), min_size=1, max_size=20))
    for row, found, other in zip(rows, in_polars(indicator, rows), in_duckdb(indicator, rows), strict=True):
        value, status = found["value"], found["obs_status"]
        how, used = that_count(indicator, row)
        if any(each is None for each, _ in used.values()):
            assert value is None and other is None, "an unknown input gives no number"
            assert found["reason"] is not None
        elif how.denominator and used[how.denominator][0] == 0:
            assert (value, status, other) == (None, "M", None), "nothing is divided by zero"
        elif value is None:
            assert worst(*(flag for _, flag in used.values())) in indicator.says_nothing_at
        else:
            assert value == other
            assert math.isfinite(value)
        assert status in (WITHOUT_VALUE if value is None else set(WITH_VALUE))


contributions = st.lists(
    st.tuples(
        st.sampled_from(["first", "second"]),
        st.sampled_from(["plan", "actual"]),
        known("cent"),
        st.booleans(),
    ),
    min_size=1,
    max_size=20,
)


def given_inputs(rows: list[tuple[str, str, Known, bool]]) -> pl.DataFrame:
    """Table `measure_input`, made up; a row of no table explains why nothing is known."""
    nothing = dict.fromkeys(INPUT_COLUMNS)
    schema = dict.fromkeys(INPUT_COLUMNS, pl.String) | {"year": pl.Int64, "contribution": pl.Int64}
    return pl.DataFrame(
        [
            nothing
            | {
                "measure_id": measure,
                "ags": "01001000",
                "year": YEAR,
                "phase": phase,
                "input_table": None if explains and value is None else "budget_line",
                "contribution": value,
                "obs_status": status,
                "reason": f"because_{status}",
                "note": f"note {number}",
            }
            for number, (measure, phase, (value, status), explains) in enumerate(rows)
        ],
        schema=schema,
    )


@settings(max_examples=40)
@given(rows=contributions)
def test_a_sum_with_an_unknown_part_is_unknown_in_both_engines(
    rows: list[tuple[str, str, Known, bool]],
) -> None:
    inputs = given_inputs(rows)
    units = pl.DataFrame({"measure_id": ["first", "second"], "unit": "cent", "carries_note": [True, False]})
    key = ["measure_id", "phase"]
    polars = (
        total(nw.from_native(inputs.lazy()), nw.from_native(units.lazy())).to_native().collect().sort(key)
    )
    DUCK.register("inputs", inputs.to_arrow())
    DUCK.register("units", units.to_arrow())
    lazy = [nw.from_native(DUCK.table(name)) for name in ("inputs", "units")]
    other = total(lazy[0], lazy[1]).to_native().pl().sort(key)
    for found in polars.to_dicts():
        parts = [each for each in rows if (each[0], each[1]) == (found["measure_id"], found["phase"])]
        values = [value for _, _, (value, _), _ in parts]
        assert found["value"] == (
            None if None in values else sum(value for value in values if value is not None)
        )
        assert found["obs_status"] == worst(*(status for _, _, (_, status), _ in parts))
        assert found["reason"] == f"because_{found['obs_status']}"
        assert found["inputs"] == sum(
            not (explains and value is None) for _, _, (value, _), explains in parts
        )
    assert other.cast(dict(polars.schema)).to_dicts() == polars.to_dicts()
