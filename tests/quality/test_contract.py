"""A museum of broken rows for the door every table passes through."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import duckdb
import polars as pl
import pytest

from quality.contract import QUARANTINE_SCHEMA, Column, Contract, Rule, SchemaMismatch, enforce, no_rejects
from quality.contracts import CONTRACTS
from quality.status import Text
from tests.quality.made_up import good_table

TEXT = Text(de="Ansehen.", en="Look.")
FORM = Contract(
    table="made_up",
    description="A test's own table",
    key=("ags", "year"),
    columns={
        "ags": Column(dtype=pl.String, description="Key", pattern=r"\d{2}|\d{8}"),
        "year": Column(dtype=pl.Int64, description="Year", minimum=1990, maximum=2100),
        "day": Column(dtype=pl.Date, description="Day", nullable=True, minimum=date(2000, 1, 1), maximum=date(2030, 12, 31)),
        "value": Column(dtype=pl.Float64, description="Value", nullable=True),
        "phase": Column(dtype=pl.String, description="Phase", allowed=("plan", "actual")),
        "snapshot_id": Column(dtype=pl.String, description="File"),
        "locator": Column(dtype=pl.String, description="Place"),
        "raw_text": Column(dtype=pl.String, description="As written", nullable=True),
    },
    rules=(Rule(name="plan_is_not_old", good=(pl.col("phase") == "actual") | (pl.col("year") >= 2000), says=TEXT, remedy=TEXT),),
)  # fmt: skip
GOOD = {
    "ags": "09188121", "year": 2015, "day": date(2015, 1, 1), "value": 1.0, "phase": "actual",
    "snapshot_id": "f" * 64, "locator": "line 1", "raw_text": "09188121;2015",
}  # fmt: skip


def _enforced(*rows: dict[str, object]) -> tuple[pl.DataFrame, pl.DataFrame]:
    outcome = enforce(pl.DataFrame(rows, schema=FORM.schema, orient="row"), FORM, source_id="made_up_source")
    return outcome.good, outcome.rejected


@pytest.mark.parametrize(
    ("broken", "rules"),
    [
        ({}, []),
        ({"day": None, "value": None, "raw_text": None}, []),
        ({"ags": "09"}, []),
        ({"year": 1990}, []),
        ({"year": 2100}, []),
        ({"day": date(2000, 1, 1)}, []),
        ({"value": 0.0}, []),
        ({"ags": None}, ["ags_present"]),
        ({"ags": ""}, ["ags_form"]),
        ({"ags": "9188121"}, ["ags_form"]),
        ({"ags": " 09188121"}, ["ags_form"]),
        ({"ags": "09188121\n"}, ["ags_form"]),
        ({"ags": "091881210"}, ["ags_form"]),
        ({"ags": "x09188121"}, ["ags_form"]),
        ({"ags": "٠٩١٨٨١٢١"}, ["ags_form"]),
        ({"year": 1989}, ["year_minimum"]),
        ({"year": 2101}, ["year_maximum"]),
        ({"year": None}, ["year_present"]),
        ({"day": date(1999, 12, 31)}, ["day_minimum"]),
        ({"day": date(2031, 1, 1)}, ["day_maximum"]),
        ({"value": float("nan")}, ["value_finite"]),
        ({"value": float("inf")}, ["value_finite"]),
        ({"phase": "Actual"}, ["phase_allowed"]),
        ({"phase": None}, ["phase_present"]),
        ({"phase": "plan", "year": 1999}, ["plan_is_not_old"]),
        ({"ags": "x", "year": 1, "phase": "plan", "value": float("nan")},
         ["ags_form", "plan_is_not_old", "value_finite", "year_minimum"]),
        ({"ags": None, "year": None, "phase": None},
         ["ags_present", "phase_present", "plan_is_not_old", "year_present"]),
    ],
)  # fmt: skip
def test_museum_of_broken_rows(broken: dict[str, object], rules: list[str]) -> None:
    """A row is reported once per rule it breaks, and its good neighbours go on."""
    neighbour = {**GOOD, "year": 2020, "locator": "line 2"}
    good, rejected = _enforced({**GOOD, **broken}, neighbour)
    assert rejected["rule"].to_list() == rules
    assert good.height == (2 if not rules else 1)
    assert set(rejected["locator"]) <= {"line 1"}


def test_rejected_row_says_where_it_stood_and_what_to_do() -> None:
    _, rejected = _enforced({**GOOD, "year": 1989})
    assert rejected.row(0, named=True) == {
        "source_id": "made_up_source",
        "table_name": "made_up",
        "rule": "year_minimum",
        "column_name": "year",
        "value": "1989",
        "reason": "year is below 1990",
        "remedy": "Check the sign and the unit in the source.",
        "snapshot_id": "f" * 64,
        "locator": "line 1",
        "raw_text": "09188121;2015",
    }


def test_row_without_raw_text_is_kept_as_json() -> None:
    _, rejected = _enforced({**GOOD, "year": 1989, "raw_text": None})
    assert '"ags":"09188121"' in rejected["raw_text"][0] and '"day":"2015-01-01"' in rejected["raw_text"][0]


def test_rule_that_cannot_be_decided_is_broken() -> None:
    """A null on which a rule depends is no proof that the rule holds."""
    form = Contract(
        table="made_up", description="x", key=(), sort=("a",),
        columns={"a": Column(dtype=pl.Int64, description="A", nullable=True)},
        rules=(Rule(name="positive", good=pl.col("a") > 0, says=TEXT, remedy=TEXT),),
    )  # fmt: skip
    outcome = enforce(pl.DataFrame({"a": [1, None]}, schema=form.schema), form, source_id="s")
    assert outcome.good["a"].to_list() == [1]
    assert outcome.rejected["rule"].to_list() == ["positive"]


def test_equal_rows_with_one_key_become_the_first_of_them() -> None:
    """Provenance may differ: the same statement read twice is one statement."""
    good, rejected = _enforced({**GOOD, "locator": "line 7"}, {**GOOD, "locator": "line 8"})
    assert good["locator"].to_list() == ["line 7"]
    assert rejected.is_empty()


def test_differing_rows_with_one_key_are_all_rejected() -> None:
    rows = [GOOD, {**GOOD, "locator": "line 2"}, {**GOOD, "value": 2.0, "locator": "line 3"}]
    good, rejected = _enforced(*rows, {**GOOD, "year": 2016})
    assert good["year"].to_list() == [2016]
    assert rejected.select("rule", "value", "locator").rows() == [
        ("key_unique", "09188121 | 2015", f"line {number}") for number in (1, 2, 3)
    ]


def test_null_against_value_differs() -> None:
    good, rejected = _enforced(GOOD, {**GOOD, "value": None})
    assert good.is_empty() and rejected.height == 2


def test_keys_with_nulls_are_keys() -> None:
    """Lineage rows without an input have nulls in their key; two different ones still clash."""
    contract = CONTRACTS["measure_input"]
    one = good_table("measure_input", 1).with_columns(
        input_table=pl.lit(None, pl.String), input_id=pl.lit(None, pl.String), rule_id=pl.lit(None, pl.String)
    )
    same = enforce(pl.concat([one, one]), contract, source_id="s")
    assert (same.good.height, same.rejected.height) == (1, 0)
    other = one.with_columns(contribution=pl.lit(99, pl.Int64))
    clash = enforce(pl.concat([one, other]), contract, source_id="s")
    assert (clash.good.height, clash.rejected.height) == (0, 2)


def test_good_rows_are_sorted_and_equal_ones_keep_their_order() -> None:
    form = Contract(
        table="made_up", description="x", key=(), sort=("a",),
        columns={"a": Column(dtype=pl.Int64, description="A"), "b": Column(dtype=pl.Int64, description="B")},
    )  # fmt: skip
    frame = pl.DataFrame({"a": [number % 3 for number in range(3000)], "b": list(range(3000))})
    good = enforce(frame, form, source_id="s").good
    assert good.rows() == sorted(frame.rows())


def test_nothing_is_lost() -> None:
    rows = [{**GOOD, "year": 1980 + number, "locator": f"line {number}"} for number in range(40)]
    good, rejected = _enforced(*rows)
    assert good.height + rejected["locator"].n_unique() == 40


@pytest.mark.parametrize("name", list(CONTRACTS))
def test_every_contract_of_the_house_lets_good_rows_through(name: str) -> None:
    outcome = enforce(good_table(name, 5), CONTRACTS[name], source_id="s")
    assert outcome.rejected.rows() == []
    assert outcome.good.height == 5
    assert outcome.good.schema == CONTRACTS[name].schema


@pytest.mark.parametrize("name", list(CONTRACTS))
def test_every_contract_passes_an_empty_table(name: str) -> None:
    outcome = enforce(CONTRACTS[name].empty(), CONTRACTS[name], source_id="s")
    assert outcome.good.is_empty() and outcome.good.schema == CONTRACTS[name].schema
    assert outcome.rejected.schema == dict(QUARANTINE_SCHEMA)


def test_every_reference_points_at_a_column_that_exists() -> None:
    for contract in CONTRACTS.values():
        for column in contract.columns.values():
            if column.references:
                table, name = column.references.split(".")
                assert name in CONTRACTS[table].columns, f"{contract.table}: {column.references}"


def test_every_contract_sorts_and_keys_by_its_own_columns() -> None:
    for contract in CONTRACTS.values():
        assert set(contract.key) | set(contract.sort) <= set(contract.columns)
        assert contract.key or contract.sort


def test_wrong_schema_is_our_mistake_and_names_everything_at_once() -> None:
    frame = pl.DataFrame([GOOD], schema=FORM.schema).drop("locator").cast({"year": pl.String})
    with pytest.raises(SchemaMismatch) as caught:
        enforce(frame, FORM, source_id="s")
    message = str(caught.value)
    assert "made_up" in message and "locator is missing" in message
    assert "year is String, not Int64" in message and "quality/contracts/made_up.py" in message


def test_columns_are_put_in_published_order() -> None:
    frame = pl.DataFrame([GOOD], schema=FORM.schema).select(reversed(list(FORM.columns)))
    assert enforce(frame, FORM, source_id="s").good.columns == list(FORM.columns)


def test_rule_ids_with_dots_are_accepted_and_with_backslashes_are_not() -> None:
    """The pattern once asked for a backslash where it meant a dot."""
    rule = good_table("spending_rule", 1)
    named = {
        name: enforce(rule.with_columns(rule_id=pl.lit(name)), CONTRACTS["spending_rule"], source_id="s")
        for name in ("bremen.ez_block", "wesel", "bremen\\x", "bremen.", "Bremen.ez")
    }
    assert {name for name, outcome in named.items() if outcome.rejected.is_empty()} == {
        "bremen.ez_block",
        "wesel",
    }


def test_no_rejects_is_an_empty_quarantine() -> None:
    assert no_rejects().is_empty() and no_rejects().schema == dict(QUARANTINE_SCHEMA)


def test_no_column_has_a_name_the_database_keeps_for_itself() -> None:
    """A reserved word as column name fails only when the finished file is built: too late."""
    rows = duckdb.sql(
        "SELECT keyword_name FROM duckdb_keywords() WHERE keyword_category = 'reserved'"
    ).fetchall()
    reserved = {name for (name,) in rows}
    taken = [(table, name) for table, each in CONTRACTS.items() for name in each.columns if name in reserved]
    assert taken == []


@pytest.mark.parametrize("order", [(), ("year", "ags"), ("value", "ags", "year")])
def test_repeated_keys_are_found_whatever_the_order_of_the_table(order):
    """Two rows of one key with different values, and a row of another unit that some orders put between them."""
    rows = [{**GOOD, "value": 1.0}, {**GOOD, "ags": "09188122", "value": 2.0}, {**GOOD, "value": 3.0}]
    frame = pl.DataFrame(rows, schema=FORM.schema, orient="row")
    outcome = enforce(frame, replace(FORM, sort=order), source_id="made_up_source")
    assert outcome.good["ags"].to_list() == ["09188122"]
    assert outcome.rejected["rule"].to_list() == ["key_unique"] * 2
    equal = enforce(pl.concat([frame[:2], frame[:1]]), replace(FORM, sort=order), source_id="made_up_source")
    assert sorted(equal.good["ags"]) == ["09188121", "09188122"] and equal.rejected.is_empty()
