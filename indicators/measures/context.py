"""Figures other providers publish per inhabitant or as a share, kept exactly as they are published.

Belongs here: taking over the provider's value with its status and its text on how it was computed.
Does not belong here: figures we compute ourselves from amounts (`indicators/measures/
municipal_accounts.py`), which follow another definition and never continue the provider's series.

A measure is a whole number, so the value stands in millionths of the provider's unit: six decimal
places, more than any provider prints. The multiplication and the next whole number only undo the
binary form in which the decimal number was read; nothing a provider states is rounded away. The whole number
is found by adding a half and cutting down, which every engine does alike; `round` they do not.
"""

from __future__ import annotations

from collections.abc import Mapping

import narwhals.stable.v2 as nw

from indicators.measure import INPUT_COLUMNS, Lazy, Measure, MeasureGroup

MILLION = 1_000_000
HALF = 0.5
BROADBAND = "broadband_share"
BROADBAND_LIMIT = "100"
"""Mbit/s the wording of the broadband figure must name; earlier wordings say 50."""

TAKEN_FROM: Mapping[str, str] = {
    "steuereinnahmen-pro-einwohner-in": "tax_revenue_per_inhabitant",
    "liquiditaetskredite": "liquidity_loans_per_inhabitant",
    "finanzmittelsaldo": "financial_balance_per_inhabitant",
    "breitbandversorgung-private-haushalte": BROADBAND,
}
"""The provider's name of a series to the measure made from it."""


def inputs(tables: Mapping[str, Lazy]) -> Lazy:
    """One row per figure: its value in millionths, its status, and the provider's calculation as note."""
    wordings = tables["context_definition"].select(
        "definition_id", wording=_text("title", "calculation"), note=nw.col("calculation")
    )
    series = tables["context_series"].filter(nw.col("indicator").is_in(list(TAKEN_FROM)))
    worded = series.join(wordings, on="definition_id", how="left").with_columns(
        measure_id=_measure_of(nw.col("indicator"))
    )
    other_limit = (nw.col("measure_id") == BROADBAND) & ~nw.col("wording").str.contains(
        BROADBAND_LIMIT, literal=True
    )
    differs = other_limit.fill_null(True) & (nw.col("obs_status") == "A")
    missing, midpoint = nw.col("value").is_null(), nw.col("obs_status") == "E"
    reason = (
        nw.when(missing)
        .then(nw.lit("missing_at_provider"))
        .otherwise(
            nw.when(midpoint)
            .then(nw.lit("class_midpoint"))
            .otherwise(nw.when(differs).then(nw.lit("definition_differs")).otherwise(nw.lit(None, nw.String)))
        )
    )
    key = [nw.col(name) for name in ("source_id", "indicator", "ags")]
    return worded.with_columns(
        phase=nw.lit("none"),
        input_table=nw.lit("context_series"),
        input_id=nw.concat_str([*key, nw.col("year").cast(nw.String)], separator="/"),
        rule_id=nw.lit(None, nw.String),
        contribution=(nw.col("value") * MILLION + HALF).floor().cast(nw.Int64),
        reason=reason,
        obs_status=nw.when(differs).then(nw.lit("D")).otherwise(nw.col("obs_status")),
    ).select(*INPUT_COLUMNS)


def _text(*columns: str) -> nw.Expr:
    return nw.concat_str([nw.col(name) for name in columns], separator=" ", ignore_nulls=True)


def _measure_of(indicator: nw.Expr) -> nw.Expr:
    measure: nw.Expr = nw.lit(None, nw.String)
    for name, taken in TAKEN_FROM.items():
        measure = nw.when(indicator == name).then(nw.lit(taken)).otherwise(measure)
    return measure


def _provided(id_: str, name_de: str, name_en: str, description: str) -> Measure:
    return Measure(
        id=id_,
        unit="millionth",
        name_de=name_de,
        name_en=name_en,
        description=description,
        absent_reason="not_from_provider",
        carries_note=True,
    )


GROUP = MeasureGroup(
    id="context",
    tables=("context_series", "context_definition"),
    measures=(
        _provided(
            "tax_revenue_per_inhabitant",
            "Steuereinnahmen je Einwohner (Angabe des Anbieters)",
            "Tax revenue per inhabitant (as provided)",
            "Millionths of a euro per inhabitant, as the provider publishes it.",
        ),
        _provided(
            "liquidity_loans_per_inhabitant",
            "Liquiditätskredite je Einwohner (Angabe des Anbieters)",
            "Liquidity loans per inhabitant (as provided)",
            "Millionths of a euro per inhabitant, core budget, stock at 31 December.",
        ),
        _provided(
            "financial_balance_per_inhabitant",
            "Finanzmittelsaldo je Einwohner (Angabe des Anbieters)",
            "Financial balance per inhabitant (as provided)",
            "Millionths of a euro per inhabitant; negative where payments exceed receipts.",
        ),
        _provided(
            BROADBAND,
            "Haushalte mit mindestens 100 Mbit/s (Angabe des Anbieters)",
            "Households with at least 100 Mbit/s (as provided)",
            "Millionths of a percent of all private households.",
        ),
    ),
    inputs=inputs,
)
