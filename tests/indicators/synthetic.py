"""Running one measure group on made-up tables. Nothing here is real."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import narwhals.stable.v2 as nw
import polars as pl

from indicators.indicator import Indicator
from indicators.measure import INPUT_COLUMNS, MeasureGroup, total
from quality.contract import enforce
from quality.contracts import CONTRACTS
from quality.reasons import REASONS

PROVENANCE = {"snapshot_id": "0" * 64, "locator": "row 2", "raw_text": "synthetic"}

Cells = dict[tuple[str, str, int], tuple[int | None, str, str | None]]


def table(name: str, *rows: Mapping[str, Any]) -> pl.DataFrame:
    """A table from rows that name only what matters; the rest is empty."""
    contract = CONTRACTS[name]
    plain = dict.fromkeys(contract.columns)
    filled = [
        {**plain, **{key: PROVENANCE[key] for key in PROVENANCE if key in plain}, **row} for row in rows
    ]
    return pl.DataFrame(filled, schema=contract.schema, orient="row")


def inputs_of(group: MeasureGroup, tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Rows of `measure_input`, held to their contract."""
    lazy = {name: nw.from_native(tables[name].lazy()) for name in group.tables}
    frame: pl.DataFrame = nw.to_native(group.inputs(lazy)).collect().select(list(INPUT_COLUMNS))
    contract = CONTRACTS["measure_input"]
    frame = frame.cast(dict(contract.schema))
    assert enforce(frame, contract, source_id="test").rejected.is_empty()
    assert set(frame["reason"].drop_nulls()) <= set(REASONS)
    return frame


def cells(group: MeasureGroup, tables: Mapping[str, pl.DataFrame]) -> Cells:
    """Measure, unit and year to value, status and reason."""
    units = nw.from_native(pl.LazyFrame(group.units()))
    rows = total(nw.from_native(inputs_of(group, tables).lazy()), units).to_native().collect()
    measure = CONTRACTS["measure"]
    rows = rows.select(list(measure.columns)).cast(dict(measure.schema))
    assert enforce(rows, measure, source_id="test").rejected.is_empty()
    return {
        (row["measure_id"], row["ags"], row["year"]): (row["value"], row["obs_status"], row["reason"])
        for row in rows.iter_rows(named=True)
    }


def that_count(indicator: Indicator, values: Mapping[str, Any]) -> tuple[Indicator, dict[str, Any]]:
    """The measures a figure is made of in a case, and the indicator as it stands for them.

    Where another provider publishes the figure that is the one measure, else all others are.
    """
    published = indicator.published_as
    if published is None:
        return indicator, dict(values)
    said = values[published]
    if (said[0] if isinstance(said, tuple) else said) is not None:
        return replace(indicator, denominator=None), {published: said}
    return indicator, {name: value for name, value in values.items() if name != published}
