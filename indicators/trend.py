"""Where each series is heading: which series may be rated, by which methods, with which numbers.

Belongs here: when no symbol may be given, and the table of trends. Does not belong here: any one
method (`indicators/trend_methods/`, one file each), status (how a figure came about) or comparison
with others, which are kept apart from the trend.

House rules: no symbol for yes-no indicators and scores, none where neither direction is better, none
for counts under ten; none across a break or another definition, which begin a series anew. Used are
normal values (status A) and the break value (B) that opens the series; at least four are normal.

Rows: the default method has one row for every series with a value, a symbol or the reason for none.
The alternatives have a row only where the default could rate the series at all but for the number
of values, and at least two values are comparable; a table of four more times "too few values"
would say nothing.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from typing import Any

import polars as pl

from indicators.indicator import Indicator
from indicators.trend_method import Outcome, Series, TrendMethod
from quality.contracts import CONTRACTS
from quality.status import begins_anew_expr

LEAST_NORMAL = 4
LEAST_FOR_ALTERNATIVES = 2
SMALL_COUNT = 10
NOT_RATED = {
    "binary": "trend_not_for_yes_no",
    "score": "trend_not_for_scores",
    "level": "trend_not_for_scores",
}
"""Kinds of indicators whose steps are no amounts: state and change only."""
SERIES = ["indicator_id", "ags"]


@cache
def load_trend_methods() -> Mapping[str, TrendMethod]:
    """Methods by id, the default first.

    Raises:
        ImportError: a file declares a method under another id than its name, or not one is default.
    """
    package = importlib.import_module("indicators.trend_methods")
    methods: list[TrendMethod] = []
    for info in pkgutil.iter_modules(package.__path__):
        method: TrendMethod = importlib.import_module(f"{package.__name__}.{info.name}").METHOD
        if method.id != info.name:
            raise ImportError(f"indicators/trend_methods/{info.name}.py declares {method.id}")
        methods.append(method)
    if sum(method.is_default for method in methods) != 1:
        raise ImportError("exactly one trend method is the default")
    return {method.id: method for method in sorted(methods, key=lambda each: (not each.is_default, each.id))}


def trends(observation: pl.DataFrame, indicators: Mapping[str, Indicator]) -> pl.DataFrame:
    """Rows of `trend`: one or more per unit and indicator with at least one value.

    Args:
        observation: table `observation`.
        indicators: the catalogue.
    """
    series = _series(observation).join(_declared(indicators), on="indicator_id", how="inner")
    series = series.with_columns(reason=_why_none())
    default, *others = load_trend_methods().values()
    unrated = series.filter(pl.col("reason").is_not_null())
    rows = [_without_symbol(row, default) for row in unrated.iter_rows(named=True)]
    for row in series.filter(_may_be_judged()).iter_rows(named=True):
        rated = _to_judge(row, indicators[row["indicator_id"]])
        if row["reason"] is None:
            rows.append(_row(row, default, default.judge(rated)))
        rows += [_row(row, method, method.judge(rated)) for method in others]
    contract = CONTRACTS["trend"]
    return pl.DataFrame(rows, schema=contract.schema, orient="row").sort(contract.key)


def methods_table() -> pl.DataFrame:
    """The methods as table `trend_method`."""
    rows = [
        {
            "method": each.id,
            "is_default": each.is_default,
            "name_de": each.name.de,
            "name_en": each.name.en,
            "rule_de": each.rule.de,
            "rule_en": each.rule.en,
            "symbols": ",".join(each.symbols),
            "least_values": LEAST_NORMAL if each.is_default else each.least_values,
            "window_values": each.window,
            "stated_in": each.stated_in,
            "is_verified": each.is_verified,
        }
        for each in load_trend_methods().values()
    ]
    contract = CONTRACTS["trend_method"]
    return pl.DataFrame(rows, schema=contract.schema).sort(contract.key)


def _declared(indicators: Mapping[str, Indicator]) -> pl.DataFrame:
    rows = [(each.id, each.kind, each.direction) for each in indicators.values()]
    return pl.DataFrame(rows, schema=["indicator_id", "kind", "direction"], orient="row")


def _series(observation: pl.DataFrame) -> pl.DataFrame:
    """One row per series: comparable years and values since it last began anew, and how many are normal."""
    valued = (
        observation.filter(pl.col("value").is_not_null())
        .select(
            *SERIES,
            "year",
            "value",
            "obs_status",
            anew=begins_anew_expr(pl.col("obs_status"), pl.col("further_reasons")),
        )
        .sort(*SERIES, "year")
        .with_columns(piece=pl.col("anew").cast(pl.Int64).cum_sum().over(SERIES))
    )
    newest = valued.filter(pl.col("piece") == pl.col("piece").max().over(SERIES))
    comparable = pl.col("obs_status").is_in(["A", "B"])
    return newest.group_by(SERIES, maintain_order=True).agg(
        years=pl.col("year").filter(comparable),
        values=pl.col("value").filter(comparable),
        normal=(pl.col("obs_status") == "A").sum(),
    )


def _why_none() -> pl.Expr:
    """Why the default method gives no symbol; null where it does."""
    small = (pl.col("kind") == "count") & (pl.col("values").list.max() < SMALL_COUNT)
    kinds = pl.col("kind").replace_strict(NOT_RATED, default=None, return_dtype=pl.String)
    return pl.coalesce(
        kinds,
        pl.when(pl.col("direction") == "none").then(pl.lit("trend_without_direction")),
        pl.when(pl.col("normal") < LEAST_NORMAL).then(pl.lit("trend_too_few_values")),
        pl.when(small).then(pl.lit("trend_not_for_small_counts")),
    )


def _may_be_judged() -> pl.Expr:
    """Series worth a look of some method: rated by the default, or too short for it alone."""
    too_short = pl.col("reason") == "trend_too_few_values"
    small = (pl.col("kind") == "count") & (pl.col("values").list.max() < SMALL_COUNT)
    enough = pl.col("values").list.len() >= LEAST_FOR_ALTERNATIVES
    return pl.col("reason").is_null() | (too_short & enough & ~small)


def _to_judge(row: Mapping[str, Any], indicator: Indicator) -> Series:
    return Series(
        years=tuple(row["years"]),
        values=tuple(row["values"]),
        rising_is_good=indicator.direction == "higher",
        targets=indicator.targets,
    )


def _without_symbol(row: Mapping[str, Any], method: TrendMethod) -> dict[str, object]:
    looked_at = row["years"][-method.window :] if method.window else row["years"]
    return {
        "indicator_id": row["indicator_id"],
        "ags": row["ags"],
        "method": method.id,
        "is_default": method.is_default,
        "reason": row["reason"],
        "first_year": looked_at[0] if looked_at else None,
        "last_year": looked_at[-1] if looked_at else None,
        "comparable_values": len(looked_at),
    }


def _row(row: Mapping[str, Any], method: TrendMethod, outcome: Outcome) -> dict[str, object]:
    used = outcome.used or Series(years=(), values=(), rising_is_good=True)
    return {
        "indicator_id": row["indicator_id"],
        "ags": row["ags"],
        "method": method.id,
        "is_default": method.is_default,
        "symbol": outcome.symbol,
        "reason": outcome.reason,
        "first_year": used.years[0] if used.years else None,
        "last_year": used.years[-1] if used.years else None,
        "comparable_values": len(used.values),
        "average_change": outcome.average_change,
        "last_change": outcome.last_change,
        "growth_rate": outcome.growth_rate,
        "required_rate": outcome.required_rate,
        "progress_ratio": outcome.progress_ratio,
        "target_value": outcome.target.bound(rising_is_good=used.rising_is_good) if outcome.target else None,
        "target_year": outcome.target.year if outcome.target else None,
        "projected": outcome.projected,
        "shortfall": outcome.shortfall,
    }
