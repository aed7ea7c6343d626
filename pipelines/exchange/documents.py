"""The documents of the interface `api/v1`, which are the JSON downloads at the same time.

Belongs here: the form of units and indicators, as the schemas in `schemas/` describe it. Does not belong
here: the head of the interface (`interface.py`), where documents are written. A change of form that a reader could notice needs a new version of the address.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
import polars as pl

from pipelines.exchange.licence import Terms
from pipelines.exchange.rows import Published
from quality.status import OBS_STATUS

VERSION = "1.2"
"""Version of the form of all documents; the first number is that of the address."""

SCHEMAS = ("index", "units", "unit", "indicator", "files")
"""Documents that have a schema of their own beside them."""

FREE = "F"
"""Confidentiality that is left out of the documents: free for publication."""

OBSERVATION = (
    "indicator_id",
    "ags",
    "year",
    "value",
    "obs_status",
    "conf_status",
    "reason",
    "further_reasons",
    "note",
    "denominator_id",
    "source_files",
)
"""Columns of the rows the document of a unit is made from."""
_INDICATOR_ROW = (
    "ags",
    "year",
    "value",
    "obs_status",
    "conf_status",
    "reason",
    "further_reasons",
    "note",
    "denominator_id",
)
"""Columns of the rows in the document of an indicator."""

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


def unit_document(
    observations: Sequence[tuple[Any, ...]], words: Words, *, release_id: str, terms: Terms
) -> bytes:
    """All observations of one unit by indicator and year, with every text they need.

    Args:
        observations: rows of one unit in the columns `OBSERVATION`, in the order of downloads; not empty.
        words: names and texts.
        release_id: the release in which these rows last changed.
        terms: licence and attribution of these rows.
    """
    series: dict[str, list[Row]] = {}
    found: set[str] = set()
    reasons: set[str] = set()
    files: dict[str, int] = {}
    key = observations[0][1]
    for row in observations:
        indicator_id, _, year, value, status, confidentiality, reason, further, note, base, made_of = row
        entry: Row = {"year": year, "value": value, "obs_status": status, "reason": reason}
        if confidentiality != FREE:
            entry["conf_status"] = confidentiality
        if further:
            entry["further_reasons"] = further.split(", ")
            reasons.update(entry["further_reasons"])
        if note:
            entry["note"] = note
        if base:
            entry["denominator_id"] = base
        if made_of:
            entry["files"] = [files.setdefault(each, len(files)) for each in made_of.split(" ")]
        found.add(status)
        if reason:
            reasons.add(reason)
        series.setdefault(indicator_id, []).append(entry)
    unit = words.units[key]
    return orjson.dumps(
        {
            "version": VERSION,
            "release_id": release_id,
            "unit": {"key": key, **{name: unit[name] for name in unit if name != "ags"}},
            "licence": licence(terms),
            "indicators": {
                name: {**words.indicators[name], "observations": entries} for name, entries in series.items()
            },
            "statuses": statuses(found),
            "reasons": {code: words.reasons[code] for code in sorted(reasons) if code in words.reasons},
            "files": list(files),
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
            "columns": _INDICATOR_ROW,
            "rows": observations.select(_INDICATOR_ROW).rows(),
            "statuses": statuses(set(observations["obs_status"].unique())),
            "reasons": {code: words.reasons[code] for code in sorted(reasons)},
        }
    )


def statuses(codes: set[str]) -> dict[str, dict[str, str]]:
    """Texts of some status codes."""
    return {code: {"de": text.de, "en": text.en} for code, text in OBS_STATUS.items() if code in codes}
