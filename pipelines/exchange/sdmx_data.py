"""Observations in SDMX: SDMX-CSV 2.0 for all rows, SDMX-ML 3.0 for those with a value.

Belongs here: rows in the columns of the structure, and the two messages. Does not belong here: the
structure (`sdmx_structure.py`).

SDMX-CSV is written by Polars, ten times as fast as by pysdmx and byte for byte the same (a test compares
them). SDMX-ML takes pysdmx 45 microseconds and 200 bytes a row: it is written for rows with a value, which
are a sixteenth of all; `sdg17 export --all --format sdmx-ml` writes every row.
"""

from __future__ import annotations

import polars as pl

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
    in_xml,
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


def sdmx_csv(rows: pl.DataFrame) -> bytes:
    """SDMX-CSV 2.0: comma, decimal point, missing is empty."""
    flow = rows.select(
        pl.lit("dataflow").alias("STRUCTURE"),
        pl.lit(f"{AGENCY}:{FLOW}({VERSION})").alias("STRUCTURE_ID"),
        pl.lit(ACTION).alias("ACTION"),
        *COMPONENTS,
    )
    return flow.write_csv().encode()


def sdmx_ml(rows: pl.DataFrame, release_id: str) -> bytes:
    """SDMX-ML 3.0, structure specific, one element per observation.

    Straight quotation marks in comments become typographic ones, because the library mixes them up.
    """
    from pysdmx.io.pd import PandasDataset  # noqa: PLC0415 - nearly a second to import
    from pysdmx.io.xml.sdmx30.writer.structure_specific import write  # noqa: PLC0415

    safe = rows.with_columns(in_xml(["COMMENT_OBS", "DENOMINATOR", "UNIT_MEASURE"]))
    data = PandasDataset(structure=schema(), data=safe.to_pandas())
    return str(write([data], prettyprint=False, header=header(release_id))).encode()
