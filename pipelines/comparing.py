"""The tables of comparison, stored as they are made.

Belongs here: from tables to files, some indicators after others. Does not belong here: what is compared and how
(`indicators/comparison`), or the assets (`pipelines/assets/comparison.py`).

Positions are the second largest table of a night: a row for every unit, indicator and group. They are never held.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack

import polars as pl

from indicators.comparison.compared import compared_in_turn
from indicators.comparison.position import sensitivities
from pipelines.store import Store
from quality.contracts import CONTRACTS

COMPUTED = ("peer_statistic", "peer_position", "peer_sensitivity")
"""The tables, each in an order that begins with the indicator."""


def store_comparison(
    store: Store,
    stage: str,
    observation: pl.LazyFrame,
    kinds: pl.DataFrame,
    *,
    groups: pl.DataFrame,
    members: pl.DataFrame,
    units: pl.DataFrame,
    accounting: pl.DataFrame,
) -> Mapping[str, int]:
    """Replace the tables `COMPUTED` of a stage; their numbers of rows. For the rest see `compared_in_turn`."""
    with ExitStack() as open_tables:
        tables = {name: open_tables.enter_context(store.growing(stage, name)) for name in COMPUTED}
        for statistic, position in compared_in_turn(
            observation, kinds, groups=groups, members=members, units=units, accounting=accounting
        ):
            made = (statistic, position, sensitivities(position, groups))
            for name, frame in zip(COMPUTED, made, strict=True):
                tables[name].add(_in_order(name, frame))
    return {name: table.rows for name, table in tables.items()}


def _in_order(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    contract = CONTRACTS[table]
    return frame.select(list(contract.columns)).sort(list(contract.sort or contract.key))
