"""What a measure is: what one unit did in one year, as the sum of the rows that show it.

Belongs here: the declaration of a measure, the form of its inputs, and the one way inputs become
measures. Does not belong here: which rows are inputs (`indicators/measures/`, one file per group).

Measure groups are functions over lazy Narwhals frames. They use only operations that Polars,
DuckDB and Spark carry out alike: whole cents as Int64, cast before summing, no rounding, no as-of
joins, equi-joins and filters instead.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import narwhals.stable.v2 as nw

from quality.status import CASCADE

Lazy: TypeAlias = nw.LazyFrame[Any]
"""A lazy frame of any engine."""

INPUT_COLUMNS = (
    "measure_id",
    "ags",
    "year",
    "phase",
    "input_table",
    "input_id",
    "rule_id",
    "contribution",
    "obs_status",
    "reason",
    "note",
    "snapshot_id",
    "locator",
    "raw_text",
)
"""Columns of `measure_input`, in order. See quality/contracts/measure_input.py."""


Keep: TypeAlias = Callable[[Lazy], Lazy]
"""The same rows, for an engine to compute once where they are read many times."""


def as_it_is(rows: Lazy) -> Lazy:
    """Keep nothing."""
    return rows


TerritoryRule: TypeAlias = Literal["population", "area", "succession", "not_convertible"]
"""How a measure reaches another territory: as a sum by share of inhabitants or of area, as a fact that
passes to the legal successor, or not at all."""

RULE_BY_UNIT: Mapping[str, TerritoryRule] = {
    "cent": "population",
    "persons": "population",
    "count": "population",
    "0/1": "succession",
    "hectare": "area",
    "square metres": "area",
}
"""Rule where a measure declares none; a unit that does not stand here is not carried."""


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One quantity: its unit, its name, and what its absence means.

    `absent_status` and `absent_reason` hold for a unit and year about which no input says
    anything at all. `carries_note` says that what an input notes holds for the whole measure (the
    date of a population, the document of a title) and not for one contributing row only.
    """

    id: str
    unit: str
    name_de: str
    name_en: str
    description: str
    absent_status: str = "L"
    absent_reason: str = "not_collected"
    carries_note: bool = False
    person_related: bool = False
    """Whether it counts persons, so that a small value speaks about single ones and is confidential."""
    per_person: int = 1
    """Units of the measure that are one person's, where it counts persons."""
    reversible: bool = False
    """Whether it adds bookings of spending or grants, so that only reversals bring it below zero."""
    territory_rule: TerritoryRule | None = None
    """Only where the rule for its unit (`RULE_BY_UNIT`) does not fit."""

    @property
    def rule_of_territory(self) -> TerritoryRule:
        """How the measure reaches another territory."""
        return self.territory_rule or RULE_BY_UNIT.get(self.unit, "not_convertible")


@dataclass(frozen=True, kw_only=True)
class MeasureGroup:
    """Measures that are made from the same tables by one function.

    `inputs` receives one lazy frame per table in `tables` and returns a lazy frame with exactly
    `INPUT_COLUMNS`. A row with null `input_table` contributes nothing but says why nothing is known.
    A group that reads many times what it derived passes that through `keep`, a second argument: engines
    compute it once where they are told, and else as often as it is read.
    """

    id: str
    tables: tuple[str, ...]
    measures: tuple[Measure, ...]
    inputs: Callable[..., Lazy]
    takes_keep: bool = False
    """Whether `inputs` has the argument `keep`."""
    optional: tuple[str, ...] = ()
    """Those of `tables` that `inputs` is not given where none of them holds a row."""

    def units(self) -> list[dict[str, str | bool]]:
        """What `total` must know of each measure: its unit, and whether it carries a note."""
        return [
            {"measure_id": each.id, "unit": each.unit, "carries_note": each.carries_note}
            for each in self.measures
        ]


def total(inputs: Lazy, units: Lazy) -> Lazy:
    """Add inputs up to measures: a sum, or null as soon as one input is unknown.

    Args:
        inputs: rows of `measure_input`.
        units: columns measure_id, unit and carries_note.

    Returns:
        Rows of `measure`. The status is the strongest among the inputs; the reason, and the note
        where a measure carries one, are those of the first input (alphabetically) with that status.
    """
    key = ["measure_id", "ags", "year", "phase"]
    of_status = inputs.group_by(*key, "obs_status").agg(
        value=nw.col("contribution").cast(nw.Int64).sum(),
        unknown=nw.col("contribution").is_null().cast(nw.Int64).sum(),
        inputs=(~nw.col("input_table").is_null()).cast(nw.Int64).sum(),
        reason=nw.col("reason").min(),
        note=nw.col("note").min(),
    )
    top = nw.col("rank") == nw.col("rank").max().over(*key)
    decisive = of_status.with_columns(rank=_rank(nw.col("obs_status"))).with_columns(
        nw.when(top).then(nw.col(name)).otherwise(None).alias(name)
        for name in ("obs_status", "reason", "note")
    )
    sums = decisive.group_by(key).agg(
        value=nw.col("value").cast(nw.Int64).sum(),
        unknown=nw.col("unknown").cast(nw.Int64).sum(),
        inputs=nw.col("inputs").cast(nw.Int64).sum(),
        obs_status=nw.col("obs_status").min(),
        reason=nw.col("reason").min(),
        note=nw.col("note").min(),
    )
    value = nw.when(nw.col("unknown") == 0).then(nw.col("value")).otherwise(None)
    return (
        sums.with_columns(value=value)
        .join(units, on="measure_id", how="inner")
        .with_columns(note=nw.when(nw.col("carries_note")).then(nw.col("note")).otherwise(None))
        .select(*key, "value", "unit", "obs_status", "reason", "note", "inputs")
    )


def _rank(status: nw.Expr) -> nw.Expr:
    expression: nw.Expr = nw.lit(-1)
    for rank, code in enumerate(CASCADE):
        expression = nw.when(status == code).then(nw.lit(rank)).otherwise(expression)
    return expression
