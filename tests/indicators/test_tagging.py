"""Which rule decides a line; made-up lines first, then the seven real budgets."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from indicators.tagging import RuleConflict, specificity, tag_lines
from quality.contract import enforce
from quality.contracts.line_tag import CONTRACT
from tests.indicators.spending_examples import lines, real_lines, real_rules, rules


def test_the_rule_with_more_patterns_wins_whatever_the_order_and_the_limits() -> None:
    broad = {"function_pattern": "3000", "year_from": 2000, "year_to": 2030, "direction": "expenditure"}
    narrow = {"function_pattern": "3000", "text_pattern": "fair", "tag": "fair_trade"}
    budget = lines({"function_code": "3000", "line_text": "Fair-Trade-Stadt"}, {"function_code": "3000"})
    for order in (rules(broad, narrow), rules(narrow, broad)):
        tags = tag_lines(budget, order)["tag"].to_list()
        assert tags == ["fair_trade", "international_partnership"]


def test_limits_decide_between_equal_numbers_of_patterns() -> None:
    both = rules({"function_pattern": "1"}, {"function_pattern": "1", "year_from": 2015, "tag": "none"})
    assert tag_lines(lines({"function_code": "1"}), both)["tag"].to_list() == ["none"]
    assert both.select(rank=specificity())["rank"].to_list() == [10, 11]


def test_codes_match_as_a_whole_and_wording_anywhere_in_any_case() -> None:
    rule = rules({"function_pattern": "0|300", "text_pattern": "städtepartner"})
    budget = lines(
        {"function_code": "300", "line_text": "Zuschuss STÄDTEPARTNERSCHAFT"},
        {"function_code": "3000", "line_text": "Städtepartnerschaft"},
        {"function_code": "0", "line_text": "Partnerschaft"},
        {"function_code": None, "line_text": "Städtepartnerschaft"},
        {"function_code": "0", "line_text": None},
    )
    assert tag_lines(budget, rule)["budget_line_id"].to_list() == ["l1"]


def test_year_phase_and_direction_limit_a_rule() -> None:
    rule = rules(
        {"account_pattern": "6", "year_from": 2016, "year_to": 2017, "phase": "plan", "direction": "revenue"}
    )
    wanted = {"account_code": "6", "year": 2016, "phase": "plan", "direction": "revenue"}
    budget = lines(
        wanted,
        wanted | {"year": 2017},
        wanted | {"year": 2015},
        wanted | {"year": 2018},
        wanted | {"phase": "actual"},
        wanted | {"direction": "expenditure"},
    )
    assert tag_lines(budget, rule)["budget_line_id"].to_list() == ["l1", "l2"]


def test_internal_transfers_other_units_and_confirmed_zeros_tag_nothing() -> None:
    budget = lines(
        {"function_code": "1", "budget_part": "internal"}, {"function_code": "1", "ags": "05170048"}
    )
    confirmed = {"confirmed_none": True, "share": 0.0, "ags": "05170048", "tag": "fair_trade"}
    result = tag_lines(budget, rules({"function_pattern": "1"}, confirmed))
    assert result.is_empty()
    assert result.schema == CONTRACT.schema


def test_share_is_rounded_once_half_away_from_zero_and_whole_lines_stay_exact() -> None:
    half = rules({"function_pattern": "1", "share": 0.5}, {"function_pattern": "2"})
    budget = lines(
        {"function_code": "1", "amount_cents": 5},
        {"function_code": "1", "amount_cents": -5},
        {"function_code": "1", "amount_cents": None},
        {"function_code": "2", "amount_cents": 9_007_199_254_740_993},
    )
    assert tag_lines(budget, half)["amount_cents"].to_list() == [3, -3, None, 9_007_199_254_740_993]


def test_equal_rules_are_an_error_that_names_all_lines_both_rules_and_the_remedy() -> None:
    equal = rules({"function_pattern": "1"}, {"account_pattern": "2", "tag": "none"})
    budget = lines({"function_code": "1", "account_code": "2"}, {"function_code": "1", "account_code": "2"})
    with pytest.raises(RuleConflict) as caught:
        tag_lines(budget, equal)
    assert caught.value.conflicts["budget_line_id"].to_list() == ["l1", "l2"]
    assert "r1 and r2" in str(caught.value)
    assert "Remedy" in str(caught.value)


def test_a_line_that_contradicts_a_confirmed_zero_is_an_error() -> None:
    both = rules(
        {"function_pattern": "1"}, {"confirmed_none": True, "share": 0.0, "year_from": 2015, "year_to": 2016}
    )
    with pytest.raises(RuleConflict, match="confirmed zero"):
        tag_lines(lines({"function_code": "1"}), both)
    assert tag_lines(lines({"function_code": "1", "year": 2017}), both).height == 1


def test_the_shipped_rules_have_no_conflict_and_none_is_dead(shared_data: Path) -> None:
    tags = tag_lines(real_lines(shared_data), real_rules())
    assert enforce(tags, CONTRACT, source_id="line_tag").rejected.is_empty()
    assert set(tags["rule_id"]) == set(real_rules().filter(~pl.col("confirmed_none"))["rule_id"])


@pytest.mark.parametrize(
    ("rule", "year", "phase", "cents"),
    [
        ("gilching.staedtepartnerschaften", 2015, "actual", 1_918_224),
        ("gilching.staedtepartnerschaften", 2018, "plan", 1_200_000),
        ("gilching.fair_trade_gemeinde", 2018, "plan", 1_000_000),
        ("moosburg.fair_trade_stadt", 2023, "actual", 224_112),
        ("bremen.ez_zusammenarbeit", 2016, "plan", 23_547_000),
        ("bremen.ez_fairer_handel", 2016, "plan", 1_500_000),
        ("bremen.ez_durban", 2016, "plan", 2_511_000),
        ("bremen.ez_windhoek", 2016, "plan", 2_650_000),
        ("bremen.ez_klimapartnerschaften", 2016, "plan", 12_500_000),
        ("bremen.ez_personal", 2016, "plan", 13_065_000),
        ("berlin.internationale_kooperation", 2015, "actual", 160_268_018),
        ("berlin.staedteverbindungen", 2015, "actual", 8_482_982),
    ],
)
def test_amounts_read_off_the_original_files(
    shared_data: Path, rule: str, year: int, phase: str, cents: int
) -> None:
    tagged = tag_lines(real_lines(shared_data), real_rules()).rename({"amount_cents": "counted"})
    found = tagged.join(real_lines(shared_data), on="budget_line_id").filter(
        pl.col("rule_id") == rule, pl.col("year") == year, pl.col("phase") == phase
    )
    assert found["counted"].sum() == cents


def test_every_line_of_bremens_ez_block_is_decided(shared_data: Path) -> None:
    marked = real_lines(shared_data).filter(
        pl.col("ags") == "04011000",
        pl.col("line_text").str.contains(r"\(EZ\)"),
        pl.col("budget_part") != "internal",
    )
    tags = tag_lines(marked, real_rules())
    assert marked.height > 40
    assert tags.height == marked.height
