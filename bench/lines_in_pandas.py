"""Budget lines to measures and indicators as one would write it in pandas, vectorised.

Belongs here: the same rows of `measure_input` and `measure` as `indicators/measures/spending.py` makes them, for
units that say nothing about themselves, and values of indicators. Does not belong here: what it is compared
with (`lines.py`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from bench.lines_steps import FORMULAS, INDICATORS, ORDER, READ, TOTALS
from bench.measuring import Clock
from indicators.spending_knowledge import FAIR_TRADE, KINDS, MADE_OF, SET_ASIDE, SINGLE_FIGURES, Kind
from quality.status import CASCADE

UNIT_YEAR = ["ags", "year", "phase"]
CELL = ["measure_id", *UNIT_YEAR]
SORTED_BY = [*CELL, "input_table", "input_id", "rule_id"]
INPUT = [*SORTED_BY, "contribution", "obs_status", "reason", "note", "snapshot_id", "locator", "raw_text"]
LINE = [
    *UNIT_YEAR, "budget_line_id", "accounting", "direction", "budget_part", "amount_cents", "snapshot_id", "locator",
    "raw_text",
]  # fmt: skip


def in_pandas(folder: Path, clock: Clock) -> dict[str, Any]:
    """The rows that show each number, the measures and the values of indicators, as frames of pandas.

    Args:
        folder: the made-up lines.
        clock: told of each step.
    """
    import pandas as pd  # noqa: PLC0415 - only where it is the side

    lines = _in_phases(pd, pd.read_parquet(folder / "budget_line.parquet", columns=LINE))
    clock.done(READ)
    tags = pd.read_parquet(folder / "line_tag.parquet").rename(columns={"amount_cents": "counted"})
    rules = pd.read_parquet(folder / "spending_rule.parquet")
    flags = rules[["rule_id", "obs_status", "reason"]]
    tagged = lines.merge(tags, on="budget_line_id").merge(flags, on="rule_id")
    ruled = _in_force(lines, rules)
    cells = _situations(pd, lines, tagged, ruled)
    counted = [_payments(lines, cells), *(_of_measure(tagged, cells, name) for name in MADE_OF)]
    rows = [_flagged(pd.concat(counted, ignore_index=True)), *_confirmed(ruled), *_unknown(cells)]
    inputs = pd.concat(rows, ignore_index=True).reindex(columns=INPUT)
    clock.done(FORMULAS)
    inputs = inputs.sort_values(SORTED_BY, kind="stable", na_position="first", ignore_index=True)
    clock.done(ORDER)
    measure = _totals(inputs)
    clock.done(TOTALS)
    observation = _per_head(pd, folder, measure)
    clock.done(INDICATORS)
    return {"measure_input": inputs, "measure": measure, "observation": observation}


def _in_phases(pd: Any, lines: Any) -> Any:
    """Plan and outcome, each amount once, as in `indicators.spending_knowledge.in_phases`."""
    finals = lines.loc[lines["phase"] == "actual", ["ags", "year"]].drop_duplicates().assign(final=True)
    preliminary = lines["phase"] == "actual_preliminary"
    if preliminary.any():
        there = lines.merge(finals, on=["ags", "year"], how="left")["final"].notna().to_numpy()
        lines, preliminary = lines[~(preliminary & there)], preliminary[~(preliminary & there)]
    planned = lines["phase"].isin(["plan", "supplementary"])
    lines = lines.assign(
        is_preliminary=preliminary, phase=pd.Series("actual", index=lines.index).mask(planned, "plan")
    )
    results = lines["accounting"] == "doppik_result"
    if not results.any():
        return lines
    cash = lines.loc[lines["accounting"] == "doppik_cash", UNIT_YEAR].drop_duplicates().assign(cash=True)
    twice = lines.merge(cash, on=UNIT_YEAR, how="left")["cash"].notna().to_numpy() & results
    return lines[~twice]


def _in_force(lines: Any, rules: Any) -> Any:
    """Both phases of every year of a unit that has lines, with their number, and the rules that hold there."""
    budgets = (
        lines.groupby(UNIT_YEAR, sort=False)
        .size()
        .unstack("phase", fill_value=0)
        .reindex(columns=["plan", "actual"], fill_value=0)
        .stack()
        .rename("lines")
        .reset_index()
    )
    named = rules[[
        "ags", "rule_id", "tag", "confirmed_none", "year_from", "year_to", "snapshot_id", "locator", "raw_text",
    ]].assign(rule_phase=rules["phase"], rule_reason=rules["reason"])  # fmt: skip
    held = budgets.merge(named, on="ags", how="left")
    plans = held["rule_phase"].isin(["plan", "supplementary"]) == (held["phase"] == "plan")
    return held[
        (held["year_from"].isna() | (held["year"] >= held["year_from"]))
        & (held["year_to"].isna() | (held["year"] <= held["year_to"]))
        & (held["rule_phase"].isna() | plans)
    ]


def _situations(pd: Any, lines: Any, tagged: Any, ruled: Any) -> Any:
    """One row per unit, year and phase: how many lines, tagged lines and rules there are of each kind."""
    of_rules = ruled[[*UNIT_YEAR, "lines"]].assign(
        ruled=ruled["rule_id"].notna(), mixed=ruled["rule_reason"] == "mixed_bodies"
    )
    confirmed = ruled["confirmed_none"].fillna(value=False).astype(bool)
    of_tags = tagged[UNIT_YEAR].copy()
    for kind in KINDS:
        tag = ruled["tag"] == kind.tag
        of_rules[f"confirmed_{kind.id}"], of_rules[f"ruled_{kind.id}"] = tag & confirmed, tag & ~confirmed
        of_tags[f"counted_{kind.id}"] = _is_of(tagged, kind)
    aside = (tagged["tag"] == SET_ASIDE.tag) & (tagged["counted"] != 0)
    for direction in ("expenditure", "revenue"):
        of_tags[f"set_aside_{direction}"] = aside & (tagged["direction"] == direction)
    cells = of_rules.groupby([*UNIT_YEAR, "lines"], sort=False).sum().reset_index("lines")
    payments = (
        lines.loc[_is_payment(lines), UNIT_YEAR].groupby(UNIT_YEAR, sort=False).size().rename("payments")
    )
    return cells.join(payments).join(of_tags.groupby(UNIT_YEAR, sort=False).sum()).fillna(0).reset_index()


def _is_payment(lines: Any) -> Any:
    single = lines["budget_line_id"].str.startswith(SINGLE_FIGURES)
    return (lines["direction"] == "expenditure") & (lines["budget_part"] == "current") & ~single


def _is_of(tagged: Any, kind: Kind) -> Any:
    return (tagged["tag"] == kind.tag) & (tagged["direction"] == kind.direction)


def _payments(lines: Any, cells: Any) -> Any:
    paid = lines[_is_payment(lines)].merge(cells[[*UNIT_YEAR, "mixed"]], on=UNIT_YEAR)
    results, mixed = paid["accounting"] == "doppik_result", paid["mixed"] > 0
    why = np.select([results, mixed], ["definition_differs", "mixed_bodies"], default=None)
    return paid.assign(
        measure_id="total_payments", rule_id=None, counted=paid["amount_cents"],
        obs_status=np.where(results | mixed, "D", "A"), reason=why, partly=False,
    )  # fmt: skip


def _of_measure(tagged: Any, cells: Any, measure: str) -> Any:
    """The lines of a measure; where one of its parts has no line, what is known is a lower bound."""
    kinds = MADE_OF[measure]
    more = np.zeros(len(cells), bool)
    for kind in kinds:
        here = _may_hide(cells, kind)
        if measure != kind.id:
            here = here | (cells[f"counted_{kind.id}"] == 0)
        more |= here & (cells[f"confirmed_{kind.id}"] == 0)
    chosen = np.logical_or.reduce([_is_of(tagged, kind) for kind in kinds])
    of_cells = cells[UNIT_YEAR].assign(partly=more)
    return tagged[chosen].assign(measure_id=measure).merge(of_cells, on=UNIT_YEAR)


def _may_hide(cells: Any, kind: Kind) -> Any:
    return (cells[f"set_aside_{kind.direction}"] > 0) & kind.may_hide


def _flagged(rows: Any) -> Any:
    """The strongest flag of low reliability, preliminary outcome and rule."""
    unknown, partly = rows["counted"].isna(), rows["partly"].astype(bool)
    early = rows["is_preliminary"] & rows["obs_status"].isin(["A", "D"])
    cases = [unknown, partly, early]
    return rows.assign(
        obs_status=np.select(cases, ["O", "U", "P"], default=rows["obs_status"]),
        reason=np.select(cases, ["not_collected", "partly_attributable", "provisional"], default=rows["reason"]),
        input_table="budget_line", input_id=rows["budget_line_id"], contribution=rows["counted"],
    )  # fmt: skip


def _confirmed(ruled: Any) -> list[Any]:
    """A zero for each rule that confirms there is no such spending, in phases that have a budget."""
    none = ruled[ruled["confirmed_none"].fillna(value=False).astype(bool) & (ruled["lines"] > 0)]
    return [
        none[none["tag"].isin([kind.tag for kind in kinds])].assign(
            measure_id=measure, input_table="spending_rule", contribution=0, obs_status="A",
        ).assign(input_id=lambda rows: rows["rule_id"])
        for measure, kinds in MADE_OF.items()
    ]  # fmt: skip


def _unknown(cells: Any) -> list[Any]:
    """One row that says why, for every unit, year and phase in which a measure is not known."""
    found = [_why_unknown(cells, measure) for measure in MADE_OF]
    paid = cells["payments"] > 0
    return [*found, _said(cells, "total_payments", paid, {}, "no_lines_for_year")]


def _why_unknown(cells: Any, measure: str) -> Any:
    kinds = MADE_OF[measure]
    known = np.logical_or.reduce([cells[f"counted_{kind.id}"] > 0 for kind in kinds])
    known |= np.logical_and.reduce([cells[f"confirmed_{kind.id}"] > 0 for kind in kinds])
    aside = np.logical_or.reduce([_may_hide(cells, kind) for kind in kinds])
    of_kind = np.logical_or.reduce([cells[f"ruled_{kind.id}"] > 0 for kind in kinds])
    ruled = cells["ruled"] > 0
    reasons = {
        "not_separable": aside,
        "no_lines_for_year": of_kind,
        "no_fair_trade_record": ruled & (measure == FAIR_TRADE.id),
        "not_shown": ruled,
    }
    return _said(cells, measure, known, reasons, "unmapped")


def _said(cells: Any, measure: str, known: Any, reasons: dict[str, Any], otherwise: str) -> Any:
    without = cells["lines"] == 0
    cases = [without & (cells["phase"] == "actual"), without, *reasons.values()]
    why = np.select(cases, ["only_plan", "no_lines_for_year", *reasons], default=otherwise)
    rows = cells[UNIT_YEAR].assign(measure_id=measure, obs_status="O", reason=why)
    return rows[without | ~known]


def _totals(inputs: Any) -> Any:
    """Sums, or null where one input is unknown, with the strongest status and its first reason."""
    ranks = {status: rank for rank, status in enumerate(CASCADE)}
    ranked = inputs.assign(
        rank=inputs["obs_status"].map(ranks).astype("int8"),
        unknown=inputs["contribution"].isna(),
        there=inputs["input_table"].notna(),
    )
    cells = ranked.groupby(CELL, sort=False)
    totals = cells.agg(
        value=("contribution", "sum"),
        unknown=("unknown", "sum"),
        inputs=("there", "sum"),
        rank=("rank", "max"),
    )
    strongest = ranked[ranked["rank"] == cells["rank"].transform("max")]
    said = strongest.groupby(CELL, sort=False)[["obs_status", "reason"]].min()
    totals["value"] = totals["value"].where(totals["unknown"] == 0)
    whole = totals.join(said).reset_index().assign(unit="cent", note=None)
    return whole[[*CELL, "value", "unit", "obs_status", "reason", "note", "inputs"]]


def _per_head(pd: Any, folder: Path, measure: Any) -> Any:
    people = pd.read_parquet(folder / "population_measure.parquet")
    actual = measure[measure["phase"] == "actual"]
    wide = actual.set_index(["ags", "year", "measure_id"])["value"].unstack().reset_index()
    wide = wide.merge(people, on=["ags", "year"])
    heads = 100 * wide["population"]
    return wide[["ags", "year"]].assign(
        ez_ausg_ew=wide["development_spending"] / heads,
        fair_ausg_ew=wide["fair_trade_spending"] / heads,
        ez_ausg_anteil=100 * wide["development_spending"] / wide["total_payments"],
        ez_ausland=100 * wide["development_abroad"] / wide["development_spending"],
    )
