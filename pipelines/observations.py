"""From indicators to published rows: provenance added, tables of the catalogue made.

Belongs here: what the pipeline adds to an observation (files it rests on, definition version) and
the catalogue as a table. Does not belong here: values and statuses (`indicators/formula.py`).
"""

from __future__ import annotations

from collections.abc import Iterable

import orjson
import polars as pl

from indicators.confidentiality import REASON as SMALL_NUMBER
from indicators.formula import measures_of
from indicators.indicator import Indicator
from quality.contracts import CONTRACTS


def units_of(municipality: pl.DataFrame) -> pl.DataFrame:
    """Units observations may be made for.

    Unincorporated areas have no council and none are made. An independent city is one unit with two
    roles: its municipality key carries the figures, its district key neither a copy nor a gap.
    """
    second_role = (pl.col("level") == "district") & pl.col("is_independent_city")
    return municipality.filter(~pl.col("is_unincorporated") & ~second_role).select(
        "ags", "level", "territory_date", is_live=pl.col("valid_to").is_null()
    )


def with_provenance(
    observed: pl.DataFrame, indicator: Indicator, files: pl.DataFrame, *, phase: str, table: str
) -> pl.DataFrame:
    """Rows of `observation` or `observation_plan`.

    Args:
        observed: what `indicators.formula.observe` returns.
        indicator: its declaration.
        files: columns measure_id, ags, year, phase, snapshot_id; which file each input came from.
        phase: phase of the measures that were used.
        table: contract of the result.
    """
    used = (
        files.filter(
            pl.col("measure_id").is_in(list(measures_of(indicator))), pl.col("phase").is_in([phase, "none"])
        )
        .group_by("ags", "year")
        .agg(snapshot_ids=pl.col("snapshot_id").unique().sort())
    )
    empty = pl.lit([], dtype=pl.List(pl.String))
    return (
        observed.join(used, on=["ags", "year"], how="left")
        .with_columns(
            snapshot_ids=pl.col("snapshot_ids").fill_null(empty),
            conf_status=pl.when(pl.col("reason") == SMALL_NUMBER).then(pl.lit("C")).otherwise(pl.lit("F")),
            definition_version=pl.lit(indicator.definition_version),
        )
        .select(list(CONTRACTS[table].columns))
    )


def catalogue(indicators: Iterable[Indicator]) -> pl.DataFrame:
    """The catalogue as table `indicator`."""
    rows = [
        {
            "indicator_id": each.id,
            "number": each.number,
            "family": each.family,
            "name_de": each.name.de,
            "name_en": each.name.en,
            "description_de": each.description.de,
            "description_en": each.description.en,
            "formula": each.formula,
            "unit_de": each.unit.de,
            "unit_en": each.unit.en,
            "decimals": each.decimals,
            "kind": each.kind,
            "direction": each.direction,
            "definition_version": each.definition_version,
            "metadata": orjson.dumps(
                {
                    **{concept: {"de": text.de, "en": text.en} for concept, text in each.metadata.items()},
                    "PITFALLS": {"de": each.pitfalls.de, "en": each.pitfalls.en},
                    "STANDARDS": list(each.standards),
                },
                option=orjson.OPT_SORT_KEYS,
            ).decode(),
        }
        for each in indicators
    ]
    return pl.DataFrame(rows, schema=CONTRACTS["indicator"].schema)


def formula_parts(indicators: Iterable[Indicator]) -> pl.DataFrame:
    """Which measures stand in which formula, as table `indicator_measure`."""
    rows = [
        {"indicator_id": each.id, "measure_id": name, "position": position}
        for each in indicators
        for position, name in enumerate(measures_of(each), start=1)
    ]
    return pl.DataFrame(rows, schema=CONTRACTS["indicator_measure"].schema)
