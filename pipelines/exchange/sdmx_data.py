"""Observations in SDMX: SDMX-CSV 2.0 for all rows, SDMX-ML 3.0 for those with a value.

Belongs here: rows in the columns of the structure, and the two messages. Does not belong here: the
structure (`sdmx_structure.py`).

Both are written by Polars, many times as fast as by pysdmx; a test compares the first with what pysdmx
writes, byte for byte, and reads the second back. An element takes 300 bytes: SDMX-ML is written for rows
with a value, which are a sixteenth of all; `sdg17 export --all --format sdmx-ml` writes every row.
"""

from __future__ import annotations

import polars as pl

from pipelines.exchange.cells import told
from pipelines.exchange.delimited import joined
from pipelines.exchange.markup import IN_ATTRIBUTE, safe
from pipelines.exchange.rows import Published
from pipelines.exchange.sdmx_structure import (
    ACTUAL,
    AGENCY,
    ANNUAL,
    COMPONENTS,
    FLOW,
    PLAN,
    TOTAL,
    VERSION,
    header,
    schema,
)

ACTION = "I"
"""Information: rows of a release, to be read as they stand."""


def observations(published: Published, release_id: str) -> pl.DataFrame:
    """Actual and plan figures in the columns of the structure; a missing value is null with its status.

    Returns:
        One row per indicator, unit, phase and year, sorted by them.
    """
    both = pl.concat(
        [
            published.observation.with_columns(PHASE=pl.lit(ACTUAL)),
            published.observation_plan.with_columns(PHASE=pl.lit(PLAN)),
        ]
    )
    indicators = published.indicator.select("indicator_id", "unit_en", "decimals")
    return (
        both.join(indicators, on="indicator_id", how="left")
        .select(
            FREQ=pl.lit(ANNUAL),
            REF_AREA="ags",
            INDICATOR="indicator_id",
            COUNTERPART_GROUP=pl.lit(TOTAL),
            PHASE="PHASE",
            TIME_PERIOD=pl.col("year").cast(pl.String),
            OBS_VALUE="value",
            OBS_STATUS="obs_status",
            CONF_STATUS="conf_status",
            REASON="reason",
            UNIT_MEASURE="unit_en",
            UNIT_MULT=pl.lit(0),
            DECIMALS="decimals",
            DEFINITION_VERSION="definition_version",
            DENOMINATOR="denominator_id",
            TERRITORY_DATE=pl.col("territory_date").cast(pl.String),
            VINTAGE=pl.lit(release_id),
            COMMENT_OBS="note",
        )
        .select(list(COMPONENTS))
        .sort("INDICATOR", "REF_AREA", "PHASE", "TIME_PERIOD")
    )


def sdmx_csv(rows: pl.DataFrame, *, head: bool = True) -> bytes:
    """SDMX-CSV 2.0: comma, decimal point, missing is empty; without a head where rows follow others."""
    flow = rows.select(
        pl.lit("dataflow").alias("STRUCTURE"),
        pl.lit(f"{AGENCY}:{FLOW}({VERSION})").alias("STRUCTURE_ID"),
        pl.lit(ACTION).alias("ACTION"),
        *COMPONENTS,
    )
    return flow.write_csv(include_header=head).encode()


def sdmx_ml(rows: pl.DataFrame, release_id: str) -> bytes:
    """SDMX-ML 3.0, structure specific, one element per observation."""
    before, after = around(rows.head(1), release_id)
    return before + elements(rows) + after


def elements(rows: pl.DataFrame) -> bytes:
    """The rows of a message."""
    cells = pl.DataFrame(told(rows[name], _attribute) for name in COMPONENTS)
    lines = cells.select(line=pl.concat_str([pl.lit("<Obs"), pl.all(), pl.lit(" />")]))["line"]
    return joined(lines, "")


def around(first: pl.DataFrame, release_id: str) -> tuple[bytes, bytes]:
    """What stands before and after the rows of a message: the library writes it around the first of them."""
    from pysdmx.io.pd import PandasDataset  # noqa: PLC0415 - nearly a second to import
    from pysdmx.io.xml.sdmx30.writer.structure_specific import write  # noqa: PLC0415

    plain = first.with_columns(COMMENT_OBS=pl.lit(None, dtype=pl.String))
    data = PandasDataset(structure=schema(), data=plain.to_pandas())
    message = str(write([data], prettyprint=False, header=header(release_id)))
    before, after = (message.partition(mark) for mark in ("<Obs ", "</mes:DataSet>"))
    return before[0].encode(), (after[1] + after[2]).encode()


def _attribute(column: pl.Series) -> pl.Expr:
    """A cell as an attribute; nothing where there is no value."""
    if column.dtype == pl.String:
        text = safe(column, IN_ATTRIBUTE)
    else:
        text = pl.col(column.name).cast(pl.String).str.strip_suffix(".0")
    return pl.concat_str([pl.lit(f' {column.name}="'), text, pl.lit('"')]).fill_null("")
