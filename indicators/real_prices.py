"""Money at the prices of one year: chaining price indices and deflating observations.

Belongs here: real = nominal x index of the base year / index of the year, and how an index of
several bases becomes one. Does not belong here: the indices themselves (a source table) and nominal
values (`indicators/formula.py`), which stay what is published first.

The base year is that of the newest base published. Years that base does not reach are taken from the
next older base, linked at the earliest year both have: older index x newer link value / older link
value. A year no base reaches has no real value, status O; it is never the nominal one. Only money is
deflated: a share has the same prices above and below the line.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from indicators.indicator import Indicator
from quality.contracts import CONTRACTS

SERIES = "consumer_prices_germany"
"""The index municipal money is deflated with; no index of municipal spending is published."""
MONEY = ("money", "balance")
"""Kinds of indicators that are amounts of money."""
AT_BASE = 100.0
CHAIN_SCHEMA = {
    "year": pl.Int64,
    "index_value": pl.Float64,
    "index_is_chained": pl.Boolean,
    "base_year": pl.Int64,
    "series_id": pl.String,
}


def chained(price_index: pl.DataFrame, series_id: str = SERIES) -> pl.DataFrame:
    """One index from all bases of a series, on the newest base.

    Args:
        price_index: table `price_index`.
        series_id: the series.

    Returns:
        Columns year, index_value, index_is_chained, base_year, series_id, years ascending; no row
        where there is no index. Where the office delivers a figure the transcribed one is not used.
    """
    series = (
        price_index.filter(pl.col("series_id") == series_id)
        .sort("base_year", "year", "is_transcribed", "source_id")
        .unique(subset=["base_year", "year"], keep="first", maintain_order=True)
    )
    bases = sorted(series["base_year"].unique().to_list(), reverse=True)
    if not bases:
        return pl.DataFrame(schema=CHAIN_SCHEMA)
    chain: dict[int, float] = dict(_of(series, bases[0]))
    own = set(chain)
    for base in bases[1:]:
        older = _of(series, base)
        common = sorted(chain.keys() & older.keys())
        if common:
            factor = chain[common[0]] / older[common[0]]
            chain |= {year: value * factor for year, value in older.items() if year < common[0]}
    rows = [(year, value, year not in own, bases[0], series_id) for year, value in sorted(chain.items())]
    return pl.DataFrame(rows, schema=CHAIN_SCHEMA, orient="row")


def _of(series: pl.DataFrame, base: int) -> dict[int, float]:
    rows = series.filter(pl.col("base_year") == base).select("year", "value")
    return {year: value for year, value in rows.iter_rows() if value > 0}


def at_constant_prices(
    observation: pl.DataFrame, indicators: Mapping[str, Indicator], price_index: pl.DataFrame
) -> pl.DataFrame:
    """Rows of `observation_real`, one for each observation of kind money that has a value.

    Args:
        observation: table `observation`.
        indicators: the catalogue.
        price_index: table `price_index`.
    """
    money = [each.id for each in indicators.values() if each.kind in MONEY]
    nominal = observation.filter(pl.col("indicator_id").is_in(money), pl.col("value").is_not_null()).select(
        "indicator_id", "ags", "year", "obs_status", "reason", "further_reasons", nominal="value"
    )
    without = pl.col("index_value").is_null()
    joined = nominal.join(chained(price_index), on="year", how="left")
    contract = CONTRACTS["observation_real"]
    return (
        joined.with_columns(
            value=pl.col("nominal") * AT_BASE / pl.col("index_value"),
            further_reasons=pl.when(without).then(pl.col("reason")).otherwise("further_reasons"),
            obs_status=pl.when(without).then(pl.lit("O")).otherwise("obs_status"),
            reason=pl.when(without).then(pl.lit("no_price_index")).otherwise("reason"),
        )
        .select(list(contract.columns))
        .sort(list(contract.key))
    )
