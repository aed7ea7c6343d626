"""Figures of other providers and of official accounts as measures. All rows here are made up."""

from __future__ import annotations

from typing import Any

import duckdb
import polars as pl
import pytest

from indicators import load_indicators, load_measure_groups
from indicators.breaks import with_breaks
from indicators.formula import measures_of, observe
from indicators.measures import context, municipal_accounts
from tests.indicators.synthetic import cells, inputs_of, table

TOWN = "05334002"
DECLARED = {each.id: each for group in load_measure_groups().values() for each in group.measures}
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
    indicator = next(each for each in load_indicators().values() if measure in (each.formula or ""))
    others = {name: [None] for name in measures_of(indicator) if name != measure}
    frame = pl.DataFrame(
        {measure: [amount], **others}, schema_overrides=dict.fromkeys(measures_of(indicator), pl.Int64)
    )
    shown = frame.select(pl.sql_expr(indicator.formula or "")).item()
    with duckdb.connect() as connection:
        connection.register("measured", frame.to_arrow())
        again = connection.execute(f"SELECT {indicator.formula} FROM measured").fetchone()  # noqa: S608
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
            account("6041", 7),
            account("6052", 3),
            account("6811", 40),
            account("6927", 500),
            account("701", 90),
            account("7341", 20),
            account("7342", 30),
            account("7599", 1),
            account("7851", 80),
            account("7927", 600),
            account("6013", 300, product_group="611"),
            account("6013", 7, ags="05334", level="district"),
        ),
    )
    assert found == {
        ("tax_revenue", TOWN, 2010): (31_000, "A", None),
        ("current_revenue", TOWN, 2010): (46_000, "A", None),
        ("net_tax_revenue", TOWN, 2010): (25_000, "A", None),
        ("financial_balance", TOWN, 2010): (27_900, "A", None),
    }


def observed(*published: tuple[int, float | None, str]) -> dict[int, tuple[object, ...]]:
    """Taxes per inhabitant of one town that has accounts for 2010 and 2011, by year."""
    rows = [
        ("net_tax_revenue", 2010, "actual", 100_000_00, "A", None),
        ("net_tax_revenue", 2011, "actual", None, "Q", None),
        *((name, year, "none", 1_000, "E", "2011-12-31/census_2011")
          for name in ("population_30_06",) for year in (2010, 2011, 2012)),
        *(("tax_revenue_per_inhabitant", year, "none", None if value is None else int(value * 1e6), status, None)
          for year, value, status in published),
    ]  # fmt: skip
    measures = pl.DataFrame(
        [{"measure_id": m, "ags": TOWN, "year": y, "phase": p, "value": v, "obs_status": s, "note": n}
         for m, y, p, v, s, n in rows],
        schema_overrides={"value": pl.Int64},
    ).with_columns(reason=pl.when(pl.col("value").is_null()).then(pl.lit("why")))  # fmt: skip
    units = pl.DataFrame(
        {"ags": [TOWN], "level": ["municipality"], "territory_date": [None], "is_live": [True]},
        schema_overrides={"territory_date": pl.Date},
    )
    found = observe(
        load_indicators()["steuer_ew"], measures=measures, declared=DECLARED, units=units,
        reference_year=2012, phase="actual",
    )  # fmt: skip
    marked = with_breaks(found, of_two_origins=True)
    columns = ("value", "obs_status", "reason", "further_reasons", "denominator_id")
    return {row["year"]: tuple(row[name] for name in columns) for row in marked.to_dicts()}


def test_accounts_fill_in_where_the_provider_publishes_nothing() -> None:
    found = observed()
    assert found[2010][:2] == (100.0, "E")
    assert found[2010][4] == "2011-12-31/census_2011"
    assert found[2011][:3] == (None, "Q", "why")
    assert found[2012][:2] == (None, "L")


def test_the_provider_goes_first_and_a_change_of_origin_begins_the_series_anew() -> None:
    found = observed((2011, 70.5, "A"), (2012, 71.5, "A"))
    assert found[2010][:2] == (100.0, "E")
    assert found[2011] == (70.5, "D", "provider_break", None, None)
    assert found[2012][:2] == (71.5, "A")


def test_a_reason_of_the_provider_counts_only_where_no_account_speaks() -> None:
    found = observed((2010, None, "O"), (2011, None, "O"), (2012, None, "O"))
    assert [found[year][1] for year in (2010, 2011, 2012)] == ["E", "Q", "O"]


def test_an_undisclosed_account_makes_its_sums_unknown_and_no_others() -> None:
    found = cells(municipal_accounts.GROUP, accounts(account("6013", 300), account("6111", None)))
    assert found["tax_revenue", TOWN, 2010] == (30_000, "A", None)
    assert found["current_revenue", TOWN, 2010] == (None, "Q", "undisclosed_by_office")
