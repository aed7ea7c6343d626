"""From any earlier year-end to the newest territory: keys of the BBSR and steps put together.

Belongs here: multiplying weights along the way. Does not belong here: where weights and steps come from
(`territory_steps.py`, `territory_defects.py`), or which figures are carried (`indicators/territory.py`).

A year stands for the territory of its 31 December. The newest key of the BBSR that begins in a year
leads to the territory of that key; from there, and from years without a key, the steps lead on.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from quality.contracts import CONTRACTS
from sources.territory_defects import judged
from sources.territory_lifetimes import keys_on

TABLE = CONTRACTS["territory_path"]
DERIVED = ("population_balance", "area_balance", "municipalities")
NO_FILES = pl.lit([], dtype=pl.List(pl.String))


def territory_path(
    municipality: pl.DataFrame, territory_weight: pl.DataFrame, territory_step: pl.DataFrame
) -> pl.DataFrame:
    """Rows of `territory_path`: every part of every unit that once consisted of more, or less, than itself."""
    if municipality.is_empty():
        return TABLE.empty()
    parts = pl.concat(
        [_by_keys(territory_weight), _by_editions(municipality, territory_weight, territory_step)]
    )
    if parts.is_empty():  # one edition, no keys: no earlier year to lead on from
        return TABLE.empty()
    live = municipality.filter(pl.col("valid_to").is_null()).select(key_to="ags")
    carried = _carried(parts, territory_step).join(live, on="key_to", how="semi")
    unit = ["year", "key_to"]
    is_other = (
        (pl.col("key_from") != pl.col("key_to"))
        | (pl.col("population_weight") != 1).fill_null(True)
        | (pl.col("area_weight") != 1).fill_null(True)
    )
    changed = carried.filter(is_other).select(unit).unique()
    ways = carried.join(changed, on=unit, how="semi")
    return _together(ways).select(list(TABLE.columns)).sort(list(TABLE.sort))


def _by_keys(territory_weight: pl.DataFrame) -> pl.DataFrame:
    """Years a key of the BBSR begins in, with the one that leads furthest."""
    furthest = territory_weight.filter(
        pl.col("territory_to") == pl.col("territory_to").max().over("level", "year_from")
    )
    known = ~pl.col("is_refused")
    return judged(furthest).select(
        "level",
        "is_uninhabited",
        year="year_from",
        key_from="key_from",
        key_mid="key_to",
        start="territory_to",
        population_weight=pl.when(known).then("population_weight"),
        area_weight=pl.when(known).then("area_weight"),
        is_derived=pl.lit(False),
        via=pl.format("bbsr {}", "territory_to"),
        snapshot_id="snapshot_id",
    )


def _by_editions(
    municipality: pl.DataFrame, territory_weight: pl.DataFrame, territory_step: pl.DataFrame
) -> pl.DataFrame:
    """Year-ends since the first edition for which there is no key: every unit is its own part."""
    editions = municipality["territory_date"].unique()
    covered = set(territory_weight["year_from"].unique())
    first, last = municipality["valid_from"].min(), editions.max()
    years = (
        range(first.year, last.year + 1) if isinstance(first, date) and isinstance(last, date) else range(0)
    )
    ends = [date(year, 12, 31) for year in years if year not in covered]
    listed = [
        keys_on(municipality, territory_step, territory_weight, day).with_columns(start=pl.lit(day))
        for day in ends
        if isinstance(last, date) and day < last
    ]
    empty = pl.DataFrame(schema={"ags": pl.String, "level": pl.String, "start": pl.Date})
    return (
        pl.concat([empty, *listed])
        .filter(pl.col("level").is_in(["municipality", "district"]))
        .select(
            "level",
            is_uninhabited=pl.lit(False),
            year=pl.col("start").dt.year().cast(pl.Int64),
            key_from="ags",
            key_mid="ags",
            start="start",
            population_weight=pl.lit(1.0),
            area_weight=pl.lit(1.0),
            is_derived=pl.lit(False),
            via=pl.lit(""),
            snapshot_id=pl.lit(None, pl.String),
        )
    )


def _onward(territory_step: pl.DataFrame, start: date) -> pl.DataFrame:
    """Where units that change after a day end up, with the weights of all steps multiplied."""
    later = territory_step.filter(pl.col("effective_on") > start, pl.col("key_to").is_not_null())
    way = (
        later.select("key_from")
        .unique()
        .sort("key_from")
        .select(
            key_mid="key_from",
            key_to="key_from",
            population_weight=pl.lit(1.0),
            area_weight=pl.lit(1.0),
            is_derived=pl.lit(False),
            is_uninhabited=pl.lit(False),
            via=pl.lit(""),
            snapshot_ids=NO_FILES,
        )
    )
    for day in later["effective_on"].unique().sort():
        way = _stepped(way, later.filter(pl.col("effective_on") == day))
    return way.with_columns(start=pl.lit(start))


def _stepped(way: pl.DataFrame, steps: pl.DataFrame) -> pl.DataFrame:
    """One day's steps further; units that do not change that day stay."""
    step = steps.select(
        key_to="key_from",
        further="key_to",
        people="population_weight",
        land="area_weight",
        derived=pl.col("method").is_in(list(DERIVED)),
        empty="is_uninhabited",
        leads=pl.format("{} {}", "method", "effective_on"),
        files="snapshot_ids",
    )
    moves = pl.col("further").is_not_null()
    return way.join(step, on="key_to", how="left").select(
        "key_mid",
        key_to=pl.coalesce("further", "key_to"),
        population_weight=pl.when(moves)
        .then(pl.col("population_weight") * pl.col("people"))
        .otherwise("population_weight"),
        area_weight=pl.when(moves).then(pl.col("area_weight") * pl.col("land")).otherwise("area_weight"),
        is_derived=pl.col("is_derived") | pl.col("derived").fill_null(False),
        is_uninhabited=pl.col("is_uninhabited") | pl.col("empty").fill_null(False),
        via=pl.when(moves).then(pl.format("{}, {}", "via", "leads")).otherwise("via"),
        snapshot_ids=pl.col("snapshot_ids").list.concat(pl.col("files").fill_null(NO_FILES)),
    )


def _carried(parts: pl.DataFrame, territory_step: pl.DataFrame) -> pl.DataFrame:
    """Parts led on to the newest territory, one row per way."""
    starts = parts["start"].unique().sort().to_list()
    onward = pl.concat([_onward(territory_step, start) for start in starts])
    joined = parts.join(onward, on=["start", "key_mid"], how="left", suffix="_on")
    moves = pl.col("key_to").is_not_null()

    def led_on(weight: str) -> pl.Expr:
        return pl.when(moves).then(pl.col(weight) * pl.col(f"{weight}_on")).otherwise(weight).alias(weight)

    emptied = (pl.col("key_from") == pl.col("key_mid")) & pl.col("is_uninhabited_on").fill_null(False)
    return joined.select(
        "level",
        "year",
        "key_from",
        "snapshot_id",
        led_on("population_weight"),
        led_on("area_weight"),
        key_to=pl.coalesce("key_to", "key_mid"),
        is_derived=pl.col("is_derived_on").fill_null(False),
        is_uninhabited=pl.col("is_uninhabited") | emptied,
        via=(pl.col("via") + pl.col("via_on").fill_null("")).str.strip_chars_start(", "),
        snapshot_ids=pl.col("snapshot_ids").fill_null(NO_FILES),
    )


def _together(ways: pl.DataFrame) -> pl.DataFrame:
    """One row per part: where several ways lead from one unit to another, their shares add up."""
    key = ["level", "year", "key_to", "key_from"]
    ways = ways.with_columns(
        snapshot_ids=pl.when(pl.col("snapshot_id").is_null())
        .then("snapshot_ids")
        .otherwise(pl.concat_list("snapshot_ids", "snapshot_id"))
    ).drop("snapshot_id")
    sole = pl.len().over(key) == 1
    unknown = pl.col("population_weight").is_null().any()
    several = (
        ways.filter(~sole)
        .group_by(key, maintain_order=True)
        .agg(
            population_weight=pl.when(~unknown).then(pl.col("population_weight").sum()),
            area_weight=pl.when(~unknown).then(pl.col("area_weight").sum()),
            is_derived=pl.col("is_derived").any(),
            is_uninhabited=pl.col("is_uninhabited").all(),
            via=pl.col("via").unique().sort().str.join("; "),
            snapshot_ids=pl.col("snapshot_ids").explode(),
        )
    )
    columns = [*key, *(name for name in ways.columns if name not in key)]
    together = pl.concat([ways.filter(sole).select(columns), several.select(columns)])
    return together.with_columns(pl.col("snapshot_ids").list.unique().list.sort())
