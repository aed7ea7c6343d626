"""Money measures: known, zero, unknown and why; made-up budgets first, then the real ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import narwhals.stable.v2 as nw
import polars as pl
import pytest

from indicators import load_indicators
from indicators.measure import INPUT_COLUMNS, total
from indicators.measures.spending import GROUP
from indicators.tagging import tag_lines
from quality.contract import enforce
from quality.contracts import CONTRACTS, measure_input
from quality.status import consistent_expr
from tests.indicators.spending_examples import lines, real_lines, real_rules, rules

Value = tuple[int | None, str, str | None]
NONE = {"confirmed_none": True, "share": 0.0}


NOTHING_REPORTED = {name: CONTRACTS[name].empty() for name in ("self_report", "self_report_contact")}


def inputs_of(budget: pl.DataFrame, decisions: pl.DataFrame) -> pl.DataFrame:
    tables = {
        "budget_line": budget,
        "line_tag": tag_lines(budget, decisions),
        "spending_rule": decisions,
        **NOTHING_REPORTED,
    }
    frames: dict[str, Any] = {name: nw.from_native(table.lazy()) for name, table in tables.items()}
    result: pl.DataFrame = GROUP.inputs(frames).to_native().collect()
    return result


def measured(inputs: pl.DataFrame) -> pl.DataFrame:
    units = pl.LazyFrame(GROUP.units())
    result: pl.DataFrame = total(nw.from_native(inputs.lazy()), nw.from_native(units)).to_native().collect()
    return result


def values(budget: pl.DataFrame, decisions: pl.DataFrame) -> dict[tuple[str, int, str], Value]:
    return {
        (row["measure_id"], row["year"], row["phase"]): (row["value"], row["obs_status"], row["reason"])
        for row in measured(inputs_of(budget, decisions)).iter_rows(named=True)
    }


def test_every_measure_has_a_row_for_every_unit_year_and_phase() -> None:
    found = values(lines({"year": 2015}, {"year": 2016, "phase": "plan"}), rules())
    assert set(found) == {
        (measure.id, year, phase)
        for measure in GROUP.measures
        for year in (2015, 2016)
        for phase in ("plan", "actual")
    }


def test_unmapped_is_missing_and_never_zero() -> None:
    found = values(lines({}), rules())
    assert found["development_spending", 2015, "actual"] == (None, "O", "unmapped")
    assert found["fair_trade_spending", 2015, "actual"] == (None, "O", "unmapped")
    assert found["total_payments", 2015, "actual"] == (1000, "A", None)


def test_a_confirmed_zero_is_zero_and_points_to_its_rule() -> None:
    decisions = rules(
        NONE | {"tag": "development_abroad", "year_from": 2015, "year_to": 2015},
        NONE | {"tag": "development_domestic"},
    )
    inputs = inputs_of(lines({}, {"year": 2016}), decisions)
    row = inputs.filter(
        pl.col("measure_id") == "development_abroad", pl.col("year") == 2015, pl.col("phase") == "actual"
    ).row(0, named=True)
    assert (row["input_table"], row["input_id"], row["rule_id"]) == ("spending_rule", "r1", "r1")
    found = values(lines({}, {"year": 2016}), decisions)
    assert found["development_spending", 2015, "actual"] == (0, "A", None)
    assert found["development_abroad", 2016, "actual"] == (None, "O", "not_shown")
    assert found["development_spending", 2016, "actual"] == (None, "O", "not_shown")


def test_a_line_of_amount_zero_is_a_zero() -> None:
    budget = lines({"function_code": "1", "amount_cents": 0})
    found = values(budget, rules({"function_pattern": "1"}))
    assert found["partnership_spending", 2015, "actual"] == (0, "A", None)


def test_abroad_and_domestic_add_up_and_a_missing_half_makes_a_lower_bound() -> None:
    decisions = rules(
        {"function_pattern": "1", "tag": "development_abroad"},
        {"function_pattern": "2", "tag": "development_domestic", "obs_status": "D", "reason": "mixed_bodies"},
    )
    budget = lines(
        {"function_code": "1", "amount_cents": 700},
        {"function_code": "2", "amount_cents": 300},
        {"function_code": "1", "amount_cents": 50, "year": 2016},
    )
    found = values(budget, decisions)
    assert found["development_spending", 2015, "actual"] == (1000, "D", "mixed_bodies")
    assert found["development_abroad", 2015, "actual"] == (700, "A", None)
    assert found["development_spending", 2016, "actual"] == (50, "U", "partly_attributable")
    assert found["development_abroad", 2016, "actual"] == (50, "A", None)
    assert found["development_domestic", 2016, "actual"] == (None, "O", "no_lines_for_year")
    assert found["total_payments", 2015, "actual"] == (1000, "D", "mixed_bodies")


def test_money_set_aside_makes_a_lower_bound_or_hides_everything() -> None:
    decisions = rules(
        {"function_pattern": "1", "tag": "unattributable"},
        {"function_pattern": "2", "tag": "development_abroad"},
    )
    alone = values(lines({"function_code": "1"}), decisions)
    assert alone["unattributable_spending", 2015, "actual"] == (1000, "A", None)
    assert alone["development_spending", 2015, "actual"] == (None, "O", "not_separable")
    assert alone["partnership_spending", 2015, "actual"] == (None, "O", "not_separable")
    assert alone["development_grants", 2015, "actual"] == (None, "O", "not_shown")
    assert alone["fair_trade_spending", 2015, "actual"] == (None, "O", "no_fair_trade_record")
    beside = values(lines({"function_code": "1"}, {"function_code": "2"}), decisions)
    assert beside["development_abroad", 2015, "actual"] == (1000, "U", "partly_attributable")
    assert beside["development_domestic", 2015, "actual"] == (None, "O", "not_separable")
    empty = values(lines({"function_code": "1", "amount_cents": 0}, {"function_code": "2"}), decisions)
    assert empty["development_abroad", 2015, "actual"] == (1000, "A", None)


def test_a_confirmed_zero_stands_beside_money_set_aside() -> None:
    decisions = rules(
        {"function_pattern": "1", "tag": "unattributable"},
        NONE | {"tag": "development_abroad"},
        NONE | {"tag": "development_domestic"},
    )
    found = values(lines({"function_code": "1"}), decisions)
    assert found["development_spending", 2015, "actual"] == (0, "A", None)
    assert found["partnership_spending", 2015, "actual"] == (None, "O", "not_separable")


def test_revenue_set_aside_hides_grants_only() -> None:
    decisions = rules({"function_pattern": "1", "tag": "unattributable"})
    found = values(lines({"function_code": "1", "direction": "revenue"}), decisions)
    assert found["development_grants", 2015, "actual"] == (None, "O", "not_separable")
    assert found["development_spending", 2015, "actual"] == (None, "O", "not_shown")
    assert found["unattributable_spending", 2015, "actual"][0] is None


def test_only_revenue_is_a_grant_and_only_expenditure_is_spending() -> None:
    decisions = rules({"function_pattern": "1", "tag": "grant_received"}, {"function_pattern": "2"})
    budget = lines(
        {"function_code": "1", "direction": "revenue", "amount_cents": 90},
        {"function_code": "1", "direction": "expenditure", "amount_cents": 7},
        {"function_code": "2", "direction": "revenue", "amount_cents": 5},
    )
    found = values(budget, decisions)
    assert found["development_grants", 2015, "actual"] == (90, "A", None)
    assert found["partnership_spending", 2015, "actual"][0] is None


def test_totals_leave_out_internal_capital_and_revenue_and_flag_accounts_of_results() -> None:
    budget = lines(
        {"amount_cents": 10},
        {"amount_cents": -3},
        {"amount_cents": 100, "budget_part": "internal"},
        {"amount_cents": 100, "budget_part": "capital"},
        {"amount_cents": 100, "direction": "revenue"},
        {"amount_cents": 5, "year": 2016, "accounting": "doppik_result"},
    )
    found = values(budget, rules())
    assert found["total_payments", 2015, "actual"] == (7, "A", None)
    assert found["total_payments", 2016, "actual"] == (5, "D", "definition_differs")


def test_single_figures_count_by_purpose_but_make_no_total() -> None:
    budget = lines({"budget_line_id": "budget_written:line 2:2015:actual", "function_code": "1"})
    found = values(budget, rules({"function_pattern": "1"}))
    assert found["partnership_spending", 2015, "actual"] == (1000, "A", None)
    assert found["total_payments", 2015, "actual"] == (None, "O", "no_lines_for_year")


def test_preliminary_outcome_stands_in_only_where_there_is_no_final_one() -> None:
    preliminary = {"phase": "actual_preliminary", "function_code": "1"}
    budget = lines(
        {"function_code": "1", "amount_cents": 5},
        preliminary | {"amount_cents": 900},
        preliminary | {"amount_cents": 8, "year": 2016},
    )
    found = values(budget, rules({"function_pattern": "1"}))
    assert found["partnership_spending", 2015, "actual"] == (5, "A", None)
    assert found["partnership_spending", 2016, "actual"] == (8, "P", "provisional")
    assert found["total_payments", 2016, "actual"] == (8, "P", "provisional")


def test_plan_takes_the_supplementary_budget_in_and_years_without_outcome_say_so() -> None:
    budget = lines(
        {"phase": "plan", "function_code": "1", "amount_cents": 10},
        {"phase": "supplementary", "function_code": "1", "amount_cents": -4},
    )
    found = values(budget, rules({"function_pattern": "1"}))
    assert found["partnership_spending", 2015, "plan"] == (6, "A", None)
    assert found["partnership_spending", 2015, "actual"] == (None, "O", "only_plan")
    assert found["total_payments", 2015, "actual"] == (None, "O", "only_plan")


def test_a_year_with_outcome_only_has_no_plan() -> None:
    found = values(lines({}), rules(NONE | {"tag": "fair_trade"}))
    assert found["fair_trade_spending", 2015, "plan"] == (None, "O", "no_lines_for_year")


def test_an_amount_the_provider_left_open_is_unknown() -> None:
    budget = lines({"function_code": "1", "amount_cents": None}, {"function_code": "1"})
    found = values(budget, rules({"function_pattern": "1"}))
    assert found["partnership_spending", 2015, "actual"] == (None, "O", "not_collected")


def test_duckdb_makes_the_same_rows() -> None:
    budget = lines(
        {"function_code": "1", "amount_cents": 70},
        {"function_code": "2", "amount_cents": 30},
        {"phase": "plan", "direction": "revenue", "function_code": "3"},
        {"phase": "actual_preliminary", "year": 2016, "function_code": "1"},
    )
    decisions = rules(
        {"function_pattern": "1", "tag": "development_abroad", "year_from": 2015},
        {"function_pattern": "2", "tag": "unattributable"},
        {"function_pattern": "3", "tag": "grant_received", "phase": "plan"},
        NONE | {"tag": "development_domestic", "year_to": 2015},
    )
    tables = {
        "budget_line": budget,
        "line_tag": tag_lines(budget, decisions),
        "spending_rule": decisions,
        **NOTHING_REPORTED,
    }
    connection = duckdb.connect()
    frames: dict[str, Any] = {}
    for name, table in tables.items():
        connection.register(name, table.to_arrow())
        frames[name] = nw.from_native(connection.table(name))
    there = GROUP.inputs(frames).to_native().pl()
    here = inputs_of(budget, decisions)
    assert there.sort(INPUT_COLUMNS).rows() == here.sort(INPUT_COLUMNS).rows()


@pytest.fixture(scope="module")
def real_inputs(shared_data: Path) -> pl.DataFrame:
    return inputs_of(real_lines(shared_data), real_rules())


def test_real_inputs_keep_their_contract_and_values_agree_with_status(real_inputs: pl.DataFrame) -> None:
    outcome = enforce(real_inputs, measure_input.CONTRACT, source_id="measure_input")
    assert outcome.rejected.is_empty()
    assert outcome.good.height == real_inputs.height
    sums = measured(real_inputs)
    assert sums.filter(~consistent_expr(pl.col("value"), pl.col("obs_status"))).is_empty()
    assert sums.filter(pl.col("value").is_null() & pl.col("reason").is_null()).is_empty()


@pytest.mark.parametrize(
    ("where", "measure", "expected"),
    [
        (("09188121", 2015, "actual"), "partnership_spending", (1_918_224, "A", None)),
        (("09188121", 2016, "actual"), "partnership_spending", (3_079_860, "A", None)),
        (("09188121", 2016, "actual"), "development_spending", (None, "O", "not_shown")),
        (("09188121", 2017, "plan"), "fair_trade_spending", (None, "O", "no_fair_trade_record")),
        (("09188121", 2018, "plan"), "fair_trade_spending", (1_000_000, "D", "definition_differs")),
        (("09178143", 2016, "actual"), "partnership_spending", (1_927_762, "A", None)),
        (("09178143", 2026, "actual"), "partnership_spending", (953_860, "P", "provisional")),
        (("04011000", 2016, "plan"), "development_spending", (79_487_000, "D", "mixed_bodies")),
        (("04011000", 2016, "plan"), "development_abroad", (19_011_000, "D", "mixed_bodies")),
        (("04011000", 2016, "plan"), "development_grants", (17_661_000, "D", "mixed_bodies")),
        (("04011000", 2016, "plan"), "partnership_spending", (6_800_000, "D", "mixed_bodies")),
        (("04011000", 2016, "actual"), "development_spending", (None, "O", "only_plan")),
        (("11000000", 2015, "actual"), "development_spending", (160_268_018, "U", "partly_attributable")),
        (("11000000", 2015, "actual"), "development_abroad", (None, "O", "not_separable")),
        (("05314000", 2016, "actual"), "development_spending", (None, "O", "not_separable")),
        (("08311000", 2015, "actual"), "unattributable_spending", (146_724_050, "A", None)),
        (("08311000", 2015, "actual"), "partnership_spending", (None, "O", "not_separable")),
        (("05170048", 2016, "actual"), "development_spending", (0, "A", None)),
        (("05170048", 2016, "actual"), "development_grants", (0, "A", None)),
        (("05170048", 2015, "actual"), "partnership_spending", (605_280, "U", "partly_attributable")),
        (("05170048", 2016, "actual"), "partnership_spending", (931_491, "U", "partly_attributable")),
        (("05170048", 2016, "plan"), "partnership_spending", (2_100_000, "U", "partly_attributable")),
        (("05515000", 2026, "plan"), "partnership_spending", (4_600_000, "D", "definition_differs")),
        (("05515000", 2027, "plan"), "partnership_spending", (4_600_000, "D", "definition_differs")),
        (("05515000", 2026, "plan"), "development_spending", (None, "O", "not_shown")),
    ],
)
def test_the_cities_with_budgets(
    real_inputs: pl.DataFrame, where: tuple[str, int, str], measure: str, expected: Value
) -> None:
    ags, year, phase = where
    row = measured(
        real_inputs.filter(
            pl.col("ags") == ags,
            pl.col("year") == year,
            pl.col("phase") == phase,
            pl.col("measure_id") == measure,
        )
    ).row(0, named=True)
    assert (row["value"], row["obs_status"], row["reason"]) == expected


def test_cash_accounts_and_accounts_of_results_of_one_year_are_not_added() -> None:
    """The same money stands in both; the cash accounts count. Another phase is not touched by that."""
    grant = {"line_text": "Projekt", "amount_cents": 700}
    found = values(
        lines(
            grant | {"accounting": "doppik_cash"},
            grant | {"accounting": "doppik_result", "amount_cents": 750},
            grant | {"accounting": "doppik_result", "amount_cents": 800, "phase": "plan"},
        ),
        rules({"text_pattern": "Projekt", "tag": "development_abroad"}),
    )
    assert found["development_abroad", 2015, "actual"] == (700, "A", None)
    assert found["total_payments", 2015, "actual"] == (700, "A", None)
    assert found["development_abroad", 2015, "plan"][0] == 800


def test_own_funds_of_a_made_up_city() -> None:
    """500 EUR on a project, 450 EUR granted, 20 EUR paid back: gross 480, own funds 30, 6.25 %."""
    budget = lines(
        {"line_text": "Klimapartnerschaft", "amount_cents": 50_000},
        {"line_text": "Klimapartnerschaft", "amount_cents": -2_000},
        {
            "line_text": "Zuweisung vom Bund Klimapartnerschaft",
            "amount_cents": 45_000,
            "direction": "revenue",
        },
        {"line_text": "Kreisumlage", "amount_cents": 1_000_000},
    )
    decisions = rules(
        {"text_pattern": "Klimapartnerschaft", "tag": "development_abroad", "direction": "expenditure"},
        {"text_pattern": "Zuweisung", "tag": "grant_received", "direction": "revenue"},
        {"tag": "development_domestic", **NONE},
    )
    found = values(budget, decisions)
    gross, grants = found["development_spending", 2015, "actual"], found["development_grants", 2015, "actual"]
    assert (gross, grants) == ((48_000, "A", None), (45_000, "A", None))
    assert found["total_payments", 2015, "actual"][0] == 1_048_000, "a levy is a payment of the unit"
    formula = load_indicators()["ez_eigenmittel"].formula
    known = f"SELECT {formula} FROM (SELECT 48000 AS development_spending, 45000 AS development_grants)"  # noqa: S608
    assert duckdb.sql(known).fetchone() == (6.25,)
