"""A measure group on an engine: its inputs and its measures, under their contracts.

Belongs here: carrying a group out and putting what comes back in published form and order. Does not belong
here: the engines (`pipelines/engine.py`), the assets (`pipelines/assets/measures.py`), or any formula.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import polars as pl

from indicators.measure import INPUT_COLUMNS, MeasureGroup, total
from pipelines.engine import LARGE, Engine, OnPolars
from pipelines.slices import sliced
from quality.contracts import CONTRACTS


def compute(
    group: MeasureGroup,
    tables: Mapping[str, pl.LazyFrame],
    engine: Engine | None = None,
    changed: Callable[[pl.DataFrame], pl.DataFrame] | None = None,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Inputs and measures of one group.

    Args:
        group: what is made from which tables.
        tables: every table in `group.tables`.
        engine: where; Polars if none is given.
        changed: what becomes of the inputs before they are added up (the status of rows released by a
            decision); they are added up here then, where they have been changed.

    Returns:
        Rows of `measure_input` and of `measure`, both in the order of their keys, whatever the engine.
    """
    at: Engine = engine or OnPolars()
    units = pl.LazyFrame(group.units())
    frames = at.frames({**_with_rows(tables, group.optional), "measure_units": units})
    measure_units = frames.pop("measure_units")
    found = group.inputs(frames, at.shared) if group.takes_keep else group.inputs(frames)
    rows = found.select(*INPUT_COLUMNS)
    if changed is None and not isinstance(at, OnPolars):
        kept = at.kept(rows)
        measure = at.collected(total(kept, measure_units))
        return _published("measure_input", at.collected(kept)), _published("measure", measure)
    inputs = _published("measure_input", at.collected(rows))
    inputs = inputs if changed is None else changed(inputs)
    here = OnPolars()
    frames = here.frames({"inputs": inputs.lazy(), "measure_units": units})
    return inputs, _published("measure", here.collected(total(frames["inputs"], frames["measure_units"])))


def in_parts(
    group: MeasureGroup,
    tables: Mapping[str, pl.LazyFrame],
    engine: Engine | None = None,
    changed: Callable[[pl.DataFrame], pl.DataFrame] | None = None,
    lines: int | None = None,
) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
    """Inputs and measures of one group, slice of units by slice of units, each as `compute` gives it.

    A group that reads no large table has one slice. Memory is that of the largest slice.

    Args:
        group, tables, engine, changed: as for `compute`.
        lines: rows of large tables in a slice; what suits the engine if none is given.
    """
    at: Engine = engine or OnPolars()
    large = [name for name in group.tables if name in LARGE]
    for part in sliced(tables, large, lines or at.lines_at_once):
        yield compute(group, part, at, changed)
        at.forget()


def _with_rows(tables: Mapping[str, pl.LazyFrame], optional: Sequence[str]) -> dict[str, pl.LazyFrame]:
    """The tables without those a group does without, where none of these holds a row."""
    given = {name: table for name, table in tables.items() if name not in optional}
    beside = {name: table for name, table in tables.items() if name in optional}
    if all(table.head(1).collect().is_empty() for table in beside.values()):
        return given
    return {**given, **beside}


def _published(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Columns, types and order of the contract; parts that are in order already are merged, not sorted anew."""
    contract = CONTRACTS[table]
    rows = frame.select(list(contract.columns)).cast(pl.Schema(contract.schema))
    return rows.sort(contract.sort, maintain_order=True)
