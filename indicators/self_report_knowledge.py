"""What a unit says about itself, as inputs of measures, and when that counts beside other sources.

Belongs here: statements in force as rows of `measure_input`, the silence of those who were asked,
and the order of precedence. Does not belong here: which measures exist (`indicators/measures/`) or
the return form (`sources/`).

Precedence, declared: what another source says about the same unit, year and phase goes first. An
own statement counts where the others know nothing, or where they know it only by estimate or in
advance and the measure group lets that give way. "Not applicable", a refusal to answer and silence
explain a missing value; they never replace a known one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import narwhals.stable.v2 as nw

from indicators.measure import INPUT_COLUMNS, Lazy

TABLES = ("self_report", "self_report_contact")
"""Tables a group needs to use own statements."""

KEY = ("measure_id", "ags", "year", "phase")
OTHER, OWN, SILENT = "other", "own", "silent"
"""Whose voice a row is: another source, the unit itself, or a unit that was asked and is silent."""


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """What other sources allow a statement of the same unit, year and phase to be.

    A statement on any measure above `at_most`, or on `whole` below one of `parts`, is impossible.
    Measures other sources do not know bound nothing.
    """

    at_most: str
    whole: str
    parts: tuple[str, ...]

    def broken(self) -> nw.Expr:
        """True for rows of units themselves that the other sources make impossible."""
        stated = nw.col("contribution")
        too_much = stated > _known_sum(self.at_most)
        too_little = [
            (nw.col("measure_id") == self.whole) & (stated < _known_sum(part)) for part in self.parts
        ]
        broken = too_much.fill_null(False)
        for case in too_little:
            broken = broken | case.fill_null(False)
        return (nw.col("voice") == OWN) & broken


def _known_sum(measure: str) -> nw.Expr:
    """What other sources add up to on a measure of the same unit, year and phase; null if unknown."""
    where = ("ags", "year", "phase")
    of_measure = (nw.col("voice") == OTHER) & (nw.col("measure_id") == measure)
    unknown = of_measure & nw.col("contribution").is_null()
    one, zero = nw.lit(1), nw.lit(0)
    known = nw.when(of_measure).then(one).otherwise(zero).cast(nw.Int64).sum().over(*where) > 0
    gaps = nw.when(unknown).then(one).otherwise(zero).cast(nw.Int64).sum().over(*where)
    total = nw.when(of_measure).then(nw.col("contribution")).otherwise(zero).cast(nw.Int64).sum().over(*where)
    return nw.when(known & (gaps == 0)).then(total).otherwise(nw.lit(None, nw.Int64))


def statements(tables: Mapping[str, Lazy], measures: Collection[str], phases: Collection[str]) -> Lazy:
    """Statements in force on some measures, one row each: a value, "not applicable", or no answer."""
    status = nw.col("obs_status")
    reason = (
        nw.when(status == "M")
        .then(nw.lit("not_applicable"))
        .otherwise(
            nw.when(status == "O")
            .then(nw.lit("answer_declined"))
            .otherwise(nw.when(status == "Q").then(nw.lit("small_number")).otherwise(nw.lit(None, nw.String)))
        )
    )
    return (
        tables["self_report"]
        .filter(
            nw.col("superseded_by").is_null(),
            nw.col("item").is_in(list(measures)),
            nw.col("phase").is_in(list(phases)),
        )
        .with_columns(
            measure_id=nw.col("item"),
            input_table=nw.lit("self_report"),
            input_id=nw.col("report_id"),
            rule_id=nw.lit(None, nw.String),
            contribution=nw.col("quantity"),
            reason=reason,
            note=nw.concat_str([nw.lit("Eigenangabe: "), nw.col("office")]),
        )
        .select(*INPUT_COLUMNS)
    )


def silences(tables: Mapping[str, Lazy], measures: Collection[str], phase: str) -> Lazy:
    """Status O for every measure a unit was asked about, to stand where it said nothing."""
    asked = tables["self_report_contact"].select("ags", "year")
    nothing = nw.lit(None, nw.String)
    return nw.concat(
        [
            asked.with_columns(
                measure_id=nw.lit(measure),
                phase=nw.lit(phase),
                input_table=nothing,
                input_id=nothing,
                rule_id=nothing,
                contribution=nw.lit(None, nw.Int64),
                obs_status=nw.lit("O"),
                reason=nw.lit("inquiry_unanswered"),
                note=nothing,
                snapshot_id=nothing,
                locator=nothing,
                raw_text=nothing,
            ).select(*INPUT_COLUMNS)
            for measure in sorted(measures)
        ],
        how="vertical",
    )


def completed(
    inputs: Lazy | None,
    tables: Mapping[str, Lazy],
    measures: Collection[str],
    *,
    phase: str,
    gives_way: Collection[str] = (),
    bounds: Bounds | None = None,
) -> Lazy:
    """The inputs of other sources, completed by what units say about themselves.

    Args:
        inputs: rows of `measure_input` from the other sources, if there are any.
        tables: hold `TABLES`, or none of them where nobody was asked and nobody said anything.
        measures: measures that own statements may complete.
        phase: phase of the measures asked about; statements on plans are used where it is `actual`.
        gives_way: statuses of the other sources that an own value replaces.
        bounds: what the other sources allow; a statement beyond it counts nowhere.

    Everything is decided inside one pass over all voices, by counting per key. Units nobody asked are as
    other sources have them.
    """
    if inputs is not None and not any(name in tables for name in TABLES):
        return inputs
    phases = ("actual", "plan") if phase == "actual" else (phase,)
    own = {OWN: statements(tables, measures, phases), SILENT: silences(tables, measures, phase)}
    if inputs is None:
        return _decided(own, gives_way, bounds)
    asked = nw.concat([rows.select("ags") for rows in own.values()], how="vertical").unique()
    apart = inputs.join(asked, on="ags", how="anti")
    beside = inputs.join(asked, on="ags", how="semi")
    return nw.concat([apart, _decided({**own, OTHER: beside}, gives_way, bounds)], how="vertical")


def _decided(voices: Mapping[str, Lazy], gives_way: Collection[str], bounds: Bounds | None) -> Lazy:
    """The rows that stand, of everybody who speaks of the same units and years."""
    stacked = nw.concat(
        [rows.with_columns(voice=nw.lit(voice)) for voice, rows in voices.items()], how="vertical"
    )
    possible = nw.lit(True) if bounds is None else ~bounds.broken()
    unknown = nw.col("contribution").is_null()
    weak = unknown | nw.col("obs_status").is_in(list(gives_way))
    other, own = nw.col("voice") == OTHER, nw.col("voice") == OWN
    counted = stacked.with_columns(possible=possible).with_columns(
        others=_count(other),
        weak=_count(other & weak),
        unknown=_count(other & unknown),
        values=_count(own & nw.col("possible") & ~unknown),
        reasons=_count(own & unknown),
    )
    others_sure = (nw.col("others") > 0) & (nw.col("weak") == 0)
    others_known = (nw.col("others") > 0) & (nw.col("unknown") == 0)
    own_value = (nw.col("values") > 0) & ~others_sure
    own_reason = (nw.col("reasons") > 0) & ~others_known
    nobody = (nw.col("others") == 0) & (nw.col("values") == 0) & (nw.col("reasons") == 0)
    stands = (
        (other & ~own_value & ~own_reason)
        | (own & nw.col("possible") & ((~unknown & own_value) | (unknown & own_reason)))
        | ((nw.col("voice") == SILENT) & nobody)
    )
    return counted.filter(stands).select(*INPUT_COLUMNS)


def _count(condition: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(nw.lit(1)).otherwise(nw.lit(0)).cast(nw.Int64).sum().over(*KEY)
