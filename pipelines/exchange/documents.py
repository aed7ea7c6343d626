"""The documents of the interface `api/v1`, which are the JSON downloads at the same time.

Belongs here: the form of units and indicators, as the schemas in `schemas/` describe it. Does not belong
here: the rows of documents as text (`document_rows.py`), the head of the interface (`interface.py`), where documents
are written. A change of form that a reader could notice needs a new version of the address.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
import polars as pl

from pipelines.exchange.cells import Texts
from pipelines.exchange.document_rows import OF_INDICATOR, UnitRows, table
from pipelines.exchange.licence import Terms
from pipelines.exchange.rows import Published
from quality.status import OBS_STATUS

VERSION = "1.2"
"""Version of the form of all documents; the first number is that of the address."""

SCHEMAS = ("index", "units", "unit", "indicator", "files")
"""Documents that have a schema of their own beside them."""

Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Words:
    """Names and texts in both languages, looked up once."""

    indicators: Mapping[str, Row]
    reasons: Mapping[str, Row]
    units: Mapping[str, Row]

    @classmethod
    def of(cls, published: Published) -> Words:
        """From the published tables."""
        return cls(
            indicators={
                row["indicator_id"]: {
                    "name": _both(row, "name"),
                    "unit": _both(row, "unit"),
                    "decimals": row["decimals"],
                    "kind": row["kind"],
                    "direction": row["direction"],
                    "definition_version": row["definition_version"],
                }
                for row in published.indicator.sort("number", "label").to_dicts()
            },
            reasons={row["reason"]: _both(row, "text") for row in published.reason.to_dicts()},
            units={
                row["ags"]: row
                for row in published.municipality.select(
                    "ags", "name", "level", "district", "land", "valid_from", "valid_to"
                ).to_dicts()
            },
        )


def _both(row: Row, stem: str) -> dict[str, str]:
    return {"de": row[f"{stem}_de"], "en": row[f"{stem}_en"]}


def licence(terms: Terms) -> Row:
    """Licence and attribution as every document states them."""
    stated = terms.licence
    return {
        "id": stated.id,
        "address": stated.address,
        "name": {"de": stated.name.de, "en": stated.name.en},
        "attribution": terms.text,
    }


def unit_document(key: str, found: UnitRows, words: Words, *, release_id: str, terms: Terms) -> bytes:
    """All observations of one unit by indicator and year, with every text they need.

    Args:
        key: of the unit.
        found: what is said because of its rows.
        words: names and texts.
        release_id: the release in which these rows last changed.
        terms: licence and attribution of these rows.
    """
    unit = words.units[key]
    return orjson.dumps(
        {
            "version": VERSION,
            "release_id": release_id,
            "unit": {"key": key, **{name: unit[name] for name in unit if name != "ags"}},
            "licence": licence(terms),
            "indicators": orjson.Fragment(found.indicators),
            "statuses": statuses(found.statuses),
            "reasons": {code: words.reasons[code] for code in sorted(found.reasons) if code in words.reasons},
            "files": found.files,
        }
    )


def indicator_document(
    observations: pl.DataFrame,
    words: Words,
    indicator: Row,
    *,
    release_id: str,
    terms: Terms,
) -> bytes:
    """All observations of one indicator as rows of a table, with its metadata."""
    reasons = set(observations["reason"].drop_nulls().unique())
    return orjson.dumps(
        {
            "version": VERSION,
            "release_id": release_id,
            "indicator": {
                "id": indicator["indicator_id"],
                "number": indicator["label"],
                "family": indicator["family"],
                **words.indicators[indicator["indicator_id"]],
                "description": _both(indicator, "description"),
                "formula": indicator["formula"],
                "metadata": orjson.loads(indicator["metadata"]),
            },
            "licence": licence(terms),
            "columns": OF_INDICATOR,
            "rows": orjson.Fragment(table(Texts(observations))),
            "statuses": statuses(set(observations["obs_status"].unique())),
            "reasons": {code: words.reasons[code] for code in sorted(reasons)},
        }
    )


def statuses(codes: set[str]) -> dict[str, dict[str, str]]:
    """Texts of some status codes."""
    return {code: {"de": text.de, "en": text.en} for code, text in OBS_STATUS.items() if code in codes}
