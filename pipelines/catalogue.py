"""The catalogue as tables: indicators, their crosswalk, their formulas, and how far data reach.

Belongs here: declarations turned into rows, and counting units by what is known of them. Does not
belong here: the declarations (`indicators/catalogue/`), printing (`pipelines/cli_catalogue.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import orjson
import polars as pl

from indicators.formula import measures_of
from indicators.indicator import Indicator
from indicators.reference_metadata import concepts, filed_under
from indicators.standard import FRAMEWORKS, RELATION
from quality.contracts import CONTRACTS

UNASKED = "L"
"""Status of what exists and nobody collects."""


def catalogue(indicators: Iterable[Indicator]) -> pl.DataFrame:
    """The catalogue as table `indicator`."""
    return pl.DataFrame([_row(each) for each in indicators], schema=CONTRACTS["indicator"].schema)


def _row(each: Indicator) -> dict[str, Any]:
    absent = each.not_computable
    return {
        "indicator_id": each.id,
        "number": each.number,
        "label": each.label,
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
        "is_core": each.core,
        "is_context": each.context,
        "goal": filed_under(each),
        "absence_status": absent.obs_status if absent else None,
        "absence_de": absent.reason.de if absent else None,
        "absence_en": absent.reason.en if absent else None,
        "metadata": _metadata(each),
    }


def _metadata(indicator: Indicator) -> str:
    texts = {name: {"de": text.de, "en": text.en} for name, text in concepts(indicator).items()}
    lines = [each.line() for each in indicator.standards]
    standards = {"de": [line.de for line in lines], "en": [line.en for line in lines]}
    return orjson.dumps({**texts, "STANDARDS": standards}, option=orjson.OPT_SORT_KEYS).decode()


def standards(indicators: Iterable[Indicator]) -> pl.DataFrame:
    """The crosswalk as table `indicator_standard`, one row per indicator and framework."""
    rows = [
        {
            "indicator_id": indicator.id,
            "framework": each.framework,
            "framework_de": FRAMEWORKS[each.framework].de,
            "framework_en": FRAMEWORKS[each.framework].en,
            "code": each.code,
            "goal": each.goal,
            "title": each.title,
            "relation_de": RELATION.de,
            "relation_en": RELATION.en,
            "note_de": each.note.de if each.note else None,
            "note_en": each.note.en if each.note else None,
        }
        for indicator in indicators
        for each in indicator.standards
    ]
    contract = CONTRACTS["indicator_standard"]
    return pl.DataFrame(rows, schema=contract.schema).sort(list(contract.key))


def formula_parts(indicators: Iterable[Indicator]) -> pl.DataFrame:
    """Which measures stand in which formula, as table `indicator_measure`."""
    rows = [
        {"indicator_id": each.id, "measure_id": name, "position": position}
        for each in indicators
        for position, name in enumerate(measures_of(each), start=1)
    ]
    return pl.DataFrame(rows, schema=CONTRACTS["indicator_measure"].schema)


def coverage(observation: pl.DataFrame, municipality: pl.DataFrame) -> pl.DataFrame:
    """Table `coverage`: live units by what is known of them.

    A unit with a value in any year counts with the status of its newest value. Of the others the
    newest reason counts; a unit of which some year was read is not one nobody asks about, whatever
    the newest year says.

    Args:
        observation: table `observation`.
        municipality: table `municipality`.
    """
    contract = CONTRACTS["coverage"]
    live = municipality.filter(pl.col("valid_to").is_null()).select("ags", "level")
    has_value = pl.col("value").is_not_null()
    return (
        observation.lazy()
        .select("indicator_id", "ags", "year", "obs_status", "reason", has_value=has_value)
        .join(live.lazy(), on="ags", how="inner")
        .with_columns(
            weight=pl.col("year")
            + pl.when("has_value").then(20_000).otherwise(0)
            + pl.when(pl.col("obs_status") != UNASKED).then(10_000).otherwise(0)
        )
        .filter(pl.col("weight") == pl.col("weight").max().over("indicator_id", "ags"))
        .group_by("indicator_id", "level", "has_value", "obs_status", "reason")
        .agg(units=pl.len().cast(pl.Int64))
        .select(list(contract.columns))
        .sort(list(contract.key), nulls_last=True)
        .collect()
    )
