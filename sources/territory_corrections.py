"""Weights of the BBSR that do not add up: mended by a declared correction, or refused.

Belongs here: applying `embedded/territory_corrections.toml` to rows of `territory_weight`, and marking
what remains defective. Does not belong here: finding defects (`bbsr_weights.py` names them).

Three kinds of defect are known. Units without inhabitants have population weight 1 for every receiver
(907 units and years): mended, the area weight stands in. Weights rounded to four digits add up to
0.9999: within the tolerance of 0.001, used as published. Anything else is refused: the figures of such
a unit are carried nowhere.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

import polars as pl

from sources.bbsr_weights import TOLERANCE

UNIT = ["level", "year_from", "key_from", "territory_to"]


@dataclass(frozen=True, kw_only=True)
class Correction:
    """One declared correction, as the file states it."""

    id: str
    table: str
    where: str
    action: str
    reason: str
    provider: str
    reported: date
    file: str
    expect: int


@cache
def corrections() -> tuple[Correction, ...]:
    """Every correction declared."""
    text = resources.files("sources").joinpath("embedded", "territory_corrections.toml").read_text("utf-8")
    entries = tomllib.loads(text)["correction"]
    return tuple(
        Correction(**{**entry, "reported": date.fromisoformat(entry["reported"])}) for entry in entries
    )


def corrected(weights: pl.DataFrame) -> pl.DataFrame:
    """Rows of `territory_weight` with corrected weights.

    Returns:
        The same rows with `correction` (id of the correction applied, or null), `is_uninhabited` (the
        unit had no inhabitants, as far as its weights show it) and `is_refused` (population or area
        weights of the unit do not add up to one even so). Employment weights are not used here.
    """
    declared = {each.id for each in corrections()}
    population = pl.col("population_weight")
    all_ones = (pl.len().over(UNIT) > 1) & (population == 1).all().over(UNIT)
    if "uninhabited_all_ones" not in declared:
        all_ones = pl.lit(False)
    mended = weights.with_columns(is_uninhabited=all_ones).with_columns(
        population_weight=pl.when("is_uninhabited").then(pl.col("area_weight")).otherwise(population),
        correction=pl.when("is_uninhabited").then(pl.lit("uninhabited_all_ones")),
    )
    off = pl.any_horizontal(
        (pl.col(name).sum().over(UNIT) - 1).abs() > TOLERANCE for name in ("population_weight", "area_weight")
    )
    return mended.with_columns(is_refused=off)
