"""Steps of districts, told from the steps of their municipalities.

Belongs here: adding up what municipalities took across a border of districts, and what the known
number of districts says about the time. Does not belong here: the steps of municipalities
(`territory_steps.py`).

A district gives another the share of its inhabitants and of its area that its municipalities brought
along. Where the receiver of a municipality is unknown and may lie in another district, the shares of
both districts are unknown too.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date

import polars as pl

from quality.contracts import CONTRACTS
from quality.known_facts import DISTRICTS_AT_YEAR_END

COLUMNS = list(CONTRACTS["territory_step"].columns)
KEY = ["key_from", "effective_on"]


def district_steps(units: pl.DataFrame, municipal: pl.DataFrame, editions: Sequence[date]) -> pl.DataFrame:
    """Rows of `territory_step` for districts.

    Args:
        units: municipalities by edition: ags, district, area_hectare, inhabitants, territory_date.
        municipal: rows of `territory_step` for municipalities.
        editions: days of the editions, in order.
    """
    district = pl.col("district")
    newest = units.sort("territory_date").group_by(key_to="ags").agg(to=district.last())
    oldest = (
        units.filter(pl.col("territory_date") < editions[-1])
        .select(
            "territory_date",
            "area_hectare",
            "inhabitants",
            key_from="ags",
            out_of="district",
        )
        .sort("territory_date")
    )
    crossing = (
        municipal.filter(pl.col("level") == "municipality")
        .sort("known_until")
        .join_asof(
            oldest,
            by="key_from",
            left_on="known_until",
            right_on="territory_date",
            strategy="backward",
            check_sortedness=False,
        )
        .join(newest, on="key_to", how="left")
        .filter(pl.col("out_of").is_not_null(), pl.col("to").is_not_null(), pl.col("out_of") != pl.col("to"))
    )
    if crossing.is_empty():
        return CONTRACTS["territory_step"].empty()
    moved = crossing.group_by("out_of", "to", "effective_on", "territory_date", maintain_order=True).agg(
        people=(pl.col("inhabitants") * pl.col("population_weight")).sum(),
        hectare=(pl.col("area_hectare") * pl.col("area_weight")).sum(),
        is_known=pl.col("population_weight").is_not_null().all(),
        is_exact_day=pl.col("is_exact_day").all(),
        known_until=pl.col("known_until").max(),
        brought=pl.col("key_from").unique().sort().str.join(", "),
        snapshot_ids=pl.col("snapshot_ids").explode().unique().sort(),
    )
    totals = units.group_by("territory_date", out_of=district).agg(
        all_people=pl.col("inhabitants").sum(), all_hectare=pl.col("area_hectare").sum()
    )
    shares = moved.join(totals, on=["out_of", "territory_date"], how="left").with_columns(
        population_weight=pl.when("is_known").then(pl.col("people") / pl.col("all_people")),
        area_weight=pl.when("is_known").then(pl.col("hectare") / pl.col("all_hectare")),
    )
    return _rows(shares, units)


def _rows(shares: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """The parts that went, and the remainder of a district that goes on."""
    known = pl.col("is_known").all()
    evidence = pl.format("Municipalities {} of district {} went to district {}", "brought", "out_of", "to")
    live = units.filter(pl.col("territory_date") == pl.col("territory_date").max())["district"].unique()
    went = shares.select(
        key_from="out_of",
        key_to="to",
        kind=pl.when(pl.col("out_of").is_in(live.implode()))
        .then(pl.lit("separation"))
        .otherwise(pl.lit("dissolution")),
        evidence=evidence,
        **{name: pl.col(name) for name in _CARRIED},
    )
    unit = ["out_of", "effective_on"]
    stays = (
        shares.filter(pl.col("out_of").is_in(live.implode()))
        .group_by(unit, maintain_order=True)
        .agg(
            pl.when(known).then(1 - pl.col("population_weight").sum()).alias("population_weight"),
            pl.when(known).then(1 - pl.col("area_weight").sum()).alias("area_weight"),
            pl.col("known_until").max(),
            pl.col("is_exact_day").all(),
            pl.col("snapshot_ids").explode().unique().sort(),
            evidence=evidence.str.join("; "),
        )
        .select(
            key_from="out_of",
            key_to="out_of",
            kind=pl.lit("remainder"),
            **{name: pl.col(name) for name in ("evidence", *_CARRIED)},
        )
    )
    columns = ["key_from", "key_to", "kind", "evidence", *_CARRIED]
    together = pl.concat([went.select(columns), stays.select(columns)])
    unknown = pl.col("population_weight").is_null().any().over(KEY)
    return together.with_columns(
        level=pl.lit("district"),
        is_uninhabited=pl.lit(False),
        population_weight=pl.when(~unknown).then("population_weight"),
        area_weight=pl.when(~unknown).then("area_weight"),
        method=pl.when(unknown).then(pl.lit("none")).otherwise(pl.lit("municipalities")),
    ).select(COLUMNS)


_CARRIED = ("population_weight", "area_weight", "known_until", "effective_on", "is_exact_day", "snapshot_ids")


def narrowed_by_counts(steps: pl.DataFrame, units: pl.DataFrame, editions: Sequence[date]) -> pl.DataFrame:
    """Steps of dissolved districts and of their municipalities, in the year their number went down.

    Germany's number of districts is known for every year-end. Where it changed once between two
    editions, and by as many as vanished, they vanished in that year.
    """
    for earlier, later in itertools.pairwise(editions):
        before, after = (_districts(units, day) for day in (earlier, later))
        gone = before - after
        year = _year_of_fall(len(before), len(after), earlier, later)
        if not gone or after - before or year is None:
            continue
        last, first = date(year - 1, 12, 31), date(year, 12, 31)
        theirs = pl.col("key_from").str.slice(0, 5).is_in(sorted(gone)) & (pl.col("effective_on") == later)
        said = f"; districts at the end of {year - 1}: {len(before)}, of {year}: {len(after)} (Destatis)"
        steps = steps.with_columns(
            known_until=pl.when(theirs)
            .then(pl.max_horizontal("known_until", pl.lit(last)))
            .otherwise("known_until"),
            effective_on=pl.when(theirs).then(pl.lit(first)).otherwise("effective_on"),
            evidence=pl.when(theirs).then(pl.col("evidence") + said).otherwise("evidence"),
        )
    return steps


def _districts(units: pl.DataFrame, day: date) -> set[str]:
    """Districts with a municipality in an edition."""
    return set(units.filter(pl.col("territory_date") == day)["district"].drop_nulls())


def _year_of_fall(before: int, after: int, earlier: date, later: date) -> int | None:
    """The one year at whose end the number had gone from one figure to the other; null where unclear."""
    counts = {
        year: count for year, count in DISTRICTS_AT_YEAR_END.items() if earlier <= date(year, 12, 31) <= later
    }
    falls = [year for year in counts if year - 1 in counts and counts[year] != counts[year - 1]]
    if len(falls) != 1 or (counts[falls[0] - 1], counts[falls[0]]) != (before, after):
        return None
    return falls[0]
