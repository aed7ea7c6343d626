"""Made-up tables of the size of a Land, of Germany, and of twice Germany, from a seed.

Belongs here: tables that exist in no source, in the form of their contracts. Does not belong here: what is done
with them (one file per benchmark). Nothing here looks like a real figure; keys of units are counted through.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np
import polars as pl

from quality.contracts import CONTRACTS

SEED = 17
SIZES: Mapping[str, int] = {"land": 400, "germany": 10_800, "twice": 21_600}
"""Municipalities: about those of North Rhine-Westphalia, those of Germany, and twice as many."""
TITLES: Mapping[str, str] = {"land": "one Land", "germany": "Germany", "twice": "twice Germany"}
YEARS = range(2006, 2026)
INDICATORS = tuple(f"made_up_{number:02}" for number in range(1, 16))
SHARE_MISSING = 0.3
LANDS = 16
DEFINITIONS = 5
"""Peer definitions; every unit is in one group of each."""


@cache
def keys(size: str) -> pl.Series:
    """Keys of municipalities in the form of an AGS, in one Land or spread evenly over sixteen."""
    count, lands = SIZES[size], 1 if size == "land" else LANDS
    return pl.Series("ags", [f"{1 + number * lands // count:02}{number:06}" for number in range(count)])


def observations(size: str) -> pl.DataFrame:
    """Table `observation`: every indicator, unit and year; three of ten without value, with a reason."""
    units = keys(size)
    count = len(INDICATORS) * len(units) * len(YEARS)
    chance = np.random.default_rng(SEED)
    missing = chance.random(count) < SHARE_MISSING
    value = np.round(chance.gamma(2.0, 5.0, count), 4)
    cells = (
        pl.DataFrame({"indicator_id": INDICATORS})
        .join(units.to_frame(), how="cross")
        .join(pl.DataFrame({"year": list(YEARS)}, schema={"year": pl.Int64}), how="cross")
    )
    known = pl.col("value").is_not_null()
    made = cells.with_columns(value=pl.Series(value).set(pl.Series(missing), None)).with_columns(
        obs_status=pl.when(known).then(pl.lit("A")).otherwise(pl.lit("L")),
        conf_status=pl.lit("F"),
        reason=pl.when(~known).then(pl.lit("not_collected")),
        definition_version=pl.lit("1.0"),
        snapshot_ids=pl.lit([], dtype=pl.List(pl.String)),
    )
    schema = CONTRACTS["observation"].schema
    absent = [pl.lit(None, dtype).alias(name) for name, dtype in schema.items() if name not in made.columns]
    return made.with_columns(absent).select(pl.col(name).cast(dtype) for name, dtype in schema.items())


def indicators() -> pl.DataFrame:
    """What comparison asks of table `indicator`: counts, so that no accounting system matters."""
    return pl.DataFrame({"indicator_id": INDICATORS}).with_columns(
        kind=pl.lit("count"), family=pl.lit("partnerships")
    )


def units(size: str) -> pl.DataFrame:
    """Columns ags and population."""
    chance = np.random.default_rng(SEED + 1)
    people = np.maximum(50, chance.lognormal(7.5, 1.3, SIZES[size])).astype(np.int64)
    return keys(size).to_frame().with_columns(population=pl.Series(people))


def peers(size: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Tables `peer_group` (as far as statistics read it) and `peer_member`."""
    chance = np.random.default_rng(SEED + 2)
    parts = [
        keys(size).to_frame().select(
            group_id=pl.concat_str(
                pl.lit(f"made_up_{definition}."),
                pl.Series(chance.integers(0, 12 * definition, SIZES[size])).cast(pl.String),
            ),
            ags="ags",
        )
        for definition in range(1, DEFINITIONS + 1)
    ]  # fmt: skip
    members = pl.concat(parts)
    groups = (
        members.join(units(size), on="ags")
        .group_by("group_id")
        .agg(members=pl.len().cast(pl.Int64), population=pl.col("population").sum())
        .with_columns(level=pl.lit("municipality"), in_sensitivity=pl.lit(value=True))
        .sort("group_id")
    )
    return groups, members
