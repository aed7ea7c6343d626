"""The documents of the interface `api/v1`, which are the JSON downloads at the same time.

Belongs here: their form, as the schemas in `schemas/` describe it. Does not belong here: where they are
written. A change of form that a reader could notice needs a new version of the address.
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

VERSION = "1.0"
"""Version of the form of all documents; the first number is that of the address."""

SCHEMAS = ("index", "units", "unit", "indicator")
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
    "snapshot_ids",
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


def _licence(terms: Terms) -> Row:
    licence = terms.licence
    return {
        "id": licence.id,
        "address": licence.address,
        "name": {"de": licence.name.de, "en": licence.name.en},
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
    statuses: set[str] = set()
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
        statuses.add(status)
        if reason:
            reasons.add(reason)
        series.setdefault(indicator_id, []).append(entry)
    unit = words.units[key]
    return orjson.dumps(
        {
            "version": VERSION,
            "release_id": release_id,
            "unit": {"key": key, **{name: unit[name] for name in unit if name != "ags"}},
            "licence": _licence(terms),
            "indicators": {
                name: {**words.indicators[name], "observations": entries} for name, entries in series.items()
            },
            "statuses": _statuses(statuses),
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
            "licence": _licence(terms),
            "columns": _INDICATOR_ROW,
            "rows": observations.select(_INDICATOR_ROW).rows(),
            "statuses": _statuses(set(observations["obs_status"].unique())),
            "reasons": {code: words.reasons[code] for code in sorted(reasons)},
        }
    )


def index_document(
    published: Published,
    words: Words,
    *,
    addresses: Mapping[str, str],
    terms: Terms,
) -> bytes:
    """What the interface holds: release, indicators, code lists, addresses relative to this document."""
    release: Row = next(iter(published.release.to_dicts()), {})
    counted = published.observation.group_by("indicator_id").agg(
        observations=pl.len(), values=pl.col("value").count(), first=pl.col("year").min(), last=pl.col("year").max()
    )  # fmt: skip
    counts = {row.pop("indicator_id"): row for row in counted.to_dicts()}
    return orjson.dumps(
        {
            "version": VERSION,
            "release_id": release.get("release_id"),
            "built_at": release.get("built_at"),
            "reference_year": release.get("reference_year"),
            "territory_date": release.get("territory_date"),
            "licence": _licence(terms),
            "indicators": {
                name: {**words.indicators[name], **counts[name], "address": addresses[name]}
                for name in words.indicators
                if name in counts
            },
            "addresses": {
                "units": "units.json",
                "unit": {
                    "municipality": "gemeinde/{key}.json",
                    "district": "kreis/{key}.json",
                    "association": "verband/{key}.json",
                },
                "schemas": {name: f"schema/{name}.json" for name in SCHEMAS},
            },
            "statuses": _statuses(set(OBS_STATUS)),
            "reasons": dict(words.reasons),
        },
        option=orjson.OPT_INDENT_2,
    )


def units_document(published: Published, observed: Sequence[str], release_id: str) -> bytes:
    """Every unit that has a document, as rows of a table."""
    columns = ("ags", "name", "level", "district", "land", "valid_to")
    units = published.municipality.filter(pl.col("ags").is_in(list(observed))).sort("ags")
    return orjson.dumps(
        {
            "version": VERSION,
            "release_id": release_id,
            "columns": ("key", *columns[1:]),
            "rows": units.select(columns).rows(),
        }
    )


def _statuses(codes: set[str]) -> dict[str, dict[str, str]]:
    return {code: {"de": text.de, "en": text.en} for code, text in OBS_STATUS.items() if code in codes}
