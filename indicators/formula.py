"""From measures to observations: one formula, one status rule, for every indicator alike.

Belongs here: evaluating a formula over measures and deciding the status of the result. Does not
belong here: any one indicator, or where measures come from.

The status of a result is the strongest flag among the measures of its formula; the result is null
as soon as one measure is; a formula whose measures are all known and whose denominator is zero has
no value and status M. Where another provider publishes the figure for some units and years, its figure
goes before what we compute, each with the flags of its own measures only. A formula that says nothing about inputs of a certain status (a share of two
lower bounds) withholds its value with status O. A negative amount, and a share outside 0 to 100 that
comes of money booked in another year, carries D at least (statistics: negative only if flagged).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from indicators.indicator import Indicator
from indicators.measure import Measure
from quality.status import CASCADE, from_rank_expr, rank_expr

KEY = ["ags", "year"]
POPULATION = ("population_30_06", "population_31_12")
EVERY_UNIT_AT = ("municipality", "district")
"""Levels whose live units all get a row for the reference year. An association gets one only where a
measure says something about it: most associations book nothing the catalogue asks for."""

OF_A_SHARE = ("lower_bound", "incomplete_lists")
"""A share of two lower bounds is no bound itself: the truth may lie above it or below."""


def measures_of(indicator: Indicator) -> tuple[str, ...]:
    """Ids of the measures a formula is made of, in order of appearance."""
    if indicator.formula is None:
        return ()
    return tuple(dict.fromkeys(pl.sql_expr(indicator.formula).meta.root_names()))


def observe(
    indicator: Indicator,
    *,
    measures: pl.DataFrame,
    declared: Mapping[str, Measure],
    units: pl.DataFrame,
    reference_year: int,
    phase: str,
) -> pl.DataFrame:
    """Observations of one indicator.

    Args:
        indicator: the declaration.
        measures: table `measure`.
        declared: measure id to declaration, for what the absence of a measure means.
        units: columns ags, level, territory_date, is_live; one row per unit.
        reference_year: last complete year; every live unit gets a row for it.
        phase: `actual` or `plan`; decides which money measures are used.

    Returns:
        Columns indicator_id, ags, year, value, obs_status, reason, further_reasons, note,
        denominator_id, territory_date. One row per unit and year for which a measure other than population says
        anything; for actual figures none later than the reference year, and one for each live unit
        in the reference year.
    """
    names = measures_of(indicator)
    of_measure = _by_measure(names, measures, phase)
    grid = _grid(indicator, of_measure, units, reference_year=reference_year, phase=phase)
    for name, rows in of_measure.items():
        grid = _with_measure(grid, name, rows, declared[name])
    wide = grid.collect()
    reversible = [name for name in names if declared[name].reversible]
    if indicator.published_as is None:
        return _judged(indicator, names, wide, reversible)
    published = indicator.published_as
    own = tuple(name for name in names if name != published)
    is_taken = _is_taken(published, own, wide, of_measure)
    taken = _judged(replace(indicator, denominator=None), (published,), wide.filter(is_taken), [])
    return pl.concat([taken, _judged(indicator, own, wide.filter(~is_taken), reversible)]).sort(KEY)


def _is_taken(
    published: str, own: tuple[str, ...], wide: pl.DataFrame, of_measure: Mapping[str, pl.DataFrame]
) -> pl.Series:
    """Rows whose figure, or whose reason for none, is that of another provider.

    Its figure goes before ours. Its reason counts where no amount of ours speaks of the unit and year.
    """
    amounts = [name for name in own if name not in POPULATION]

    def said(names: list[str]) -> pl.Series:
        spoken = pl.concat([of_measure[name].select(KEY) for name in names]).unique()
        marked = wide.select(KEY).join(
            spoken.with_columns(said=pl.lit(True)), on=KEY, how="left", maintain_order="left"
        )
        return marked["said"].fill_null(False)

    return wide[published].is_not_null() | (said([published]) & ~said(amounts))


def _by_measure(names: tuple[str, ...], measures: pl.DataFrame, phase: str) -> dict[str, pl.DataFrame]:
    """The rows of each measure in a phase; measures that have none with an empty frame."""
    chosen = measures.filter(pl.col("measure_id").is_in(list(names)), pl.col("phase").is_in([phase, "none"]))
    found = chosen.partition_by("measure_id", as_dict=True)
    return {name: found.get((name,), chosen.clear()) for name in names}


def _grid(
    indicator: Indicator,
    of_measure: Mapping[str, pl.DataFrame],
    units: pl.DataFrame,
    *,
    reference_year: int,
    phase: str,
) -> pl.LazyFrame:
    own = units.lazy().filter(pl.col("level").is_in(list(indicator.levels)))
    said = [rows.lazy().select(KEY) for name, rows in of_measure.items() if name not in POPULATION]
    if phase == "actual":
        asked = own.filter("is_live", pl.col("level").is_in(list(EVERY_UNIT_AT)))
        said.append(asked.select("ags", year=pl.lit(reference_year, pl.Int64)))
    pairs = pl.concat(said).unique()
    if phase == "actual":  # a year that has not ended has no annual figure yet
        pairs = pairs.filter(pl.col("year") <= reference_year)
    return pairs.join(own.select("ags", "territory_date"), on="ags", how="inner")


def _with_measure(wide: pl.LazyFrame, name: str, rows: pl.DataFrame, declared: Measure) -> pl.LazyFrame:
    """Add value, status, reason and note of one measure; absence gets the declared meaning."""
    columns = rows.lazy().select(
        *KEY,
        pl.col("value").alias(name),
        pl.col("obs_status").alias(f"{name}.status"),
        pl.col("reason").alias(f"{name}.reason"),
        pl.col("note").alias(f"{name}.note"),
    )
    joined = wide.join(columns, on=KEY, how="left")
    absent = pl.col(f"{name}.status").is_null()
    return joined.with_columns(
        pl.when(absent)
        .then(pl.lit(declared.absent_reason))
        .otherwise(pl.col(f"{name}.reason"))
        .alias(f"{name}.reason"),
        pl.col(f"{name}.status").fill_null(declared.absent_status),
    )


def _judged(
    indicator: Indicator, names: tuple[str, ...], wide: pl.DataFrame, reversible: list[str]
) -> pl.DataFrame:
    """Value, status and reasons of each row, from the measures of its formula."""
    computed = wide.with_columns(
        *(rank_expr(pl.col(f"{name}.status")).alias(f"{name}.rank") for name in names),
        value=pl.sql_expr(indicator.formula or "NULL").cast(pl.Float64),
        all_known=pl.all_horizontal([pl.col(name).is_not_null() for name in names]),
    ).with_columns(rank=_decisive_rank(indicator, names))
    impossible = pl.col("all_known") & pl.col("value").is_null()
    status = from_rank_expr(pl.col("rank"))
    withheld = pl.col("value").is_not_null() & status.is_in(list(indicator.says_nothing_at))
    weak = _weak(indicator) & ~withheld
    other_year = _of_other_years(indicator, reversible)
    shifted = other_year.is_not_null() & ~withheld & ~weak & (pl.col("rank") < CASCADE.index("D"))
    computed = _with_reasons(indicator, names, computed)
    notes = [pl.col(f"{name}.note") for name in names if name != indicator.denominator]
    return computed.select(
        indicator_id=pl.lit(indicator.id),
        ags="ags",
        year="year",
        value=pl.when(~withheld).then(pl.col("value")),
        obs_status=pl.when(impossible)
        .then(pl.lit("M"))
        .when(withheld)
        .then(pl.lit("O"))
        .when(weak)
        .then(pl.lit("U"))
        .when(shifted)
        .then(pl.lit("D"))
        .otherwise(status),
        reason=pl.when(impossible)
        .then(pl.lit("denominator_zero"))
        .when(withheld)
        .then(pl.lit("lower_bounds_only"))
        .when(weak)
        .then(pl.lit("small_denominator"))
        .when(shifted)
        .then(other_year)
        .otherwise(pl.col("top")),
        further_reasons=pl.when(weak | shifted)
        .then(pl.col("top"))
        .when(pl.col("value").is_not_null() & ~withheld & (pl.col("rank") > 0))
        .then(pl.col("further")),
        note=pl.coalesce(notes) if notes else pl.lit(None, pl.String),
        denominator_id=pl.col(f"{indicator.denominator}.note")
        if indicator.denominator
        else pl.lit(None, pl.String),
        territory_date="territory_date",
    ).sort(KEY)


def _decisive_rank(indicator: Indicator, names: tuple[str, ...]) -> pl.Expr:
    """Rank of the strongest flag that matters: nothing per inhabitant is nothing, however many they are."""
    everything = pl.max_horizontal([f"{name}.rank" for name in names])
    above = [name for name in names if name not in POPULATION]
    if indicator.denominator not in POPULATION or not above:
        return everything
    nothing = pl.col("all_known") & (pl.col("value") == 0)
    return pl.when(nothing).then(pl.max_horizontal([f"{name}.rank" for name in above])).otherwise(everything)


def _weak(indicator: Indicator) -> pl.Expr:
    """True where so few stand in the denominator that a single case decides a value other than zero."""
    if indicator.weak_below is None or indicator.denominator is None:
        return pl.lit(False)
    few = pl.col(indicator.denominator) < indicator.weak_below
    return (few & (pl.col("value") != 0)).fill_null(False)


def _of_other_years(indicator: Indicator, reversible: list[str]) -> pl.Expr:
    """Why an amount or a share of amounts lies outside its range: bookings that belong to other years."""
    nothing = pl.lit(None, pl.String)
    if not reversible:
        return nothing
    by_reversal = pl.any_horizontal([pl.col(name) < 0 for name in reversible])
    outside = pl.col("value") < 0
    if indicator.kind == "share":  # of negative amounts no share is one, wherever it comes to lie
        outside = outside | by_reversal
    cause = pl.when(by_reversal).then(pl.lit("reversals_outweigh")).otherwise(pl.lit("grants_of_other_year"))
    return pl.when(outside).then(cause)


def _with_reasons(indicator: Indicator, names: tuple[str, ...], computed: pl.DataFrame) -> pl.DataFrame:
    """Add `top`, the reason of the strongest flag, and `further`, the other reasons as one text or null.

    Rows share a few combinations of reasons; lists are dear, so that the text is made once for each of these.
    """
    reasons = [f"{name}.reason" for name in names]
    decisive = [
        pl.when(pl.col(f"{name}.rank") == pl.col("rank")).then(pl.col(f"{name}.reason")) for name in names
    ]
    top, others = pl.coalesce(decisive), pl.concat_list(reasons)
    if indicator.kind == "share":
        top = top.replace(*OF_A_SHARE)
        others = others.list.eval(pl.element().replace(*OF_A_SHARE))
    others = others.list.unique(maintain_order=True).list.filter(pl.element().is_not_null())
    further = others.list.set_difference(pl.concat_list("top")).list.sort()
    text = pl.when(further.list.len() > 0).then(further.list.join(", "))
    told = computed.with_columns(top=top)
    combined = told.select(*reasons, "top").unique().with_columns(further=text)
    return told.join(combined, on=[*reasons, "top"], how="left", nulls_equal=True)
