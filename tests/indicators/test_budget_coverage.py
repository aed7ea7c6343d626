"""What a budget leaves open, and levies: made-up budgets, then the seven real ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from indicators.budget_coverage import coverage
from indicators.tagging import tag_lines
from quality.contract import enforce
from quality.contracts import CONTRACTS
from quality.levies import SQL, is_levy
from tests.indicators.spending_examples import lines, real_lines, real_rules, rules

TWIN = {"line_text": "Partnerstadt"}
ANY_TWIN = {"text_pattern": "Partnerstadt"}


def covered(budget: pl.DataFrame, decisions: pl.DataFrame) -> list[dict[str, Any]]:
    found = coverage(budget.lazy(), tag_lines(budget, decisions).lazy())
    assert enforce(found, CONTRACTS["budget_coverage"], source_id="test").rejected.is_empty()
    return found.to_dicts()


def test_a_budget_says_how_much_of_it_is_found_set_aside_and_open() -> None:
    budget = lines(
        TWIN | {"amount_cents": 300},
        {"line_text": "Internationales", "amount_cents": 200},
        {"line_text": "Straßen", "amount_cents": 500},
        {"line_text": "Straßen", "amount_cents": -100},
        {"line_text": "Verrechnung", "amount_cents": 50, "budget_part": "internal"},
        {"line_text": "Steuern", "amount_cents": 1_000, "direction": "revenue"},
    )
    (row,) = covered(budget, rules(ANY_TWIN, {"text_pattern": "Internat", "tag": "unattributable"}))
    assert (row["lines"], row["decided_lines"], row["reversal_lines"], row["reversal_cents"]) == (
        6,
        2,
        1,
        -100,
    )
    assert (row["revenue_cents"], row["expenditure_cents"], row["internal_cents"]) == (1_000, 900, 50)
    assert (row["international_partnership_cents"], row["unattributable_cents"]) == (300, 200)
    assert row["undecided_cents"] == 400
    assert row["unattributable_share"] == pytest.approx(200 / 9)


def test_phases_and_accounting_systems_are_kept_apart() -> None:
    budget = lines({}, {"phase": "plan"}, {"accounting": "doppik_cash"}, {"phase": "actual_preliminary"})
    assert len(covered(budget, rules())) == 4


def test_an_unknown_amount_makes_the_sum_unknown() -> None:
    (row,) = covered(lines({"amount_cents": None, "symbol": "."}, {}), rules())
    assert (row["lines_without_amount"], row["current_expenditure_cents"], row["undecided_share"]) == (
        1,
        None,
        None,
    )
    assert row["revenue_cents"] == 0, "no revenue line is unknown"


LEVIES: list[tuple[dict[str, Any], bool]] = [
    ({"accounting": "doppik_result", "account_code": "53740000"}, True),
    ({"accounting": "doppik_cash", "account_code": "7372"}, True),
    ({"accounting": "cameral", "account_code": "7372"}, False),
    ({"line_text": "Kreisumlage"}, True),
    ({"line_text": "an Landkreis Freising", "account_name": "Kreisumlage"}, True),
    ({"line_text": "Samtgemeindeumlage"}, True),
    ({"line_text": "Gewerbesteuerumlage"}, False),
    ({"line_text": "Umlage Versorgungsverband"}, False),
    ({"line_text": "Kreisumlage", "direction": "revenue"}, False),
    ({"accounting": "doppik_cash", "account_code": "7311"}, False),
]


@pytest.mark.parametrize(("line", "expected"), LEVIES)
def test_a_levy_is_recognised_alike_in_both_engines(line: dict[str, Any], expected: bool) -> None:
    budget = lines(line)
    assert budget.select(is_levy())[0, 0] is expected
    duck = duckdb.connect()
    duck.register("line", budget.to_arrow())
    answer = duck.execute(f"SELECT {SQL} FROM line").fetchone()  # noqa: S608
    assert answer == (expected,)


def test_a_levy_is_never_spending_on_a_purpose_however_wide_a_rule_is() -> None:
    """A rule over a whole function catches the levy as well: it stays part of the payments only."""
    budget = lines(
        {"function_code": "02", "line_text": "Partnerschaft", "amount_cents": 100},
        {
            "function_code": "02",
            "line_text": "Verbandsgemeindeumlage für Partnerschaften",
            "amount_cents": 900,
        },
    )
    decisions = rules({"function_pattern": "02", "tag": "development_abroad"})
    assert tag_lines(budget, decisions)["budget_line_id"].to_list() == ["l1"]
    (row,) = covered(budget, decisions)
    assert (row["development_abroad_cents"], row["levy_cents"], row["current_expenditure_cents"]) == (
        100,
        900,
        1_000,
    )


amounts = st.lists(
    st.tuples(st.none() | st.integers(-(10**9), 10**9), st.booleans(), st.booleans()), min_size=1
)


@limits(max_examples=40)
@given(amounts)
def test_parts_of_current_expenditure_add_up_to_it(parts: list[tuple[int | None, bool, bool]]) -> None:
    """Found, set aside and open are the whole, or the whole is unknown."""
    texts = {(True, True): "Partnerstadt", (True, False): "Internationales"}
    budget = lines(
        *({"amount_cents": cents, "line_text": texts.get((a, b), "Straßen")} for cents, a, b in parts)
    )
    (row,) = covered(budget, rules(ANY_TWIN, {"text_pattern": "Internat", "tag": "unattributable"}))
    names = ("international_partnership_cents", "unattributable_cents", "undecided_cents")
    if any(cents is None for cents, _, _ in parts):
        assert row["current_expenditure_cents"] is None
    else:
        assert sum(row[name] for name in names) == row["current_expenditure_cents"]


def test_the_real_budgets(shared_data: Path) -> None:
    """Control figures: Gilching 2015 books 67,712,207 on each side; its district levy and Wesel's are found."""
    budget = real_lines(shared_data)
    found = coverage(budget.lazy(), tag_lines(budget, real_rules()).lazy())
    gilching = found.filter(ags="09188121", year=2015, phase="actual").row(0, named=True)
    both = gilching["expenditure_cents"] + gilching["internal_cents"]
    assert round(both / 100) == 67_712_207
    assert gilching["revenue_cents"] is not None and gilching["levy_cents"] > 0
    wesel = found.filter(ags="05170048", year=2015, phase="actual").row(0, named=True)
    assert wesel["levy_cents"] > 20_000_000_00
    assert found["lines_without_amount"].sum() == 0
    assert found.filter(ags="05515000")["is_whole_budget"].to_list().count(True) == 0
