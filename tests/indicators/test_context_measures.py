"""Figures of other providers and of official accounts as measures. All rows here are made up."""

from __future__ import annotations

from typing import Any

import duckdb
import polars as pl
import pytest

from indicators import load_indicators
from indicators.measures import context, municipal_accounts
from tests.indicators.synthetic import cells, inputs_of, table

TOWN = "05334002"
BROADBAND = "breitbandversorgung-private-haushalte"


def provided(
    indicator: str, value: float | None, status: str = "A", **wording: Any
) -> dict[str, pl.DataFrame]:
    row = {
        "indicator": indicator,
        "ags": TOWN,
        "year": 2022,
        "value": value,
        "obs_status": status,
        "is_class_midpoint": status == "E",
        "definition_id": "d",
        "source_id": "wegweiser",
    }
    definition = {"definition_id": "d", "indicator": indicator, "title": "Titel", "source_id": "wegweiser"}
    return {
        "context_series": table("context_series", row),
        "context_definition": table("context_definition", definition | wording),
    }


@pytest.mark.parametrize(
    ("indicator", "measure", "value"),
    [
        ("steuereinnahmen-pro-einwohner-in", "tax_revenue_per_inhabitant", 1433.27),
        ("liquiditaetskredite", "liquidity_loans_per_inhabitant", 0.1),
        ("finanzmittelsaldo", "financial_balance_per_inhabitant", -75.005),
    ],
)
def test_a_provided_figure_comes_back_to_the_last_digit(indicator: str, measure: str, value: float) -> None:
    found = cells(context.GROUP, provided(indicator, value))
    amount, status, reason = found[measure, TOWN, 2022]
    assert (status, reason) == ("A", None)
    formula = next(each.formula for each in load_indicators().values() if measure in (each.formula or ""))
    shown = pl.DataFrame({measure: [amount]}).select(pl.sql_expr(formula or "")).item()
    with duckdb.connect() as connection:
        again = connection.execute(f"SELECT {formula} FROM (SELECT {amount} AS {measure})").fetchone()  # noqa: S608
    assert shown == value
    assert again == (value,)


def test_the_provider_s_calculation_goes_with_the_value() -> None:
    rows = inputs_of(
        context.GROUP, provided("finanzmittelsaldo", 1.0, calculation="Einzahlungen - Auszahlungen")
    )
    assert rows["note"].to_list() == ["Einzahlungen - Auszahlungen"]
    assert rows["input_id"].to_list() == ["wegweiser/finanzmittelsaldo/05334002/2022"]


@pytest.mark.parametrize(
    ("value", "status", "expected"),
    [
        (None, "O", (None, "O", "missing_at_provider")),
        (2.5, "E", (2_500_000, "E", "class_midpoint")),
    ],
)
def test_what_the_provider_flags_stays_flagged(value: float | None, status: str, expected: object) -> None:
    found = cells(context.GROUP, provided("liquiditaetskredite", value, status))
    assert found["liquidity_loans_per_inhabitant", TOWN, 2022] == expected


@pytest.mark.parametrize(
    ("calculation", "expected"),
    [
        ("Haushalte mit mehr als 100 Mbit/s / Haushalte * 100", (90_000_000, "A", None)),
        ("Haushalte mit mehr als 50 Mbit/s / Haushalte * 1", (90_000_000, "D", "definition_differs")),
        (None, (90_000_000, "D", "definition_differs")),
    ],
)
def test_broadband_of_another_limit_is_another_definition(calculation: str | None, expected: object) -> None:
    found = cells(context.GROUP, provided(BROADBAND, 90.0, calculation=calculation))
    assert found["broadband_share", TOWN, 2022] == expected


def account(number: str, euro: int | None, **other: Any) -> dict[str, Any]:
    return {
        "ags": TOWN,
        "level": "municipality",
        "year": 2010,
        "product_group": "999",
        "account": number,
        "amount_cents": None if euro is None else 100 * euro,
        "obs_status": "A" if euro is not None else "Q",
        "symbol": None if euro is not None else ".",
        "is_total": number in {"6", "7"},
        **other,
    }


def accounts(*rows: dict[str, Any]) -> dict[str, pl.DataFrame]:
    return {"municipal_finance": table("municipal_finance", *rows)}


def test_totals_product_groups_and_districts_never_enter_the_sum() -> None:
    found = cells(
        municipal_accounts.GROUP,
        accounts(
            account("6", 1000),
            account("6013", 300),
            account("6111", 100),
            account("6691", 50),
            account("6811", 40),
            account("6927", 500),
            account("7011", 90),
            account("6013", 300, product_group="611"),
            account("6013", 7, ags="05334", level="district"),
        ),
    )
    assert found == {
        ("tax_revenue", TOWN, 2010): (30_000, "A", None),
        ("current_revenue", TOWN, 2010): (45_000, "A", None),
    }


def test_an_undisclosed_account_makes_its_sums_unknown_and_no_others() -> None:
    found = cells(municipal_accounts.GROUP, accounts(account("6013", 300), account("6111", None)))
    assert found["tax_revenue", TOWN, 2010] == (30_000, "A", None)
    assert found["current_revenue", TOWN, 2010] == (None, "Q", "undisclosed_by_office")
